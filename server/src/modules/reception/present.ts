import { type Actor, isStaff } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { describeAccounts, findIdentity } from "#modules/account/index.ts";
import { caseIdsOf, listCases } from "#modules/case/index.ts";
import { findCourt, nameOfCourt } from "#modules/court/index.ts";
import { EARLY_MS, readSessions, type Session, timeInWords } from "#modules/hearing/index.ts";
import { listMaterials } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { type Place, placesOf, type Turn } from "./queue.ts";
import { listEarlier, listTurns, openPart, type ReceptionRow } from "./store.ts";
import { nextWords, STANDS, standOf } from "./words.ts";
import { OPEN, OUTCOMES, PLACES, type ReceptionAction, receptionWorkflow, TOPICS } from "./workflow.ts";

type Reading = Pick<Means, "database" | "vault" | "clock">;
const labelled = <K extends string>(table: Readonly<Record<K, string>>, code: K) => ({ code, label: table[code] });

/** Receptions that were found for this reader before. */
export async function presentReceptions(
  { database, vault, clock }: Reading,
  actor: Actor,
  rows: readonly ReceptionRow[],
) {
  const now = clock.now();
  const cases = await listCases(database, vault, await readableCases(database, actor, rows));
  const people = await describeAccounts(
    rows.flatMap(({ receiverId, upperReceiverId, clerkId }) =>
      [receiverId, upperReceiverId, clerkId].flatMap((id) => id ?? []),
    ),
  );
  const codes = [
    ...new Set(rows.flatMap(({ courtCode, upperCode }) => [courtCode, ...(upperCode ? [upperCode] : [])])),
  ];
  const courts = new Map(await Promise.all(codes.map(async (code) => [code, await nameOfCourt(code)] as const)));
  const names = new Map<string, string>();
  for (const accountId of new Set(rows.map((row) => row.accountId)))
    names.set(accountId, (await findIdentity(vault, accountId))?.name ?? "");
  const person = (id: string | null) => (id === null ? null : { id, name: people.get(id)?.displayName ?? "" });
  const court = (code: string) => ({ code, name: courts.get(code) ?? "" });
  return rows.map((row) => {
    const found = row.caseId === null ? undefined : cases.get(row.caseId);
    const isOpen = OPEN.includes(row.state);
    return {
      id: row.id,
      number: row.number,
      court: court(row.courtCode),
      upper: row.upperCode === null ? null : court(row.upperCode),
      petitioner: names.get(row.accountId) ?? "",
      case: found ? { id: found.id, number: found.number, title: found.title } : null,
      topic: labelled(TOPICS, row.topic),
      place: labelled(PLACES, row.place),
      soon: row.soon,
      state: receptionWorkflow.present(row.state),
      moves: movesOf(actor, row, now),
      askedAt: row.askedAt.toISOString(),
      dueAt: isOpen ? row.dueAt.toISOString() : null,
      overdue: isOpen && row.state !== "booked" && row.dueAt <= now,
      startsAt: row.startsAt?.toISOString() ?? null,
      timeText: row.startsAt && row.endsAt ? timeInWords(row.startsAt, row.endsAt) : "",
      minutes: row.startsAt && row.endsAt ? (row.endsAt.getTime() - row.startsAt.getTime()) / 60_000 : null,
      dayNumber: row.dayNumber,
      receiver: person(row.receiverId),
      upperReceiver: person(row.declined === null ? row.upperReceiverId : null),
      clerk: person(row.clerkId),
      hearingId: row.hearingId,
      version: row.version,
    };
  });
}

/** One's own request stays; the case it is about is named while one takes part in it (审判流程公开规定§6). */
async function readableCases(database: Reading["database"], actor: Actor, rows: readonly ReceptionRow[]) {
  const named = rows.flatMap(({ caseId }) => caseId ?? []);
  if (isStaff(actor) || named.length === 0) return named;
  const own = new Set(await caseIdsOf(database, actor.accountId));
  return named.filter((id) => own.has(id));
}

/** What this reader may do now: the court above takes part or declines to, and decides nothing else here. */
function movesOf(actor: Actor, row: ReceptionRow, now: Date) {
  const isAbove = isStaff(actor) && actor.courtCode !== row.courtCode;
  const open = receptionWorkflow.open(row.state, actor.role).filter(({ action }) => (action === "decline") === isAbove);
  const barred: Partial<Record<ReceptionAction, boolean>> = {
    miss: !row.startsAt || row.startsAt > now,
    rate: row.rating !== null,
    decline: row.upperReceiverId !== actor.accountId || row.declined !== null,
  };
  return open.filter(({ action }) => !barred[action]);
}

