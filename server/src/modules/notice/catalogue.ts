import { accountTexts } from "./catalogue-account.ts";
import { caseTexts } from "./catalogue-case.ts";
import { delegationTexts } from "./catalogue-delegation.ts";
import { hearingTexts } from "./catalogue-hearing.ts";
import { questioningTexts } from "./catalogue-questioning.ts";
import { receptionTexts } from "./catalogue-reception.ts";

/** Every text that is sent to people, in one place. No identity number, phone or address may stand in them. */
export interface Template {
  readonly title: string;
  body(facts: Facts): string;
}
export interface Facts {
  /** `王芳 诉 李强 民间借贷纠纷`. */
  readonly matter: string;
  readonly courtName: string;
  readonly receiptNumber: string;
  /** 案号, where there is one. */
  readonly caseNumber: string;
  /** A court day: by when. */
  readonly dueOn: string;
  readonly round: number;
  /** `1,050.00元`, where the text is about money. */
  readonly money?: string;
  /** What was served. */
  readonly documents?: string;
  /** 答辩, 上诉 …: what is to be done by then. */
  readonly duty?: string;
  /** 案件受理费, 反诉受理费 … */
  readonly feeName?: string;
  /** 开庭审理, 调解 …; when, and where. */
  readonly sitting?: string;
  readonly hearingTime?: string;
  readonly place?: string;
  /** 原告, 被告, 第三人: of whom the text speaks. */
  readonly side?: string;
  /** 藏语, 蒙古语, 维吾尔语: of the party that needs an interpreter. */
  readonly language?: string;
}

