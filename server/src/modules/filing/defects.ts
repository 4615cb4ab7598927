/** 补正事项目录: what may be asked to be mended, each with its article and how (登记立案规定§6–7, 民诉法§124, 解释§209–210). */
export interface DefectKind {
  readonly code: string;
  readonly title: string;
  readonly basis: string;
  /** Where such a defect usually lies. */
  readonly pointer: string;
  readonly fix: string;
  readonly example: string;
}
/** One defect of one filing. */
export interface Defect {
  readonly code: string;
  readonly title: string;
  readonly basis: string;
  readonly pointer: string;
  /** The clerk's own words about this filing. */
  readonly note: string;
  readonly fix: string;
  /** Could have been told a round ago: the place has not changed since. */
  readonly visibleBefore?: boolean;
}

export const defectKinds: readonly DefectKind[] = [
  {
    code: "identity_paper_unclear",
    title: "身份证明不清晰或不完整",
    basis: "登记立案规定第六条第一项",
    pointer: "/materials",
    fix: "在光线充足处重新拍摄身份证正反面，四角完整、文字清楚。",
    example: "身份证号码末四位反光，看不清。",
  },
  {
    code: "identity_paper_missing",
    title: "缺少原告身份证明",
    basis: "登记立案规定第六条第一项",
    pointer: "/materials",
    fix: "上传身份证；单位上传营业执照和法定代表人身份证明书。",
    example: "只上传了身份证正面，缺少背面。",
  },
  {
    code: "plaintiff_details",
    title: "原告信息填写有误或不全",
    basis: "民事诉讼法第一百二十四条第一项",
    pointer: "/parties",
    fix: "对照证件改正姓名、性别、出生日期、住所、联系方式。",
    example: "住所写到了市，请写到门牌号。",
  },
  {
    code: "defendant_indistinct",
    title: "被告信息不足以与他人相区别",
    basis: "民诉法解释第二百零九条",
    pointer: "/parties",
    fix: "补充被告的住址、身份证号、电话、工作单位中的任意一项。",
    example: "只有姓名“张伟”，请补充住址或身份证号。",
  },
  {
    code: "claim_unclear",
    title: "诉讼请求不具体",
    basis: "民事诉讼法第一百二十二条第三项",
    pointer: "/claims",
    fix: "写明由谁、做什么、给多少钱、利息从哪天按什么标准计算。",
    example: "“赔偿损失”请写明金额和计算方法。",
  },
  {
    code: "amount_disagrees",
    title: "金额前后不一致",
    basis: "民事诉讼法第一百二十四条第三项",
    pointer: "/amountFen",
    fix: "核对各项请求的金额与标的总额。",
    example: "本金 5 万元，标的总额写成了 50 万元。",
  },
  {
    code: "facts_unclear",
    title: "事实与理由不清楚",
    basis: "民事诉讼法第一百二十四条第三项",
    pointer: "/facts",
    fix: "按时间顺序写清楚经过、约定和对方的违约或侵权行为。",
    example: "请写明借款是转账还是现金、在哪里交付。",
  },
  {
    code: "abusive_words",
    title: "起诉状有谩骂和人身攻击之辞",
    basis: "民诉法解释第二百一十条",
    pointer: "/facts",
    fix: "删去谩骂、人身攻击的话，只写事实。",
    example: "第三段对被告的形容请删除。",
  },
  {
    code: "evidence_missing",
    title: "缺少与请求有关的证据",
    basis: "登记立案规定第六条第五项",
    pointer: "/materials",
    fix: "上传借条、合同、转账记录、聊天记录等。",
    example: "请补充借款的转账凭证。",
  },
  {
    code: "evidence_unreadable",
    title: "证据看不清或打不开",
    basis: "人民法院在线诉讼规则第十二条",
    pointer: "/materials",
    fix: "重新拍摄或换成 PDF 上传。",
    example: "借条第二张右半边被遮住。",
  },
  {
    code: "authorisation_missing",
    title: "缺少授权委托书或代理人身份材料",
    basis: "登记立案规定第六条第二项；民诉法解释第八十八条",
    pointer: "/materials",
    fix: "上传委托人签名的授权委托书，以及代理人的身份、执业或关系证明。",
    example: "缺少律师事务所函。",
  },
  {
    code: "powers_unclear",
    title: "代理权限不明确",
    basis: "民事诉讼法第六十二条",
    pointer: "/parties",
    fix: "在委托书中逐项写明特别授权事项；只写“全权代理”的按一般授权处理。",
    example: "委托书没有写明是否可以和解。",
  },
  {
    code: "cause_wrong",
    title: "案由与诉讼请求不符",
    basis: "民事案件案由规定",
    pointer: "/causeCode",
    fix: "按请求所依据的法律关系重新选择案由。",
    example: "请求归还借款，案由应为民间借贷纠纷。",
  },
  {
    code: "service_address",
    title: "送达地址确认书填写不全",
    basis: "民诉法解释第一百三十七条",
    pointer: "/service",
    fix: "补充收件人、电话、详细地址，并确认。",
    example: "地址没有写到门牌号。",
  },
  {
    code: "signature_missing",
    title: "起诉状没有签名或签名不完整",
    basis: "民事诉讼法第一百二十四条",
    pointer: "/signature",
    fix: "重新手写签名；单位由法定代表人签名并盖章。",
    example: "两名原告只有一人签名。",
  },
  {
    code: "copies_of_claims",
    title: "多名当事人的请求没有分清",
    basis: "民事诉讼法第五十五条",
    pointer: "/claims",
    fix: "分别写明每名原告的请求，或说明共同请求。",
    example: "两名原告各自主张多少，请写明。",
  },
  {
    code: "arbitration_first",
    title: "缺少劳动仲裁的材料",
    basis: "劳动争议调解仲裁法第五条",
    pointer: "/materials",
    fix: "上传仲裁裁决书、不予受理通知书或逾期未裁决的证明。",
    example: "请上传仲裁裁决书及送达证明。",
  },
  {
    code: "jurisdiction_unclear",
    title: "管辖依据不清楚",
    basis: "民事诉讼法第二十二条至第三十五条",
    pointer: "/courtCode",
    fix: "补充住所、合同履行地、侵权行为地或书面管辖约定的材料。",
    example: "请提供被告在本区居住的证明。",
  },
];

const byCode = new Map(defectKinds.map((kind) => [kind.code, kind]));
export const defectKind = (code: string): DefectKind | undefined => byCode.get(code);
