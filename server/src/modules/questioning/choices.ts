import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { findIdentity, listStaffOf } from "#modules/account/index.ts";
import { findCaseRow, listCaseParties, participantsOf } from "#modules/case/index.ts";
import { listNeighbours } from "#modules/court/index.ts";
import { listRooms } from "#modules/hearing/index.ts";
import type { Means } from "#modules/module.ts";
import { isCounselOf } from "./ask.ts";
import { listPlaces, presentPlace } from "./places.ts";
import { NATURES } from "./workflow.ts";

/** Whom, where and with whom the bench of a case may question. */
export async function listChoices(work: Work, { database, vault }: Means, caseId: string) {
  const inside = within(work, database);
  const courtCase = await findCaseRow(inside, work.actor, caseId);
  const { courtCode, judgeId, courtClerkId } = courtCase;
  const parties = (await listCaseParties(inside, vault, courtCase)).filter(({ kind }) => kind === "natural");
  const people = await participantsOf(work, caseId);
  const staff = async (court: string, role: "judge" | "court_clerk") =>
    (await listStaffOf(court, [role], work.tx)).map(({ id, name }) => ({ id: String(id), name }));
  const counsel = people.filter((one) => isCounselOf(one.partyKey, one));
  const neighbours = await listNeighbours(courtCode);
  const assisting = await Promise.all(
    neighbours.map(async ({ code, name: court }) => (await staff(code, "judge")).map((one) => ({ ...one, court }))),
  );
  return {
    parties: parties.map(({ key, name }) => ({ key, name })),
    counsel: await Promise.all(
      counsel.map(async ({ accountId, partyKey }) => ({
        id: accountId,
        partyKey,
        name: (await findIdentity(vault, accountId))?.name ?? "",
      })),
    ),
    judges: await staff(courtCode, "judge"),
    clerks: await staff(courtCode, "court_clerk"),
    assisting: assisting.flat(),
    places: (await listPlaces(work.query, courtCode)).filter(({ closedAt }) => closedAt === null).map(presentPlace),
    rooms: await listRooms(inside, courtCode),
    judgeId: judgeId === null ? null : String(judgeId),
    clerkId: courtClerkId === null ? null : String(courtClerkId),
    natures: Object.entries(NATURES).map(([code, label]) => ({ code, label })),
  };
}
