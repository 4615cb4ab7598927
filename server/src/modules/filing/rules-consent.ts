import { filled, type Rule, when } from "./rule.ts";

/** Who files, what they agree to, and where documents reach them. */
export const consentRules: readonly Rule[] = [
  {
    code: "filer.unverified",
    severity: "block",
    basis: "人民法院在线诉讼规则第七条",
    find: ({ filer }) =>
      when(
        !filer.verified,
        "/identity",
        "您还没有通过实名核验",
        "在“我的—实名核验”填写姓名和身份证号，一般当场完成；核验不通过可以申请人工核验。",
      ),
  },
  {
    code: "helper.unconfirmed",
    severity: "block",
    basis: "人民法院在线诉讼规则第七条",
    find: ({ unconfirmedByHelpers: places }) =>
      when(
        places > 0,
        "/helper-edits",
        `帮助者填写的 ${places} 处内容，当事人本人还没有看过`,
        "请本人逐处看一遍：对的，点“都看过了，确认”；不对的，先改好。",
      ),
  },
  {
    code: "consent.filing_missing",
    severity: "block",
    basis: "人民法院在线诉讼规则第四条",
    find: ({ content }) =>
      when(
        content.consents.filing !== "agree",
        "/consents/filing",
        "还没有同意在线立案",
        "在线立案须您本人同意；不同意的可以到法院窗口递交。",
      ),
  },
  {
    code: "consent.unanswered",
    severity: "hint",
    basis: "人民法院在线诉讼规则第四条",
    find: ({ content }) =>
      when(
        Object.values(content.consents).some((value) => value === null),
        "/consents",
        "有的环节还没有选择是否在线进行",
        "每个环节可以分别选择，以后也可以改变。",
      ),
  },
  {
    code: "service.address_missing",
    severity: "block",
    basis: "民诉法解释第一百三十七条",
    find: ({ content: { service } }) =>
      when(
        !filled(service.address) || !filled(service.phone) || !filled(service.recipient),
        "/service",
        "送达地址确认书还没有填完",
        "请填写收件人、电话和收件地址，法院的文书会寄到这里。",
      ),
  },
  {
    code: "service.unconfirmed",
    severity: "block",
    basis: "民诉法解释第一百三十七条；法院专递规定第四条",
    find: ({ content: { service } }) =>
      when(
        filled(service.address) && !service.confirmed,
        "/service/confirmed",
        "还没有确认送达地址",
        "请阅读后勾选“我已知晓填写不实的后果”。",
      ),
  },
  {
    code: "service.electronic_without_address",
    severity: "warn",
    basis: "人民法院在线诉讼规则第二十九条",
    find: ({ content: { service } }) =>
      when(
        service.electronic === true && service.channels.length === 0,
        "/service/channels",
        "同意电子送达，但没有选择接收方式",
        "请至少选择一种：平台、短信或邮箱。",
      ),
  },
  {
    code: "service.email_missing",
    severity: "block",
    basis: "人民法院在线诉讼规则第二十九条",
    find: ({ content: { service } }) =>
      when(
        service.channels.includes("email") && !filled(service.email),
        "/service/email",
        "选择了邮箱接收，但没有填写邮箱",
        "请填写邮箱，或取消这种接收方式。",
      ),
  },
  {
    code: "mediation.wish_missing",
    severity: "warn",
    basis: "法〔2025〕82号示范文本：对纠纷解决方式的意愿",
    find: ({ content }) =>
      when(
        content.mediation.wish === null,
        "/mediation/wish",
        "还没有选择是否愿意先行调解",
        "愿意、不愿意或暂不确定都可以，不影响立案。",
      ),
  },
];
