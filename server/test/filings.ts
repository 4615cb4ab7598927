import { createHash, randomUUID } from "node:crypto";
import sharp from "sharp";
import { SYSTEM } from "../src/core/actor.ts";
import { forgetDirectory, seedCourts } from "../src/modules/court/index.ts";
import { seedIntakeRules } from "../src/modules/intake/index.ts";
import type { TestApp } from "./app.ts";
import { idNumberOf, type Person, person, type StaffPerson, staffMember } from "./people.ts";

export const COURT = "鲁0102";
export const PRIVATE_LOAN = "CIV2025:108(3)";
export const FIRST_INSTANCE = "0301";

/** Courts and routing rules, as every start lays them down. */
export async function seedCourtsAndRules(app: TestApp): Promise<void> {
  await seedCourts(app.database);
  await app.transact(SYSTEM, (work) => seedIntakeRules(work));
}

/** Lets every clerk of the court hold so many at once: for tests that pull and do not decide. */
export async function letHold(app: TestApp, claimsPerClerk: number): Promise<void> {
  await app.database.read(
    "INSERT INTO court_parameter (court_code, name, value, valid_from, changed_by, changed_at) VALUES (?, 'claims_per_clerk', ?, '2020-01-01', 1, UTC_TIMESTAMP(3))",
    [COURT, String(claimsPerClerk)],
  );
  forgetDirectory();
}

export const clerk = (app: TestApp, username = "clerk1", courtCode = COURT): Promise<StaffPerson> =>
  staffMember(app, { username, role: "clerk", courtCode });
export const supervisor = (app: TestApp, username = "supervisor1", courtCode = COURT): Promise<StaffPerson> =>
  staffMember(app, { username, role: "supervisor", courtCode });

/** A private-loan complaint with nothing missing but materials and signature. */
export function privateLoan(plaintiff: string, defendant = "李强") {
  return {
    causeCode: PRIVATE_LOAN,
    formId: "09",
    parties: [
      {
        key: "p1",
        side: "plaintiff",
        kind: "natural",
        name: plaintiff,
        idType: "resident_id",
        idNumber: idNumberOf(plaintiff),
        phone: "13800138000",
        address: "山东省济南市历下区经十路1号",
      },
      {
        key: "d1",
        side: "defendant",
        kind: "natural",
        name: defendant,
        address: "山东省济南市历下区解放路2号",
        phone: "13900139000",
      },
    ],
    claims: [
      { key: "c1", text: "请求判令被告归还借款本金50000元", amountFen: 5_000_000 },
      { key: "c2", text: "请求判令被告支付至还清之日的利息" },
    ],
    amountFen: 5_000_000,
    facts:
      "2025年3月5日，被告因资金周转向原告借款50000元，原告当日通过银行转账交付，约定2025年12月31日前归还。到期后经多次催要，被告至今未还。",
    service: {
      recipient: plaintiff,
      phone: "13800138000",
      address: "山东省济南市历下区经十路1号",
      electronic: true,
      channels: ["platform", "sms"],
      judgments: true,
      stages: ["first"],
      confirmed: true,
    },
    consents: {
      filing: "agree",
      mediation: "agree",
      evidence: "agree",
      inquiry: "agree",
      hearing: "agree",
      service: "agree",
      signature: "agree",
    },
    mediation: { understood: true, wish: "unsure" },
  };
}

/** A small picture that differs for every text. */
export const picture = (text: string): Promise<Buffer> => {
  const [r = 0, g = 0, b = 0] = createHash("sha256").update(text).digest();
  return sharp({ create: { width: 64, height: 48, channels: 3, background: { r, g, b } } })
    .jpeg()
    .toBuffer();
};

/** Uploads a file the way a phone does: announce, PUT to the signed address, complete. */
export async function upload(
  app: TestApp,
  who: Person,
  filingId: string,
  kind: string,
  bytes: Buffer,
  name = `${kind}.jpg`,
  contentType = "image/jpeg",
): Promise<string> {
  const announced = await who.ask("POST", `/filings/${filingId}/materials`, {
    name,
    kind,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    contentType,
  });
  if (announced.status !== 201) throw new Error(`upload not planned: ${announced.text}`);
  const { material, upload: plan } = announced.json;
  const put = await fetch(new URL(plan.url, app.origin), {
    method: "PUT",
    headers: plan.headers,
    body: new Uint8Array(bytes),
  });
  if (!put.ok) throw new Error(`upload refused: ${put.status} ${await put.text()}`);
  const done = await who.ask("POST", `/materials/${material.id}/complete`);
  if (done.status !== 200) throw new Error(`upload not completed: ${done.text}`);
  return material.id;
}

