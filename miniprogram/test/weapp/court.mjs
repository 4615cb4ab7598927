// The court's server as the pages of the check meet it: one person with one filing in each state that matters.

export const account = {
  id: "7",
  role: "litigant",
  name: "王芳",
  nameMasked: "王*",
  phoneMasked: "138****8000",
  identity: { state: { code: "none", label: "未核验" }, nameMasked: null, idType: null, idNumberMasked: null },
  practice: null,
  unreadMessages: 1,
};

const natural = { kind: "natural", gender: null, birthDate: null, ethnicity: "", workplace: "", occupation: "", email: "", idType: "resident_id", idNumber: "", habitualAddress: "", legalRepresentative: "", legalRepresentativeTitle: "", orgType: "", ownership: "" };
const agent = { key: "a1", kind: "lawyer", name: "赵律师", idType: null, idNumber: "", phone: "", firm: "", licenseNumber: "", relation: "", powers: "special", specialPowers: ["settle"] };

export const content = {
  causeCode: "CIV2025:108(3)",
  formId: "09",
  parties: [
    { ...natural, key: "p1", side: "plaintiff", name: "王芳", phone: "13800008000", address: "历下区和平路1号", agents: [agent] },
    { ...natural, key: "p2", side: "defendant", name: "李强", phone: "13900009000", address: "历下区解放路9号", agents: [] },
  ],
  claims: [{ key: "c1", text: "判令被告归还借款本金5万元", amountFen: 5000000 }],
  amountFen: 5000000,
  facts: "",
  answers: { "facts.2": "yes" },
  service: { recipient: "王芳", phone: "13800008000", postalCode: "", address: "历下区和平路1号", email: "", electronic: true, channels: ["platform"], judgments: true, stages: ["first"], confirmed: true },
  consents: { filing: "agree", mediation: "agree", evidence: "agree", inquiry: "agree", hearing: "refuse", service: "agree", signature: "agree" },
  mediation: { understood: true, wish: "unsure" },
  signature: { materialId: null, signedOn: null },
};

const material = { id: "m1", filingId: "1", name: "借条", kind: "evidence", kindLabel: "证据", state: { code: "ready", label: "已收到" }, moves: [{ action: "read", label: "查看" }, { action: "change", label: "修改说明" }, { action: "remove", label: "删除" }], refusedReason: null, contentType: "image/jpeg", bytes: 20480, sha256: "", pages: 1, position: 1, purpose: "证明借款", source: "", originality: null, round: 0, createdAt: "2026-11-22T01:00:00Z" };
const clock = { state: { code: "running", label: "进行中" }, startedOn: "2026-11-22", dueOn: "2026-11-30", nominalDueOn: "2026-11-29", provisional: false, daysLeft: 7, basis: "民事诉讼法§126", explanation: "7 日内答复", segments: [{ event: "start", on: "2026-11-22", basis: "民事诉讼法§126", note: "收到起诉状" }] };
const summary = { id: "1", version: 3, title: "王芳 诉 李强 民间借贷纠纷", court: { code: "鲁0102", name: "济南市历下区人民法院" }, cause: { code: "CIV2025:108(3)", name: "民间借贷纠纷" }, formId: "09", amountFen: 5000000, round: 0, createdAt: "2026-11-22T01:00:00Z", updatedAt: "2026-11-22T01:00:00Z" };

export const draft = { ...summary, receiptNumber: null, state: { code: "draft", label: "草稿" }, moves: [{ action: "submit", label: "提交" }], submittedAt: null, clock: null, next: "继续填写，填好后提交", caseId: null, caseNumber: null, content, materials: [material], steps: [], corrections: [], documents: [], editable: true, editablePointers: null };
export const submitted = { ...draft, id: "2", receiptNumber: "鲁0102收20261122000001", state: { code: "submitted", label: "待审查" }, moves: [{ action: "withdraw", label: "撤回" }], submittedAt: "2026-11-22T02:00:00Z", clock, next: "法院正在审查", editable: false, steps: [{ action: "submit", label: "提交", state: { code: "submitted", label: "待审查" }, by: "本人", note: null, at: "2026-11-22T02:00:00Z" }] };
const defect = { code: "P01", title: "被告住址不具体", basis: "民事诉讼法§124", pointer: "/parties/p2/address", note: "没有门牌号", fix: "写到门牌号" };
export const returned = { ...submitted, id: "3", state: { code: "correction_required", label: "待补正" }, moves: [{ action: "submit", label: "提交" }], next: "请按清单改好", editable: true, editablePointers: [defect.pointer], corrections: [{ round: 1, returnedAt: "2026-11-23T01:00:00Z", dueOn: "2026-12-07", defects: [defect], answeredAt: null }], documents: [{ id: "d1", kind: "correction", title: "补正通知书", text: "请补正", at: "2026-11-23T01:00:00Z" }] };

