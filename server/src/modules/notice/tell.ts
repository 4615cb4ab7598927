import { SYSTEM } from "#core/actor.ts";
import { isDuplicate } from "#core/database.ts";
import type { EventBase, EventFacts, EventName, Subscribers, Told } from "#core/outbox.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { catalogue, type Facts, type TemplateName } from "./catalogue.ts";
import { ladderOf } from "./ladders.ts";
import { Message } from "./model.ts";

/** An event as it is told: who and when, what it is about and whose court. */
export type Occasion = EventFacts & EventBase & { readonly caseId: string | null };
export type Hearers = { [Name in EventName]?: (event: Told<Name>, told: Occasion) => Promise<void> };

/** Hearers get the event's own object, court and case with the rest, so that a message says what it is about. */
export function asSubscribers(hearers: Hearers): Subscribers {
  const heard = Object.entries(hearers).map(([name, hear]) => [
    name,
    (event: EventBase, facts: EventFacts) =>
      (hear as (event: EventBase, told: Occasion) => Promise<void>)(event, {
        ...facts,
        about: event.about,
        courtCode: event.courtCode,
        caseId: (event as { readonly caseId?: string | null }).caseId ?? null,
      }),
  ]);
  return Object.fromEntries(heard) as Subscribers;
}

export interface Telling extends Pick<Occasion, "eventId" | "at" | "about" | "courtCode"> {
  /** Of which case it speaks, where it speaks of one. */
  readonly caseId?: string | null;
  readonly accountId: string;
  readonly template: TemplateName;
  readonly facts: Facts;
  /** Null where there is nothing its reader could open. */
  readonly link: { readonly kind: string; readonly id: string } | null;
}

/** The message and all rungs of its ladder, in one transaction: once for each event and person, however often it is told. */
export async function tell({ vault, transact }: Means, telling: Telling): Promise<void> {
  const { accountId, eventId, at, template, facts, link, about, courtCode, caseId = null } = telling;
  const { title, body } = catalogue[template];
  try {
    await transact(
      SYSTEM,
      async (work) => {
        const message = await Message.create(
          {
            accountId,
            eventId,
            template,
            title,
            at,
            body: vault.seal(body(facts), `message ${accountId} ${eventId}`),
            linkKind: link?.kind ?? null,
            linkId: link?.id ?? null,
            about,
            courtCode,
            caseId,
          },
          { transaction: work.tx },
        );
        await layLadder(work, String(message.id), accountId, template);
      },
      { repeatable: true },
    );
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

/** Rung 0 has arrived with the message itself. Of a ladder that ends when sent, only the first rung is due. */
async function layLadder(work: Work, messageId: string, accountId: string, template: string): Promise<void> {
  const { until, rungs } = ladderOf(template);
  const rows = [
    [messageId, accountId, 0, "inapp", until, "delivered", null, work.at, work.at, work.at, work.at],
    ...rungs.map(({ channel, afterMinutes }, index) => {
      const dueAt = until === "sent" && index > 0 ? null : new Date(work.at.getTime() + afterMinutes * 60_000);
      return [messageId, accountId, index + 1, channel, until, "waiting", dueAt, null, null, null, work.at];
    }),
  ];
  const marks = rows.map((row) => `(${row.map(() => "?").join(", ")})`).join(", ");
  await work.change(
    `INSERT INTO notice_delivery
       (message_id, account_id, rung, channel, until_code, state, due_at, sent_at, delivered_at, ended_at, created_at)
     VALUES ${marks}`,
    rows.flat(),
  );
}
