import type { AgentKind, IdType, MaterialKind, Side, SpecialPower, Stage } from "@/api/types";

export interface Choice {
  value: string;
  label: string;
  /** A plain sentence under the label. */
  note?: string;
}

/** The words for codes of the contract, in one place. */
export const SIDES: Record<Side, string> = { plaintiff: "原告", defendant: "被告", third_party: "第三人" };

export const SIDE_PLAIN: Record<Side, string> = {
  plaintiff: "提出要求的一方，通常就是您",
  defendant: "您要告的人或单位",
  third_party: "和这件事有关系的其他人，没有可以不填",
};

export const PERSON_ID_TYPES: readonly (Choice & { value: IdType })[] = [
  { value: "resident_id", label: "居民身份证" },
  { value: "hmt_residence_permit", label: "港澳台居民居住证" },
  { value: "hk_macau_permit", label: "港澳居民来往内地通行证" },
  { value: "tw_permit", label: "台湾居民来往大陆通行证" },
  { value: "cn_passport", label: "中国护照" },
  { value: "foreigner_pr_2023", label: "外国人永久居留身份证（新版）" },
  { value: "foreigner_pr_2017", label: "外国人永久居留身份证（旧版）" },
  { value: "foreign_document", label: "外国证件" },
];

export const AGENT_KINDS: readonly (Choice & { value: AgentKind })[] = [
  { value: "lawyer", label: "律师" },
  { value: "legal_worker", label: "基层法律服务工作者" },
  { value: "relative", label: "近亲属" },
  { value: "employee", label: "单位工作人员" },
  { value: "recommended", label: "社区、单位推荐的公民" },
  { value: "guardian", label: "监护人（法定代理人）" },
];

export const SPECIAL_POWERS: readonly (Choice & { value: SpecialPower })[] = [
  { value: "admit", label: "代为承认诉讼请求" },
  { value: "waive", label: "代为放弃诉讼请求" },
  { value: "change", label: "代为变更诉讼请求" },
  { value: "settle", label: "进行和解" },
  { value: "counterclaim", label: "提起反诉" },
  { value: "appeal", label: "提起上诉" },
];

export interface StageText {
  stage: Stage;
  title: string;
  agree: string;
  refuse: string;
}

/** What each stage of the case means online, so that nobody agrees to what he has not read (在线诉讼规则§4). */
export const STAGE_TEXTS: readonly StageText[] = [
  { stage: "filing", title: "立案", agree: "在手机上提交材料、收立案结果", refuse: "带材料到法院窗口办" },
  { stage: "mediation", title: "调解", agree: "用视频或电话和对方谈", refuse: "到法院或调解组织当面谈" },
  { stage: "evidence", title: "证据交换", agree: "在手机上交证据、看对方证据", refuse: "到法院当面交换" },
  { stage: "inquiry", title: "询问", agree: "法官用视频向您了解情况", refuse: "到法院当面说" },
  { stage: "hearing", title: "开庭", agree: "用手机或电脑视频开庭", refuse: "到法庭现场开庭" },
  { stage: "service", title: "送达", agree: "在手机上收法院文书", refuse: "邮寄或当面领取" },
  { stage: "signature", title: "签名", agree: "在手机屏幕上签名，和纸上签名一样有效", refuse: "到法院在纸上签名" },
];

export const MATERIAL_KINDS: Record<MaterialKind, string> = {
  identity: "身份证明",
  power_of_attorney: "授权委托书",
  firm_letter: "律师事务所函",
  license: "执业证",
  kinship: "亲属关系证明",
  employment: "劳动关系证明",
  recommendation: "推荐材料",
  business_license: "营业执照",
  legal_rep_certificate: "法定代表人身份证明",
  evidence: "证据",
  complaint: "起诉状",
  signature: "签名",
  other: "其他材料",
};