export const form = {
  id: "09",
  no: "09",
  name: "民间借贷纠纷",
  full: true,
  preamble: ["请如实填写。"],
  sections: [
    { id: "claims", title: "诉讼请求", fields: [{ id: "claims.1", label: "1.本金", type: "group", question: "您要对方还多少本金？", fields: [{ id: "claims.1.1", label: "截至", type: "date" }, { id: "claims.1.2", label: "尚欠本金", type: "money" }] }] },
    { id: "facts", title: "事实与理由", fields: [{ id: "facts.2", label: "是否签订合同", type: "yesno", then: [{ id: "facts.2.1", label: "签订时间", type: "date" }] }, { id: "facts.3", label: "子女", type: "table", columns: ["姓名", "归属"] }, { id: "facts.4", label: "还款方式", type: "multi", options: ["现金", "转账"] }] },
  ],
};
// ---- confirmations by link
const powers = [{ code: "admit", label: "代为承认诉讼请求", explanation: "对方的要求，他可以替您认下来，法院可以照此判决。" }, { code: "appeal", label: "提起上诉", explanation: "对判决不服时，他可以替您决定上诉。" }];
const agentPapers = { mostAgents: 2, items: [{ kind: "lawyer", label: "律师", papers: [{ kind: "power_of_attorney", label: "授权委托书", hint: "委托人在手机上确认后自动生成", checked: true }, { kind: "license", label: "律师执业证", hint: "有照片的页", checked: true }] }], general: "代您递交和签收材料。", specialPowers: powers, overseas: { idTypes: ["foreign_document"], label: "境外签署须办理证明手续", text: "经公证并认证。", basis: "民事诉讼法第二百七十五条" } };
const askable = { kind: "agency", partyKey: "p1", agentKey: content.parties[0].agents[0]?.key, kindLabel: "授权委托", partyName: "王芳", agentName: "赵律师", needed: true, state: null, current: false, note: "", confirmationId: null, blockedBy: null, moves: [{ action: "offer", label: "发确认链接" }] };
const shown = { id: "c1", kind: "agency", kindLabel: "授权委托", state: { code: "offered", label: "等待确认" }, moves: [{ action: "confirm", label: "确认并签名" }, { action: "decline", label: "不同意" }], filingId: "1", expiresAt: "2030-01-01T00:00:00Z", decidedAt: null, capacity: { code: "self", label: "本人" }, title: summary.title, courtName: summary.court.name, causeName: "民间借贷纠纷", party: { side: "原告", name: "王芳" }, parties: [{ side: "原告", name: "王芳" }, { side: "被告", name: "李强" }], agent: { kind: "律师", name: "赵律师", firm: "山东明德律师事务所", licenseNumber: "13701201010123456", relation: "", powers: "special", general: "代您递交和签收材料。", specialPowers: powers.map((power, at) => ({ ...power, given: at === 0 })) }, claims: [{ text: "判令被告归还借款本金5万元", amountFen: 5000000 }], amountFen: 5000000, facts: "" };
const cause = { code: "CIV2025:108(3)", no: "108(3)", name: "民间借贷纠纷", level: 4, path: ["合同纠纷"], parent: null, formId: "09", hasChildren: false, match: "借钱不还" };
const oneCase = { id: "5", number: "（2026）鲁0102民初1号", state: { code: "accepted", label: "已立案" }, moves: [], judge: { id: "31", name: "韩法官" }, panel: [], courtClerk: { id: "32", name: "纪书记员" }, procedure: { code: "ordinary", label: "普通程序" }, court: summary.court, cause: summary.cause, caseType: { code: "0301", name: "民事一审" }, title: summary.title, filedOn: "2026-11-22", acceptedOn: "2026-11-23", amountFen: 5000000, parties: [{ side: "plaintiff", sideLabel: "原告", name: "王芳" }], filingId: "2" };

