import { setTimeout as sleep } from "node:timers/promises";
import type { TestApp } from "#test/app.ts";
import { COURT, submitted } from "#test/filings.ts";
import { subscribed, withPhone } from "#test/notices.ts";
import { type Person, person } from "#test/people.ts";
import { SYSTEM } from "../../src/core/actor.ts";
import { pooled, rowsOf } from "./crowd.ts";
import { startWorker, type WorkerProcess } from "./worker-process.ts";

/** Nobody sleeps while this is measured. */
export const AWAKE = { QUIET_HOURS: "03:00-03:00" };

export interface NoticePlan {
  readonly events: number;
  readonly people: number;
  readonly workers: number;
  readonly kills: number;
  /** A kill lands the moment a provider has taken a message and not answered yet; the others at any time. */
  readonly random: () => number;
  /** Events a second; all at once where it is left out. */
  readonly pace?: number;
  readonly settleMs?: number;
}

export interface NoticeReport {
  readonly events: number;
  readonly kills: number;
  /** So many of them between a provider's taking and our writing it down. */
  readonly killsInFlight: number;
  readonly messages: number;
  /** Messages that are nowhere but in the outbox, or whose ladder ended without a word sent. */
  readonly missing: readonly string[];
  /** One delivery that reached a person more than once. */
  readonly twice: readonly string[];
  /** Called sent, and on no phone. */
  readonly falselySent: readonly string[];
  readonly reached: number;
  readonly byWay: Readonly<Record<string, number>>;
  readonly unconfirmed: number;
  /** From the event to the message inside the app, and to the first channel outside of it. */
  readonly inappP95: number;
  readonly firstP95: number;
  readonly firstMax: number;
}

export interface Recipients {
  readonly people: readonly (Person & { readonly name: string; readonly phone: string })[];
  readonly filingId: string;
}

/** People with a phone WeChat vouches for; every other one has agreed to plenty of WeChat messages. */
export async function recipients(app: TestApp, count: number): Promise<Recipients> {
  const { id } = await submitted(app, "王芳");
  await app.settle();
  const people = await pooled([...Array(count).keys()], 8, async (at) => {
    const name = `收信人${at + 1}`;
    const phone = String(13_700_000_000 + at);
    const who = await person(app, name);
    await withPhone(app, who, phone);
    if (at % 2 === 0) await subscribed(app, name, who.accountId, "progress", 100_000);
    return { ...who, name, phone };
  });
  return { people, filingId: id };
}

/** So many events, told and sent by real workers of which one is killed (kill -9) now and then, until nothing is left to do. */
export async function noticeStorm(
  app: TestApp,
  { people, filingId }: Recipients,
  { events, workers, kills, random, pace = Number.POSITIVE_INFINITY, settleMs = 1_800_000 }: NoticePlan,
): Promise<NoticeReport> {
  const running: (WorkerProcess | null)[] = await Promise.all(
    Array.from({ length: workers }, () => startWorker(app, AWAKE)),
  );
  const before = app.sandbox.phones.reached.length;
  const [last] = await rowsOf<{ id: string }>(app, "SELECT COALESCE(MAX(id), 0) AS id FROM outbox");
  const after = String(last?.id ?? 0);
  const strikes = new Set(Array.from({ length: kills }, (_, at) => Math.floor(((at + 0.5) / kills) * events)));
  let [emitted, killed, inFlight, busy] = [0, 0, 0, false];
  const strike = async (victim: number): Promise<void> => {
    killed += 1;
    const worker = running[victim];
    running[victim] = null;
    await worker?.kill();
    running[victim] = await startWorker(app, AWAKE);
  };
  // Half of the kills are aimed: a message lies at the provider, and whoever sent it never hears of it.
  let aimed = 0;
  const striking: Promise<void>[] = [];
  const unlisten = app.sandbox.phones.listen(() => {
    if (aimed === 0 || busy) return;
    aimed -= 1;
    inFlight += 1;
    busy = true;
    striking.push(
      (async () => {
        // Whoever it was: all of them go, and are started again.
        await Promise.all(running.map((worker) => worker?.kill()));
        killed += 1;
        const fresh = await Promise.all(running.map(() => startWorker(app, AWAKE)));
        running.splice(0, running.length, ...fresh);
      })().finally(() => {
        busy = false;
      }),
    );
  });

  const template = { name: "filing.moved", action: "take", from: "submitted", to: "under_review", round: 1 } as const;
  const begun = Date.now();
  try {
    while (emitted < events) {
      const due = Math.min(events, Math.ceil(((Date.now() - begun) / 1000) * pace) || (pace === Infinity ? events : 1));
      const upTo = pace === Infinity ? Math.min(events, emitted + 50) : due;
      if (upTo > emitted) {
        const from = emitted;
        await app.transact(SYSTEM, async (work) => {
          for (let at = from; at < upTo; at += 1) {
            const who = people[at % people.length];
            await work.emit({
              ...template,
              about: `filing:${filingId}`,
              courtCode: COURT,
              filingId,
              accountId: who?.accountId ?? "",
            });
          }
        });
        emitted = upTo;
        for (let at = from; at < upTo; at += 1) {
          if (!strikes.has(at)) continue;
          if (killed % 2 === 0) aimed += 1;
          else if (!busy) {
            busy = true;
            striking.push(strike(Math.floor(random() * workers)).finally(() => (busy = false)));
          } else aimed += 1;
          await sleep(100 + random() * 300);
        }
      }
      await sleep(20);
    }
    await settled(app, begun + settleMs + events * 40, () => aimed > 0 || busy);
    await Promise.all(striking);
    await settled(app, Date.now() + 60_000, () => busy);
  } finally {
    unlisten();
    await Promise.all(striking);
    await Promise.all(running.map((worker) => worker?.kill()));
  }
  return report(app, before, after, { events, killed, inFlight });
}

