import { randomUUID } from "node:crypto";
import { nextNumber } from "#core/counter.ts";
import { courtDayOf } from "#core/period.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { describeAccounts, listStaffOf } from "#modules/account/index.ts";
import { holdCaseFor, listCaseParties, type Participant, participantsOf, partyIndexes } from "#modules/case/index.ts";
import { listNeighbours } from "#modules/court/index.ts";
import { mustBeBench, openSession, type SessionSeat } from "#modules/hearing/index.ts";
import type { Means } from "#modules/module.ts";
import { checkIdentityNumber } from "#modules/reference/index.ts";
import { Questioning } from "./model.ts";
import { custodyRoom, isOpenAt, listPlaces } from "./places.ts";
import { problem } from "./problems.ts";
import type { Asking, When } from "./schema.ts";
import { aboutQuestioning, sealPart, writeStep } from "./store.ts";
import { questioningWorkflow } from "./workflow.ts";

/**
 * 提请提讯: a time in a room of the custody place, for one person of a case. Everybody's time and both rooms are kept at once by
 * the key of all hearings. Throws 404 for another's case, `hearing.not_bench`, `questioning.*`, and what `openSession` throws.
 */
export async function askQuestioning(work: Work, means: Means, caseId: string, given: Asking): Promise<Questioning> {
  const courtCase = await holdCaseFor(work, caseId);
  mustBeBench(work, courtCase);
  const { courtCode } = courtCase;
  const who = await whoIsQuestioned(work, means, courtCase, given);
  const { nature, minor, language, matter, keptIn } = given;
  const sealRef = randomUUID().replaceAll("-", "");
  const day = courtDayOf(new Date(given.startsAt));
  const year = courtDayOf(work.at).slice(0, 4);
  const serial = await nextNumber(work, `questioning ${courtCode} ${year}`);
  const booked = await bookTime(
    work,
    means,
    { caseId, courtCode, partyKey: who.partyKey, idIndex: who.idIndex },
    {
      ...given,
      judgeId: given.judgeId ?? String(courtCase.judgeId ?? ""),
      clerkId: given.clerkId ?? String(courtCase.courtClerkId ?? ""),
    },
  );
  const row = await Questioning.create(
    {
      sealRef,
      number: `${courtCode}提讯${year}-${String(serial).padStart(4, "0")}`,
      caseId,
      courtCode,
      nature,
      partyKey: who.partyKey,
      name: sealPart(means.vault, { sealRef }, "name", who.name),
      idIndex: who.idIndex,
      minor,
      language,
      matter: sealPart(means.vault, { sealRef }, "matter", matter),
      keptIn,
      state: questioningWorkflow.start,
      dayNumber: await nextNumber(work, `questioning ${courtCode} ${day}`),
      askedAt: work.at,
      ...booked,
    },
    { transaction: work.tx },
  );
  await writeStep(work, row, "ask");
  await work.emit({ name: "questioning.asked", ...aboutQuestioning(row) });
  return row;
}

interface Whom {
  readonly caseId: string;
  readonly courtCode: string;
  readonly partyKey: string | null;
  readonly idIndex: string;
}
/** Opens the session of a questioning, and gives what its row says of it. */
export async function bookTime(
  work: Work,
  means: Means,
  { caseId, courtCode, partyKey, idIndex }: Whom,
  given: When & { readonly judgeId: string; readonly clerkId: string },
) {
  const { judgeId, clerkId, assistId = null, counselIds, placeId, placeRoom, minutes, roomId = null } = given;
  const startsAt = new Date(given.startsAt);
  const place = (await listPlaces(work.query, courtCode)).find(({ id }) => id === placeId);
  if (!place || place.closedAt || !place.rooms.includes(placeRoom)) throw problem("questioning.place");
  if (!isOpenAt(place, startsAt, minutes))
    throw problem("questioning.hours", { detail: `${place.name}对本院的开放时间为 ${place.hours}。` });
  const people = await participantsOf(work, caseId);
  const counsel = counselIds.map((id) => counselFor(people, partyKey, id));
  // A party who has an account is known by it in every case; anybody else by their document.
  const own = people.find((one) => partyKey !== null && one.partyKey === partyKey && one.capacity === "party");
  const hearingId = await openSession(work, means, {
    kind: "questioning",
    courtCode,
    caseId,
    startsAt,
    minutes,
    roomId,
    places: [custodyRoom(place.name, placeRoom)],
    seats: [
      ...(await benchSeats(work, courtCode, { judgeId, clerkId, assistId })),
      { role: "officer", accountId: null },
      { role: "questioned", accountId: null, ref: own?.accountId ?? `id:${idIndex}` },
      ...counsel.map(({ accountId }): SessionSeat => ({ role: "counsel", accountId })),
    ],
  });
  const endsAt = new Date(startsAt.getTime() + minutes * 60_000);
  return {
    hearingId,
    startsAt,
    endsAt,
    placeId,
    placeRoom,
    judgeId,
    clerkId,
    assistId,
    counselIds: counsel.map(({ accountId }) => accountId).join(","),
  };
}