const duty = { id: "o1", case: { id: "5", number: oneCase.number, title: "王芳 诉 李强 民间借贷纠纷", courtCode: "鲁0102" }, party: { key: "d1", sideLabel: "被告", name: "李强" }, rule: { code: "answer", label: "答辩" }, todo: "提交答辩状", late: "逾期不提交答辩状，不影响法院审理（民事诉讼法第一百二十八条）。", dueOn: "2026-12-10", daysLeft: 3, nominalOn: "2026-12-10", provisional: false, basis: "民事诉讼法§128", explanation: "收到起诉状副本之日为 2026-11-25，当日不计算在内，期间为 15 日；期间的最后一日是 2026-12-10（周四）；当日不是法定休假日，不顺延。", inputs: [{ label: "起算之日", value: "2026-11-25" }], calendarVersion: "2026", rulesVersion: "2026-01", source: { kind: "service", id: "v1" }, state: { code: "open", label: "待办" }, moves: [{ action: "done", label: "标为已办" }], closedAt: null };
const hearing = { id: "k1", case: { id: "5", number: oneCase.number, title: "王芳 诉 李强 民间借贷纠纷" }, court: { code: "鲁0102", name: "济南市历下区人民法院" }, kind: { code: "trial", label: "开庭审理" }, mode: { code: "mixed", label: "部分在线" }, round: 1, postponed: 0, previousId: null, state: { code: "notified", label: "已通知" }, moves: [], minutes: 90, startsAt: "2030-12-03T01:00:00Z", endsAt: "2030-12-03T02:30:00Z", timeText: "2030年12月3日星期二 09:00—10:30", room: { id: "r1", name: "第一法庭" }, judge: { id: "9", name: "韩法官" }, isPublic: true, closedReason: null, interpreter: null, reason: "", expiresAt: null, version: 3 };
const seats = [{ id: "1", role: { code: "presiding", label: "审判长（独任法官）" }, name: "韩法官", party: null, mode: null, mine: false }, { id: "2", role: { code: "plaintiff", label: "原告" }, name: "王芳", party: { key: "p1", name: "王芳", sideLabel: "原告" }, mode: { code: "in_person", label: "到庭" }, mine: true }];
const consents = [{ party: { key: "p1", name: "王芳", sideLabel: "原告" }, answer: "no", at: "2026-11-24T01:00:00Z" }];
const hearingFixed = { ...hearing, moves: [{ action: "consent", label: "选择是否在线参加" }, { action: "ask_change", label: "申请改期" }], seats, options: [], negotiation: null, consents, stage: { code: "hearing", label: "庭审" }, bars: [], summons: { serviceId: "v1" }, summonses: [], history: [{ at: "2026-11-25T01:00:00Z", title: "开庭审理已排期", note: "2030年12月3日星期二 09:00—10:30，第一法庭" }] };
const hearingAsked = { ...hearingFixed, id: "k2", state: { code: "proposed", label: "商定时间中" }, moves: [{ action: "strike", label: "选择开庭时间" }, { action: "consent", label: "选择是否在线参加" }], startsAt: null, endsAt: null, timeText: "", room: null, summons: null, options: [{ ordinal: 1, startsAt: "2030-12-03T01:00:00Z", room: { id: "r1", name: "第一法庭" } }, { ordinal: 2, startsAt: "2030-12-05T06:00:00Z", room: { id: "r1", name: "第一法庭" } }], negotiation: { purpose: "first", state: "open", turn: 1, askedBy: null, expiresAt: "2030-11-28T10:00:00Z", answered: [], strikes: [] } };
const announced = { id: "k1", caseNumber: oneCase.number, kind: hearing.kind, cause: "民间借贷纠纷", parties: "原告王芳；被告李强", isPublic: true, startsAt: "2030-12-03T01:00:00Z", endsAt: "2030-12-03T02:30:00Z", timeText: hearing.timeText, room: "第一法庭", mode: hearing.mode, judge: "韩法官", state: hearing.state };
const change = { id: "h1", case: duty.case, kind: { code: "service.effective", label: "送达" }, about: { kind: "service", id: "v1" }, title: "起诉状副本、应诉通知书已于 2026-11-25 送达被告", at: "2026-11-25T02:00:00Z", acknowledged: false, acknowledgedAt: null, obligation: { id: "o1", rule: duty.rule, todo: duty.todo, dueOn: duty.dueOn, provisional: false, state: duty.state } };
const reception = { id: "r1", number: "鲁0102接访2030-0001", court: { code: "鲁0102", name: "济南市历下区人民法院" }, upper: { code: "鲁01", name: "济南市中级人民法院" }, petitioner: "王芳", case: { id: "5", number: oneCase.number, title: "王芳 诉 李强" }, topic: { code: "enforcement", label: "执行" }, place: { code: "home", label: "在家或者其他安静的地方" }, soon: false, state: { code: "booked", label: "已约定时间" }, moves: [{ action: "withdraw", label: "撤回" }], askedAt: "2026-11-20T01:00:00.000Z", dueAt: "2026-11-27T10:00:00.000Z", overdue: false, startsAt: "2026-11-24T01:00:00.000Z", timeText: "2026年11月24日星期二 09:00—09:30", minutes: 30, dayNumber: 2, receiver: { id: "8", name: "陆法官" }, upperReceiver: { id: "9", name: "方法官" }, clerk: null, hearingId: "4", version: 2, matter: "请问执行进行到哪一步了", note: "", next: "今天接访，开始前两小时可以签到。", referredTo: null, materials: [], roomName: "", queue: { ahead: 1, now: 1, next: 2, estimatedAt: "2026-11-24T01:10:00.000Z" }, record: null, answer: null, rating: null, earlier: [], steps: [] };
const talk = { id: "t1", court: { code: "鲁0102", name: "济南市历下区人民法院" }, case: { id: "5", number: oneCase.number, title: "王芳 诉 李强" }, subject: "能否延期举证", asker: { name: "王芳", sideLabel: "原告" }, state: { code: "open", label: "进行中" }, moves: [{ action: "close", label: "结束" }], owner: { id: "7", name: "孙书记员", roleLabel: "书记员" }, awaiting: "court", awaitedText: "法院应在 11月27日（周五）下班前答复", dueAt: "2026-11-27T10:00:00.000Z", overdue: false, escalations: [], canWrite: true, messageCount: 1, unread: 1, openedAt: "2026-11-24T01:00:00.000Z", lastAt: "2026-11-24T01:00:00.000Z", closedAt: null, rating: null, messages: [{ n: 1, side: "party", author: "王芳", roleLabel: "当事人", body: "银行流水要下周才能调取。", materials: [], toAll: false, at: "2026-11-24T01:00:00.000Z" }] };
const served = { id: "v1", caseId: "5", caseNumber: oneCase.number, courtName: "济南市历下区人民法院", number: "SD20261122ABCDEFGH", documentKind: { code: "complaint", label: "起诉状副本、应诉通知书" }, title: "起诉状副本、应诉通知书", recipient: { key: "d1", sideLabel: "被告", name: "李强" }, mine: true, state: { code: "effective", label: "已送达" }, moves: [{ action: "acknowledge", label: "确认收到" }, { action: "contest", label: "对送达日期有异议" }], channel: { code: "post", label: "邮寄送达（法院专递）" }, dueOn: null, overdue: false, sentAt: "2026-11-23T01:00:00Z", effectiveOn: "2026-11-25", presumed: false, basis: "民事诉讼法§91", explanation: "邮寄送达以回执上注明的收件日期为送达日期。", paper: { askedAt: null, givenAt: null }, version: 3, judgment: false, consent: null, warnings: [], documents: [{ position: 1, title: "起诉状副本", sha256: "a".repeat(64), bytes: 4000, path: "/services/v1/document.pdf?part=1", translations: [{ language: { code: "ug", label: "维吾尔语" }, title: "起诉状副本（维吾尔语译文）", machine: true, translator: "", sha256: "c".repeat(64), path: "/services/v1/document.pdf?part=1&language=ug" }] }, { position: 2, title: "应诉通知书", sha256: "b".repeat(64), bytes: 4000, path: "/services/v1/document.pdf?part=2", translations: [] }], attempts: [{ id: "1", channel: { code: "post", label: "邮寄送达（法院专递）" }, address: "", confirmed: false, sentAt: "2026-11-23T01:00:00Z", arrivedAt: null, readAt: null, repliedAt: null, facts: [{ label: "签收人", value: "门卫" }], effectiveOn: "2026-11-25", presumed: false, basis: "民事诉讼法§91", explanation: "" }], contests: [], channels: [], suggested: null, certificate: "/services/v1/certificate.pdf" };
const answered = { id: "s1", caseId: "5", caseNumber: oneCase.number, kind: { code: "answer", label: "答辩状" }, application: null, title: "答辩状", basis: "民事诉讼法第一百二十八条", party: { key: "d1", sideLabel: "被告", name: "李强" }, mine: true, state: { code: "submitted", label: "已提交" }, moves: [{ action: "withdraw", label: "撤回" }], version: 3, updatedAt: "2026-11-25T01:00:00Z", submittedAt: "2026-11-25T01:00:00Z", dueOn: "2026-11-30", note: "", papers: ["/submissions/s1/paper.pdf"], content: { items: [{ key: "claim-c1", objection: "yes", reason: "已经归还三万元" }], statement: "", mediation: null, signature: { materialId: "m9", signedOn: "2026-11-25" } }, materials: [] };

