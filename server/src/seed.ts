import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { type Actor, SYSTEM } from "#core/actor.ts";
import { Clock } from "#core/clock.ts";
import { courtDayOf } from "#core/period.ts";
import { ensurePerson, ensureStaff } from "#modules/account/index.ts";
import { seedCourts } from "#modules/court/index.ts";
import { type DecisionInput, decideFiling, seedIntakeRules } from "#modules/intake/index.ts";
import { checkIdentityNumber, suggestForm } from "#modules/reference/index.ts";
import { type App, createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { openHouse } from "./house.ts";
import { careForFee } from "./seed-fees.ts";
import { seedHearings } from "./seed-hearings.ts";
import { STAFF, STORIES, type Story } from "./seed-people.ts";
import { bankRecord, identityCard, loanNote, signature } from "./seed-pictures.ts";

/**
 * Demonstration data, made by the product's own road: people sign in, upload and submit over HTTP while the application's
 * clock stands in the past; clerks decide by the same use cases as the workbench. Safe to run again: what is there stays.
 */
const config = readConfig(process.env);
if (!config.demonstration) throw new Error("demonstration data is not for production");
const { DEMO_PASSWORD: password, DEMO_TOTP_SECRET: totpSecret } = config;
if (!password || !totpSecret) throw new Error("DEMO_PASSWORD and DEMO_TOTP_SECRET are not set");

const DAY_MS = 86_400_000;
const logger = pino({ level: "warn" });
const clock = new Clock();
const house = openHouse(config, logger);
const app = createApp({ ...house.options, clock, limitFactor: 1000 });
const server = createServer(app.app.callback()).listen(0, "127.0.0.1");
await once(server, "listening");

await seedCourts(app.means.database);
await app.means.transact(SYSTEM, (work) => seedIntakeRules(work));
const staff = await seedStaff(app);
const [known] = await app.means.database.read<{ filings: string }>("SELECT COUNT(*) AS filings FROM filing");
if (Number(known?.filings) < STORIES.length) {
  for (const story of [...STORIES].sort((a, b) => b.daysAgo - a.daysAgo)) await tell(app, server, story);
  clock.shiftMs = 0;
  await settle(app);
}
await sitOver("唐敏", "许琳");
await settle(app);
console.log(`demonstration: ${STAFF.length} staff, ${STORIES.length} filings`);
server.close();
server.closeAllConnections();
await house.close();
process.exit(0);

async function seedStaff({ means }: App): Promise<Map<string, Actor>> {
  const actors = new Map<string, Actor>();
  for (const member of STAFF) {
    const accountId = await means.transact(SYSTEM, (work) =>
      ensureStaff(work, means.vault, { ...member, password: password as string, totpSecret: totpSecret as string }),
    );
    actors.set(member.username, { accountId, role: member.role, courtCode: member.courtCode, sessionId: null });
  }
  return actors;
}

async function tell(app: App, server: Server, story: Story): Promise<void> {
  clock.shiftMs = -story.daysAgo * DAY_MS;
  const litigant = await signIn(app, server, story.plaintiff);
  // A start that was broken off goes on where it stood.
  if ((await litigant("GET", "/filings")).items.length > 0) return;
  const { id, version } = await litigant("POST", "/filings", { courtCode: story.courtCode, causeCode: story.cause });
  const number = Number(id);
  const file = (kind: string, name: string, bytes: Buffer, contentType: string, purpose = "") =>
    upload(litigant, server, id, { kind, name, bytes, contentType, purpose });
  await file("identity", "身份证正面.jpg", await identityCard(number), "image/jpeg");
  await file("evidence", "借条或合同.jpg", await loanNote(number), "image/jpeg", "证明双方的约定");
  await file("evidence", "转账记录.pdf", await bankRecord(story.amountFen ?? 0), "application/pdf", "证明款项已经交付");
  const materialId = await file("signature", "签名.jpg", await signature(number), "image/jpeg");
  await settle(app);
  await litigant("PUT", `/filings/${id}`, { content: contentOf(story, materialId) }, { "if-match": `"${version}"` });
  if (story.ending === "draft") return;
  await litigant("POST", `/filings/${id}/moves`, { action: "submit" }, { "idempotency-key": `seed-${id}-1` });
  await settle(app);
  if (story.ending === "withdrawn") {
    await litigant(
      "POST",
      `/filings/${id}/moves`,
      { action: "withdraw", note: "双方已自行和解" },
      { "idempotency-key": `seed-${id}-w` },
    );
    return;
  }
  await decide(app, server, story, id);
}

/** Hearings of two of the cases: of one the time is fixed, of the other the parties are asked. */
async function sitOver(...plaintiffs: readonly [string, string]): Promise<void> {
  const [judge, clerk, keeper] = ["judge1", "courtclerk1", "admin1"].map((name) => staff.get(name));
  if (!judge || !clerk || !keeper) return;
  const caseIds: string[] = [];
  for (const plaintiff of plaintiffs) {
    const [found] = (await (await signIn(app, server, plaintiff))("GET", "/cases")).items;
    if (found?.state.code === "accepted") caseIds.push(found.id);
  }
  const [fixed, asked] = caseIds;
  if (fixed && asked) await seedHearings(app, judge, clerk, keeper, { fixed, asked });
}

/** What the clerk does a day later, and what follows. */
async function decide(app: App, server: Server, story: Story, id: string): Promise<void> {
  const clerk = [...staff.values()].find(({ role, courtCode }) => role === "clerk" && courtCode === story.courtCode);
  if (!clerk || story.ending === "submitted") return;
  clock.shiftMs += Math.min(1, story.daysAgo) * DAY_MS;
  const { means } = app;
  const returned: DecisionInput = {
    action: "return",
    defects: [
      { code: "evidence_unreadable", pointer: "/materials", note: "借条右下角被遮住，看不清签名" },
      { code: "claim_unclear", pointer: "/claims", note: "请写明利息从哪天起、按什么标准计算" },
    ],
    dueDays: 7,
  };
  const decisions: Partial<Record<Story["ending"], DecisionInput | null>> = {
    under_review: null,
    correction_required: returned,
    resubmitted: returned,
    lapsed: returned,
    accepted: { action: "accept", causeCode: story.cause, caseTypeCode: "0301" },
    refused: {
      action: "refuse",
      groundCode: "arbitration",
      note: "双方在借款合同中约定由仲裁机构解决争议，应当依约申请仲裁。",
    },
    transferred: { action: "transfer", courtCode: "鲁0103", note: "被告住所地和合同履行地均在市中区。" },
    in_mediation: { action: "mediate", note: "由区人民调解委员会主持。" },
  };
  const decision = decisions[story.ending];
  if (decision === undefined) return;
  await means.transact(clerk, (work) => decideFiling(work, means, id, decision));
  await settle(app);
  if (story.ending === "accepted" && story.fee) {
    // WeChat does not open orders of yesterday.
    clock.shiftMs = story.fee === "paid" ? 0 : clock.shiftMs + DAY_MS;
    await careForFee(await signIn(app, server, story.plaintiff), story.fee, config.SANDBOX_URL ?? "");
    await settle(app);
  }
  if (story.ending === "resubmitted") {
    clock.shiftMs += 2 * DAY_MS;
    const litigant = await signIn(app, server, story.plaintiff);
    await litigant("POST", `/filings/${id}/edits`, {
      edits: [
        {
          path: "/claims/c1/text",
          value: `${story.claim}，利息自起诉之日起按一年期贷款市场报价利率计算至付清之日`,
          baseVersion: 1_000_000,
        },
      ],
    });
    await litigant("POST", `/filings/${id}/moves`, { action: "submit" }, { "idempotency-key": `seed-${id}-2` });
    await settle(app);
  }
}

type Asking = Awaited<ReturnType<typeof signIn>>;

/** A person whose identity is verified, as a caller of the API. */
async function signIn({ means }: App, server: Server, name: string) {
  const { openid } = await means.gateways.login.exchange(`sandbox:${name}`);
  await means.transact(SYSTEM, (work) =>
    ensurePerson(work, means.vault, {
      openid,
      name,
      idType: "resident_id",
      idNumber: idNumberOf(name),
      phone: phoneOf(name),
    }),
  );
  const origin = originOf(server);
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const sent =
      body === undefined
        ? { headers }
        : { headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
    const response = await fetch(`${origin}/api/v1${path}`, { method, ...sent });
    const text = await response.text();
    if (!response.ok) throw new Error(`seed: ${method} ${path} answered ${response.status} ${text}`);
    // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
    return (text ? JSON.parse(text) : undefined) as any;
  };
  const { accessToken } = await ask("POST", "/sessions/wechat", { code: `sandbox:${name}` });
  return (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    ask(method, path, body, { ...headers, authorization: `Bearer ${accessToken}` });
}

async function upload(
  litigant: Asking,
  server: Server,
  filingId: string,
  file: { kind: string; name: string; bytes: Buffer; contentType: string; purpose: string },
): Promise<string> {
  const { bytes, ...facts } = file;
  const { material, upload: plan } = await litigant("POST", `/filings/${filingId}/materials`, {
    ...facts,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    source: "原告提供",
  });
  const put = await fetch(new URL(plan.url, originOf(server)), {
    method: "PUT",
    headers: plan.headers,
    body: new Uint8Array(bytes),
  });
  if (!put.ok) throw new Error(`seed: upload answered ${put.status}`);
  await litigant("POST", `/materials/${material.id}/complete`, {});
  return material.id;
}

function contentOf({ plaintiff, defendant, cause, claim, facts, amountFen, ending }: Story, materialId: string) {
  const province = "山东省济南市历下区";
  return {
    causeCode: cause,
    formId: suggestForm(cause),
    parties: [
      {
        key: "p1",
        side: "plaintiff",
        kind: "natural",
        name: plaintiff,
        idType: "resident_id",
        idNumber: idNumberOf(plaintiff),
        ...bornAs(idNumberOf(plaintiff)),
        ethnicity: "汉族",
        phone: phoneOf(plaintiff),
        address: `${province}文化东路${plaintiff.length + 20}号`,
      },
      {
        key: "d1",
        side: "defendant",
        kind: "natural",
        name: defendant,
        address: `${province}解放路${defendant.length + 30}号`,
        phone: phoneOf(defendant),
      },
    ],
    claims: [
      { key: "c1", text: claim, amountFen },
      { key: "c2", text: "本案诉讼费用由被告承担", amountFen: null },
    ],
    amountFen,
    facts,
    service: {
      recipient: plaintiff,
      phone: phoneOf(plaintiff),
      address: `${province}文化东路${plaintiff.length + 20}号`,
      electronic: true,
      channels: ["platform", "sms"],
      judgments: true,
      stages: ["first"],
      confirmed: true,
    },
    consents: {
      filing: "agree",
      mediation: ending === "in_mediation" ? "agree" : "refuse",
      evidence: "agree",
      inquiry: "agree",
      hearing: "agree",
      service: "agree",
      signature: "agree",
    },
    mediation: {
      understood: true,
      benefits: ["quick", "cheap", "another_try", "private", "binding"],
      wish: ending === "in_mediation" ? "yes" : "no",
    },
    signature: { materialId, signedOn: courtDayOf(clock.now()) },
  };
}

async function settle(app: App): Promise<void> {
  while ((await app.deliver()) > 0);
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Well-formed numbers that belong to nobody: 370199 is no district. */
function idNumberOf(name: string): string {
  const digest = createHash("sha256").update(`seed ${name}`).digest();
  const birth = new Date(Date.UTC(1962, 0, 1) + (digest.readUInt32BE(0) % 13_000) * DAY_MS)
    .toISOString()
    .slice(0, 10)
    .replaceAll("-", "");
  const body = `370199${birth}${String(digest.readUInt32BE(4) % 1000).padStart(3, "0")}`;
  const sum = [...body].reduce(
    (total, digit, at) => total + Number(digit) * [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2][at]!,
    0,
  );
  return body + "10X98765432"[sum % 11];
}

/** What a resident number says of its holder. */
function bornAs(idNumber: string) {
  const { birth, gender } = checkIdentityNumber("resident_id", idNumber);
  return { birthDate: birth ?? null, gender: gender ?? null };
}

function phoneOf(name: string): string {
  return `1380000${String(createHash("sha256").update(name).digest().readUInt16BE(0) % 10_000).padStart(4, "0")}`;
}
