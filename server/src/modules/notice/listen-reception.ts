import { SYSTEM } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { listStaffOf } from "#modules/account/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { timeInWords } from "#modules/hearing/index.ts";
import type { Means } from "#modules/module.ts";
import { findReception, type ReceptionRow } from "#modules/reception/index.ts";
import type { Facts, TemplateName } from "./catalogue.ts";
import { idsOf, tellEach } from "./of-case.ts";
import type { Hearers, Occasion } from "./tell.ts";

/** What whoever asked to be heard is told, and those of the court who hear them. */
export function receptionMessages(means: Means): Hearers {
  const { database } = means;
  const tellAll = async (told: Occasion, row: ReceptionRow, template: TemplateName, ids: readonly (string | null)[]) =>
    tellEach(
      means,
      told,
      ids.flatMap((id) => id ?? []),
      template,
      { facts: await factsOf(row), link: { kind: "reception", id: row.id } },
    );
  const found = (id: string) => findReception(database, SYSTEM, id);
  const tellPetitioner = (template: TemplateName) => async (event: { receptionId: string }, told: Occasion) => {
    const row = await found(event.receptionId);
    await tellAll(told, row, template, [row.accountId]);
  };
  const courtOf = ({ receiverId, upperReceiverId, clerkId }: ReceptionRow) => [receiverId, upperReceiverId, clerkId];
  /** Told late, of a time that is not the one any more: then it says nothing. */
  const isStill = ({ state, startsAt: now }: ReceptionRow, startsAt: string): boolean =>
    state === "booked" && now?.toISOString() === startsAt;
  return {
    async "reception.booked"({ receptionId, startsAt, again }, told) {
      const row = await found(receptionId);
      if (!isStill(row, startsAt)) return;
      await tellAll(told, row, again ? "reception.changed" : "reception.booked", [row.accountId]);
      await tellAll(told, row, "reception.assigned", courtOf(row));
    },
    async "reception.reminder"({ receptionId, startsAt }, told) {
      const row = await found(receptionId);
      if (isStill(row, startsAt)) await tellAll(told, row, "reception.reminder", [row.accountId]);
    },
    async "reception.declined"({ receptionId, bookedBy }, told) {
      const row = await found(receptionId);
      if (row.declined === null) return;
      await tellAll(told, row, "reception.without_upper", [row.accountId]);
      await tellAll(told, row, "reception.declined", [...new Set([bookedBy, row.receiverId, row.clerkId])]);
    },
    "reception.referred": tellPetitioner("reception.referred"),
    "reception.received": tellPetitioner("reception.received"),
    "reception.missed": tellPetitioner("reception.missed"),
    "reception.answered": tellPetitioner("reception.answered"),
    async "reception.withdrawn"({ receptionId, wasBooked }, told) {
      const row = await found(receptionId);
      if (wasBooked) await tellAll(told, row, "reception.called_off", courtOf(row));
    },
    async "reception.overdue"({ receptionId }, told) {
      const row = await found(receptionId);
      await tellAll(told, row, "reception.overdue", idsOf(await listStaffOf(row.courtCode, ["supervisor"])));
    },
  };
}

const factsOf = async ({ courtCode, number, dueAt, startsAt, endsAt }: ReceptionRow): Promise<Facts> => ({
  matter: number,
  courtName: await nameOfCourt(courtCode),
  receiptNumber: "",
  caseNumber: "",
  dueOn: courtDayOf(dueAt),
  round: 0,
  hearingTime: startsAt && endsAt ? timeInWords(startsAt, endsAt) : "",
});