// ---- a sheet of cases that was looked through, with one row to mend
const bulkJob = { id: "9", version: 3, form: { id: "09", name: "民间借贷纠纷" }, court: { code: "鲁0102", name: "济南市历下区人民法院" }, state: { code: "validated", label: "已核对" }, moves: [{ action: "create", label: "建立草稿" }], next: "2 行可以建立草稿，1 行需要改正。", counts: { total: 3, byState: [{ code: "ok", label: "可以建立", count: 2 }, { code: "errors", label: "需要改正", count: 1 }] }, progress: { done: 3, total: 3 }, fault: null, earlier: null, sheet: null, archive: null, signature: null, signerName: null, createdAt: "2026-11-22T02:00:00Z", updatedAt: "2026-11-22T02:01:00Z" };
const bulkRow = { row: 7, state: { code: "errors", label: "需要改正" }, title: "王芳 诉 李强", findings: [{ cell: "F7", column: "标的总额", severity: "error", code: "amount", message: "金额写法不对", fix: "只写数字，例如 50000", basis: "" }], filing: null, duplicateOf: null };

// ---- somebody who helps to fill in
const helper = { id: "h1", state: { code: "ended", label: "已结束" }, moves: [{ action: "confirm", label: "都看过了，确认" }], helper: { name: "李**" }, minutes: 60, expiresAt: "2026-11-22T01:10:00Z", joinedAt: "2026-11-22T01:05:00Z", until: "2026-11-22T02:05:00Z", secondsLeft: 0, endedAt: "2026-11-22T01:40:00Z", edits: 2, unconfirmed: 2 };
const helperEdit = { path: "/parties/p2/phone", label: "被告李强 · 电话", before: "13900009000", after: "13700007000", helper: { id: "h1", name: "李**" }, at: "2026-11-22T01:20:00Z", confirmed: false };

