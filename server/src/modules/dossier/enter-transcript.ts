import { SYSTEM } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { findHearing, HEARING_KINDS, printTranscript } from "#modules/hearing/index.ts";
import type { Means } from "#modules/module.ts";
import { enterItems } from "./enter.ts";

/** 庭审笔录, once everybody has signed: every party's (审判流程公开规定§10). */
export async function enterTranscript(means: Means, hearingId: string): Promise<void> {
  const hearing = await findHearing(means.database, SYSTEM, hearingId);
  // 接访 belongs to no case: its record stays with the reception.
  if (hearing.kind === "petition") return;
  const heldOn = courtDayOf(hearing.startsAt ?? means.clock.now());
  await enterItems(means, [
    {
      caseId: hearing.caseId,
      courtCode: hearing.courtCode,
      origin: `hearing:${hearingId}`,
      part: "transcript",
      section: "hearing",
      paper: "trial",
      title: `${HEARING_KINDS[hearing.kind]}笔录（${heldOn}）`,
      formedOn: heldOn,
      side: null,
      partyKey: null,
      open: true,
      from: { print: () => printTranscript(means, hearingId) },
    },
  ]);
}
