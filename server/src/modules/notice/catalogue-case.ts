import type { Template } from "./catalogue.ts";

/** What is told of a case as it goes: its people, its time, what is handed in, and who reads the dossier. */
export const caseTexts = {
  "case.assigned": {
    title: "法院确定了审判人员",
    body: ({ courtName, caseNumber }) =>
      `${courtName}确定了${caseNumber}案的审判人员或者审理程序，点开可以查看。认为审判人员应当回避的，可以提出回避申请。`,
  },
  "case.limit_changed": {
    title: "审理期限有变更",
    body: ({ caseNumber, dueOn }) => `${caseNumber}案的审理期限有变更，到 ${dueOn} 届满，原因请点开查看。`,
  },
  "case.closed": {
    title: "案件已审结",
    body: ({ courtName, caseNumber }) =>
      `${courtName}已审结${caseNumber}案。裁判文书和上诉期限以送达的为准，请留意送达。`,
  },
  "case.ended_unpaid": {
    title: "案件按撤诉处理",
    body: ({ courtName, caseNumber }) => `${courtName}对${caseNumber}案按撤诉处理，详情请点开查看。`,
  },
  "case.admitted": {
    title: "您可以查看一个案件了",
    body: ({ caseNumber }) => `您现在可以查看${caseNumber}案的进展、材料和期限，并在线办理。`,
  },
  "case.joined": {
    title: "您这一方有人加入案件",
    body: ({ caseNumber }) => `${caseNumber}案中有人加入您这一方，点开可以查看是谁。不认识的，请尽快联系承办书记员。`,
  },
  "case.left": {
    title: "您不再参加一个案件",
    body: ({ caseNumber }) => `您在${caseNumber}案中的参与已经结束，不能再查看该案。有疑问的，请联系委托人或者法院。`,
  },
  "case.colleague_left": {
    title: "您这一方有人退出案件",
    body: ({ caseNumber }) => `${caseNumber}案中您这一方有人不再参加案件，也不能再查看该案，点开可以查看。`,
  },
  "case.agency_asked": {
    title: "有人申请做您的代理人",
    body: ({ caseNumber }) =>
      `有人申请在${caseNumber}案中担任您的代理人，请点开核对后同意或者拒绝。您同意以前，申请人看不到案件内容。`,
  },
  "case.agency_waiting": {
    title: "有代理申请待确认",
    body: ({ caseNumber }) => `${caseNumber}案有人申请担任代理人，委托人还没有账号，请核对授权委托书后确认。`,
  },
  "case.interpreter_asked": {
    title: "有当事人需要翻译",
    body: ({ caseNumber, side, language }) =>
      `${caseNumber}案的${side}通用${language}，请为庭审和文书安排翻译，费用由法院承担。`,
  },
  "case.interpreter_arranged": {
    title: "法院已为您安排翻译",
    body: ({ courtName, caseNumber, language }) =>
      `${courtName}已为您在${caseNumber}案中安排${language}翻译，不收费用。`,
  },
  "case.agency_refused": {
    title: "代理申请没有得到同意",
    body: ({ caseNumber }) =>
      `您在${caseNumber}案中担任代理人的申请没有得到同意。请与委托人核实，或者向法院提交授权委托书。`,
  },
  "period.set": {
    title: "法院登记了本案的期限",
    body: ({ courtName, caseNumber }) => `${courtName}登记了${caseNumber}案的举证期限等事项，各项期限请点开查看。`,
  },
  "submission.filed": {
    title: "本案有新的提交",
    body: ({ caseNumber, side, documents }) => `${caseNumber}案的${side}提交了${documents}，点开可以查看。`,
  },
  "submission.opened": {
    title: "法院转来一份材料",
    body: ({ caseNumber, side, documents }) =>
      `${caseNumber}案的${side}提交的${documents}已由法院转给各方，点开可以查看。`,
  },
  "submission.received": {
    title: "法院已接收您的提交",
    body: ({ courtName, caseNumber, documents }) => `${courtName}已接收您在${caseNumber}案中提交的${documents}。`,
  },
  "submission.returned": {
    title: "请补正您提交的材料",
    body: ({ courtName, caseNumber, documents }) =>
      `${courtName}请您补正在${caseNumber}案中提交的${documents}，要改的地方请点开查看，改好后可以重新提交。`,
  },
  "submission.granted": {
    title: "法院准许了您的申请",
    body: ({ courtName, caseNumber, documents }) =>
      `${courtName}准许了您在${caseNumber}案中提交的${documents}，接下来怎么办请点开查看。`,
  },
  "submission.refused": {
    title: "法院没有准许您的申请",
    body: ({ courtName, caseNumber, documents }) =>
      `${courtName}没有准许您在${caseNumber}案中提交的${documents}，理由请点开查看。`,
  },
  "submission.decided": {
    title: "法院答复了一项申请",
    body: ({ courtName, caseNumber, side, documents }) =>
      `${courtName}答复了${caseNumber}案的${side}提交的${documents}，结果请点开查看。`,
  },
  "submission.withdrawn": {
    title: "一份提交已经撤回",
    body: ({ caseNumber, side, documents }) => `${caseNumber}案的${side}撤回了${documents}。`,
  },
  "submission.waiting": {
    title: "有当事人提交待处理",
    body: ({ caseNumber, side, documents }) => `${caseNumber}案的${side}提交了${documents}，请处理。`,
  },
  "dossier.requested": {
    title: "有阅卷申请待答复",
    body: ({ caseNumber, dueOn }) => `${caseNumber}案有人申请阅卷，请在 ${dueOn} 前答复。`,
  },
  "dossier.request_late": {
    title: "有阅卷申请逾期未答复",
    body: ({ caseNumber, dueOn }) => `${caseNumber}案的阅卷申请应在 ${dueOn} 前答复，请督促承办人员或者直接答复。`,
  },
  "dossier.request_granted": {
    title: "您的阅卷申请已获同意",
    body: ({ courtName, caseNumber, dueOn }) =>
      `${courtName}同意您查阅${caseNumber}案的电子卷宗，${dueOn} 以前可以随时阅读。`,
  },
  "dossier.request_refused": {
    title: "您的阅卷申请已有答复",
    body: ({ courtName, caseNumber }) =>
      `${courtName}没有同意在线查阅${caseNumber}案的电子卷宗，原因和其他阅卷方式请点开查看。`,
  },
  "dossier.request_ended": {
    title: "在线阅卷已经终止",
    body: ({ courtName, caseNumber }) => `${courtName}终止了${caseNumber}案的在线阅卷。需要再阅的，可以重新申请。`,
  },
} as const satisfies Record<string, Template>;
