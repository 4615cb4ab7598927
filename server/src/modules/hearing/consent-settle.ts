import { Problem } from "#core/problem.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { sidesInCase } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { bookHearing, releaseBooking } from "./book.ts";
import { mayChangeMind, settleMode, standOf } from "./consent.ts";
import { type OnlineBarCode, stageOf } from "./consent-bars.ts";
import { listSaid, writeConsent } from "./consent-store.ts";
import { aboutHearing } from "./fix.ts";
import { type Hearing, HearingSeat } from "./model.ts";
import { problem } from "./problems.ts";
import { listResources } from "./resources.ts";
import { roomsFor } from "./resources-rooms.ts";
import { seatsOf } from "./store.ts";
import type { HearingMode } from "./workflow.ts";

export const barsOf = ({ bars }: Pick<Hearing, "bars">): OnlineBarCode[] =>
  (bars ?? "").split(",").filter(Boolean) as OnlineBarCode[];

/**
 * What a party says about taking part online in this hearing's stage. A repeated answer changes nothing. Throws
 * `hearing.consent_late`, `hearing.consent_reason`.
 */
export async function answerConsent(
  work: Work,
  means: Means,
  hearing: Hearing,
  partyKeys: readonly string[],
  { answer, reason }: { readonly answer: "yes" | "no"; readonly reason: string },
): Promise<void> {
  const stage = stageOf(hearing.kind);
  const said = await listSaid(within(work, means.database), means.vault, String(hearing.caseId));
  for (const partyKey of partyKeys) {
    const before = standOf(said, partyKey, stage);
    if (before === answer) continue;
    const startsAt = hearing.startsAt ?? null;
    const may = mayChangeMind(courtCalendar, { before, after: answer, reason, startsAt, now: work.at });
    if (!may.allowed)
      throw problem(may.code === "late" ? "hearing.consent_late" : "hearing.consent_reason", { detail: may.text });
    await writeConsent(work, means, hearing, { partyKey, stage, answer, reason });
    await work.emit({ name: "hearing.consent_given", ...aboutHearing(hearing), partyKey, answer });
  }
}

/**
 * Works out how the hearing is held from everything that was said, seats each party there, and finds a courtroom where one is needed
 * now. `mustHaveRoom`: throws `hearing.no_room` where none is free; otherwise the court is told to find one. Gives the mode.
 */
export async function settleHearing(
  work: Work,
  means: Means,
  hearing: Hearing,
  { mustHaveRoom }: { readonly mustHaveRoom: boolean },
): Promise<HearingMode> {
  const wanted = hearing.wantedMode ?? hearing.mode;
  const before = hearing.mode;
  const caseId = String(hearing.caseId);
  const parties = [...(await sidesInCase(work, caseId)).keys()];
  const said = wanted === "in_person" ? [] : await listSaid(within(work, means.database), means.vault, caseId);
  const settled = settleMode(wanted, parties, stageOf(hearing.kind), said, barsOf(hearing));
  await hearing.update({ mode: settled.mode, wantedMode: wanted }, { transaction: work.tx });
  for (const [partyKey, mode] of settled.parties)
    await HearingSeat.update({ mode }, { where: { hearingId: String(hearing.id), partyKey }, transaction: work.tx });
  if (hearing.startsAt) await keepRoom(work, hearing, mustHaveRoom);
  if (before === settled.mode) return settled.mode;
  await hearing.update({ version: hearing.version + 1 }, { transaction: work.tx });
  const wasNotified = hearing.state === "notified";
  await work.emit({ name: "hearing.mode_changed", ...aboutHearing(hearing), before, wasNotified });
  return settled.mode;
}

/** Whoever comes in person needs a courtroom; a room for the screen alone is changed for one that is free at the time. */
async function keepRoom(work: Work, hearing: Hearing, mustHaveRoom: boolean): Promise<void> {
  if (hearing.mode === "online") return;
  const roomId = hearing.roomId ? String(hearing.roomId) : null;
  const [room] = roomId === null ? [] : await listResources(work, { ids: [roomId] });
  if (room?.kind === "courtroom") return;
  const [startsAt, endsAt] = [hearing.startsAt as Date, hearing.endsAt as Date];
  try {
    const [free] = await roomsFor(work, hearing, null, startsAt, endsAt);
    await releaseBooking(work, String(hearing.id));
    const seats = await seatsOf(work, String(hearing.id));
    await bookHearing(work, hearing, seats, startsAt, endsAt, free?.id ?? null);
  } catch (error) {
    if (mustHaveRoom || !(error instanceof Problem) || error.code !== "hearing.no_room") throw error;
    await work.emit({ name: "hearing.room_needed", ...aboutHearing(hearing), startsAt: startsAt.toISOString() });
  }
}
