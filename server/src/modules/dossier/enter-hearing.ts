import { SYSTEM } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { findHearing, HEARING_KINDS, printTranscript } from "#modules/hearing/index.ts";
import type { Means } from "#modules/module.ts";
import { questioningOf } from "#modules/questioning/index.ts";
import { type Entry, enterItems } from "./enter.ts";
import { enterInner } from "./inner.ts";

/** 庭审笔录, once everybody has signed: every party's (审判流程公开规定§10); that of a questioning is not. */
export async function enterTranscript(means: Means, hearingId: string): Promise<void> {
  const questioning = await questioningOf(means, hearingId);
  const print = () => printTranscript(means, hearingId);
  if (questioning?.keptIn !== "inner")
    return enterOf(means, hearingId, (what, heldOn) => ({
      part: "transcript",
      paper: questioning ? null : "trial",
      title: `${what}笔录（${heldOn}）`,
      // Whoever was questioned, and whoever acts for them, heard it; no other party reads it.
      partyKey: questioning?.partyKey ?? null,
      open: questioning === null,
      from: { print },
    }));
  const { caseId, courtCode, judgeId, startsAt } = questioning;
  const judge = { accountId: String(judgeId), role: "judge", courtCode, sessionId: null } as const;
  const formedOn = courtDayOf(startsAt);
  const title = `${HEARING_KINDS.questioning}笔录（${formedOn}）`;
  const entry = { section: "questioning", title, formedOn, origin: `hearing:${hearingId}`, print } as const;
  await enterInner(means, judge, String(caseId), entry);
}

interface MadeFilm {
  readonly hearingId: string;
  readonly ordinal: number;
  readonly seconds: number;
  readonly bytes: number;
  readonly sha256: string;
}
/** 庭审录音录像: the court's own. The catalogue vouches for it; it is watched where the hearing is, for it has no pages. */
export const enterFilm = (means: Means, { hearingId, ordinal, seconds, bytes, sha256 }: MadeFilm): Promise<void> =>
  enterOf(means, hearingId, (what, heldOn) => ({
    part: `film:${ordinal}`,
    paper: null,
    partyKey: null,
    title: `${what}录音录像（${heldOn}）第 ${ordinal} 段，${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`,
    open: false,
    from: { kept: { media: "none", materialId: null, fileKey: null, sha256, bytes, pages: null } },
  }));

type Told = Pick<Entry, "part" | "paper" | "title" | "partyKey" | "open" | "from">;

async function enterOf(means: Means, hearingId: string, told: (what: string, heldOn: string) => Told): Promise<void> {
  const hearing = await findHearing(means.database, SYSTEM, hearingId);
  // 接访 belongs to no case: its record stays with the reception.
  if (hearing.kind === "petition") return;
  const heldOn = courtDayOf(hearing.startsAt ?? means.clock.now());
  await enterItems(means, [
    {
      caseId: hearing.caseId,
      courtCode: hearing.courtCode,
      origin: `hearing:${hearingId}`,
      section: "hearing",
      formedOn: heldOn,
      side: null,
      ...told(HEARING_KINDS[hearing.kind], heldOn),
    },
  ]);
}