// ---- fees: one to be paid, one whose payment is under way, one under relief, one paid with a refund
const feeNotice = { id: "f1", version: 1, number: "鲁0102费20261123000001", court: summary.court, caseId: "5", caseNumber: oneCase.number, title: summary.title, source: { code: "acceptance", label: "案件受理费" }, payer: { name: "王芳", kind: "natural" }, mine: true, state: { code: "open", label: "待交" }, moves: [{ action: "pay", label: "去支付" }, { action: "ask_relief", label: "申请缓减免" }], assessedFen: 115000, reliefFen: 0, dueFen: 115000, paidFen: 0, refundedFen: 0, outstandingFen: 115000, steps: [{ label: "不超过 1 万元的部分，每件 50 元", basis: "诉讼费用交纳办法§13(一)1", amountFen: 5000 }, { label: "超过 1 万元至 10 万元的部分 2.5%", basis: "诉讼费用交纳办法§13(一)1", amountFen: 225000 }, { label: "适用简易程序，减半", basis: "诉讼费用交纳办法§16", amountFen: -115000 }], basis: ["诉讼费用交纳办法§13", "诉讼费用交纳办法§16"], issuedAt: "2026-11-23T01:00:00Z", servedOn: "2026-11-23", presumed: false, dueOn: "2026-11-30", nominalDueOn: "2026-11-30", provisional: false, daysLeft: 5, deferredOn: null, payCode: "4000123412341234", next: "请在2026年11月30日前交纳1,150元；交费有困难的，可以在此之前申请缓交、减交或者免交。", relief: null, changes: [] };
const payment = { id: "y1", noticeId: "f2", orderNumber: "P20261123ABCDEFGHJKMNPQRSTV", channel: { code: "wechat_jsapi", label: "微信小程序支付" }, state: { code: "processing", label: "等待支付结果" }, moves: [{ action: "check", label: "我已付款，请核实" }, { action: "cancel", label: "不付了" }], amountFen: 115000, refundedFen: 0, createdAt: "2026-11-23T02:00:00Z", expiresAt: "2099-11-23T02:40:00Z", paidAt: null, promisedAt: "2099-11-23T02:02:00Z", receiptNumber: null, duplicate: false, transactionNumber: null, next: "请在微信中完成支付。付款后我们会向微信核实，最迟 10:02 给您准信，您可以离开此页。", refunds: [] };
const refund = { id: "r1", paymentId: "y4", noticeId: "f4", number: "R20261124ABCDEFGHJKMNPQRSTV", amountFen: 57500, reason: "调解结案，减半收取", origin: { code: "change", label: "诉讼费变动" }, state: { code: "processing", label: "微信退款中" }, requestedAt: "2026-11-24T01:00:00Z", approvedAt: "2026-11-24T03:00:00Z", finishedAt: null, dueOn: "2026-12-09", note: null, next: "微信正在退款，575 元 将原路退回，一般 1 至 3 个工作日到账，最迟 2026-12-09。" };
const paidOne = { ...payment, id: "y4", noticeId: "f4", state: { code: "refunding", label: "退款中" }, moves: [], promisedAt: null, paidAt: "2026-11-23T02:01:00Z", receiptNumber: "票鲁0102-2026-00000001", next: "575 元 正在原路退回您的微信支付账户，最迟 2026-12-09 到账。", refunds: [refund] };
const relief = { id: "q1", noticeId: "f3", notice: { number: feeNotice.number, caseNumber: oneCase.number, payer: feeNotice.payer, dueFen: 115000 }, kind: { code: "exempt", label: "免交" }, ground: { code: "exempt_disabled", title: "残疾人无固定生活来源", basis: "诉讼费用交纳办法§45(一)" }, statement: "我有残疾，没有工作。", state: { code: "requested", label: "审查中" }, moves: [{ action: "withdraw", label: "撤回申请" }], materials: [], requestedAt: "2026-11-24T01:00:00Z", askedUntil: null, decidedAt: null, decidedBy: null, reason: null, reliefFen: null, deferUntil: null };
const paying = { ...feeNotice, id: "f2", state: { code: "paying", label: "支付中" }, next: "正在确认支付结果，请不要重复支付；结果会自动更新。" };
const underRelief = { ...feeNotice, id: "f3", state: { code: "relief_pending", label: "救助审查中" }, moves: [{ action: "pay", label: "去支付" }], daysLeft: null, relief, next: "法院正在审查您的救助申请，审查期间不计入交费期限，有决定会立即通知您。" };
const decided = { ...relief, noticeId: "f4", state: { code: "granted_in_part", label: "部分准予" }, moves: [], decidedAt: "2026-11-25T02:00:00Z", decidedBy: "孙法官", reason: "申请人有部分收入，减交三成。", reliefFen: 34500 };
const feePaid = { ...feeNotice, id: "f4", state: { code: "paid", label: "已交清" }, moves: [], paidFen: 115000, outstandingFen: 0, daysLeft: null, payCode: null, relief: decided, changes: [{ id: "1", reason: { code: "mediated", label: "调解结案，减半收取" }, note: "", beforeFen: 115000, afterFen: 57500, at: "2026-11-24T01:00:00Z" }], next: "费用已交清。" };
const grounds = [
  { code: "exempt_disabled", kind: { code: "exempt", label: "免交" }, basis: "诉讼费用交纳办法§45(一)", title: "残疾人无固定生活来源", papers: "残疾人证", naturalOnly: true },
  { code: "reduce_disaster", kind: { code: "reduce", label: "减交" }, basis: "诉讼费用交纳办法§46(一)", title: "因自然灾害生活困难", papers: "受灾证明", naturalOnly: false },
];
const handedOver = { id: "g1", kind: { code: "stand_in", label: "代管律师" }, side: "given", state: { code: "active", label: "有效" }, moves: [{ action: "end", label: "结束" }], waiting: false, lawyer: { name: "林外出", firm: "山东明德律师事务所" }, delegate: { name: "何代管", firm: "山东明德律师事务所" }, allCases: false, caseCount: 1, cases: [{ id: "5", number: oneCase.number, title: summary.title }], level: null, rights: [{ code: "read", label: "查看案件" }], from: null, until: "2026-12-20T15:59:59Z", expiresAt: "2026-11-25T01:00:00Z", offeredAt: "2026-11-22T01:00:00Z", acceptedAt: "2026-11-22T02:00:00Z", endedAt: null };
const page = (...items) => ({ items, nextCursor: null });

