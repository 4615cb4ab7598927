import { key } from "../filings.ts";
import { caseOf, made, type Plan } from "./authorisation.plan.ts";
import { announcement, type World } from "./world.ts";

/** How the routes of what is handed in and served in a case are asked. */
export const submissionPlans: Readonly<Record<string, Plan>> = {
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
};

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
