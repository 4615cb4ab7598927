import { createHash } from "node:crypto";
import { courtDayOf } from "#core/period.ts";
import type { TestApp } from "../app.ts";
import {
  accepting,
  COURT,
  claimed,
  clerk,
  key,
  picture,
  privateLoan,
  readyDraft,
  seedCourtsAndRules,
  upload,
} from "../filings.ts";
import { idNumberOf, type Person, person, type StaffPerson, staffMember } from "../people.ts";

/** Words that stand only in what belongs to the first plaintiff and whoever acts for them. */
export const OWN_WORDS = {
  thread: "原告自己问法官的事",
  draft: "原告还没有提交的申请",
  relief: "原告家里的困难",
  request: "原告阅卷的理由",
} as const;
/** That something was served, and what, is of the case: everybody reads it in its course (审判流程公开规定§7). */
export const SERVED_TITLE = "送达原告的判决书";

export interface Leaving {
  readonly caseId: string;
  readonly number: string;
  readonly filingId: string;
  /** Filed for the first plaintiff and acts for them, until they do not. */
  readonly agent: Person;
  readonly agentId: string;
  readonly client: Person;
  /** The second plaintiff, and the defendant: they take part, and some of it is none of theirs. */
  readonly coPlaintiff: Person;
  readonly defendant: Person;
  readonly farClerk: StaffPerson;
  readonly farJudge: StaffPerson;
  /** What the path of a route is about, by its first word. Two ids where there are two. */
  readonly objects: Readonly<Record<string, string>>;
  readonly papers: { readonly feeDocument: string; readonly filingDocument: string; readonly draft: string };
}

const good = (answer: { status: number; text: string }, status: number, what: string): void => {
  if (answer.status !== status) throw new Error(`${what}: ${answer.status} ${answer.text}`);
};