export const catalogue = {
  "filing.submitted": {
    title: "法院已收到您的立案申请",
    body: ({ matter, courtName, receiptNumber, dueOn }) =>
      `${courtName}已收到“${matter}”，收件编号 ${receiptNumber}。法院应在 ${dueOn} 前作出决定，您可以在“我的立案”中查看进展。`,
  },
  "filing.resubmitted": {
    title: "法院已收到您的补正材料",
    body: ({ matter, courtName, dueOn }) =>
      `${courtName}已收到“${matter}”的补正材料，审查期限重新计算，应在 ${dueOn} 前作出决定。`,
  },
  "filing.under_review": {
    title: "法院正在审查您的立案申请",
    body: ({ matter, courtName }) => `${courtName}的立案人员已开始审查“${matter}”，有结果会立即通知您。`,
  },
  "filing.correction_required": {
    title: "请补正您的立案申请",
    body: ({ matter, courtName, dueOn }) =>
      `${courtName}审查“${matter}”后，一次性列出了需要补正的事项。请于 ${dueOn} 前在线补正并重新提交，点开即可逐项修改。`,
  },
  "filing.accepted": {
    title: "您的案件已立案",
    body: ({ matter, courtName, caseNumber }) => `${courtName}已对“${matter}”立案，案号${caseNumber}。请留意交费通知。`,
  },
  "filing.refused": {
    title: "法院裁定不予受理",
    body: ({ matter, courtName }) =>
      `${courtName}对“${matter}”裁定不予受理，理由见裁定书。不服的，可在收到裁定书之日起 10 日内上诉。`,
  },
  "filing.transferred": {
    title: "本院没有管辖权",
    body: ({ matter, courtName }) =>
      `${courtName}对“${matter}”没有管辖权。告知书中写明了有管辖权的法院，以及材料是否已经移送。`,
  },
  "filing.received": {
    title: "受移送的法院已收到您的材料",
    body: ({ matter, courtName, receiptNumber, dueOn }) =>
      `${courtName}已收到移送的“${matter}”，收件编号 ${receiptNumber}，应在 ${dueOn} 前作出决定。原收件日期予以保留，您不需要重新提交。`,
  },
  "filing.registered": {
    title: "法院窗口已收到您的起诉材料",
    body: ({ matter, courtName, receiptNumber, dueOn }) =>
      `${courtName}窗口已收到“${matter}”，收件编号 ${receiptNumber}，应在 ${dueOn} 前作出决定。`,
  },
  "filing.settled": {
    title: "诉前调解成功",
    body: ({ matter }) => `“${matter}”经诉前调解已达成协议，结果告知书可在“我的立案”中查看。`,
  },
  "filing.mediation_extended": {
    title: "诉前调解已延长",
    body: ({ matter }) => `经双方同意，“${matter}”的诉前调解已延长，新的期限可在“我的立案”中查看。`,
  },
  "filing.in_mediation": {
    title: "已转入诉前调解",
    body: ({ matter }) => `根据您的同意，“${matter}”已转入诉前调解，期限 30 日。调解不成会自动恢复审查，收件日期不变。`,
  },
  "filing.resumed": {
    title: "调解未成，已恢复审查",
    body: ({ matter, dueOn }) => `“${matter}”诉前调解期限届满，已恢复立案审查，应在 ${dueOn} 前作出决定。`,
  },
  "filing.withdrawn": {
    title: "立案申请已撤回",
    body: ({ matter }) => `您已撤回“${matter}”。需要时可以重新提交。`,
  },
  "filing.lapsed": {
    title: "补正期限已过，材料已退回",
    body: ({ matter }) => `“${matter}”的补正期限已过，法院没有收到补正材料，已退回起诉材料。补齐后可以重新提交。`,
  },
  "confirmation.confirmed": {
    title: "您发出的确认链接已经确认",
    body: ({ matter }) => `“${matter}”中您请人确认的一项已经由本人确认并签名，可以继续办理。`,
  },
  "confirmation.declined": {
    title: "您发出的确认链接没有得到同意",
    body: ({ matter }) => `“${matter}”中您请人确认的一项没有得到同意，原因请点开查看，改好后可以重新发链接。`,
  },
  "confirmation.withdrawn": {
    title: "一项确认已被撤回",
    body: ({ matter }) => `“${matter}”中已经确认的一项被本人撤回，不再有效。请与对方联系核实。`,
  },
  "intake.escalated": {
    title: "有案件即将超过审查期限",
    body: ({ matter, dueOn }) => `“${matter}”应于 ${dueOn} 前作出决定，请安排人员处理。`,
  },
  "fee.issued": {
    title: "请交纳诉讼费",
    body: ({ courtName, caseNumber, feeName, money, dueOn }) =>
      `${courtName}发出了交费通知：${caseNumber}案应交${feeName} ${money}，${dueOn ? `最迟 ${dueOn} 交纳` : "请在收到通知的次日起 7 日内交纳"}。可以直接在线支付；有困难的，可以申请缓交、减交或者免交。`,
  },
  "fee.served": {
    title: "交费期限已开始计算",
    body: ({ caseNumber, feeName, money, dueOn }) =>
      `${caseNumber}案的交费通知已经送达，${feeName} ${money} 最迟 ${dueOn} 交纳。`,
  },
  "fee.due_soon": {
    title: "交费期限快到了",
    body: ({ caseNumber, feeName, money, dueOn }) =>
      `${caseNumber}案的${feeName}还有 ${money} 未交，最迟 ${dueOn} 交纳。有困难的，请在此之前申请缓交、减交或者免交。`,
  },
  "fee.overdue": {
    title: "交费期限已过，请尽快交纳",
    body: ({ caseNumber, feeName, money, dueOn }) =>
      `${caseNumber}案的${feeName} ${money} 应在 ${dueOn} 以前交纳。现在支付仍然有效；法院作出按撤诉处理的决定后不再收取。`,
  },
  "fee.changed": {
    title: "诉讼费有变更",
    body: ({ caseNumber, feeName }) => `${caseNumber}案的${feeName}有变更，您不需要再交费。点开可以查看计算方法。`,
  },
  "fee.changed_more": {
    title: "诉讼费有变更，请按新的金额交纳",
    body: ({ caseNumber, feeName, money, dueOn }) =>
      `${caseNumber}案的${feeName}有变更，还应交 ${money}，${dueOn ? `最迟 ${dueOn} 交纳` : "请在收到通知的次日起 7 日内交纳"}。点开可以查看计算方法。`,
  },
  "fee.changed_back": {
    title: "诉讼费有变更，多交的会退还",
    body: ({ caseNumber, feeName }) =>
      `${caseNumber}案的${feeName}有变更，多交的部分会原路退回，您不需要再办手续。点开可以查看计算方法。`,
  },
  "fee.relief_requested": {
    title: "有救助申请待审查",
    body: ({ caseNumber, feeName }) => `${caseNumber}案当事人申请缓交、减交或者免交${feeName}，请审查。`,
  },
  "fee.relief_granted": {
    title: "您的救助申请已获准许",
    body: ({ caseNumber, feeName }) =>
      `法院准许了您在${caseNumber}案中关于${feeName}的申请，决定书和接下来怎么办请点开查看。`,
  },
  "fee.relief_granted_in_part": {
    title: "您的救助申请部分获得准许",
    body: ({ caseNumber, feeName, money, dueOn }) =>
      `法院部分准许了您在${caseNumber}案中关于${feeName}的申请，还应交 ${money}${dueOn ? `，最迟 ${dueOn} 交纳` : ""}。理由见决定书。`,
  },
  "fee.relief_refused": {
    title: "您的救助申请未获准许",
    body: ({ caseNumber, feeName, money, dueOn }) =>
      `法院没有准许您在${caseNumber}案中关于${feeName}的申请，理由见决定书。应交 ${money}${dueOn ? `，最迟 ${dueOn} 交纳` : ""}。`,
  },
  "fee.deemed_withdrawn": {
    title: "因逾期未交费，按撤诉处理",
    body: ({ courtName, caseNumber, feeName }) =>
      `${caseNumber}案的${feeName}逾期未交，${courtName}已按撤诉处理。依法应退的款项会原路退回；您可以在符合条件时另行起诉。`,
  },
  "fee.closed": {
    title: "交费通知已撤销",
    body: ({ courtName, caseNumber, feeName }) =>
      `${courtName}撤销了${caseNumber}案${feeName}的交费通知，您不需要交纳。`,
  },
  "payment.succeeded": {
    title: "已收到您支付的诉讼费",
    body: ({ courtName, caseNumber, receiptNumber, money }) =>
      `${courtName}已收到${caseNumber}案诉讼费 ${money}，票据号 ${receiptNumber}。您可以在交费通知中查看和下载票据。`,
  },
  "payment.duplicate": {
    title: "多付的款项正在自动退回",
    body: ({ caseNumber, money }) =>
      `${caseNumber}案的诉讼费多付了 ${money}，系统已自动办理原路退款，一般 1 至 3 个工作日到账，您不需要做任何操作。`,
  },
  "refund.requested": {
    title: "有退款待审批",
    body: ({ caseNumber, money, dueOn }) => `${caseNumber}案有 ${money} 的退款待审批，应在 ${dueOn} 前退回当事人。`,
  },
  "refund.approved": {
    title: "退款已批准",
    body: ({ courtName, caseNumber, money, dueOn }) =>
      `${courtName}已批准退还${caseNumber}案诉讼费 ${money}，将原路退回您的微信支付账户，最迟 ${dueOn} 到账。`,
  },
  "refund.succeeded": {
    title: "退款已原路退回",
    body: ({ caseNumber, money }) => `${caseNumber}案的 ${money} 已原路退回您的微信支付账户，请查收。`,
  },
  "refund.failed": {
    title: "退款未能到账，法院正在处理",
    body: ({ courtName, caseNumber, money, dueOn }) =>
      `${caseNumber}案的 ${money} 未能退回您的微信支付账户，${courtName}正在处理并会联系您，应在 ${dueOn} 前退回。`,
  },
  "payment.quarantined": {
    title: "有支付异常需要处理",
    body: () => "微信报来的信息与本院记录不一致，系统没有入账。请在“支付异常”中查看原因和处理建议。",
  },
  "thread.asked": {
    title: "有当事人留言待答复",
    body: ({ caseNumber, dueOn }) =>
      `${caseNumber ? `${caseNumber}案` : "一条立案前咨询"}有新的留言，应在 ${dueOn} 下班前答复。`,
  },
  "thread.escalated": {
    title: "有留言逾期未答复，已上报给您",
    body: ({ caseNumber, dueOn }) =>
      `${caseNumber ? `${caseNumber}案` : "一条立案前咨询"}的留言应在 ${dueOn} 下班前答复，请督促承办人员或者直接答复。`,
  },
  "thread.reassigned": {
    title: "一条当事人留言转由您承办",
    body: ({ caseNumber, dueOn }) =>
      `${caseNumber ? `${caseNumber}案的留言` : "一条立案前咨询"}转由您承办，期限 ${dueOn} 不变。`,
  },
  "thread.answered": {
    title: "法院已答复您的留言",
    body: ({ courtName, caseNumber }) =>
      `${courtName}已答复您${caseNumber ? `在${caseNumber}案中` : ""}的留言，请在“联系法官”中查看。`,
  },
  "thread.shared": {
    title: "法院告知本案各方",
    body: ({ courtName, caseNumber }) => `${courtName}对${caseNumber}案各方有一项告知，请在案件进程中查看。`,
  },
  "thread.closed": {
    title: "一次咨询已经结束",
    body: ({ courtName, caseNumber, dueOn }) =>
      `${courtName}已答复您${caseNumber ? `在${caseNumber}案中` : ""}的留言，这次咨询已经结束。${dueOn} 以前还可以继续留言，也可以评价。`,
  },
  "obligation.due_soon": {
    title: "有一项期限快到了",
    body: ({ caseNumber, duty, dueOn }) =>
      `${caseNumber}案的${duty}期限到 ${dueOn} 为止。点开可以看到这一天是怎样算出来的；已经办好的，请标为已办。`,
  },
  "obligation.changed": {
    title: "一项期限已重新计算",
    body: ({ caseNumber, duty, dueOn }) => `${caseNumber}案的${duty}期限已重新计算，到 ${dueOn} 为止。`,
  },
  "obligation.expired": {
    title: "一项期限已经届满",
    body: ({ caseNumber, duty, dueOn }) =>
      `${caseNumber}案的${duty}期限已于 ${dueOn} 届满。有正当理由耽误的，可以在障碍消除后十日内向法院申请顺延。`,
  },
  "service.sent": {
    title: "法院有文书要送达给您",
    body: ({ courtName, caseNumber, documents }) =>
      `${courtName}在${caseNumber}案中向您送达《${documents}》，请点开查看并确认收到。`,
  },
  "service.effective": {
    title: "法院文书已送达",
    body: ({ courtName, caseNumber, documents, dueOn }) =>
      `${courtName}在${caseNumber}案中向您送达的《${documents}》，送达日期为 ${dueOn}，有关期限从次日起计算。日期与实际不符的，可以点开提出异议。`,
  },
  "service.effect_changed": {
    title: "送达日期有变更，期限已重新计算",
    body: ({ caseNumber, documents, dueOn }) =>
      `${caseNumber}案中《${documents}》的送达日期已变更为 ${dueOn}，从该日起算的期限已经重新计算。`,
  },
  "service.effect_lost": {
    title: "一次送达不再有效，期限已取消",
    body: ({ caseNumber, documents }) =>
      `${caseNumber}案中《${documents}》原来的送达不再有效，法院将以其他方式送达，从原日期起算的期限已经取消。`,
  },
  "service.contest_refused": {
    title: "您对送达日期的异议已有结果",
    body: ({ caseNumber, documents, dueOn }) =>
      `经审查，${caseNumber}案中《${documents}》的送达日期仍为 ${dueOn}，理由请点开查看。`,
  },
  "service.contested": {
    title: "有送达日期的异议待审查",
    body: ({ caseNumber, documents }) => `${caseNumber}案的受送达人对《${documents}》的送达日期提出异议，请审查。`,
  },
  "service.failed": {
    title: "文书没有送达，请改用其他方式",
    body: ({ caseNumber, documents }) => `${caseNumber}案的《${documents}》没有送达，请在“送达”中选择下一种方式。`,
  },
  "service.proposed": {
    title: "有文书待送达",
    body: ({ caseNumber, documents, dueOn }) => `${caseNumber}案的《${documents}》待送达，请在 ${dueOn} 前发出。`,
  },
  "service.cancelled": {
    title: "一份文书的送达已撤销",
    body: ({ courtName, caseNumber, documents }) =>
      `${courtName}撤销了${caseNumber}案中《${documents}》的送达，这份文书不用再看；需要送达的，会另行送达。`,
  },
  "service.paper_asked": {
    title: "受送达人索要纸质文书",
    body: ({ caseNumber, documents }) => `${caseNumber}案的受送达人要求提供《${documents}》的纸质文书，请及时提供。`,
  },
  ...caseTexts,
  ...delegationTexts,
  ...accountTexts,
  ...hearingTexts,
  ...receptionTexts,
  ...questioningTexts,
} as const satisfies Record<string, Template>;

export type TemplateName = keyof typeof catalogue;
