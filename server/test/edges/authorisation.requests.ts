import { randomUUID } from "node:crypto";
import { courtDayOf } from "#core/period.ts";
import {
  accepting,
  COURT,
  claimed,
  FIRST_INSTANCE,
  key,
  PRIVATE_LOAN,
  privateLoan,
  submitted,
  supervisor,
} from "../filings.ts";
import {
  idNumberOf,
  type Person,
  person,
  STAFF_PASSWORD,
  type StaffPerson,
  signInStaff,
  speaker,
  totpCode,
  totpSecretOf,
} from "../people.ts";
import { confirmationPlans } from "./authorisation.confirmations.ts";
import { delegationPlans } from "./authorisation.delegations.ts";
import { deskPlans } from "./authorisation.desk.ts";
import { dossierPlans } from "./authorisation.dossier.ts";
import { benched, hearingPlans } from "./authorisation.hearing.ts";
import { paymentPlans } from "./authorisation.payments.ts";
import { receptionPlans } from "./authorisation.reception.ts";
import { roomPlans } from "./authorisation.room.ts";
import type { Persona } from "./authorisation.table.ts";
import { alike, announcement, FAR_COURT, isStaffPersona, newDraft, newReview, practice, type World } from "./world.ts";

/** What differs when the asking is expected to succeed: an object of one's own to spend, or somebody alike to spend it. */
interface Fresh {
  readonly id?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
}
/** How a route is asked so that only who asks can be the reason of a refusal: a real object, a body that would do. */
export interface Plan {
  /** The object that stays as it is while those who may not are refused. */
  readonly standing?: (world: World) => string | Promise<string>;
  readonly query?: string | ((world: World) => string);
  readonly body?: (world: World) => unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fresh?: (world: World, persona: Exclude<Persona, "anonymous">) => Promise<Fresh>;
  /** Also for anonymous, where everybody may. */
  readonly publicly?: (world: World) => Promise<Fresh>;
}

const REASON = { reason: "核对证件原件" };
const draftOf = { standing: (world: World) => world.draft.id };
const submittedOf = { standing: (world: World) => world.waiting.id };
const acceptedOf = { standing: (world: World) => world.accepted.id };
const correctionOf = { standing: (world: World) => world.correction.id };
const draftMaterial = { standing: (world: World) => world.draftMaterialId };
const filedMaterial = { standing: (world: World) => world.filedMaterialId };
const caseOf = { standing: (world: World) => world.caseId };
const itemOf = { standing: (world: World) => world.itemId };
const edits = { edits: [{ path: "/facts", value: "2025年3月5日，被告向原告借款。", baseVersion: 100 }] };
const itself = {
  fresh: async (world: World, persona: Exclude<Persona, "anonymous">) => ({
    token: (await alike(world.app, persona)).token,
  }),
};
const announced = async (world: World) => world.newMaterial(await world.newDraft());
const assigning = (world: World) => ({ action: "assign", assigneeId: world.staff.clerk.accountId });

const announcementFee = { category: "public_notice", amountFen: null, halvings: [] };
const RELIEF = { kind: "reduce", ground: "reduce_other", statement: "家庭困难，无力负担。", materials: [] };
const feeNoticeOf = { standing: newNotice };
/** A notice of the owner's, in their accepted case. */
async function newNotice({ staff, people, caseId }: World): Promise<string> {
  const body = { source: "other", facts: announcementFee, payerAccountId: people.owner.accountId };
  const issued = await staff.clerk.ask("POST", `/cases/${caseId}/fee-notices`, body, key());
  if (issued.status !== 201) throw new Error(`no notice: ${issued.text}`);
  return issued.json.id;
}
/** A request of the owner's that waits for a decision. */
async function newRelief(world: World): Promise<string> {
  const asked = await world.people.owner.ask("POST", `/fee-notices/${await newNotice(world)}/relief`, RELIEF, key());
  if (asked.status !== 201) throw new Error(`no relief: ${asked.text}`);
  return asked.json.id;
}

