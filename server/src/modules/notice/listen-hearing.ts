import { SYSTEM } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import {
  findHearing,
  HEARING_KINDS,
  type HearingRow,
  placeOfHearing,
  seatsOf,
  timeInWords,
} from "#modules/hearing/index.ts";
import type { Means } from "#modules/module.ts";
import type { Facts, TemplateName } from "./catalogue.ts";
import { accountsOf, benchOfCase, ofCase, tellEach } from "./of-case.ts";
import type { Hearers, Occasion } from "./tell.ts";

/** A sitting of which people are told what is true now: a timer of another time, or of one that was called off, says nothing. */
const AHEAD = ["fixed", "notified"];
/** As nobody's act: a timer carries whoever set it, and would pass them over. */
const byItself = (told: Occasion): Occasion => ({ ...told, actorId: SYSTEM.accountId });

/**
 * Who hears of sittings: everybody who takes part in the case, and the bench of what waits for it. The summons itself comes by
 * service; these messages announce (在线诉讼规则§32).
 */
export function hearingMessages(means: Means): Hearers {
  const { database } = means;
  async function of(hearingId: string) {
    const hearing = await findHearing(database, SYSTEM, hearingId);
    const { facts, people } = await ofCase(means, hearing.caseId);
    return { hearing, people, facts: { ...facts, ...(await wordsOf(means, hearing)) } };
  }
  const link = (id: string) => ({ kind: "hearing", id });

  async function tellParties(
    hearingId: string,
    told: Occasion,
    template: TemplateName,
    more: Partial<Facts> = {},
  ): Promise<void> {
    const { people, facts } = await of(hearingId);
    const words = { facts: { ...facts, ...more }, link: link(hearingId) };
    // Also whoever answered last, and so made it come about.
    await tellEach(means, byItself(told), accountsOf(people), template, words);
  }
  async function tellBench(hearingId: string, told: Occasion, template: TemplateName): Promise<void> {
    const { hearing, facts } = await of(hearingId);
    await tellEach(means, told, await benchOfCase(means, hearing.caseId), template, { facts, link: link(hearingId) });
  }
  const dueDay = (expiresAt: string): { dueOn: string } => ({ dueOn: courtDayOf(new Date(expiresAt)) });

  return {
    "hearing.proposed": ({ hearingId, expiresAt }, told) =>
      tellParties(hearingId, told, "hearing.proposed", dueDay(expiresAt)),
    "hearing.change_asked": ({ hearingId, expiresAt }, told) =>
      tellParties(hearingId, told, "hearing.change_asked", dueDay(expiresAt)),
    async "hearing.fixed"({ hearingId, startsAt }, told) {
      if (!(await isStill(hearingId, startsAt))) return;
      await tellParties(hearingId, told, "hearing.fixed");
      // Settled by the parties or by the rule: somebody of the court has to send the summonses.
      if (told.role === "system" || told.role === "litigant" || told.role === "lawyer")
        await tellBench(hearingId, told, "hearing.settled");
    },
    async "hearing.notified"({ hearingId, startsAt }, told) {
      if (await isStill(hearingId, startsAt)) await tellParties(hearingId, told, "hearing.notified");
    },
    async "hearing.changed"({ hearingId, startsAt }, told) {
      if (await isStill(hearingId, startsAt)) await tellParties(hearingId, told, "hearing.changed");
    },
    async "hearing.mode_changed"({ hearingId, wasNotified }, told) {
      if (wasNotified) await tellParties(hearingId, told, "hearing.mode_changed");
    },
    async "hearing.adjourned"({ hearingId, nextId }, told) {
      const next = nextId === null ? null : await findHearing(database, SYSTEM, nextId);
      const words = next === null ? { hearingTime: "", place: "" } : await wordsOf(means, next);
      await tellParties(hearingId, told, "hearing.adjourned", words);
    },
    "hearing.cancelled": ({ hearingId }, told) => tellParties(hearingId, told, "hearing.cancelled"),
    "hearing.undecided": ({ hearingId }, told) => tellBench(hearingId, told, "hearing.undecided"),
    "hearing.room_needed": ({ hearingId }, told) => tellBench(hearingId, told, "hearing.room_needed"),
    async "hearing.reminder"({ hearingId, startsAt, before }, told) {
      if (!(await isStill(hearingId, startsAt))) return;
      await tellParties(hearingId, told, before === "1h" ? "hearing.reminder_now" : "hearing.reminder");
      if (before !== "1d" && before !== "1h") return;
      const { facts } = await of(hearingId);
      const bench = (await seatsOf(database, hearingId)).flatMap(({ partyKey, accountId }) =>
        partyKey === null && accountId !== null ? [accountId] : [],
      );
      await tellEach(means, byItself(told), bench, "hearing.reminder_bench", { facts, link: link(hearingId) });
    },
  };

  async function isStill(hearingId: string, startsAt: string): Promise<boolean> {
    const hearing = await findHearing(database, SYSTEM, hearingId);
    return AHEAD.includes(hearing.state) && hearing.startsAt?.toISOString() === startsAt;
  }
}

async function wordsOf(
  { database }: Means,
  hearing: HearingRow,
): Promise<Pick<Facts, "sitting" | "hearingTime" | "place">> {
  return {
    sitting: HEARING_KINDS[hearing.kind],
    hearingTime: hearing.startsAt && hearing.endsAt ? timeInWords(hearing.startsAt, hearing.endsAt) : "",
    place: await placeOfHearing(database, hearing),
  };
}