/** One case in which an agent has touched everything there is to touch. */
export async function makeLeaving(app: TestApp): Promise<Leaving> {
  await seedCourtsAndRules(app);
  const staff = await clerk(app);
  const farClerk = await staffMember(app, { username: "far-leaving", role: "clerk", courtCode: "鲁0103" });
  const farJudge = await staffMember(app, { username: "farjudge-leaving", role: "judge", courtCode: "鲁0103" });

  const [first] = privateLoan("陶源离").parties;
  const mandate = {
    key: "a1",
    kind: "employee",
    name: "陆离开",
    idType: "resident_id",
    idNumber: idNumberOf("陆离开"),
    powers: "special",
    specialPowers: ["settle"],
    phone: "13800138000",
  };
  const second = { ...first, key: "p2", name: "同案原", idNumber: idNumberOf("同案原") };
  const other = {
    key: "d1",
    side: "defendant",
    kind: "natural",
    name: "姜对面",
    idType: "resident_id",
    idNumber: idNumberOf("姜对面"),
    address: "山东省济南市历下区解放路2号",
    phone: "13900139000",
  };
  const draft = await readyDraft(app, "陆离开", {
    change: { parties: [{ ...first, agents: [mandate] }, { ...second, agents: [{ ...mandate, key: "a2" }] }, other] },
  });
  const agent = draft.owner;
  await upload(app, agent, draft.id, "employment", await picture("employment leaving"));
  const material = await upload(app, agent, draft.id, "power_of_attorney", await picture("mandate leaving"));
  await app.settle();
  good(await agent.ask("POST", `${draft.path}/moves`, { action: "submit" }, key()), 200, "submitted");
  await app.settle();
  const { item, fence } = await claimed(staff, draft);
  good(await staff.ask("POST", `${item}/moves`, accepting(fence), key()), 200, "accepted");
  await app.settle();
  const { caseId, caseNumber: number } = (await agent.ask("GET", draft.path)).json;

  const join = async (name: string): Promise<Person> => {
    const one = await person(app, name, { verified: true });
    good(await one.ask("POST", "/cases/join", { number }), 200, `${name} joins`);
    return one;
  };
  const client = await join("陶源离");
  const coPlaintiff = await join("同案原");
  const defendant = await join("姜对面");
  const { items: participants } = (await agent.ask("GET", `/cases/${caseId}/participants`)).json;
  const own = participants.filter(({ mine }: { mine: boolean }) => mine);
  // The second plaintiff goes on alone.
  const left = own.find(({ party }: { party: { key: string } }) => party.key === "p2");
  const ending = { action: "end", reason: "解除委托" };
  if (left)
    good(await coPlaintiff.ask("POST", `/cases/${caseId}/participants/${left.id}/moves`, ending, key()), 200, "p2");
  const agentId = own.find(({ party }: { party: { key: string } }) => party.key === "p1").id;

  const [notice] = (await agent.ask("GET", "/fee-notices")).json.items;
  const relief = await agent.ask(
    "POST",
    `/fee-notices/${notice.id}/relief`,
    { kind: "reduce", ground: "reduce_other", statement: OWN_WORDS.relief, materials: [] },
    key(),
  );
  good(relief, 201, "relief");
  const thread = await agent.ask("POST", `/cases/${caseId}/threads`, {
    subject: OWN_WORDS.thread,
    body: "请问何时开庭？",
  });
  good(thread, 201, "thread");

  const application = async (kind: string, request: string): Promise<string> => {
    const made = await agent.ask("POST", `/cases/${caseId}/submissions`, { kind: "application", application: kind });
    good(made, 201, kind);
    const { id } = made.json;
    const bytes = await picture(`signature ${kind}`);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const order = { name: "签名.jpg", kind: "signature", bytes: bytes.length, sha256, contentType: "image/jpeg" };
    const announced = await agent.ask("POST", `/submissions/${id}/materials`, order);
    good(announced, 201, "signature");
    const { material: signature, upload: plan } = announced.json;
    await fetch(new URL(plan.url, app.origin), { method: "PUT", headers: plan.headers, body: new Uint8Array(bytes) });
    good(await agent.ask("POST", `/materials/${signature.id}/complete`), 200, "signature");
    await app.settle();
    const content = { request, facts: "理由如下", signature: { materialId: signature.id, signedOn: "2026-11-22" } };
    const { version } = (await agent.ask("GET", `/submissions/${id}`)).json;
    const saved = await agent.ask(
      "PUT",
      `/submissions/${id}`,
      { kind: "application", content },
      { "if-match": `"${version}"` },
    );
    good(saved, 200, "saved");
    return id;
  };
  const handed = await application("evidence_extension", "请求延长举证期限");
  good(await agent.ask("POST", `/submissions/${handed}/moves`, { action: "submit" }, key()), 200, "handed in");
  const secret = await application("investigation", OWN_WORDS.draft);

  const laid = await staff.ask(
    "POST",
    `/cases/${caseId}/services`,
    {
      documentKind: "judgment",
      title: SERVED_TITLE,
      text: "判决如下。",
      recipients: ["p1"],
      channel: "post",
    },
    key(),
  );
  good(laid, 201, "service");
  const [{ id: service }] = laid.json.items;
  const facts = { signedOn: courtDayOf(app.clock.now()), signedBy: "本人" };
  good(
    await staff.ask("POST", `/services/${service}/moves`, { action: "record", channel: "post", facts }, key()),
    200,
    "served",
  );
  await app.settle();

  const hearings: Record<string, string> = app.routes.some(
    ({ method, path }) => method === "POST" && path === "/cases/:id/hearings",
  )
    ? { hearings: await newHearing(app, caseId) }
    : {};

  const { sections } = (await agent.ask("GET", `/cases/${caseId}/dossier`)).json;
  const documents = (await agent.ask("GET", `/filings/${draft.id}/documents`)).json.items;
  const feeDocuments = (await agent.ask("GET", `/fee-notices/${notice.id}/documents`)).json.items;
  return {
    caseId,
    number,
    filingId: draft.id,
    agent,
    agentId,
    client,
    coPlaintiff,
    defendant,
    farClerk,
    farJudge,
    objects: {
      ...hearings,
      cases: caseId,
      filings: draft.id,
      materials: material,
      submissions: handed,
      services: service,
      threads: thread.json.id,
      "dossier-items": sections[0].items[0].id,
      "fee-notices": notice.id,
      "fee-reliefs": relief.json.id,
    },
    papers: { feeDocument: feeDocuments[0].id, filingDocument: documents[0].id, draft: secret },
  };
}

/** A trial on a court day five weeks ahead, by the judge who presides. */
async function newHearing(app: TestApp, caseId: string): Promise<string> {
  const judge = await staffMember(app, { username: "judge-leaving", role: "judge", courtCode: COURT });
  const assigned = { action: "assign", judgeId: judge.accountId, procedure: "ordinary" };
  good(await judge.ask("POST", `/cases/${caseId}/moves`, assigned, key()), 200, "assigned");
  const day = new Date(app.clock.now().getTime() + 35 * 86_400_000);
  while ([0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1);
  const startsAt = `${day.toISOString().slice(0, 10)}T10:00:00+08:00`;
  const made = await judge.ask("POST", `/cases/${caseId}/hearings`, { mode: "online", minutes: 60, startsAt }, key());
  good(made, 201, "hearing");
  return made.json.id;
}