/** Keyed by `route | object`, or by the route where one plan serves for all its objects. */
export const plans: Readonly<Record<string, Plan>> = {
  "POST /sessions/wechat": { body: () => ({ code: "sandbox:来客" }) },
  "POST /sessions/staff": {
    async publicly({ app }) {
      // A code is good once: two more sign-ins are left to each.
      colleagues = colleagues.length > 0 ? colleagues : await twice(app);
      const { username, steps } = colleagues.shift() as { username: string; steps: number };
      return { body: { username, password: STAFF_PASSWORD, totp: totpCode(app, totpSecretOf(username), steps) } };
    },
  },
  "POST /sessions/refresh": {
    publicly: async ({ app }) => ({ body: { refreshToken: (await person(app, "常客")).refreshToken } }),
  },
  "DELETE /sessions/current": { fresh: async (world, persona) => ({ token: await anotherSession(world, persona) }) },
  "DELETE /sessions/:id": {
    async standing({ app, people }) {
      await person(app, "沈青");
      const { items } = (await people.owner.ask("GET", "/sessions")).json as {
        items: { id: string; current: boolean }[];
      };
      return items.find(({ current }) => !current)?.id as string;
    },
  },
  "PUT /me/identity": {
    body: () => claimOf("访客"),
    async fresh({ app, people }, persona) {
      if (persona === "lawyer") return { body: claimOf("陆鸣律师"), token: people.lawyer.token };
      return { body: claimOf(`访客${persona}`), token: (await alike(app, persona, false)).token };
    },
  },
  "POST /me/identity/review": {
    body: () => ({ courtCode: COURT, note: "更换了微信号，请核验" }),
    async fresh({ app }, persona) {
      const one = await alike(app, persona === "lawyer" ? "stranger" : persona, false);
      await one.ask("PUT", "/me/identity", claimOf("名号不符"));
      return { token: one.token };
    },
  },
  "POST /me/phone": { body: () => ({ code: "sandbox:13711112222" }) },
  "PUT /me/language": { body: () => ({ language: "ug" }) },
  "PUT /me/practice": {
    body: () => practice(),
    // Who is a lawyer already may change the firm, not the licence: a stranger who has just become one does the same.
    fresh: async (world, persona) => ({
      token: (await alike(world.app, persona === "lawyer" ? "stranger" : persona)).token,
    }),
  },
  "PUT /me/password": { ...itself, body: () => ({ oldPassword: STAFF_PASSWORD, newPassword: "Cheng-Feng-2026!" }) },
  "POST /identity-reviews/:id/moves": {
    standing: newReview,
    body: () => ({ action: "reject", note: "证件照片不清晰" }),
    fresh: async (world) => ({ id: await newReview(world) }),
  },
  "POST /identity-reviews/:id/reveal": { standing: newReview, body: () => REASON },
  "POST /practices/:id/moves": {
    standing: async ({ app }) => (await alike(app, "lawyer")).accountId,
    body: () => ({ action: "reject", note: "与律师登记不一致" }),
  },
  "POST /practices/:id/reveal": { standing: ({ people }) => people.lawyer.accountId, body: () => REASON },
  "POST /court-staff/absences": { body: () => awayOn(), fresh: async () => ({ body: awayOn() }) },
  "DELETE /court-staff/absences/:id": {
    standing: newAbsence,
    fresh: async (world) => ({ id: await newAbsence(world) }),
  },
  "POST /staff": {
    body: () => ({ username: "newcomer-edges", displayName: "新人", role: "clerk", password: "Xin-Ren-Lai-2026" }),
  },
  "PUT /staff/:id/role | colleague": { standing: colleague, body: () => ({ role: "judge" }) },
  "PUT /staff/:id/role | farColleague": { standing: farColleague, body: () => ({ role: "judge" }) },
  "PUT /staff/:id/role | litigant": {
    standing: ({ people }) => people.stranger.accountId,
    body: () => ({ role: "judge" }),
  },
  "POST /staff/:id/moves | colleague": { standing: colleague, body: () => ({ action: "disable" }) },
  "POST /staff/:id/moves | farColleague": { standing: farColleague, body: () => ({ action: "disable" }) },
  "POST /staff/:id/credentials | colleague": { standing: colleague, body: () => ({ password: "Huan-Mi-Ma-2026" }) },
  "POST /staff/:id/credentials | farColleague": {
    standing: farColleague,
    body: () => ({ password: "Huan-Mi-Ma-2026" }),
  },
  "POST /audit/verify": { body: () => ({}) },
  "GET /courts": { query: "?query=历下" },
  "GET /courts/:code": { standing: () => COURT },
  "GET /courts/:code/parameters | court": { standing: () => COURT },
  "GET /courts/:code/parameters | farCourt": { standing: () => FAR_COURT },
  "PUT /courts/:code/parameters | court": {
    standing: () => COURT,
    headers: { "if-match": '"0"' },
    body: () => ({ values: { correctionDays: 10 } }),
    async fresh({ staff }) {
      const { version } = (await staff.admin.ask("GET", `/courts/${COURT}/parameters`)).json;
      return { headers: { "if-match": `"${version}"` } };
    },
  },
  "PUT /courts/:code/parameters | farCourt": {
    standing: () => FAR_COURT,
    headers: { "if-match": '"0"' },
    body: () => ({ values: { correctionDays: 10 } }),
  },
  "GET /causes": { query: "?query=借钱不还" },
  "GET /court-days": { query: "?from=2026-02-09&to=2026-02-22" },
  "GET /forms/:id": { standing: () => "09" },
  "POST /fees/quote": { body: () => ({ kind: "property_first_instance", input: { claim_amount: "15000" } }) },
  "POST /deadlines/compute": { body: () => ({ rule: "答辩期", eventDate: "2026-02-02" }) },
  "POST /service-effects/compute": {
    body: () => ({ input: { mode: "electronic_confirmed_address", system_send_success: "2026-05-09T20:15" } }),
  },
  "POST /case-numbers/parse": { body: () => ({ text: "(2026)鲁0102民初123号" }) },
  "POST /identity-numbers/check": { body: () => ({ type: "resident_id", value: "11010519491231002X" }) },
  "POST /jurisdiction/advise": { body: () => ({ causeCode: PRIVATE_LOAN, defendantCourts: [COURT] }) },
  "POST /speech": { body: () => ({ text: "法院已经收到您的材料。" }) },
  "POST /filings": { body: () => ({ courtCode: COURT, causeCode: PRIVATE_LOAN }) },
  "GET /filings/:id | draft": draftOf,
  "GET /filings/:id | submitted": submittedOf,
  "GET /filings/:id | correction": correctionOf,
  "GET /filings/:id | accepted": acceptedOf,
  "PUT /filings/:id | draft": {
    ...draftOf,
    headers: { "if-match": '"1"' },
    body: () => ({ content: privateLoan("沈青") }),
    async fresh({ people, draft }) {
      const { version } = (await people.owner.ask("GET", draft.path)).json;
      return { headers: { "if-match": `"${version}"` } };
    },
  },
  "PUT /filings/:id | submitted": {
    ...submittedOf,
    headers: { "if-match": '"1"' },
    body: () => ({ content: privateLoan("沈青") }),
  },
  "POST /filings/:id/edits | draft": { ...draftOf, body: () => edits },
  "POST /filings/:id/edits | submitted": { ...submittedOf, body: () => edits },
  "POST /filings/:id/precheck | draft": draftOf,
  "POST /filings/:id/precheck | submitted": submittedOf,
  "POST /filings/:id/moves | draft": {
    ...draftOf,
    body: () => ({ action: "withdraw", note: "双方已经和解" }),
    fresh: async (world) => ({ id: await world.newDraft() }),
  },
  "POST /filings/:id/moves | accepted": { ...acceptedOf, headers: key(), body: () => ({ action: "submit" }) },
  "POST /filings/:id/sources": {
    ...draftOf,
    body: () => ({ sources: [{ pointer: "/parties/p1/name", materialId: "999999", field: "name" }] }),
  },
  "GET /filings/:id/sources | draft": draftOf,
  "GET /filings/:id/sources | submitted": submittedOf,
  "GET /filings/:id/clock | draft": draftOf,
  "GET /filings/:id/clock | submitted": submittedOf,
  "GET /filings/:id/steps | draft": draftOf,
  "GET /filings/:id/steps | submitted": submittedOf,
  "GET /filings/:id/corrections": correctionOf,
  "GET /filings/:id/documents": acceptedOf,
  "GET /filings/:id/documents/:documentId.pdf": {
    async standing({ accepted, people }) {
      const { items } = (await people.owner.ask("GET", `/filings/${accepted.id}/documents`)).json;
      return `${accepted.id}/${items[0].id}`;
    },
  },
  "GET /filings/:id/receipt.pdf | draft": draftOf,
  "GET /filings/:id/receipt.pdf | submitted": submittedOf,
  "GET /filings/:id/complaint.pdf | draft": draftOf,
  "GET /filings/:id/complaint.pdf | submitted": submittedOf,
  "GET /filings/:id/complaint.docx | draft": draftOf,
  "GET /filings/:id/complaint.docx | submitted": submittedOf,
  "GET /filings/:id/bundle.pdf | draft": draftOf,
  "GET /filings/:id/bundle.pdf | submitted": submittedOf,
  "GET /forms/:id/bulk-template.xlsx": { standing: () => "09" },
  "POST /filings/bulk": { headers: key(), body: bulkOrder },
  "GET /jobs/:id": { standing: newJob },
  "GET /jobs/:id/rows": { standing: newJob },
  "GET /jobs/:id/result.xlsx": { standing: newJob },
  "POST /jobs/:id/moves": { standing: newJob, headers: key(), body: () => ({ action: "cancel" }) },
  "POST /jobs/:id/signature": {
    async standing(world) {
      const id = await newJob(world);
      await world.people.owner.ask("POST", `/jobs/${id}/moves`, { action: "cancel" }, key());
      return id;
    },
    body: () => ({ bytes: 1000, sha256: announcement().sha256, contentType: "image/png" }),
  },
  "POST /filings/:id/helpers | draft": { ...draftOf, body: () => ({ minutes: 30 }) },
  "POST /filings/:id/helpers | submitted": { ...submittedOf, body: () => ({ minutes: 30 }) },
  "POST /helpers/join": {
    body: () => ({ code: "12345678" }),
    fresh: async (world) => ({ body: { code: (await newHelp(await alike(world.app, "stranger"))).code } }),
  },
  "GET /filings/:id/helpers": draftOf,
  "GET /filings/:id/helper-edits": draftOf,
  "POST /filings/:id/helpers/:helperId/moves": {
    standing: async (world) => (await newHelp(world.people.owner)).path,
    body: () => ({ action: "end" }),
  },
  "POST /filings/:id/reveal | draft": {
    ...draftOf,
    body: () => ({ pointer: "/parties/p1/idNumber", reason: "核对身份证明" }),
  },
  "POST /filings/:id/reveal | submitted": {
    ...submittedOf,
    body: () => ({ pointer: "/parties/p1/idNumber", reason: "核对身份证明" }),
  },
  "POST /filings/:id/materials | draft": {
    ...draftOf,
    body: announcement,
    fresh: async (world) => ({ id: await world.newDraft() }),
  },
  "POST /filings/:id/materials | submitted": { ...submittedOf, body: announcement },
  "POST /filings/:id/materials/combine": {
    ...draftOf,
    headers: key(),
    body: ({ draftMaterialId }) => ({ ids: [draftMaterialId, "999999999"], name: "聊天记录", kind: "evidence" }),
    async fresh(world) {
      const id = await world.newDraft();
      const ids = [await world.newPicture(id, "一"), await world.newPicture(id, "二")];
      return { id, body: { ids, name: "聊天记录", kind: "evidence" } };
    },
  },
  "PUT /filings/:id/materials/order": {
    ...draftOf,
    body: ({ draftMaterialId }) => ({ ids: [draftMaterialId] }),
    async fresh(world) {
      const id = await world.newDraft();
      return { id, body: { ids: [await world.newMaterial(id)] } };
    },
  },
  "POST /materials/:id/upload": { standing: announced },
  "POST /materials/:id/complete": draftMaterial,
  "GET /materials/:id | draftMaterial": draftMaterial,
  "GET /materials/:id | filedMaterial": filedMaterial,
  "PUT /materials/:id | draftMaterial": { ...draftMaterial, body: () => ({ purpose: "证明借款已经交付" }) },
  "PUT /materials/:id | filedMaterial": { ...filedMaterial, body: () => ({ purpose: "证明借款已经交付" }) },
  "DELETE /materials/:id | announcedMaterial": { standing: announced },
  "DELETE /materials/:id | filedMaterial": filedMaterial,
  "GET /materials/:id/content | draftMaterial": draftMaterial,
  "GET /materials/:id/content | filedMaterial": filedMaterial,
  "POST /materials/:id/ocr | draftMaterial": draftMaterial,
  "POST /materials/:id/ocr | filedMaterial": filedMaterial,
  "GET /materials/:id/reading | draftMaterial": draftMaterial,
  "GET /materials/:id/reading | filedMaterial": filedMaterial,
  "GET /materials/:id/reading/:field/crop.png": filedMaterial,
  "GET /intake/items/:id": itemOf,
  "POST /intake/queues/:id/next": {
    standing: ({ queueId }) => queueId,
    async fresh(world) {
      await world.newItem();
      return {};
    },
  },
  "POST /intake/items/:id/moves | item": {
    ...itemOf,
    body: () => ({ action: "claim" }),
    fresh: async (world) => ({ id: (await world.newItem()).itemId }),
  },
  "POST /intake/items/:id/moves | assignableItem": {
    standing: async (world) => (await world.newItem()).itemId,
    body: assigning,
  },
  "POST /intake/items/:id/moves | claimedItem": {
    async standing(world) {
      const { itemId } = await world.newItem();
      await world.staff.clerk.ask("POST", `/intake/items/${itemId}/moves`, { action: "claim" });
      return itemId;
    },
    headers: key(),
    body: () => ({ ...accepting(1), caseTypeCode: FIRST_INSTANCE }),
  },
  "POST /intake/items/:id/preview": {
    ...itemOf,
    body: () => ({ action: "accept", causeCode: PRIVATE_LOAN, caseTypeCode: FIRST_INSTANCE }),
  },
  "GET /intake/series/:id": { standing: newSeries },
  "POST /intake/series/:id/moves": {
    standing: newSeries,
    headers: key(),
    body: () => ({ action: "accept", causeCode: PRIVATE_LOAN, caseTypeCode: FIRST_INSTANCE }),
    fresh: async (world) => ({ id: await newSeries(world), headers: key() }),
  },
  "POST /intake/mediations/:id/moves": {
    standing: newMediation,
    headers: key(),
    body: () => ({ action: "fail", note: "双方分歧较大" }),
    fresh: async (world) => ({ id: await newMediation(world), headers: key() }),
  },
  "POST /intake/paper-filings": { headers: key(), body: () => onPaper(), fresh: async () => ({ headers: key() }) },
  "POST /intake/paper-filings/:id/materials | paperFiling": {
    standing: newPaper,
    body: announcement,
    fresh: async () => ({ body: announcement() }),
  },
  "POST /intake/paper-filings/:id/materials | submitted": { ...submittedOf, body: announcement },
  "POST /intake/paper-materials/:id/complete": filedMaterial,
  "POST /intake/templates": { body: template },
  "PUT /intake/templates/:id | template": { standing: newTemplate, headers: { "if-match": '"1"' }, body: template },
  "PUT /intake/templates/:id | farTemplate": { standing: farTemplate, headers: { "if-match": '"1"' }, body: template },
  "DELETE /intake/templates/:id": { standing: newTemplate },
  "POST /intake/rules": { body: () => RULE },
  "PUT /intake/rules/:id": { standing: newRule, headers: { "if-match": '"1"' }, body: () => RULE },
  "DELETE /intake/rules/:id": { standing: newRule },
  "POST /intake/queues": { body: newCategory },
  "PUT /intake/queues/:id": { standing: newQueue, body: () => ({ name: "改名立案" }) },
  "DELETE /intake/queues/:id": { standing: newQueue },
  "GET /intake/items/:id/difference": itemOf,
  "GET /intake/items/:id/duplicates": itemOf,
  "GET /cases/:id": caseOf,
  "GET /cases/:id/timeline": caseOf,
  "POST /inner-events/replay": {
    headers: key(),
    body: () => ({ after: null }),
    fresh: async () => ({ headers: key() }),
  },
  "GET /cases/:id/time-limit": caseOf,
  "POST /cases/:id/time-limit/moves": {
    ...caseOf,
    headers: key(),
    body() {
      const today = courtDayOf(new Date());
      return { action: "deduct", kind: "settlement", from: today, to: today };
    },
    fresh: async () => ({ headers: key() }),
  },
  "POST /cases/join": { body: joining, fresh: async (world) => ({ body: joining(world) }) },
  "POST /cases/agents": {
    body: agency,
    fresh: async (world, persona) => ({ body: agency(world), token: (await alike(world.app, persona)).token }),
  },
  "GET /cases/:id/participants": caseOf,
  "POST /cases/:id/participants/:participantId/moves": {
    standing: newAgency,
    headers: key(),
    body: () => ({ action: "refuse", reason: "没有委托过此人" }),
    fresh: async (world) => ({ id: await newAgency(world), headers: key() }),
  },
  "GET /cases/:id/languages": caseOf,
  "PUT /cases/:id/languages": {
    ...caseOf,
    body: () => ({ partyKey: "p1", language: "mn", interpreter: false }),
  },
  "POST /cases/:id/languages/moves": {
    ...caseOf,
    body: () => ({ action: "arrange", partyKey: "p1" }),
    fresh: async ({ people, caseId }) => {
      for (const interpreter of [false, true])
        await people.owner.ask("PUT", `/cases/${caseId}/languages`, { partyKey: "p1", language: "bo", interpreter });
      return {};
    },
  },
  "GET /interpreter-needs": {},
  "GET /cases/:id/access-codes": caseOf,
  "POST /cases/:id/access-codes": { ...caseOf, body: () => ({ partyKey: "d1" }) },
  "POST /cases/:id/moves": {
    ...caseOf,
    headers: key(),
    body: () => ({ action: "assign", procedure: "summary" }),
    fresh: async () => ({ headers: key() }),
  },
  "GET /cases/:id/submission-kinds": caseOf,
  "GET /cases/:id/answer-form": caseOf,
  "POST /cases/:id/submissions": { ...caseOf, body: () => ({ kind: "opinion" }) },
  "GET /cases/:id/submissions": caseOf,
  "GET /submissions/:id | draftSubmission": { standing: newSubmission },
  "GET /submissions/:id | handedSubmission": { standing: handedSubmission },
  "PUT /submissions/:id | draftSubmission": {
    standing: newSubmission,
    headers: { "if-match": '"1"' },
    body: () => ({ kind: "evidence", content: { note: "还款凭证" } }),
  },
  "PUT /submissions/:id | handedSubmission": {
    standing: handedSubmission,
    headers: { "if-match": '"2"' },
    body: () => ({ kind: "opinion", content: {} }),
  },
  "POST /submissions/:id/materials": { standing: newSubmission, body: announcement },
  "POST /submissions/:id/precheck": { standing: newSubmission },
  "POST /submissions/:id/moves": {
    standing: handedSubmission,
    headers: key(),
    body: () => ({ action: "receive" }),
    fresh: async (world, persona) => ({
      id: await handedSubmission(world),
      headers: key(),
      ...(persona === "owner" ? { body: { action: "withdraw" } } : {}),
    }),
  },
  "GET /submissions/:id/paper.pdf": { standing: petitionOf },
  "GET /submissions/:id/paper.docx": { standing: petitionOf },
  "GET /services/:id": { standing: newService },
  "POST /cases/:id/services": {
    ...caseOf,
    headers: key(),
    body: () => ({ documentKind: "notice", title: "通知书", text: "请按时参加诉讼。", recipients: ["p1"] }),
    fresh: async () => ({ headers: key() }),
  },
  "POST /services/:id/moves": {
    standing: newService,
    headers: key(),
    body: () => ({ action: "record", channel: "direct", facts: {} }),
    fresh: async (world, persona) => ({
      id: await newService(world),
      headers: key(),
      ...(persona === "owner" ? { body: { action: "acknowledge" } } : {}),
    }),
  },
  "PUT /services/:id/translations": {
    standing: newService,
    body: () => ({ part: 1, language: "bo", title: "བརྡ་ཐོ།", text: "བརྡ་ཐོ།", source: "human" }),
    fresh: async (world) => ({ id: await newService(world, null) }),
  },
  "GET /services/:id/document.pdf": { standing: newService },
  "GET /services/:id/certificate.pdf": { standing: newService },
  "GET /cases/:id/service-address": caseOf,
  "PUT /cases/:id/service-address": {
    ...caseOf,
    headers: { "if-match": '"0"' },
    body: () => ({
      partyKey: "p1",
      recipient: "沈青",
      address: "山东省济南市历下区经十路1号",
      phone: "13800138000",
      electronic: true,
      stages: ["first"],
      understood: true,
    }),
  },
  "POST /threads": { body: () => ({ courtCode: COURT, ...QUESTION }) },
  "POST /cases/:id/threads": { ...caseOf, body: () => QUESTION },
  "GET /threads/:id | thread": { standing: newThread },
  "GET /threads/:id | question": { standing: newQuestion },
  "POST /threads/:id/messages | thread": {
    // Those who try the case may answer in it.
    async standing(world) {
      await benched(world);
      return newThread(world);
    },
    body: () => ({ body: "您好" }),
    // Whoever answers first keeps it.
    fresh: async (world) => ({ id: await newThread(world) }),
  },
  "POST /threads/:id/messages | question": { standing: newQuestion, body: () => ({ body: "您好" }) },
  "POST /threads/:id/moves": {
    standing: newThread,
    headers: key(),
    body: () => ({ action: "escalate" }),
    fresh: async (world, persona) => ({
      id: await newThread(world),
      headers: key(),
      ...(persona === "owner" ? { body: { action: "close" } } : {}),
    }),
  },
  "POST /threads/:id/materials": { standing: newThread, body: announcement },
  "GET /threads/:id/notes": { standing: newThread },
  "POST /threads/:id/notes": { standing: newThread, body: () => ({ body: "先问合议庭" }) },
  "POST /contact-templates": { body: () => ({ title: `模板${randomUUID()}`, body: "请您放心。" }) },
  "DELETE /contact-templates/:id": {
    standing: newContactTemplate,
    fresh: async (world) => ({ id: await newContactTemplate(world) }),
  },
  "PUT /contact-duty": { body: () => ({ staffIds: [] }) },
  "GET /fee-notices/:id": feeNoticeOf,
  "POST /fee-notices/lookup": {
    body: () => ({ payCode: "0000000000000000" }),
    async publicly(world) {
      const { json } = await world.staff.clerk.ask("GET", `/fee-notices/${await newNotice(world)}`);
      return { body: { payCode: json.payCode } };
    },
    async fresh(world) {
      const { json } = await world.staff.clerk.ask("GET", `/fee-notices/${await newNotice(world)}`);
      return { body: { payCode: json.payCode } };
    },
  },
  "POST /fee-notices/:id/moves": {
    ...feeNoticeOf,
    headers: key(),
    body: () => ({ action: "change", reason: "correction", facts: announcementFee }),
    fresh: async (world) => ({ id: await newNotice(world), headers: key() }),
  },
  "POST /fee-notices/:id/materials": {
    ...feeNoticeOf,
    body: announcement,
    fresh: async (world) => ({ id: await newNotice(world) }),
  },
  "GET /fee-notices/:id/documents": feeNoticeOf,
  "GET /fee-notices/:id/documents/:documentId.pdf": {
    async standing(world) {
      const id = await newNotice(world);
      const { items } = (await world.staff.clerk.ask("GET", `/fee-notices/${id}/documents`)).json;
      return `${id}/${items[0].id}`;
    },
  },
  "POST /fee-notices/:id/preview": { ...feeNoticeOf, body: () => ({ action: "deem_withdrawn" }) },
  "GET /fee-notices/:id/notice.pdf": feeNoticeOf,
  "GET /fee-notices/:id/bill.pdf": feeNoticeOf,
  "POST /cases/:id/fee-notices": {
    ...caseOf,
    headers: key(),
    body: ({ people }) => ({ source: "other", facts: announcementFee, payerAccountId: people.owner.accountId }),
    fresh: async () => ({ headers: key() }),
  },
  "POST /fee-notices/:id/relief": {
    ...feeNoticeOf,
    headers: key(),
    body: () => RELIEF,
    fresh: async (world) => ({ id: await newNotice(world), headers: key() }),
  },
  "GET /fee-reliefs/:id": { standing: newRelief },
  "POST /fee-reliefs/:id/preview": {
    standing: newRelief,
    body: () => ({ action: "refuse", reason: "未提交证明材料。" }),
  },
  "POST /fee-reliefs/:id/moves": {
    standing: newRelief,
    headers: key(),
    body: () => ({ action: "refuse", reason: "未提交证明材料。" }),
    // Who asked may take it back; who decides, decides.
    fresh: async (world, persona) => ({
      id: await newRelief(world),
      headers: key(),
      ...(persona === "owner" ? { body: { action: "withdraw" } } : {}),
    }),
  },
  ...paymentPlans,
  ...confirmationPlans,
  ...deskPlans,
  ...delegationPlans,
  ...dossierPlans,
  ...hearingPlans,
  ...receptionPlans,
  ...roomPlans,
  "PUT /me/notices": { body: () => ({ groups: [{ group: "money", channels: { email: false } }] }) },
  "POST /me/notices/subscriptions": {
    headers: key(),
    body: () => ({ templateIds: ["sandbox-template-money"] }),
    fresh: async () => ({ headers: key() }),
  },
  "GET /notices": { query: "?about=filing:1" },
  // The address holds the secret; what stands for nobody's message changes nothing.
  "POST /notices/receipts/:provider": {
    standing: () => "aliyun",
    query: "?token=sandbox-receipt-token-0000000000000000",
    body: () => [],
    publicly: async () => ({ body: [] }),
  },
  "POST /messages/:id/read": { standing: ({ messageId }) => messageId },
};

