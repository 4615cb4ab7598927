import type { Database } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import { type CourtCase, participantsOf, partyIndexes } from "#modules/case/index.ts";
import { HearingSeat } from "./model.ts";
import { problem } from "./problems.ts";
import { ensureResources, listResources, nameOf, type ResourceToBe } from "./resources.ts";
import type { SeatRole } from "./workflow.ts";

export interface SeatToBe {
  readonly role: SeatRole;
  readonly resource: ResourceToBe | null;
  readonly booked: boolean;
  readonly accountId?: string;
  readonly participantId?: string;
  readonly partyKey?: string;
}
/** Who tries a case and keeps its record. */
export interface Bench {
  readonly courtCode: string;
  readonly judgeId: string | null;
  readonly panelIds: string;
  readonly courtClerkId: string | null;
}

/** Gives everybody their place. Throws `hearing.assessor`. */
export async function seatCase(
  work: Work,
  courtCase: CourtCase,
  hearingId: string,
  assessors: readonly string[] = [],
): Promise<void> {
  const seats = await plannedSeats(work, String(courtCase.id), courtCase as Bench);
  const ids = await ensureResources(
    work,
    seats.flatMap(({ resource }) => (resource ? [resource] : [])),
  );
  const laymen = await listResources(work, { courtCode: courtCase.courtCode, kinds: ["assessor"], ids: assessors });
  if (laymen.length !== new Set(assessors).size || laymen.some(({ closedAt }) => closedAt))
    throw problem("hearing.assessor");
  await HearingSeat.bulkCreate(
    [
      ...laymen.map(({ id }) => ({ hearingId, resourceId: id, role: "assessor" as const, booked: true })),
      ...seats.map(({ resource, role, booked, ...who }) => ({
        hearingId,
        role,
        resourceId: resource ? (ids.get(nameOf(resource)) ?? null) : null,
        booked: booked && resource !== null,
        ...who,
      })),
    ],
    { transaction: work.tx },
  );
}

/**
 * Who would have a place in a sitting of the case now: the bench, each party, and who acts for it. An organisation whose agent
 * comes need not send its representative too: their time is not kept. A natural person who is not here with an account yet is
 * known by the keyed index of their document, in every case alike.
 */
export async function plannedSeats(from: Database | Work, caseId: string, bench: Bench): Promise<SeatToBe[]> {
  return [...benchSeats(bench), ...(await partySeats(from, caseId))];
}

function benchSeats({ judgeId, panelIds, courtClerkId, courtCode }: Bench): SeatToBe[] {
  const presiding = String(judgeId);
  const panel = panelIds.split(",").filter((id) => id !== "" && id !== presiding);
  const seat = (kind: "judge" | "clerk", role: SeatRole, accountId: string): SeatToBe => ({
    role,
    resource: { kind, ref: accountId, courtCode },
    booked: true,
    accountId,
  });
  return [
    seat("judge", "presiding", presiding),
    ...panel.map((id) => seat("judge", "judge", id)),
    ...(courtClerkId ? [seat("clerk", "clerk", String(courtClerkId))] : []),
  ];
}

/** Whoever only helps an agent with the papers has no place in the room. */
const SITTING: readonly string[] = ["party", "representative", "agent"];

async function partySeats(from: Database | Work, caseId: string): Promise<SeatToBe[]> {
  const [everybody, parties] = await Promise.all([participantsOf(from, caseId), partyIndexes(from, caseId)]);
  const people = everybody.filter(({ capacity }) => SITTING.includes(capacity));
  return parties.flatMap((party): SeatToBe[] => {
    const own = people.filter(({ partyKey }) => partyKey === party.key);
    const hasAgent = own.some(({ capacity }) => capacity === "agent");
    const seats = own.map(({ id, accountId, capacity }) => ({
      role: capacity === "agent" ? ("agent" as const) : party.side,
      resource: { kind: "person" as const, ref: accountId, courtCode: null },
      booked: capacity !== "representative" || !hasAgent,
      accountId,
      participantId: id,
      partyKey: party.key,
    }));
    if (own.some(({ capacity }) => capacity !== "agent")) return seats;
    const byDocument = party.kind === "natural" && party.idIndex !== null ? party.idIndex : null;
    const absent: SeatToBe = {
      role: party.side,
      resource: byDocument ? { kind: "person", ref: `id:${byDocument}`, courtCode: null } : null,
      booked: byDocument !== null,
      partyKey: party.key,
    };
    return [absent, ...seats];
  });
}