const AGENTS: readonly string[] = ["agent"];
/** Counsel of the person who is questioned; of nobody in particular where they are no party. */
export const isCounselOf = (partyKey: string | null, { capacity, partyKey: of }: Participant): boolean =>
  AGENTS.includes(capacity) && of === partyKey;

function counselFor(people: readonly Participant[], partyKey: string | null, id: string): Participant {
  const found = people.find((one) => one.accountId === id && isCounselOf(partyKey, one));
  if (!found) throw problem("questioning.counsel");
  return found;
}

async function benchSeats(
  work: Work,
  courtCode: string,
  { judgeId, clerkId, assistId }: { judgeId: string; clerkId: string; assistId: string | null },
): Promise<SessionSeat[]> {
  const [judges, clerks] = await Promise.all([
    listStaffOf(courtCode, ["judge"], work.tx),
    listStaffOf(courtCode, ["court_clerk"], work.tx),
  ]);
  const isOf = (people: readonly { id: string }[], id: string) => people.some((one) => String(one.id) === id);
  if (!isOf(judges, judgeId) || !isOf(clerks, clerkId)) throw problem("questioning.bench");
  const seats: SessionSeat[] = [
    { role: "presiding", accountId: judgeId, staff: { kind: "judge", courtCode } },
    { role: "clerk", accountId: clerkId, staff: { kind: "clerk", courtCode } },
  ];
  if (assistId === null) return seats;
  const assisting = (await describeAccounts([assistId])).get(assistId);
  const near = (await listNeighbours(courtCode)).some(({ code }) => code === assisting?.courtCode);
  if (assisting?.role !== "judge" || assisting.courtCode === null || !near) throw problem("questioning.assist");
  return [...seats, { role: "judge", accountId: assistId, staff: { kind: "judge", courtCode: assisting.courtCode } }];
}

/** A natural person among the parties, or somebody else by name and number. Throws `questioning.party`, `id_number`. */
async function whoIsQuestioned(
  work: Work,
  { database, vault }: Means,
  courtCase: { readonly id: string; readonly sealRef: string },
  { partyKey, name, idNumber }: Asking,
): Promise<Pick<Whom, "partyKey" | "idIndex"> & { readonly name: string }> {
  const typed = idNumber === undefined ? null : indexOf(vault, idNumber);
  if (partyKey === undefined) {
    if (name === undefined || typed === null) throw problem("questioning.party");
    return { partyKey: null, name, idIndex: typed };
  }
  const [parties, indexes] = await Promise.all([
    listCaseParties(within(work, database), vault, courtCase),
    partyIndexes(work, String(courtCase.id)),
  ]);
  const party = parties.find(({ key, kind }) => key === partyKey && kind === "natural");
  const idIndex = indexes.find(({ key }) => key === partyKey)?.idIndex ?? typed;
  if (!party || !idIndex) throw problem("questioning.party");
  return { partyKey, name: party.name, idIndex };
}

/** The same index that parties of cases are known by. Throws `questioning.id_number`. */
export function indexOf(vault: Means["vault"], idNumber: string): string {
  const { valid, normalized } = checkIdentityNumber("resident_id", idNumber);
  if (!valid || !normalized) throw problem("questioning.id_number");
  return vault.index("id-number", normalized);
}
