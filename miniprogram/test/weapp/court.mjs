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

const material = { id: "m1", filingId: "1", name: "借条", kind: "evidence", kindLabel: "证据", state: { code: "ready", label: "已收到" }, refusedReason: null, contentType: "image/jpeg", bytes: 20480, sha256: "", pages: 1, position: 1, purpose: "证明借款", source: "", originality: null, round: 0, createdAt: "2026-11-22T01:00:00Z" };
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
const cause = { code: "CIV2025:108(3)", no: "108(3)", name: "民间借贷纠纷", level: 4, path: ["合同纠纷"], parent: null, formId: "09", hasChildren: false, match: "借钱不还" };
const oneCase = { id: "5", number: "（2026）鲁0102民初1号", state: { code: "open", label: "审理中" }, moves: [], court: summary.court, cause: summary.cause, caseType: { code: "0301", name: "民事一审" }, title: summary.title, filedOn: "2026-11-22", acceptedOn: "2026-11-23", amountFen: 5000000, parties: [{ side: "plaintiff", sideLabel: "原告", name: "王芳" }], filingId: "2" };
const page = (...items) => ({ items, nextCursor: null });

const ANSWERS = {
  "GET /client-config": { demonstration: true, wechat: true, maxUploadBytes: 50000000, allowedTypes: ["image/jpeg"] },
  "POST /sessions/wechat": { accessToken: "a", expiresIn: 900, refreshToken: "r", account },
  "GET /me": account,
  "GET /causes": page(cause),
  "GET /courts": page({ ...summary.court, level: "基层", province: "山东省", city: "济南市", address: null, phone: null, provisional: false }),
  "GET /forms/09": form,
  "POST /fees/quote": { feeFen: 105000, steps: [{ label: "超过1万元至10万元的部分", basis: "§13", amountFen: 105000 }], basis: ["诉讼费用交纳办法§13"] },
  "POST /deadlines/compute": { lastDay: "2026-12-07", nominalLastDay: "2026-12-06", provisional: false, basis: "民事诉讼法§171", explanation: "" },
  "POST /jurisdiction/advise": { courts: [{ ...summary.court, reason: "被告住所地", basis: "民事诉讼法§22", confidence: "high" }], warnings: [] },
  "GET /filings": page(returned, submitted),
  "GET /filings/1": draft,
  "GET /filings/2": submitted,
  "GET /filings/3": returned,
  "POST /filings/1/precheck": { findings: [{ code: "x", severity: "warn", basis: "民事诉讼法§124", pointer: "/facts", message: "事实写得太短", fix: "再写具体些" }], completeness: 90 },
  "POST /filings/1/edits": { version: 4, content, applied: [] },
  "POST /filings/1/materials": { material: { ...material, id: "m2", state: { code: "uploading", label: "上传中" } }, upload: { method: "PUT", url: "https://store.test/m2", headers: { "Content-Type": "image/jpeg" }, expiresAt: "2030-01-01T00:00:00Z" } },
  "POST /materials/m2/complete": { ...material, id: "m2", name: "照片1.jpg" },
  "GET /messages": page({ id: "1", title: "材料已收到", body: "已收到您的材料", at: "2026-11-22T02:00:00Z", readAt: null, link: { kind: "filing", id: "2" } }),
  "GET /cases": page(oneCase),
  "GET /cases/5": oneCase,
  "GET /cases/5/timeline": { items: [{ at: "2026-11-23T01:00:00Z", title: "立案", detail: null, kind: "accepted" }] },
};

export function court({ method, path }) {
  if (path.startsWith("https://store.test/")) return { status: 200 };
  const body = ANSWERS[`${method} ${path.split("?")[0]}`];
  return body ? { status: 200, body } : { status: 404, body: { title: `no answer prepared for ${method} ${path}`, code: "test.missing" } };
}