const ANSWERS = {
  "GET /client-config": { demonstration: true, wechat: true, maxUploadBytes: 50000000, allowedTypes: ["image/jpeg"] },
  "POST /sessions/wechat": { accessToken: "a", expiresIn: 900, refreshToken: "r", account },
  "GET /sessions": { items: ["微信", "电脑浏览器", "手机浏览器"].map((name, at) => ({ id: `${at}`, device: name, createdAt: "2026-11-20T01:00:00Z", seenAt: "2026-11-22T01:00:00Z", expiresAt: "2026-12-20T01:00:00Z", current: at === 0 })) },
  "POST /sessions/end-others": {},
  "GET /me": account,
  "GET /causes": page(cause),
  "GET /courts": page({ ...summary.court, level: "基层", province: "山东省", city: "济南市", address: null, phone: null, provisional: false }),
  "GET /forms/09": form,
  "POST /fees/quote": { feeFen: 105000, steps: [{ label: "超过1万元至10万元的部分", basis: "§13", amountFen: 105000 }], basis: ["诉讼费用交纳办法§13"] },
  "POST /deadlines/compute": { lastDay: "2026-12-07", nominalLastDay: "2026-12-06", provisional: false, basis: "民事诉讼法§171", explanation: "" },
  "POST /jurisdiction/advise": { courts: [{ ...summary.court, reason: "被告住所地", basis: "民事诉讼法§22", confidence: "high" }], warnings: [] },
  "GET /filings": page(returned, submitted),
  "GET /filings/1": draft,
  "GET /agent-papers": agentPapers,
  "GET /filings/1/confirmations": { items: [], askable: [askable] },
  "POST /filings/1/confirmations": { id: "c1", url: "https://court.test/#/pages/confirm/index?token=t", expiresAt: "2030-01-01T00:00:00Z" },
  "POST /confirmations/lookup": shown,
  "GET /filings/1/helpers": { items: [helper] },
  "GET /filings/1/helper-edits": { items: [helperEdit, { ...helperEdit, path: "/claims/c2", label: "第 2 项请求", before: "", after: "诉讼费由被告承担" }], through: "12" },
  "POST /filings/1/helpers": { id: "h2", code: "04715293", expiresAt: "2030-01-01T00:10:00Z", url: "https://court.test/#/pages/helper/join?code=04715293" },
  "GET /filings/2": submitted,
  "GET /filings/3": returned,
  "POST /filings/1/precheck": { findings: [{ code: "x", severity: "warn", basis: "民事诉讼法§124", pointer: "/facts", message: "事实写得太短", fix: "再写具体些" }], completeness: 90 },
  "POST /filings/1/edits": { version: 4, content, applied: [] },
  "POST /filings/1/materials": { material: { ...material, id: "m2", state: { code: "uploading", label: "上传中" } }, upload: { method: "PUT", url: "https://store.test/m2", headers: { "Content-Type": "image/jpeg" }, expiresAt: "2030-01-01T00:00:00Z" } },
  "POST /materials/m2/complete": { ...material, id: "m2", name: "照片1.jpg" },
  "GET /messages": page({ id: "1", title: "材料已收到", body: "已收到您的材料", at: "2026-11-22T02:00:00Z", readAt: null, link: { kind: "filing", id: "2" }, deliveries: [{ channel: { code: "inapp", label: "站内消息" }, state: { code: "delivered", label: "已送到" }, note: null, sentAt: null, deliveredAt: null, dueAt: null }, { channel: { code: "sms", label: "短信" }, state: { code: "delivered", label: "已送到" }, note: null, sentAt: null, deliveredAt: null, dueAt: null }] }),
  "GET /me/notices": {
    groups: [{ group: "legal", label: "依法必须告知的事项", note: "补正、裁定、交费期限等", channels: [{ channel: "wechat", label: "微信提醒", on: true, locked: false, note: null }, { channel: "sms", label: "短信", on: true, locked: true, note: "法律要求告知，不能关闭" }] }],
    quiet: { from: "22:00", to: "08:00", note: "夜间不打扰" },
    addresses: { phone: "138****8000", email: null },
    subscriptions: [{ templateId: "template-legal", group: "legal", label: "依法必须告知的事项", left: 1 }],
  },
  "GET /cases": page(oneCase),
  "GET /cases/5": oneCase,
  "GET /cases/5/participants": { items: [] },
  "GET /cases/5/languages": { items: [{ party: { key: "d1", sideLabel: "被告", name: "李强" }, language: { code: "ug", label: "维吾尔语" }, interpreter: true, chosenAt: "2026-11-23T01:00:00Z", arrangedAt: null, moves: [] }], languages: [{ code: "zh-CN", label: "汉语" }, { code: "bo", label: "藏语" }, { code: "ug", label: "维吾尔语" }], note: "法院提供翻译，不收费（民事诉讼法第十一条、诉讼费用交纳办法第十二条）" },
  "GET /cases/5/time-limit": { state: { code: "running", label: "计算中" }, lastDay: "2027-05-23", daysLeft: 181, excludedDays: 0, steps: [{ label: "普通程序，自立案次日起 6 个月", basis: "民事诉讼法§152", lastDay: "2027-05-23" }], basis: ["民事诉讼法§152"], mayExtend: null, warning: null, stoppedSince: null, moves: [], deductions: [] },
  "GET /case-agencies": { items: [{ id: "g1", caseId: "5", caseNumber: oneCase.number, partyName: "周明", state: { code: "waiting", label: "等待确认" }, moves: [{ action: "end", label: "撤销申请" }], askedAt: "2026-11-24T01:00:00Z", endedReason: "" }] },
  "GET /changes": { items: [change], nextCursor: null, waiting: 1 },
  "GET /delegations": { items: [handedOver] },
  "GET /me/tokens": { items: [{ id: "k1", name: "律所案件系统", scopes: [{ code: "cases:read", label: "读取我的案件" }], createdAt: "2026-11-22T01:00:00Z", expiresAt: "2027-02-20T01:00:00Z", usedAt: null }] },
  "GET /me/webhooks": { items: [{ id: "w1", name: "律所案件系统", url: "https://firm.example.com/hook", kinds: [{ code: "case", label: "案件" }], state: { code: "active", label: "推送中" }, pausedWhy: null, failures: 0, failingSince: null, nextAt: null, lastOkAt: "2026-11-22T02:00:00Z" }], events: [] },
  "GET /obligations": { items: [duty], nextCursor: null },
  "GET /cases/5/dossier": { caseId: "5", caseNumber: oneCase.number, pages: 6, newItems: 1, lastReadAt: "2026-11-22T02:00:00Z", needsApproval: true, request: null, moves: [{ action: "ask", label: "申请阅卷" }], sections: [{ code: "complaint", label: "起诉状、上诉状", items: [{ id: "i1", section: "complaint", title: "起诉状", formedOn: "2026-11-22", from: "原告", media: "pdf", pages: 5, sha256: "a".repeat(64), addedAt: "2026-11-22T01:00:00Z", readAt: "2026-11-22T02:00:00Z", isNew: false, open: true, moves: [{ action: "read", label: "阅读" }] }] }, { code: "evidence", label: "证据", items: [{ id: "i2", section: "evidence", title: "借条.jpg", formedOn: "2026-11-23", from: "被告李强", media: "picture", pages: 1, sha256: "b".repeat(64), addedAt: "2026-11-23T01:00:00Z", readAt: null, isNew: true, open: true, moves: [] }] }] },
  "GET /hearings": { items: [hearing, { ...hearing, id: "k2", state: hearingAsked.state, startsAt: null, endsAt: null, room: null }], nextCursor: null },
  "GET /hearings/k1": hearingFixed,
  "GET /hearings/k2": hearingAsked,
  "POST /hearings/k2/responses": { ...hearingAsked, negotiation: { ...hearingAsked.negotiation, answered: ["p1"], strikes: [{ ordinal: 2, partyKey: "p1" }] } },
  "GET /hearings/k1/room": { hearing: { id: "k1", number: oneCase.number, title: hearing.case.title, court: "济南市历下区人民法院", kind: hearing.kind, mode: { code: "online", label: "在线" }, state: hearing.state, timeText: hearing.timeText, startsAt: hearing.startsAt, isPublic: true }, driver: "janus", state: { code: "closed", label: "尚未开庭" }, openedAt: null, endedAt: null, now: "2030-12-03T00:30:00Z", moves: [{ action: "check_in", label: "签到" }], me: { personId: null, standing: "party", state: { code: "absent", label: "未到" }, roleLabel: "原告", watermark: "王芳", next: "请先检测设备、核验身份，然后签到。", needsIdentity: true }, rules: ["未经法院许可，任何人不得录制、截取、传播庭审的画面和声音。"], people: [], recording: false, recordings: [], breaks: [], transcript: null, invitation: null },
  "GET /hearing-absences": { items: [{ id: "w1", from: "2030-12-09T16:00:00Z", to: "2030-12-10T16:00:00Z", reason: "住院" }], nextCursor: null },
  "GET /me/calendar": { icsUrl: null, since: null },
  "POST /me/calendar": { icsUrl: "https://court.test/api/v1/calendar/secret.ics", since: "2026-11-25T01:00:00Z" },
  "GET /announcements/hearings": { court: { code: "鲁0102", name: "济南市历下区人民法院" }, date: "2030-12-03", items: [announced] },
  "GET /threads": { items: [talk], nextCursor: null, unread: 1 },
  "GET /threads/t1": talk,
  "GET /reception-options": { topics: [{ code: "enforcement", label: "执行" }], places: [{ code: "home", label: "在家或者其他安静的地方" }], help: ["不用到法院，用手机就能说。"] },
  "GET /questionings": { items: [{ id: "u1", number: "鲁0102提讯2026-0001", name: "周押", place: { name: "济南市看守所", room: "第一提讯室", phone: "" }, state: { code: "confirmed", label: "已确认" }, timeText: "12月4日 周三 上午 9:00 到 10:00", moves: [] }], nextCursor: null },
  "GET /receptions": { items: [reception], nextCursor: null },
  "GET /receptions/r1": reception,
  "GET /services": { items: [served], nextCursor: null },
  "GET /services/v1": served,
  "GET /cases/5/service-address": { caseId: "5", consequences: ["同意电子送达后，文书送到本平台之日就是送达之日。"], items: [{ party: { key: "d1", sideLabel: "被告", name: "李强" }, version: 0, confirmedAt: null, content: null }] },
  "GET /cases/5/submissions": { items: [answered] },
  "GET /cases/5/submission-kinds": { parties: [], items: [{ kind: "application", application: "recusal", label: "回避", basis: "民事诉讼法第四十七条", when: "开庭审理前提出。", ask: "请写明申请谁回避", barred: null }, { kind: "application", application: "withdrawal", label: "撤回起诉", basis: "民事诉讼法第一百四十八条", when: "宣判前提出。", ask: "", barred: "须有当事人“放弃诉讼请求”的特别授权" }] },
  "GET /cases/5/answer-form": { title: "民事答辩状", subtitle: "民间借贷纠纷", party: answered.party, sections: [{ id: "claims", title: "对诉讼请求的意见", items: [{ key: "claim-c1", label: "对第1项诉讼请求有无异议", theirs: "请求归还本金", isClaim: true }] }] },
  "POST /cases/5/submissions": { ...answered, id: "s2", state: { code: "draft", label: "草稿" }, moves: [{ action: "submit", label: "提交" }], content: { items: [], statement: "", mediation: null, signature: { materialId: null, signedOn: null } }, materials: [] },
  "GET /submissions/s1": answered,
  "GET /fee-notices": page(feeNotice, paying, underRelief, feePaid),
  "GET /fee-notices/f1": feeNotice,
  "GET /fee-notices/f2": paying,
  "GET /fee-notices/f3": underRelief,
  "GET /fee-notices/f4": feePaid,
  "GET /fee-notices/f1/payments": { items: [] },
  "GET /fee-notices/f2/payments": { items: [payment] },
  "GET /fee-notices/f3/payments": { items: [] },
  "GET /fee-notices/f4/payments": { items: [paidOne] },
  "GET /fee-notices/f1/documents": { items: [{ id: "1", kind: "fee_notice", title: "交费通知书", text: "王芳：请交费。", at: "2026-11-23T01:00:00Z" }] },
  "GET /fee-notices/f2/documents": { items: [] },
  "GET /fee-notices/f3/documents": { items: [] },
  "GET /fee-notices/f4/documents": { items: [] },
  "POST /fee-notices/lookup": { id: "f1", number: feeNotice.number, court: summary.court, caseNumber: oneCase.number, payer: { name: "王*" }, outstandingFen: 115000, state: feeNotice.state, dueOn: feeNotice.dueOn },
  "POST /fee-notices/f1/payments": { payment: { ...payment, id: "y2", noticeId: "f1" }, wechat: { timeStamp: "1763863200", nonceStr: "n", package: "prepay_id=wx1", signType: "RSA", paySign: "signed" } },
  "GET /payments/y1": payment,
  "GET /payments/y2": { ...payment, id: "y2", noticeId: "f1" },
  "GET /payments/y4": paidOne,
  "POST /payments/y1/moves": payment,
  "POST /payments/y2/moves": { ...payment, id: "y2", noticeId: "f1" },
  "GET /jobs": page(bulkJob),
  "GET /jobs/9": bulkJob,
  "GET /jobs/9/rows": page(bulkRow),
  "GET /relief-grounds": { items: grounds },
  "GET /receipts/%E7%A5%A8%E9%B2%810102-2026-00000001": { valid: true, court: summary.court.name, amountFen: 115000, paidOn: "2026-11-23", payer: "王*", refundedFen: 57500 },
  "GET /cases/5/timeline": { items: [{ at: "2026-11-23T01:00:00Z", title: "立案", detail: null, kind: "accepted" }] },
};

export function court({ method, path, body: sent }) {
  if (path === "/speech") return { status: 200, bytes: Buffer.from(`sound of ${sent.text}`) };
  if (path.startsWith("https://store.test/")) return { status: 200 };
  const body = ANSWERS[`${method} ${path.split("?")[0]}`];
  return body ? { status: 200, body } : { status: 404, body: { title: `no answer prepared for ${method} ${path}`, code: "test.missing" } };
}
