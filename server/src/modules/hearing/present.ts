import { type Actor, isStaff } from "#core/actor.ts";
import { describeAccounts } from "#modules/account/index.ts";
import { listCaseParties, listCases, SIDES } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { presentAnswers } from "./negotiate-present.ts";
import { listResources } from "./resources.ts";
import { inWords } from "./slots-words.ts";
import { type HearingRow, listOptions, openReason, seatsOf } from "./store.ts";
import { CLOSED_REASONS, HEARING_KINDS, HEARING_MODES, hearingWorkflow, SEAT_ROLES } from "./workflow.ts";

type Reading = Pick<Means, "database" | "vault" | "clock">;
const labelled = <K extends string>(table: Readonly<Record<K, string>>, code: K) => ({ code, label: table[code] });

/** Hearings that were found for this reader before. */
export async function presentHearings({ database, vault }: Reading, actor: Actor, rows: readonly HearingRow[]) {
  const cases = await listCases(
    database,
    vault,
    rows.map(({ caseId }) => caseId),
  );
  const rooms = await listResources(database, { ids: rows.flatMap(({ roomId }) => (roomId === null ? [] : [roomId])) });
  const seats = await seatsOf(database, ...rows.map(({ id }) => id));
  const judges = new Map(
    seats.flatMap(({ hearingId, role, accountId }) =>
      role === "presiding" && accountId ? [[hearingId, accountId]] : [],
    ),
  );
  const people = await describeAccounts([...new Set(judges.values())]);
  const courts = new Map<string, string>();
  for (const { courtCode } of rows) if (!courts.has(courtCode)) courts.set(courtCode, await nameOfCourt(courtCode));
  return rows.map((row) => {
    const found = cases.get(row.caseId);
    const room = rooms.find(({ id }) => id === row.roomId);
    const judgeId = judges.get(row.id);
    return {
      id: row.id,
      case: { id: row.caseId, number: found?.number ?? "", title: found?.title ?? "" },
      court: { code: row.courtCode, name: courts.get(row.courtCode) ?? "" },
      kind: labelled(HEARING_KINDS, row.kind),
      mode: labelled(HEARING_MODES, row.mode),
      round: row.round,
      postponed: row.postponed,
      previousId: row.previousId,
      state: hearingWorkflow.present(row.state),
      moves: isStaff(actor) ? hearingWorkflow.open(row.state, actor.role) : [],
      minutes: row.minutes,
      startsAt: row.startsAt?.toISOString() ?? null,
      endsAt: row.endsAt?.toISOString() ?? null,
      timeText: row.startsAt && row.endsAt ? inWords(row.startsAt, row.endsAt) : "",
      room: room ? { id: room.id, name: room.name } : null,
      judge: judgeId === undefined ? null : { id: judgeId, name: people.get(judgeId)?.displayName ?? "" },
      isPublic: row.isPublic,
      closedReason: row.closedReason === null ? null : labelled(CLOSED_REASONS, row.closedReason),
      interpreter: row.interpreter,
      reason: openReason(vault, row),
      expiresAt: row.expiresAt?.toISOString() ?? null,
      version: row.version,
    };
  });
}

export async function presentHearing(means: Reading, actor: Actor, row: HearingRow) {
  const { database, vault } = means;
  const [view] = await presentHearings(means, actor, [row]);
  const [seats, options, cases] = await Promise.all([
    seatsOf(database, row.id),
    listOptions(database, row.id),
    listCases(database, vault, [row.caseId]),
  ]);
  const found = cases.get(row.caseId);
  const parties = found ? await listCaseParties(database, vault, found) : [];
  const people = await describeAccounts(seats.flatMap(({ accountId }) => (accountId === null ? [] : [accountId])));
  const resources = await listResources(database, {
    ids: [...seats.flatMap(({ resourceId }) => resourceId ?? []), ...options.flatMap(({ roomId }) => roomId ?? [])],
  });
  const named = (id: string | null) => resources.find((one) => one.id === id)?.name ?? "";
  return {
    ...view,
    ...(await presentAnswers(means, actor, row)),
    seats: seats.map((seat) => {
      const party = parties.find(({ key }) => key === seat.partyKey);
      const isParty = seat.role === "plaintiff" || seat.role === "defendant" || seat.role === "third_party";
      const who = seat.accountId === null ? named(seat.resourceId) : (people.get(seat.accountId)?.displayName ?? "");
      return {
        id: seat.id,
        role: labelled(SEAT_ROLES, seat.role),
        name: isParty ? (party?.name ?? "") : who,
        party: party ? { key: party.key, name: party.name, sideLabel: SIDES[party.side] ?? "" } : null,
        mode: seat.mode === null ? null : labelled(HEARING_MODES, seat.mode),
        booked: seat.booked,
        mine: seat.accountId === actor.accountId,
      };
    }),
    options: options.map(({ ordinal, startsAt, roomId }) => ({
      ordinal,
      startsAt: startsAt.toISOString(),
      room: roomId === null ? null : { id: roomId, name: named(roomId) },
    })),
  };
}
