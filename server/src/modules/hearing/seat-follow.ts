import { Op } from "sequelize";
import { SYSTEM } from "#core/actor.ts";
import { isDuplicate } from "#core/database.ts";
import type { Subscribers } from "#core/outbox.ts";
import { Problem } from "#core/problem.ts";
import type { Work } from "#core/work.ts";
import { holdCaseFor } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { quartersOf } from "./book.ts";
import { aboutHearing } from "./fix.ts";
import { Hearing, HearingSeat } from "./model.ts";
import { ensureResources, nameOf } from "./resources.ts";
import { type Bench, plannedSeats, type SeatToBe } from "./seat.ts";
import { type Seat, seatsOf } from "./store.ts";
import { LIVE, SESSION_KINDS } from "./workflow.ts";

/**
 * Who takes part changes while a sitting is planned: an agent joins or leaves, a party comes here for the first time, another
 * judge takes the case. The places follow, and with them whose time is kept.
 */
export function seatSubscribers({ transact }: Means): Subscribers {
  const follow = ({ caseId }: { readonly caseId: string }): Promise<void> =>
    transact(SYSTEM, (work) => seatAnew(work, caseId), { repeatable: true });
  return {
    "case.participant_joined": follow,
    "case.participant_ended": follow,
    "case.assigned": follow,
  };
}

/** Compares the places there are with those there should be now; hearing it twice changes nothing. */
async function seatAnew(work: Work, caseId: string): Promise<void> {
  const courtCase = await holdCaseFor(work, caseId, { anyway: true }).catch(absent);
  if (!courtCase?.judgeId) return;
  const hearings = await Hearing.findAll({
    where: { caseId, state: [...LIVE], kind: { [Op.notIn]: [...SESSION_KINDS] } },
    order: [["id", "ASC"]],
    transaction: work.tx,
    lock: work.tx.LOCK.UPDATE,
  });
  const open = hearings.filter(({ startsAt }) => !startsAt || startsAt > work.at);
  if (open.length === 0) return;
  const wanted = await plannedSeats(work, caseId, courtCase as Bench);
  const ids = await ensureResources(
    work,
    wanted.flatMap(({ resource }) => resource ?? []),
  );
  for (const hearing of open) await seatHearing(work, hearing, wanted, ids);
}

const absent = (error: unknown): null => {
  if (error instanceof Problem && error.code === "case.not_found") return null;
  throw error;
};

async function seatHearing(
  work: Work,
  hearing: Hearing,
  wanted: readonly SeatToBe[],
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const hearingId = String(hearing.id);
  const resourceOf = ({ resource }: SeatToBe): string | null => (resource ? (ids.get(nameOf(resource)) ?? null) : null);
  const labelOf = (role: string, resourceId: string | null, partyKey: string | null | undefined): string =>
    `${role} ${resourceId ?? ""} ${partyKey ?? ""}`;
  // Assessors, interpreters and witnesses were given their place by hand, and keep it.
  const seats = (await seatsOf(work, hearingId)).filter(({ role }) => !BY_HAND.has(role));
  const should = new Set(wanted.map((one) => labelOf(one.role, resourceOf(one), one.partyKey)));
  const are = new Set(seats.map((one) => labelOf(one.role, one.resourceId, one.partyKey)));
  for (const seat of seats.filter((one) => !should.has(labelOf(one.role, one.resourceId, one.partyKey))))
    await leave(work, hearingId, seat);
  for (const one of wanted) {
    const resourceId = resourceOf(one);
    if (are.has(labelOf(one.role, resourceId, one.partyKey))) continue;
    const { role, accountId, participantId, partyKey } = one;
    const booked = one.booked && resourceId !== null && (await keepTime(work, hearing, resourceId));
    await HearingSeat.create(
      {
        hearingId,
        role,
        resourceId,
        booked,
        ...(accountId ? { accountId } : {}),
        ...(participantId ? { participantId } : {}),
        ...(partyKey ? { partyKey } : {}),
      },
      { transaction: work.tx },
    );
    // They sit elsewhere at that time: the court has to find another.
    if (one.booked && resourceId !== null && !booked)
      await work.emit({ name: "hearing.seat_taken", ...aboutHearing(hearing), role });
  }
}
const BY_HAND: ReadonlySet<string> = new Set(["assessor", "interpreter", "witness"]);

async function leave(work: Work, hearingId: string, { id, resourceId }: Seat): Promise<void> {
  await HearingSeat.destroy({ where: { id }, transaction: work.tx });
  if (resourceId === null) return;
  const [still] = await work.query(
    "SELECT id FROM hearing_seat WHERE hearing_id = ? AND resource_id = ? AND booked = 1 LIMIT 1",
    [hearingId, resourceId],
  );
  if (!still)
    await work.change("DELETE FROM hearing_booking WHERE hearing_id = ? AND resource_id = ?", [hearingId, resourceId]);
}

/** True where their time is kept now: before there is a time, they will be booked with it. */
async function keepTime(work: Work, { id, startsAt, endsAt }: Hearing, resourceId: string): Promise<boolean> {
  if (!startsAt || !endsAt) return true;
  const hearingId = String(id);
  const [known] = await work.query("SELECT 1 FROM hearing_booking WHERE hearing_id = ? AND resource_id = ? LIMIT 1", [
    hearingId,
    resourceId,
  ]);
  if (known) return true;
  const rows = quartersOf(startsAt, endsAt).map((quarter) => [resourceId, quarter, hearingId] as const);
  try {
    await work.change(
      `INSERT INTO hearing_booking (resource_id, quarter, hearing_id) VALUES ${rows.map(() => "(?, ?, ?)").join(", ")}`,
      rows.flat(),
    );
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}
