import { createHash, randomUUID } from "node:crypto";
import sharp from "sharp";
import { courtDayOf } from "../server/src/core/period.ts";
import { idNumberOf } from "../server/test/id-number.ts";
import type { StaffCaller } from "./desk.ts";

const PRIVATE_LOAN = "CIV2025:108(3)";

/** Speaks to the API as a person of the public. */
export async function personCaller(base: string, name: string) {
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    const text = await response.text();
    // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
    return (text ? JSON.parse(text) : undefined) as any;
  };
  const { accessToken } = await ask("POST", "/sessions/wechat", { code: `sandbox:${name}` });
  return (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    ask(method, path, body, { authorization: `Bearer ${accessToken}`, ...headers });
}

export type PersonCaller = Awaited<ReturnType<typeof personCaller>>;

/** A picture on the list of a filing, examined and released. Gives its id. */
async function handIn(base: string, person: PersonCaller, filingId: string, kind: string): Promise<string> {
  const bytes = await sharp({
    create: { width: 640, height: 480, channels: 3, background: { r: Math.random() * 255, g: 180, b: 160 } },
  })
    .jpeg()
    .toBuffer();
  const { material, upload } = await person("POST", `/filings/${filingId}/materials`, {
    name: `${kind}.jpg`,
    kind,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    contentType: "image/jpeg",
  });
  await fetch(new URL(upload.url, base), { method: "PUT", headers: upload.headers, body: new Uint8Array(bytes) });
  await person("POST", `/materials/${material.id}/complete`, {});
  await until(async () => (await person("GET", `/materials/${material.id}`)).state.code === "ready");
  return material.id;
}

/** What a private loan's filing says; nothing is wrong with it. */
function loanContent(name: string, defendant: string, amountFen: number) {
  const address = "山东省济南市历下区和平路1号";
  const phone = "13800138000";
  return {
    causeCode: PRIVATE_LOAN,
    formId: "09",
    parties: [
      {
        key: "p1",
        side: "plaintiff",
        kind: "natural",
        name,
        idType: "resident_id",
        idNumber: idNumberOf(name),
        phone,
        address,
      },
      {
        key: "d1",
        side: "defendant",
        kind: "natural",
        name: defendant,
        // A number of their own: two with one number are taken for the same person.
        phone: `139${String(createHash("sha256").update(defendant).digest().readUInt32BE(0) % 1e8).padStart(8, "0")}`,
        address: "山东省济南市历下区解放路9号",
      },
    ],
    claims: [{ key: "c1", text: "请求判令被告归还借款本金及利息", amountFen }],
    amountFen,
    facts: "2025年3月5日，被告因资金周转向原告借款，原告当日通过银行转账交付。到期后经多次催要，被告至今未还。",
    service: {
      recipient: name,
      phone,
      address,
      electronic: true,
      channels: ["platform"],
      judgments: true,
      stages: ["first"],
      confirmed: true,
    },
    consents: Object.fromEntries(
      ["filing", "mediation", "evidence", "inquiry", "hearing", "service", "signature"].map((stage) => [
        stage,
        "agree",
      ]),
    ),
    mediation: { understood: true, wish: "no" },
  };
}

export const provenAs = (name: string) => ({
  name,
  idType: "resident_id",
  idNumber: idNumberOf(name),
  phone: "13800138000",
});

/** A private-loan draft of somebody whose identity is proven, with all it needs but the signature. Gives its id. */
export async function unsignedDraft(
  base: string,
  person: PersonCaller,
  name: string,
  defendant: string,
  amountFen = 5_000_000,
): Promise<string> {
  const { id, version } = await person("POST", "/filings", { courtCode: "鲁0102", causeCode: PRIVATE_LOAN });
  for (const kind of ["identity", "evidence"]) await handIn(base, person, id, kind);
  const content = loanContent(name, defendant, amountFen);
  await person("PUT", `/filings/${id}`, { content }, { "if-match": `"${version}"` });
  return id;
}

