import { SYSTEM } from "#core/actor.ts";
import { Problem } from "#core/problem.ts";
import type { Work } from "#core/work.ts";
import type { InnerEvent } from "#gateways/court/port.ts";
import type { Means } from "#modules/module.ts";
import { INNER_KINDS } from "./inner-kinds.ts";
import { CourtCase } from "./model.ts";
import { holdCaseFor } from "./store.ts";

const PAGE = 200;
/** Pages in one go: a long feed is caught up with, and the other jobs have their turn. */
const MOST_PAGES = 20;

interface Feed {
  readonly place: string | null;
}
interface Waiting {
  readonly id: string;
  readonly innerId: string;
  readonly kind: string;
  readonly facts: Buffer;
  readonly happenedAt: Date;
}

/**
 * Reads on in the inner system's feed and applies what came. What was told twice is kept once; what comes before its time
 * waits for what belongs before it; reading again from an earlier place changes nothing.
 */
export async function followInnerFeed(means: Means): Promise<void> {
  const { database, gateways, transact } = means;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const [feed] = await database.read<Feed>("SELECT place FROM inner_feed WHERE id = 1");
    const place = feed?.place ?? null;
    const events = await gateways.court.listEvents(place, PAGE);
    if (events.length === 0) break;
    await transact(SYSTEM, (work) => keep(work, means, place, events), { repeatable: true });
    if (events.length < PAGE) break;
  }
  const numbers = await database.read<{ number: string }>(
    "SELECT DISTINCT case_number AS number FROM inner_event WHERE state = 'waiting' LIMIT 500",
  );
  for (const { number } of numbers) await applyWaiting(means, number);
}

/** Another worker may have read the same page: whoever finds the place moved on leaves it. */
async function keep(
  work: Work,
  { vault, logger }: Means,
  place: string | null,
  events: readonly InnerEvent[],
): Promise<void> {
  const [feed] = await work.query<Feed>("SELECT place FROM inner_feed WHERE id = 1 FOR UPDATE");
  if ((feed?.place ?? null) !== place) return;
  for (const { id, caseNumber, sequence, kind, at, facts } of events) {
    const sealed = vault.seal(JSON.stringify(facts), bound(id));
    const laid = await work.change(
      `INSERT IGNORE INTO inner_event (inner_id, case_number, sequence, kind, facts, happened_at, state, received_at)
       VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?)`,
      [id, caseNumber, sequence, kind, sealed, at, work.at],
    );
    if (laid > 0) continue;
    const [known] = await work.query("SELECT id FROM inner_event WHERE inner_id = ?", [id]);
    // Theirs to mend: two things cannot be the same step of a case.
    if (!known) logger.error({ innerId: id, sequence }, "the inner system told another event under a taken number");
  }
  await work.change("UPDATE inner_feed SET place = ?, read_at = ? WHERE id = 1", [
    events.at(-1)?.cursor ?? place,
    work.at,
  ]);
}

const bound = (innerId: string): string => `inner event ${innerId}`;

/** Applies the next ones of a case, one transaction each, until one is missing. */
async function applyWaiting(means: Means, number: string): Promise<void> {
  const { transact, vault, logger } = means;
  for (let more = true; more; ) {
    more = await transact(
      SYSTEM,
      async (work) => {
        const found = await CourtCase.findOne({ where: { number }, attributes: ["id"], transaction: work.tx });
        // A case that is not here yet may still come.
        if (!found) return false;
        const row = await holdCaseFor(work, String(found.id));
        const [done] = await work.query<{ last: number | null }>(
          "SELECT MAX(sequence) AS last FROM inner_event WHERE case_number = ? AND state <> 'waiting'",
          [number],
        );
        const [next] = await work.query<Waiting>(
          `SELECT id, inner_id AS innerId, kind, facts, happened_at AS happenedAt FROM inner_event
           WHERE case_number = ? AND sequence = ? AND state = 'waiting' FOR UPDATE`,
          [number, Number(done?.last ?? 0) + 1],
        );
        if (!next) return false;
        const reason = await apply(work, next, row);
        if (reason) logger.warn({ innerId: next.innerId, reason }, "inner event refused");
        await work.change("UPDATE inner_event SET state = ?, reason = ?, applied_at = ? WHERE id = ?", [
          reason ? "refused" : "applied",
          reason.slice(0, 200),
          work.at,
          next.id,
        ]);
        return true;
      },
      { repeatable: true },
    );
  }

  /** Why it could not be applied; empty where it was. What is refused has written nothing: it is asked before it writes. */
  async function apply(work: Work, { innerId, kind, facts, happenedAt }: Waiting, row: CourtCase): Promise<string> {
    const rule = INNER_KINDS[kind];
    if (!rule) return "不认识的事项";
    const parsed = rule.facts.safeParse(JSON.parse(vault.open(facts, bound(innerId))));
    if (!parsed.success) return `内容有误：${parsed.error.issues[0]?.path.join("/") ?? ""}`;
    await work.change("SAVEPOINT inner_event");
    try {
      await rule.apply(work, vault, row, parsed.data, { id: innerId, at: happenedAt });
      return "";
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await work.change("ROLLBACK TO SAVEPOINT inner_event");
      return error.message;
    }
  }
}

/** Begins the feed anew from a place (null: from its beginning): for whoever must make up for what was lost. */
export async function replayInnerFeed(work: Work, from: string | null): Promise<void> {
  await work.change("UPDATE inner_feed SET place = ? WHERE id = 1", [from]);
}