/** Nothing is left to tell, and nothing to send. */
async function settled(app: TestApp, until: number, going: () => boolean): Promise<void> {
  for (;;) {
    const [row] = await rowsOf<{ left: string }>(
      app,
      `SELECT (SELECT COUNT(*) FROM outbox WHERE done_at IS NULL AND name = 'filing.moved')
         + (SELECT COUNT(*) FROM notice_delivery WHERE due_at IS NOT NULL) AS \`left\``,
    );
    if (Number(row?.left) === 0 && !going()) return;
    if (Date.now() > until) return;
    await sleep(250);
  }
}

async function report(
  app: TestApp,
  before: number,
  after: string,
  { events, killed, inFlight }: { events: number; killed: number; inFlight: number },
): Promise<NoticeReport> {
  const reached = app.sandbox.phones.reached.slice(before);
  const rows = await rowsOf<{
    id: string;
    messageId: string;
    state: string;
    channel: string;
    reason: string | null;
    emittedAt: Date;
    createdAt: Date;
    sentAt: Date | null;
  }>(
    app,
    `SELECT d.id, d.message_id AS messageId, d.state, d.channel, d.reason, o.at AS emittedAt, d.created_at AS createdAt, d.sent_at AS sentAt
     FROM notice_delivery d JOIN message m ON m.id = d.message_id JOIN outbox o ON o.id = m.event_id
     WHERE m.template = 'filing.under_review' AND m.event_id > ?`,
    [after],
  );
  const [told] = await rowsOf<{ messages: string; lost: string }>(
    app,
    `SELECT COUNT(*) AS messages, COUNT(*) - COUNT(DISTINCT event_id) AS lost FROM message WHERE template = 'filing.under_review' AND event_id > ?`,
    [after],
  );
  const byMessage = new Map<string, typeof rows>();
  for (const row of rows) byMessage.set(row.messageId, [...(byMessage.get(row.messageId) ?? []), row]);
  const missing: string[] = [];
  if (Number(told?.messages) !== events) missing.push(`${events} events, ${told?.messages} messages`);
  const first: number[] = [];
  const inapp: number[] = [];
  const ms = (later: Date, earlier: Date) => new Date(later).getTime() - new Date(earlier).getTime();
  for (const [messageId, rungs] of byMessage) {
    const out = rungs.filter(({ channel, state }) => channel !== "inapp" && ["sent", "delivered"].includes(state));
    if (out.length === 0)
      missing.push(
        `${messageId}: ${rungs.map(({ channel, state, reason }) => `${channel} ${state} ${reason ?? ""}`).join(", ")}`,
      );
    for (const { sentAt, emittedAt } of out) if (sentAt) first.push(ms(sentAt, emittedAt));
    const own = rungs.find(({ channel }) => channel === "inapp");
    if (own) inapp.push(ms(own.createdAt, own.emittedAt));
  }
  // What the phones have: an SMS by our reference, a WeChat message by the message it opens.
  const seen = new Map<string, number>();
  for (const { channel, reference } of reached) {
    const one = `${channel} ${reference}`;
    seen.set(one, (seen.get(one) ?? 0) + 1);
  }
  // Called sent, and on no phone.
  const falsely = rows.filter(
    ({ id, messageId, channel, state }) =>
      channel !== "inapp" &&
      ["sent", "delivered"].includes(state) &&
      !seen.has(channel === "wechat" ? `wechat pages/messages/index?open=${messageId}` : `${channel} ${id}`),
  );
  const byWay: Record<string, number> = {};
  for (const { provider } of reached) byWay[provider] = (byWay[provider] ?? 0) + 1;
  const p95 = (list: number[]) => {
    const sorted = list.sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? 0;
  };
  return {
    events,
    kills: killed,
    killsInFlight: inFlight,
    messages: Number(told?.messages),
    missing,
    twice: [...seen].filter(([, times]) => times > 1).map(([one, times]) => `${one}: ${times}`),
    falselySent: falsely.map(({ id, channel }) => `${channel} ${id}`),
    reached: reached.length,
    byWay,
    unconfirmed: rows.filter(({ reason }) => reason === "answer_lost").length,
    inappP95: p95(inapp),
    firstP95: p95(first),
    firstMax: Math.max(0, ...first),
  };
}