export interface Filed {
  readonly id: string;
  readonly owner: Person;
  readonly path: string;
}

/** A draft that could be handed in at once. */
export async function readyDraft(
  app: TestApp,
  name: string,
  { defendant = "李强", courtCode = COURT, change = {} as Record<string, unknown> } = {},
): Promise<Filed> {
  const owner = await person(app, name, { verified: true });
  const opened = await owner.ask("POST", "/filings", { courtCode, causeCode: PRIVATE_LOAN });
  if (opened.status !== 201) throw new Error(`no draft: ${opened.text}`);
  const { id } = opened.json;
  await upload(app, owner, id, "identity", await picture(`${name} identity`));
  await upload(app, owner, id, "evidence", await picture(`${name} evidence`));
  const signature = await upload(app, owner, id, "signature", await picture(`${name} signature`));
  await app.settle();
  const today = new Date(app.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const content = { ...privateLoan(name, defendant), signature: { materialId: signature, signedOn: today }, ...change };
  const { version } = (await owner.ask("GET", `/filings/${id}`)).json;
  const saved = await owner.ask("PUT", `/filings/${id}`, { content }, { "if-match": `"${version}"` });
  if (saved.status !== 200) throw new Error(`not saved: ${saved.text}`);
  return { id, owner, path: `/filings/${id}` };
}

export const key = (): Record<string, string> => ({ "idempotency-key": randomUUID() });

/** Handed in, and in its court's queue. */
export async function submitted(
  app: TestApp,
  name: string,
  options?: Parameters<typeof readyDraft>[2],
): Promise<Filed> {
  const draft = await readyDraft(app, name, options);
  const answer = await draft.owner.ask("POST", `${draft.path}/moves`, { action: "submit" }, key());
  if (answer.status !== 200) throw new Error(`not submitted: ${answer.text}`);
  await app.settle();
  return draft;
}

/** The intake item of a filing, claimed by a clerk; gives its path and fence. */
export async function claimed(
  who: StaffPerson,
  filing: Filed,
): Promise<{ itemId: string; item: string; fence: number }> {
  let cursor = "";
  for (;;) {
    const { json } = await who.ask("GET", `/intake/items?limit=100${cursor}`);
    const found = json.items.find(({ filingId }: { filingId: string }) => filingId === filing.id);
    if (found) {
      const item = `/intake/items/${found.id}`;
      const answer = await who.ask("POST", `${item}/moves`, { action: "claim" });
      if (answer.status !== 200) throw new Error(`not claimed: ${answer.text}`);
      return { itemId: found.id, item, fence: answer.json.lease.fence };
    }
    if (!json.nextCursor) throw new Error(`filing ${filing.id} is in no queue`);
    cursor = `&cursor=${json.nextCursor}`;
  }
}

export const accepting = (fence: number) => ({
  action: "accept",
  fence,
  causeCode: PRIVATE_LOAN,
  caseTypeCode: FIRST_INSTANCE,
});

export interface RunningCase {
  readonly caseId: string;
  readonly number: string;
  readonly plaintiff: Person;
  readonly defendant: Person;
}

/** A case that was taken up, its defendant come in by the code on the notice. */
export async function runningCase(app: TestApp, staff: StaffPerson, name: string, other: string): Promise<RunningCase> {
  const filing = await submitted(app, name, { defendant: other });
  const { item, fence } = await claimed(staff, filing);
  const taken = await staff.ask("POST", `${item}/moves`, accepting(fence), key());
  if (taken.status !== 200) throw new Error(`not accepted: ${taken.text}`);
  await app.settle();
  const { caseId, caseNumber: number } = (await filing.owner.ask("GET", filing.path)).json;
  const { code } = (await staff.ask("POST", `/cases/${caseId}/access-codes`, { partyKey: "d1" })).json;
  const defendant = await person(app, other, { verified: true });
  const joined = await defendant.ask("POST", "/cases/join", { number, accessCode: code });
  if (joined.status !== 200) throw new Error(`not joined: ${joined.text}`);
  await app.settle();
  return { caseId, number, plaintiff: filing.owner, defendant };
}