/** Such a filing, signed and handed in; nobody has looked at it yet. */
export async function submittedFiling(
  base: string,
  name: string,
  defendant: string,
  amountFen = 5_000_000,
): Promise<{ person: PersonCaller; filingId: string }> {
  const person = await personCaller(base, name);
  await person("PUT", "/me/identity", provenAs(name));
  const filingId = await unsignedDraft(base, person, name, defendant, amountFen);
  const signature = { materialId: await handIn(base, person, filingId, "signature"), signedOn: courtDayOf(new Date()) };
  const { content, version } = await person("GET", `/filings/${filingId}`);
  await person("PUT", `/filings/${filingId}`, { content: { ...content, signature } }, { "if-match": `"${version}"` });
  await person("POST", `/filings/${filingId}/moves`, { action: "submit" }, { "idempotency-key": randomUUID() });
  return { person, filingId };
}

/** The same, accepted by a clerk, for what comes afterwards. Gives its case. */
export async function acceptedCase(
  base: string,
  clerk: StaffCaller,
  name: string,
  defendant: string,
  amountFen = 5_000_000,
): Promise<{ caseId: string; filingId: string }> {
  const { person, filingId } = await submittedFiling(base, name, defendant, amountFen);
  const { id } = await itemOf(clerk, filingId);
  const { lease } = await clerk("POST", `/intake/items/${id}/moves`, { action: "claim" });
  const decision = { action: "accept", fence: lease.fence, causeCode: PRIVATE_LOAN, caseTypeCode: "0301" };
  await clerk("POST", `/intake/items/${id}/moves`, decision, { "idempotency-key": randomUUID() });
  const { caseId } = await person("GET", `/filings/${filingId}`);
  return { caseId, filingId };
}

/** The same, sent back once for its claims and handed in anew with clearer ones; waits for its second round. */
export async function resubmittedFiling(
  base: string,
  clerk: StaffCaller,
  name: string,
  defendant: string,
): Promise<{ person: PersonCaller; filingId: string; itemId: string }> {
  const { person, filingId } = await submittedFiling(base, name, defendant);
  const { id: itemId } = await itemOf(clerk, filingId);
  const key = () => ({ "idempotency-key": randomUUID() });
  const { lease } = await clerk("POST", `/intake/items/${itemId}/moves`, { action: "claim" });
  const defects = [{ code: "claim_unclear", pointer: "/claims", note: "请写明利息从哪天起算" }];
  await clerk("POST", `/intake/items/${itemId}/moves`, { action: "return", fence: lease.fence, defects }, key());
  const { version } = await until(async () => {
    const seen = await person("GET", `/filings/${filingId}`);
    return seen.editable ? seen : null;
  });
  const text = "请求判令被告归还借款本金，并自2025年3月5日起按年利率3%支付利息";
  await person("POST", `/filings/${filingId}/edits`, {
    edits: [{ path: "/claims/c1/text", value: text, baseVersion: version }],
  });
  await person("POST", `/filings/${filingId}/moves`, { action: "submit" }, key());
  await until(async () => (await clerk("GET", `/intake/items/${itemId}`)).state.code === "waiting");
  return { person, filingId, itemId };
}

/** The item that a filing has become in the queue of the court. */
export function itemOf(clerk: StaffCaller, filingId: string): Promise<{ id: string }> {
  return until(async () => {
    for (let cursor = ""; ; ) {
      const { items, nextCursor } = await clerk("GET", `/intake/items?limit=100${cursor}`);
      const found = items.find((item: { filingId: string }) => item.filingId === filingId);
      if (found || !nextCursor) return found;
      cursor = `&cursor=${nextCursor}`;
    }
  });
}

/** Asks until there is an answer worth having. */
export async function until<T>(ask: () => Promise<T>, patienceMs = 60_000): Promise<NonNullable<T>> {
  for (const end = Date.now() + patienceMs; ; ) {
    const found = await ask();
    if (found) return found as NonNullable<T>;
    if (Date.now() > end) throw new Error("what was waited for did not come");
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
