import { SYSTEM } from "#core/actor.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { timeInWords } from "#modules/hearing/index.ts";
import type { Means } from "#modules/module.ts";
import { findQuestioning, type Questioning } from "#modules/questioning/index.ts";
import type { TemplateName } from "./catalogue.ts";
import { tellEach } from "./of-case.ts";
import type { Hearers, Occasion } from "./tell.ts";

/** What the bench of a questioning, and counsel who are admitted to it, are told. */
export function questioningMessages(means: Means): Hearers {
  const tellAll = async (told: Occasion, row: Questioning, template: TemplateName, ids: readonly (string | null)[]) =>
    tellEach(
      means,
      told,
      ids.flatMap((id) => (id ? [String(id)] : [])),
      template,
      { facts: await factsOf(row), link: { kind: "questioning", id: String(row.id) } },
    );
  return {
    async "questioning.moved"({ questioningId, action, was, invited = [] }, told) {
      const row = await findQuestioning(means.database, SYSTEM, questioningId);
      const court = [row.judgeId, row.clerkId];
      if (action === "confirm") await tellAll(told, row, "questioning.confirmed", [...court, ...invited]);
      if (action === "decline") await tellAll(told, row, "questioning.declined", court);
      // Whoever was told of a time is told that it is off.
      if (was === "confirmed" && ["decline", "cancel", "rebook"].includes(action))
        await tellAll(told, row, "questioning.called_off", invited);
    },
  };
}

const factsOf = async ({ courtCode, number, startsAt, endsAt }: Questioning) => ({
  matter: number,
  courtName: await nameOfCourt(courtCode),
  receiptNumber: "",
  caseNumber: "",
  dueOn: "",
  round: 0,
  hearingTime: timeInWords(startsAt, endsAt),
});
