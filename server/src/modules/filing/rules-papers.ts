import { filled, type Rule, when } from "./rule.ts";

/** Papers, consent, the court, and filings made before. */
export const paperRules: readonly Rule[] = [
  {
    code: "filer.unverified",
    severity: "block",
    basis: "人民法院在线诉讼规则第七条",
    find: ({ filer }) => when(!filer.verified, "/identity", "您还没有通过实名核验", "在“我的—实名核验”填写姓名和身份证号，一般当场完成；核验不通过可以申请人工核验。"),
  },
  {
    code: "consent.filing_missing",
    severity: "block",
    basis: "人民法院在线诉讼规则第四条",
    find: ({ content }) => when(content.consents.filing !== "agree", "/consents/filing", "还没有同意在线立案", "在线立案须您本人同意；不同意的可以到法院窗口递交。"),
  },
  {
    code: "consent.unanswered",
    severity: "hint",
    basis: "人民法院在线诉讼规则第四条",
    find: ({ content }) => when(Object.values(content.consents).some((value) => value === null), "/consents", "有的环节还没有选择是否在线进行", "每个环节可以分别选择，以后也可以改变。"),
  },
  {
    code: "service.address_missing",
    severity: "block",
    basis: "民诉法解释第一百三十七条",
    find: ({ content: { service } }) => when(!filled(service.address) || !filled(service.phone) || !filled(service.recipient), "/service", "送达地址确认书还没有填完", "请填写收件人、电话和收件地址，法院的文书会寄到这里。"),
  },
  {
    code: "service.unconfirmed",
    severity: "block",
    basis: "民诉法解释第一百三十七条；法院专递规定第四条",
    find: ({ content: { service } }) => when(filled(service.address) && !service.confirmed, "/service/confirmed", "还没有确认送达地址", "请阅读后勾选“我已知晓填写不实的后果”。"),
  },
  {
    code: "service.electronic_without_address",
    severity: "warn",
    basis: "人民法院在线诉讼规则第二十九条",
    find: ({ content: { service } }) => when(service.electronic === true && service.channels.length === 0, "/service/channels", "同意电子送达，但没有选择接收方式", "请至少选择一种：平台、短信或邮箱。"),
  },
  {
    code: "service.email_missing",
    severity: "block",
    basis: "人民法院在线诉讼规则第二十九条",
    find: ({ content: { service } }) => when(service.channels.includes("email") && !filled(service.email), "/service/email", "选择了邮箱接收，但没有填写邮箱", "请填写邮箱，或取消这种接收方式。"),
  },
  {
    code: "mediation.wish_missing",
    severity: "warn",
    basis: "法〔2025〕82号示范文本：对纠纷解决方式的意愿",
    find: ({ content }) => when(content.mediation.wish === null, "/mediation/wish", "还没有选择是否愿意先行调解", "愿意、不愿意或暂不确定都可以，不影响立案。"),
  },
  {
    code: "material.identity_missing",
    severity: "block",
    basis: "登记立案规定第六条第一项",
    find: ({ content, materials }) =>
      when(content.parties.some(({ side, kind }) => side === "plaintiff" && kind === "natural") && !materials.byKind["identity"], "/materials", "缺少原告的身份证照片", "请拍摄身份证正反面，保证文字清楚、四角完整。"),
  },
  {
    code: "material.business_licence_missing",
    severity: "block",
    basis: "登记立案规定第六条第一项",
    find: ({ content, materials }) =>
      when(content.parties.some(({ side, kind }) => side === "plaintiff" && kind === "organisation") && !materials.byKind["business_license"], "/materials", "缺少原告单位的营业执照", "请上传营业执照或登记证书。"),
  },
  {
    code: "material.representative_certificate_missing",
    severity: "block",
    basis: "登记立案规定第六条第一项",
    find: ({ content, materials }) =>
      when(content.parties.some(({ side, kind }) => side === "plaintiff" && kind === "organisation") && !materials.byKind["legal_rep_certificate"], "/materials", "缺少法定代表人（负责人）身份证明书", "请上传加盖公章的身份证明书。"),
  },
  {
    code: "material.evidence_missing",
    severity: "warn",
    basis: "民事诉讼法第一百二十四条第四项；登记立案规定第六条第五项",
    find: ({ materials }) => when(!materials.byKind["evidence"], "/materials", "还没有上传证据", "请上传与诉讼请求有关的证据，例如借条、转账记录、合同、聊天记录。"),
  },
  {
    code: "material.scanning",
    severity: "block",
    basis: "材料安全检查",
    find: ({ materials }) => when(materials.scanning > 0, "/materials", `有 ${materials.scanning} 份材料还在检查`, "通常几秒钟完成，请稍等片刻再提交。"),
  },
  {
    code: "material.awaited",
    severity: "warn",
    basis: "材料上传",
    find: ({ materials }) => when(materials.awaited > 0, "/materials", `有 ${materials.awaited} 份材料还没有传完，不会提交`, "请等待上传完成，或删除没有传完的材料。"),
  },
  {
    code: "material.refused",
    severity: "warn",
    basis: "材料安全检查",
    find: ({ materials }) => when(materials.refused > 0, "/materials", `有 ${materials.refused} 份材料没有通过检查，不会提交`, "请查看原因，重新拍摄或换一种格式上传。"),
  },
  {
    code: "signature.missing",
    severity: "block",
    basis: "民诉法解释第二百零八条；法〔2025〕82号示范文本",
    find: ({ content, materials }) =>
      when(content.signature.materialId === null || !materials.readyIds.includes(content.signature.materialId), "/signature", "还没有签名", "请在“签名”一步手写签名。"),
  },
  {
    code: "signature.date_wrong",
    severity: "warn",
    basis: "法〔2025〕82号示范文本",
    find: ({ content, today }) => when(content.signature.signedOn !== null && content.signature.signedOn > today, "/signature/signedOn", "签名日期晚于今天", "请改为签名当天的日期。"),
  },
  {
    code: "court.closed",
    severity: "block",
    basis: "人民法院在线运行规则第五条",
    find: ({ court }) => when(!court.open, "/courtCode", `${court.name}尚未开通网上立案`, "请选择其他有管辖权的法院，或到该院窗口立案。"),
  },
  {
    code: "court.level_doubtful",
    severity: "warn",
    basis: "民事诉讼法第十八条、第十九条；法发〔2021〕27号",
    find: ({ court, content }) =>
      when(court.level === "基层" && (content.amountFen ?? 0) >= 50_000_000_000, "/courtCode", "标的额在 5 亿元以上，一般由中级人民法院管辖", "请核对标的总额，或改选中级人民法院。"),
  },
  {
    code: "court.level_high",
    severity: "warn",
    basis: "民事诉讼法第十八条；法发〔2021〕27号",
    find: ({ court, content }) =>
      when(["最高", "高级", "中级"].includes(court.level) && content.amountFen !== null && content.amountFen < 10_000_000_000, "/courtCode", "这个标的额一般由基层人民法院管辖", "请核对法院；法律另有规定的可以保留。"),
  },
  {
    code: "court.not_the_defendants",
    severity: "hint",
    basis: "民事诉讼法第二十二条、第二十四条",
    find: ({ court, content, cause }) => {
      const place = court.name.replace(/人民法院$/, "").replace(/^.*?[省市州区](?=.+[市区县旗])/, "");
      const addresses = content.parties.flatMap(({ address, habitualAddress, side }) => (side === "third_party" ? [] : [address, habitualAddress])).filter(filled);
      const near = addresses.some((address) => address.includes(place));
      return when(cause !== null && place.length >= 2 && addresses.length > 0 && !near, "/courtCode", `双方住所似乎都不在${court.name}辖区`, "一般由被告住所地法院管辖；合同纠纷还可以是合同履行地。选择有依据的可以保留。");
    },
  },
  {
    code: "filing.duplicate",
    severity: "warn",
    basis: "民诉法解释第二百四十七条；民事诉讼法第一百二十七条第五项",
    find: ({ duplicates }) => duplicates.slice(0, 3).map((receipt) => ({ pointer: "", message: `同样的当事人和案由已有一件申请（${receipt}）`, fix: "请确认不是重复起诉；需要补充的，请在原申请中补正或撤回原申请。" })),
  },
];