export async function presentReception(means: Reading, actor: Actor, row: ReceptionRow) {
  const { database, vault, clock } = means;
  const now = clock.now();
  const [[view], earlier, steps, materials, sessions, queue] = await Promise.all([
    presentReceptions(means, actor, [row]),
    listEarlier(database, actor, row),
    listSteps(means, row.id),
    listMaterials(means, "reception", row.id, { editable: mayAdd(actor, row), role: actor.role }),
    readSessions(database, row.hearingId === null ? [] : [row.hearingId]),
    queueOf(means, row),
  ]);
  if (!view) throw new Error("a reception that was found is not shown");
  const session = sessions.get(row.hearingId ?? "");
  const stand = standOf(row, session);
  const [next] = await database.read<{ id: string; courtCode: string }>(
    "SELECT id, court_code AS courtCode FROM reception WHERE previous_id = ?",
    [row.id],
  );
  const { matter, note, answer, outcome, answeredAt, rating, ratingWords } = row;
  return {
    ...view,
    matter: openPart(vault, row, "matter", matter),
    declined: isStaff(actor) ? openPart(vault, row, "declined", row.declined) : "",
    note: openPart(vault, row, "note", note),
    next: nextWords({
      row,
      stand,
      place: queue,
      now,
      isStaff: isStaff(actor),
      transcript: session?.transcript ?? null,
    }),
    referredTo: next
      ? { id: String(next.id), court: { code: next.courtCode, name: (await findCourt(next.courtCode)).name } }
      : null,
    materials,
    roomName: session?.roomName ?? "",
    queue,
    record: session?.transcript ? labelled(RECORD_STATES, session.transcript) : null,
    answer:
      answer && outcome && answeredAt
        ? {
            outcome: labelled(OUTCOMES, outcome),
            text: openPart(vault, row, "answer", answer),
            at: answeredAt.toISOString(),
          }
        : null,
    rating: rating === null ? null : { score: rating, words: openPart(vault, row, "rating", ratingWords) },
    earlier: earlier.map((one) => ({
      id: one.id,
      number: one.number,
      state: receptionWorkflow.present(one.state),
      askedAt: one.askedAt.toISOString(),
      outcome: one.outcome === null ? null : labelled(OUTCOMES, one.outcome),
    })),
    steps,
  };
}
const RECORD_STATES = { typing: "记录中", offered: "请核对签名", closed: "已完成" } as const;

/** More may be handed in until the court has answered. */
export const mayAdd = (actor: Actor, { state, accountId }: Pick<ReceptionRow, "state" | "accountId">): boolean =>
  actor.accountId === accountId && OPEN.includes(state);

/** A day as the court sees it: who is expected, waits, is being heard and was heard. */
export async function presentDay(means: Reading, actor: Actor, rows: readonly ReceptionRow[]) {
  const views = await presentReceptions(means, actor, rows);
  const { stands, places } = await turnsOf(means, rows);
  return views.map((view) => ({
    ...view,
    stand: labelled(STANDS, stands.get(view.id) ?? "over"),
    queue: written(places.get(view.id)),
  }));
}

/** One's place, on the day itself, and from when the room lets one in: that may be the evening before. */
async function queueOf(means: Reading, row: ReceptionRow) {
  if (row.state !== "booked" || !row.startsAt || !row.receiverId) return null;
  const now = means.clock.now();
  const day = courtDayOf(row.startsAt);
  if (day !== courtDayOf(now) && row.startsAt.getTime() - now.getTime() > EARLY_MS) return null;
  const { places } = await turnsOf(means, await listTurns(means.database, [row.receiverId], day));
  return written(places.get(row.id));
}
const written = (place: Place | undefined) =>
  place ? { ...place, estimatedAt: place.estimatedAt.toISOString() } : null;

async function turnsOf({ database, clock }: Reading, rows: readonly ReceptionRow[]) {
  const sessions = await readSessions(
    database,
    rows.flatMap(({ hearingId }) => hearingId ?? []),
  );
  const stands = new Map(rows.map((row) => [row.id, standOf(row, sessions.get(row.hearingId ?? ""))]));
  const places = new Map<string, Place>();
  for (const receiverId of new Set(rows.map((row) => row.receiverId))) {
    const turns = rows.filter((row) => row.receiverId === receiverId).flatMap((row) => turnOf(row, sessions));
    for (const [id, place] of placesOf(turns, clock.now())) places.set(id, place);
  }
  return { stands, places };
}

function turnOf(row: ReceptionRow, sessions: ReadonlyMap<string, Session>): Turn[] {
  const session = sessions.get(row.hearingId ?? "");
  if (!row.startsAt || !row.endsAt) return [];
  const { id, startsAt, endsAt, dayNumber } = row;
  return [
    {
      id,
      number: dayNumber ?? 0,
      startsAt,
      minutes: (endsAt.getTime() - startsAt.getTime()) / 60_000,
      stand: standOf(row, session),
      since: session?.openedAt ?? null,
    },
  ];
}

const STEP_LABELS: Readonly<Record<string, string>> = { ask: "提出申请" };
async function listSteps({ database }: Reading, id: string) {
  const rows = await database.read<{ action: ReceptionAction; actorId: string; at: Date }>(
    "SELECT action, actor_id AS actorId, at FROM reception_step WHERE reception_id = ? ORDER BY id LIMIT 200",
    [id],
  );
  const people = await describeAccounts(rows.map(({ actorId }) => String(actorId)));
  return rows.map(({ action, actorId, at }) => ({
    label: STEP_LABELS[action] ?? receptionWorkflow.moves[action].label,
    by: people.get(String(actorId))?.displayName ?? "",
    at: new Date(at).toISOString(),
  }));
}