function joining({ caseNumber }: World) {
  return { number: caseNumber };
}
function agency({ caseNumber }: World) {
  return { number: caseNumber, partyName: "沈青", agent: { kind: "relative", powers: "general" } };
}
/** Somebody who asked to act for the owner in their case, and waits. */
async function newAgency(world: World): Promise<string> {
  const one = await alike(world.app, "stranger");
  return `${world.caseId}/${await made(one.ask("POST", "/cases/agents", agency(world)))}`;
}

/** A question of the owner's in their case, and one before there is a case. */
const QUESTION = { subject: "何时开庭", body: "请问本案何时开庭？" };
/** The clerk is on duty: else it would lie with whoever has least to do. */
async function onDuty({ staff }: World): Promise<void> {
  await staff.supervisor.ask("PUT", "/contact-duty", { staffIds: [staff.clerk.accountId] });
}
async function newThread(world: World): Promise<string> {
  await onDuty(world);
  return made(world.people.owner.ask("POST", `/cases/${world.caseId}/threads`, QUESTION));
}
async function newQuestion(world: World): Promise<string> {
  await onDuty(world);
  return made(world.people.owner.ask("POST", "/threads", { courtCode: COURT, ...QUESTION }));
}
function newContactTemplate({ staff }: World): Promise<string> {
  return made(staff.supervisor.ask("POST", "/contact-templates", { title: `模板${randomUUID()}`, body: "请您放心。" }));
}

