import { SYSTEM } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import type { Presence, Room } from "./room-store.ts";
import { when } from "./room-store.ts";
import type { BreakCause, BreakSource } from "./room-words.ts";

/** A page says every few seconds that it is there; after this long without a word it is taken for broken off. */
export const SILENCE_MS = 15_000;

/** The page is there (again): what was broken off is over. */
export async function noteSeen(work: Work, room: Room, person: Presence, connection: string): Promise<void> {
  await work.change("UPDATE hearing_presence SET seen_at = ?, connection = ? WHERE id = ?", [
    work.at,
    connection,
    person.id,
  ]);
  if (connection !== "lost" && person.state === "in") await noteBack(work, room, person);
}

/** Gives whether there was anything to come back from. */
export async function noteBack(work: Work, { hearing }: Pick<Room, "hearing">, person: Presence): Promise<boolean> {
  const open = await work.query<{ id: string; fromAt: Date | string }>(
    "SELECT id, from_at AS fromAt FROM hearing_break WHERE presence_id = ? AND to_at IS NULL",
    [person.id],
  );
  for (const { id, fromAt } of open) {
    const changed = await work.change("UPDATE hearing_break SET to_at = ? WHERE id = ? AND to_at IS NULL", [
      work.at,
      id,
    ]);
    const seconds = Math.round((work.at.getTime() - (when(fromAt) as Date).getTime()) / 1000);
    if (changed > 0) await work.emit({ name: "room.came_back", ...aboutPerson(hearing, person), seconds });
  }
  return open.length > 0;
}

export const aboutPerson = (
  hearing: { readonly id: string; readonly caseId: string | null; readonly courtCode: string },
  { id, role }: Pick<Presence, "id" | "role">,
) => ({ ...aboutRoom(hearing), presenceId: id, role });

export const aboutRoom = (hearing: {
  readonly id: string;
  readonly caseId: string | null;
  readonly courtCode: string;
}) => ({
  about: `hearing:${hearing.id}`,
  courtCode: hearing.courtCode,
  hearingId: hearing.id,
  caseId: hearing.caseId,
});

/** One break is open at a time for each person: what the court notes about it is written to the one that runs. */
export async function noteBreak(
  work: Work,
  { hearing }: Pick<Room, "hearing">,
  person: Presence,
  { source, cause, note, from }: { source: BreakSource; cause: BreakCause | ""; note: string; from: Date },
): Promise<void> {
  const [open] = await work.query<{ id: string }>(
    "SELECT id FROM hearing_break WHERE presence_id = ? AND to_at IS NULL ORDER BY id DESC LIMIT 1 FOR UPDATE",
    [person.id],
  );
  if (open) {
    if (source !== "silence")
      await work.change("UPDATE hearing_break SET cause = ?, note = IF(? = '', note, ?) WHERE id = ?", [
        cause,
        note,
        note,
        open.id,
      ]);
    return;
  }
  await work.change(
    "INSERT INTO hearing_break (hearing_id, presence_id, source, cause, note, from_at) VALUES (?, ?, ?, ?, ?, ?)",
    [hearing.id, person.id, source, cause, note, from],
  );
  await work.emit({ name: "room.broken_off", ...aboutPerson(hearing, person), source });
}

/** Finds pages that fell silent in rooms that are open, and writes when they were last heard. */
export async function noteSilence(means: Means): Promise<void> {
  const { database, clock } = means;
  const silent = await database.read<Presence & { hearingId: string; caseId: string | null; courtCode: string }>(
    `SELECT p.id, p.role, p.seen_at AS seenAt, h.id AS hearingId, h.case_id AS caseId, h.court_code AS courtCode
     FROM hearing_presence p JOIN hearing_room r ON r.hearing_id = p.hearing_id AND r.state = 'open' JOIN hearing h ON h.id = p.hearing_id
     WHERE p.state = 'in' AND p.beside IS NULL AND p.seen_at < ?
       AND NOT EXISTS (SELECT 1 FROM hearing_break b WHERE b.presence_id = p.id AND b.to_at IS NULL)
     LIMIT 100`,
    [new Date(clock.now().getTime() - SILENCE_MS)],
  );
  for (const { hearingId, caseId, courtCode, ...person } of silent) {
    const hearing = { id: String(hearingId), caseId: caseId === null ? null : String(caseId), courtCode };
    await means.transact(
      SYSTEM,
      async (work) => {
        const [held] = await work.query<{ seenAt: Date | string; state: string }>(
          "SELECT seen_at AS seenAt, state FROM hearing_presence WHERE id = ? FOR UPDATE",
          [person.id],
        );
        const from = when(held?.seenAt ?? null);
        if (held?.state !== "in" || !from || work.at.getTime() - from.getTime() < SILENCE_MS) return;
        const one = { ...person, id: String(person.id) };
        await noteBreak(work, { hearing } as Pick<Room, "hearing">, one, {
          source: "silence",
          cause: "",
          note: "",
          from,
        });
      },
      { repeatable: true },
    );
  }
}
