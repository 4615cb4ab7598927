/** Parts of a filing that a finding may point at as a whole. */
export const partLabels: Record<string, string> = {
  "/parties": "当事人",
  "/claims": "诉讼请求",
  "/answers": "要素表",
  "/service": "送达地址确认",
  "/consents": "各环节同意",
  "/mediation": "调解意愿",
  "/signature": "签名",
  "/materials": "材料",
  "/identity": "实名核验",
};

/** The court's words for coded values of a filing. */
export const sideLabels: Record<string, string> = { plaintiff: "原告", defendant: "被告", third_party: "第三人" };
export const idTypeLabels: Record<string, string> = {
  resident_id: "居民身份证",
  hmt_residence_permit: "港澳台居民居住证",
  cn_passport: "中国护照",
  hk_macau_permit: "港澳居民来往内地通行证",
  tw_permit: "台湾居民来往大陆通行证",
  foreigner_pr_2023: "外国人永久居留身份证（2023版）",
  foreigner_pr_2017: "外国人永久居留身份证（2017版）",
  foreign_document: "外国证件",
  uscc: "统一社会信用代码",
};
export const agentKindLabels: Record<string, string> = {
  lawyer: "律师",
  legal_worker: "基层法律服务工作者",
  relative: "近亲属",
  employee: "工作人员",
  recommended: "推荐的公民",
  guardian: "法定代理人（监护人）",
};
export const powerLabels: Record<string, string> = {
  admit: "代为承认诉讼请求",
  waive: "代为放弃诉讼请求",
  change: "代为变更诉讼请求",
  settle: "和解、调解",
  counterclaim: "提起反诉",
  appeal: "提起上诉",
};
export const consentLabels: Record<string, string> = {
  filing: "在线立案",
  mediation: "在线调解",
  evidence: "在线证据交换",
  inquiry: "在线询问",
  hearing: "在线庭审",
  service: "电子送达",
  signature: "电子签名",
};
export const channelLabels: Record<string, string> = { platform: "本平台", sms: "短信提示", email: "电子邮件" };
export const languageLabels: Record<string, string> = {
  "zh-CN": "汉语",
  bo: "藏语",
  mn: "蒙古语",
  ug: "维吾尔语",
  kk: "哈萨克语",
  ko: "朝鲜语",
  ii: "彝语",
  za: "壮语",
};
export const stageLabels: Record<string, string> = { first: "一审", second: "二审", execution: "执行" };
export const wishLabels: Record<string, string> = { yes: "愿意先行调解", no: "不愿意先行调解", unsure: "暂不确定" };
export const originalityLabels: Record<string, string> = { original: "原件", copy: "复印件", electronic: "电子数据" };
export const severityLabels: Record<string, string> = { block: "须补正", warn: "注意", hint: "提示" };

export const revealReasons = ["核对证件与身份材料", "核对送达地址与联系方式", "电话联系当事人补充材料", "核对代理权限"];
export const skipReasons = [
  "需要与审判庭沟通管辖",
  "等待当事人来电说明",
  "与本人有利害关系，应当回避",
  "材料打不开，已报技术人员",
];