/** Evidence of the owner's that is not handed in. */
function newSubmission({ people, caseId }: World): Promise<string> {
  return made(people.owner.ask("POST", `/cases/${caseId}/submissions`, { kind: "evidence" }));
}
/** An opinion of the owner's, handed in. */
async function handedSubmission({ people, caseId }: World): Promise<string> {
  const items = [{ materialId: "1", authenticity: "yes", legality: "yes", relevance: "yes" }];
  const id = await made(
    people.owner.ask("POST", `/cases/${caseId}/submissions`, { kind: "opinion", content: { items } }),
  );
  const sent = await people.owner.ask("POST", `/submissions/${id}/moves`, { action: "submit" }, key());
  if (sent.status !== 200) throw new Error(`not handed in: ${sent.text}`);
  return id;
}
/** The same with a paper: an application needs a signature, which is written here for the owner. */
async function petitionOf(world: World): Promise<string> {
  const { app, people, caseId } = world;
  const body = { kind: "application", application: "adjournment", content: { request: "改期", facts: "因病住院" } };
  const id = await made(people.owner.ask("POST", `/cases/${caseId}/submissions`, body));
  await app.database.read(
    "UPDATE submission SET state = 'submitted', submitted_at = UTC_TIMESTAMP(3), open_at = UTC_TIMESTAMP(3), open_of = NULL WHERE id = ?",
    [id],
  );
  return id;
}

