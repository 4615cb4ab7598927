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
    title: "请向有管辖权的法院起诉",
    body: ({ matter, courtName }) => `${courtName}对“${matter}”没有管辖权，告知书中写明了应当向哪个法院起诉。`,
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
  "intake.escalated": {
    title: "有案件即将超过审查期限",
    body: ({ matter, dueOn }) => `“${matter}”应于 ${dueOn} 前作出决定，请安排人员处理。`,
  },
} as const satisfies Record<string, Template>;

export type TemplateName = keyof typeof catalogue;
