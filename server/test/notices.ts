import { SYSTEM } from "../src/core/actor.ts";
import { deliveriesOf } from "../src/modules/notice/deliveries.ts";
import { type Telling, tell } from "../src/modules/notice/tell.ts";
import type { TestApp } from "./app.ts";
import { COURT } from "./filings.ts";
import type { Person } from "./people.ts";

let event = 1_000_000;

/** One event of this text for a person, told at once; gives the message's id. */
export async function toldOf(
  app: TestApp,
  who: Person,
  template: Telling["template"],
  { matter = "王芳 诉 李强 民间借贷纠纷", about = "filing:1" } = {},
): Promise<string> {
  event += 1;
  await tell(app, {
    accountId: who.accountId,
    eventId: String(event),
    at: app.clock.now(),
    about,
    courtCode: COURT,
    template,
    link: { kind: "filing", id: "1" },
    facts: {
      matter,
      courtName: "济南市历下区人民法院",
      receiptNumber: "收鲁0102-20261122-00001",
      caseNumber: "（2026）鲁0102民初1号",
      dueOn: "2026-11-30",
      round: 1,
      money: "1,050.00元",
      feeName: "案件受理费",
    },
  });
  const [row] = await app.database.read<{ id: string }>(
    "SELECT id FROM message WHERE account_id = ? AND event_id = ?",
    [who.accountId, String(event)],
  );
  if (!row) throw new Error("no message");
  return String(row.id);
}

/** Moves the application to this hour of tomorrow, Shanghai time. */
export function atHour(app: TestApp, hour: number, minute = 0): void {
  const now = app.clock.now().getTime();
  const local = now + 8 * 3_600_000;
  const day = local - (local % 86_400_000) + 86_400_000;
  app.clock.shiftMs += day + (hour * 60 + minute) * 60_000 - local;
}

export const seconds = (app: TestApp, count: number): void => {
  app.clock.shiftMs += count * 1000;
};

export interface Shown {
  readonly channel: string;
  readonly state: string;
  readonly note: string | null;
}

/** How a message was sent, as its reader is shown it. */
export async function deliveriesSeen(app: TestApp, messageId: string): Promise<Shown[]> {
  const shown = (await deliveriesOf(app.database, [messageId])).get(messageId) ?? [];
  return shown.map(({ channel, state, note }) => ({ channel: channel.code, state: state.code, note }));
}

/** `inapp:read wechat:sent …` */
export const stepsOf = async (app: TestApp, messageId: string): Promise<string> =>
  (await deliveriesSeen(app, messageId)).map(({ channel, state }) => `${channel}:${state}`).join(" ");

/** WeChat's word for their phone. */
export async function withPhone(_app: TestApp, who: Person, phone: string): Promise<void> {
  const bound = await who.ask("POST", "/me/phone", { code: `sandbox:${phone}` });
  if (bound.status >= 300) throw new Error(`no phone: ${bound.text}`);
}

/** As many taps on “允许”, at WeChat and with us. */
export async function subscribed(
  app: TestApp,
  name: string,
  accountId: string,
  group: string,
  times = 1,
): Promise<void> {
  const template = app.gateways.messages.subscriptions[group] ?? "";
  app.sandbox.wechat.subscriptions.accept(app.sandbox.wechat.openidOf(name), template, times);
  await app.transact(SYSTEM, (work) =>
    work.change(
      `INSERT INTO notice_subscription (account_id, template_id, left_count, at) VALUES (?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE left_count = left_count + VALUES(left_count)`,
      [accountId, template, times, work.at],
    ),
  );
}