/** A notice that the court has brought to the owner on the platform. */
async function newService({ staff, caseId }: World, channel: "inapp" | null = "inapp"): Promise<string> {
  const order = {
    documentKind: "notice",
    title: "通知书",
    text: "请按时参加诉讼。",
    recipients: ["p1"],
    ...(channel === null ? {} : { channel }),
  };
  const made = await staff.clerk.ask("POST", `/cases/${caseId}/services`, order, key());
  if (made.status !== 201) throw new Error(`not served: ${made.text}`);
  return made.json.items[0].id;
}

/** Two filings of one plaintiff, in the same words, against two people; gives the series they make. */
let batches = 0;
async function newSeries({ app, staff }: World): Promise<string> {
  batches += 1;
  const plaintiff = `批量原告${"甲乙丙丁戊己庚辛"[batches]}`;
  for (const defendant of ["赵一鸣", "钱二宝"]) await submitted(app, plaintiff, { defendant });
  const { items } = (await staff.clerk.ask("GET", "/intake/series")).json as { items: { id: string; name: string }[] };
  return items.find(({ name }) => name === plaintiff)?.id as string;
}

/** A draft of that person's for which help is asked. */
async function newHelp(who: Person): Promise<{ path: string; code: string }> {
  const filingId = await newDraft(who);
  const { status, text, json } = await who.ask("POST", `/filings/${filingId}/helpers`, { minutes: 30 });
  if (status !== 201) throw new Error(`no help offered: ${text}`);
  return { path: `${filingId}/${json.id}`, code: json.code };
}

