import events from "node:events";
import { createServer } from "node:http";
import { pino } from "pino";
import { type Actor, SYSTEM } from "#core/actor.ts";
import { Clock } from "#core/clock.ts";
import { ensureStaff } from "#modules/account/index.ts";
import { seedCourts } from "#modules/court/index.ts";
import { seedIntakeRules } from "#modules/intake/index.ts";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { openHouse } from "./house.ts";
import { type Asking, callersOf, type List, once } from "./seed-callers.ts";
import { tell } from "./seed-filings.ts";
import { seedHearings } from "./seed-hearings.ts";
import { live } from "./seed-living.ts";
import { STAFF } from "./seed-people.ts";
import { STORIES } from "./seed-stories.ts";

/**
 * Demonstration data, made by the product's own road: people sign in, upload and submit over HTTP while the application's
 * clock stands in the past; clerks decide by the same use cases as the workbench. Safe to run again: what is there stays.
 */
const config = readConfig(process.env);
if (!config.demonstration) throw new Error("demonstration data is not for production");
const { DEMO_PASSWORD: password, DEMO_TOTP_SECRET: totpSecret } = config;
if (!password || !totpSecret) throw new Error("DEMO_PASSWORD and DEMO_TOTP_SECRET are not set");

/** The case that lives was taken up six days ago; its people have been busy since. */
const LIVING = { plaintiff: "唐敏", defendant: "冯勇", busySinceMs: 5 * 86_400_000 };
/** The other one whose sitting is asked about. */
const ASKED = "许琳";

const clock = new Clock();
const house = openHouse(config, pino({ level: "warn" }));
const app = createApp({ ...house.options, clock, limitFactor: 1000 });
const server = createServer(app.app.callback()).listen(0, "127.0.0.1");
await events.once(server, "listening");
const callers = callersOf(app, server);
const { means } = app;

await seedCourts(means.database);
await means.transact(SYSTEM, (work) => seedIntakeRules(work));
const staff = await seedStaff(password, totpSecret);
const [known] = await means.database.read<{ filings: string }>("SELECT COUNT(*) AS filings FROM filing");
if (Number(known?.filings) < STORIES.length) {
  const stage = { app, callers, staff, sandboxUrl: config.SANDBOX_URL ?? "" };
  for (const story of [...STORIES].sort((a, b) => b.daysAgo - a.daysAgo)) await tell(stage, story);
  clock.shiftMs = 0;
  await callers.settle();
}
await goOn(password, totpSecret);
console.log(`demonstration: ${STAFF.length} staff, ${STORIES.length} filings`);
server.close();
server.closeAllConnections();
await house.close();
process.exit(0);

async function seedStaff(word: string, secret: string): Promise<Map<string, Actor>> {
  const actors = new Map<string, Actor>();
  for (const member of STAFF) {
    const accountId = await means.transact(SYSTEM, (work) =>
      ensureStaff(work, means.vault, { ...member, password: word, totpSecret: secret }),
    );
    actors.set(member.username, { accountId, role: member.role, courtCode: member.courtCode, sessionId: null });
  }
  return actors;
}

/** What became of two of the cases: the court sits in both, and one of them is well under way. */
async function goOn(word: string, secret: string): Promise<void> {
  const [judge, clerk, keeper] = ["judge1", "courtclerk1", "admin1"].map((name) => staff.get(name));
  if (!judge || !clerk || !keeper) return;
  const plaintiff = await callers.person(LIVING.plaintiff);
  const [fixed, asked] = [await caseOf(plaintiff), await caseOf(await callers.person(ASKED))];
  if (!fixed || !asked) return;
  if ((await plaintiff<List>("GET", "/threads")).items.length === 0) {
    clock.shiftMs = -LIVING.busySinceMs;
    const signIn = (username: string) => callers.staff(username, word, secret);
    const cast = {
      plaintiff,
      defendant: await callers.person(LIVING.defendant),
      clerk: await signIn("clerk1"),
      judge: await signIn("judge1"),
    };
    const bench = { action: "assign", judgeId: judge.accountId, clerkId: clerk.accountId, procedure: "summary" };
    for (const caseId of [fixed, asked])
      await cast.judge("POST", `/cases/${caseId}/moves`, bench, once("assign", caseId));
    await live(app, callers, cast, fixed);
    clock.shiftMs = 0;
  }
  await seedHearings(app, clerk, keeper, { fixed, asked });
  await callers.settle();
}

async function caseOf(whose: Asking): Promise<string | undefined> {
  const { items } = await whose<List<{ id: string; state: { code: string } }>>("GET", "/cases");
  return items.find(({ state }) => state.code === "accepted")?.id;
}
