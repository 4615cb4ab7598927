import { SYSTEM } from "#core/actor.ts";
import {
  GatewayError,
  MessageNotSent,
  type MessageProvider,
  type MessageWords,
  type OutsideChannel,
} from "#gateways/messages/port.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { ask } from "./ask.ts";
import { begin, type Claimed, claim, fail, hasMore, later, sent, skip, skipAll } from "./climb.ts";
import { type Ladder, ladderOf, QUIET_CHANNELS, quietUntil } from "./ladders.ts";
import { BEGIN_MS, backoff, LAST_PATIENCE_MS, PATIENCE_MS } from "./pace.ts";
import { reachBy } from "./reach.ts";
import { pageOf, shortLink } from "./short-link.ts";

const AT_ONCE = 8;

/**
 * Sends what is due, until nothing is. Any number of workers may do it: a rung is worked by one at a time, nothing is
 * locked while a provider is spoken to, and what an attempt has come to is asked before there is another one.
 */
export async function sendNotices(means: Means): Promise<number> {
  let done = 0;
  for (;;) {
    const claimed = await claim(means);
    if (claimed.length === 0) return done;
    let next = 0;
    const turn = async (): Promise<void> => {
      for (let row = claimed[next++]; row; row = claimed[next++]) {
        const { id } = row;
        await attend(means, row).catch((error: unknown) => {
          // The row comes back by itself when its lease is over.
          means.logger.error({ err: error, deliveryId: id }, "notice not attended");
        });
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, claimed.length) }, turn));
    done += claimed.length;
  }
}

interface Told {
  readonly template: string;
  readonly title: string;
  readonly at: Date;
  readonly readAt: Date | null;
  readonly courtCode: string | null;
}

async function attend(means: Means, row: Claimed): Promise<void> {
  const [message] = await means.database.read<Told>(
    "SELECT template, title, at, read_at AS readAt, court_code AS courtCode FROM message WHERE id = ?",
    [row.messageId],
  );
  if (!message) return;
  // An attempt whose end nobody wrote down: what became of it comes first.
  if (row.state === "sending" && !(await isSurelyUnsent(means, row))) return;
  if (message.readAt) return skipAll(means, row, "read");
  const ladder = ladderOf(message.template);
  const quiet =
    ladder.canWait && QUIET_CHANNELS.includes(row.channel) ? quietUntil(row.at, means.settings.quietHours) : null;
  if (quiet) return later(means, row, quiet, "waiting");
  await send(means, row, ladder, message);
}

/** True where it may be sent (again); otherwise what became of it has been written down. */
async function isSurelyUnsent(means: Means, row: Claimed): Promise<boolean> {
  const answer = await ask(means, row);
  if (answer === "unsent") return true;
  if (answer === "unknowable") await fail(means, row, "answer_lost");
  else if (answer === "no answer") {
    const waited = row.at.getTime() - (row.begunAt ?? row.at).getTime();
    const enough = waited >= ((await hasMore(means, row)) ? PATIENCE_MS : LAST_PATIENCE_MS);
    if (enough) await fail(means, row, "answer_lost");
    else await later(means, row, new Date(row.at.getTime() + backoff(row.attempts)), "sending");
  } else if (answer.state === "failed") await fail(means, row, "not_delivered");
  else await sent(means, row, answer);
  return false;
}

async function send(means: Means, row: Claimed, ladder: Ladder, message: Told): Promise<void> {
  const channel = row.channel as OutsideChannel;
  const { to, reason } = await reachBy(means, row.accountId, ladder.group, channel);
  if (reason) return skip(means, row, reason);
  const words: MessageWords = {
    title: message.title,
    court: message.courtCode ? await nameOfCourt(message.courtCode) : "人民法院",
    link: shortLink(means.settings.publicUrl, row.messageId),
    page: pageOf(row.messageId),
    at: message.at,
  };
  let refused = false;
  for (const provider of means.gateways.messages.providers(channel)) {
    const outcome = await attempt(means, row, provider, { to, group: ladder.group, words });
    if (outcome === "done") return;
    refused ||= outcome === "refused";
  }
  // Every provider has surely not sent it.
  const begunAt = row.begunAt ?? row.at;
  const patience = (await hasMore(means, row)) ? PATIENCE_MS : LAST_PATIENCE_MS;
  const left = begunAt.getTime() + patience - row.at.getTime();
  if (left <= 0 || (refused && patience === PATIENCE_MS))
    return fail(means, row, refused ? "refused" : "provider_down");
  await later(means, row, new Date(row.at.getTime() + Math.min(backoff(row.attempts), left)), "waiting");
}

interface Content {
  readonly to: string;
  readonly group: Ladder["group"];
  readonly words: MessageWords;
}

/** One attempt by one provider. `unsent` and `refused`: another may try; `done`: what there is to say is written down. */
async function attempt(
  means: Means,
  row: Claimed,
  provider: MessageProvider,
  { to, group, words }: Content,
): Promise<"done" | "unsent" | "refused"> {
  const template = row.channel === "wechat" ? (means.gateways.messages.subscriptions[group] ?? "") : null;
  const began = performance.now();
  const begun = await begin(means, row, provider.name, to, template);
  if (begun === "taken") return "done";
  if (begun === "no quota") {
    await skip(means, row, "no_quota");
    return "done";
  }
  // Who was held up for long has been taken for dead: somebody else may already have asked, and been told of nothing.
  if (performance.now() - began > BEGIN_MS) return "done";
  try {
    const { receipt } = await provider.send({ reference: row.id, to, group, words });
    await sent(means, row, { state: "sent", receipt });
    return "done";
  } catch (error) {
    if (error instanceof MessageNotSent) {
      means.logger.warn({ deliveryId: row.id, provider: provider.name, what: error.message }, "notice refused");
      if (error.reason === "provider") return "refused";
      await fail(means, row, error.reason === "consent" ? "no_quota" : "address", template);
      return "done";
    }
    if (!(error instanceof GatewayError)) throw error;
    means.logger.warn({ err: error, deliveryId: row.id, provider: provider.name }, "notice not answered");
    if (!error.unsent) {
      if (!provider.find) await fail(means, row, "answer_lost");
      // Otherwise it stays as it is, and is asked about when the lease is over.
      return "done";
    }
    if (template) await giveBack(means, row.accountId, template);
    return "unsent";
  }
}

/** What was agreed to and not used may be used by the next attempt. */
const giveBack = (means: Means, accountId: string, template: string): Promise<unknown> =>
  means.transact(SYSTEM, (work) =>
    work.change("UPDATE notice_subscription SET left_count = left_count + 1 WHERE account_id = ? AND template_id = ?", [
      accountId,
      template,
    ]),
  );