function bulkOrder() {
  const { sha256 } = announcement();
  return { formId: "09", courtCode: COURT, sheet: { name: "批量.xlsx", bytes: 1000, sha256 } };
}
async function newJob({ people }: World): Promise<string> {
  return (await people.owner.ask("POST", "/filings/bulk", bulkOrder(), key())).json.job.id;
}

async function made(
  what: Promise<{ status: number; text: string; json: Record<string, string> }>,
  of = "id",
): Promise<string> {
  const { status, text, json } = await what;
  if (status !== 201) throw new Error(`not made: ${text}`);
  return json[of] as string;
}
async function newMediation({ app, staff }: World): Promise<string> {
  const filing = await submitted(app, "沈青", { change: { mediation: { understood: true, wish: "yes" } } });
  const { item, fence } = await claimed(staff.clerk, filing);
  await staff.clerk.ask("POST", `${item}/moves`, { action: "mediate", fence }, key());
  const { items } = (await staff.clerk.ask("GET", "/intake/mediations?limit=100")).json;
  return items.find(({ filingId }: { filingId: string }) => filingId === filing.id).id;
}
function onPaper() {
  return {
    receivedOn: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10),
    content: {
      parties: [
        { key: "p1", side: "plaintiff", kind: "natural", name: "纸上甲" },
        { key: "d1", side: "defendant", kind: "natural", name: "纸上乙" },
      ],
    },
  };
}
function newPaper({ staff }: World): Promise<string> {
  return made(staff.clerk.ask("POST", "/intake/paper-filings", onPaper(), key()), "filingId");
}
let texts = 0;
function template() {
  texts += 1;
  return { kind: "note", title: `附言${texts}`, body: "请{原告}留意交费通知。" };
}
function newTemplate({ staff }: World): Promise<string> {
  return made(staff.supervisor.ask("POST", "/intake/templates", template()));
}
async function farTemplate({ app }: World): Promise<string> {
  return made((await supervisor(app, "farchief-edges", FAR_COURT)).ask("POST", "/intake/templates", template()));
}
const RULE = { priority: 9000, category: "civil", fits: { causeWords: ["不存在的案由"] } };
function newRule({ staff }: World): Promise<string> {
  return made(staff.admin.ask("POST", "/intake/rules", RULE));
}
function newCategory() {
  texts += 1;
  const letter = (at: number) => String.fromCharCode(97 + (at % 26));
  return { category: `own_${letter(texts)}${letter(Math.floor(texts / 26))}`, name: "专项立案" };
}
function newQueue({ staff }: World): Promise<string> {
  return made(staff.admin.ask("POST", "/intake/queues", newCategory()));
}

let daysAway = 0;
const awayOn = () => {
  daysAway += 3;
  const day = new Date(Date.now() + daysAway * 86_400_000).toISOString().slice(0, 10);
  return { from: day, until: day };
};
async function newAbsence({ staff }: World): Promise<string> {
  const made = await staff.clerk.ask("POST", "/court-staff/absences", awayOn());
  if (made.status !== 201) throw new Error(`no absence: ${made.text}`);
  return made.json.id;
}

async function colleague({ app }: World): Promise<string> {
  return (await alike(app, "clerk")).accountId;
}
async function farColleague({ staff }: World): Promise<string> {
  return staff.farClerk.accountId;
}

const claimOf = (name: string) => ({ name, idType: "resident_id", idNumber: idNumberOf(name), phone: "13800138000" });

let colleagues: { username: string; steps: number }[] = [];
async function twice(app: World["app"]) {
  const { username } = (await alike(app, "judge")) as StaffPerson;
  return [0, 1].map((steps) => ({ username, steps }));
}

const NAMES = { owner: "沈青", stranger: "顾言", lawyer: "陆鸣律师" };
async function anotherSession({ app, people }: World, persona: Exclude<Persona, "anonymous">): Promise<string> {
  if (!isStaffPersona(persona)) return (await person(app, NAMES[persona])).token;
  return speaker(app, await signInStaff(app, people[persona] as StaffPerson)).token;
}
