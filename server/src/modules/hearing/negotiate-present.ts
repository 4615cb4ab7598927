import { z } from "zod";
import { type Actor, isStaff, SYSTEM } from "#core/actor.ts";
import { momentView, stateView } from "#core/fields.ts";
import { addWorkdays, courtDayOf } from "#core/period.ts";
import { findCaseRow, handlersOf, listCaseEvents, listCaseParties, mayHandle, SIDES } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { listSummonses, serviceWorkflow } from "#modules/service/index.ts";
import { usedUp } from "./adjourn-rules.ts";
import { standOf } from "./consent.ts";
import { ONLINE_BARS, STAGES, stageOf } from "./consent-bars.ts";
import { listSaid } from "./consent-store.ts";
import { showNegotiation } from "./negotiate-store.ts";
import type { HearingRow } from "./store.ts";
import { sourceOf } from "./summons.ts";
import { LIVE } from "./workflow.ts";

/** A change asked for later than so many working days before the sitting is the judge's own decision. */
export const CHANGE_WORKDAYS = 3;
export const isTooLateToChange = (startsAt: Date, now: Date): boolean =>
  addWorkdays(courtCalendar, courtDayOf(now), CHANGE_WORKDAYS).day >= courtDayOf(startsAt);

/** What the parties have said of a sitting, as its detail shows it. */
export const answersView = {
  negotiation: z
    .object({
      purpose: z.enum(["first", "change"]),
      state: z.enum(["open", "agreed", "renewed", "court", "over"]),
      turn: z.number().int(),
      askedBy: z.string().nullable().meta({ description: "申请改期的一方" }),
      expiresAt: momentView,
      answered: z.array(z.string()).meta({ description: "已答复的各方" }),
      strikes: z.array(z.object({ ordinal: z.number().int(), partyKey: z.string() })),
    })
    .nullable()
    .meta({ description: "商定开庭时间的进展" }),
  consents: z.array(
    z.object({
      party: z.object({ key: z.string(), name: z.string(), sideLabel: z.string() }),
      answer: z.enum(["yes", "no", "silent"]),
      at: momentView.nullable(),
    }),
  ),
  stage: stateView.meta({ description: "属于哪一诉讼环节；同意只对本环节有效" }),
  bars: z.array(stateView).meta({ description: "不得在线进行的情形" }),
  summons: z.object({ serviceId: z.string() }).nullable().meta({ description: "给本人一方的传票" }),
  summonses: z.array(z.object({ serviceId: z.string(), name: z.string(), state: stateView })),
  history: z.array(z.object({ at: momentView, title: z.string(), note: z.string().nullable() })),
};

type Reading = Pick<Means, "database" | "vault" | "clock">;

export async function presentAnswers({ database, vault, clock }: Reading, actor: Actor, row: HearingRow) {
  const courtCase = await findCaseRow(database, SYSTEM, row.caseId);
  const stage = stageOf(row.kind);
  const [parties, said, negotiation, summonses, history, extra] = await Promise.all([
    listCaseParties(database, vault, courtCase),
    listSaid(database, vault, row.caseId),
    showNegotiation({ database }, row.id),
    row.notifiedAt === null ? [] : listSummonses(database, actor, row.caseId, sourceOf(row)),
    listCaseEvents(database, vault, courtCase, `hearing:${row.id}:`),
    database.read<{ bars: string; wanted: string | null }>(
      "SELECT bars, wanted_mode AS wanted FROM hearing WHERE id = ?",
      [row.id],
    ),
  ]);
  const nameOf = (key: string) => parties.find((one) => one.key === key);
  const own = summonses[0];
  const wanted = extra[0]?.wanted ?? row.mode;
  return {
    negotiation,
    consents: parties.map(({ key, name, side }) => {
      const answer = standOf(said, key, stage);
      const last = said.filter((one) => one.partyKey === key && one.stage === stage && one.answer === answer).at(-1);
      return {
        party: { key, name, sideLabel: SIDES[side] ?? "" },
        answer,
        at: last && last.at.getTime() > 0 ? last.at.toISOString() : null,
      };
    }),
    stage: { code: stage, label: STAGES[stage] },
    bars: (extra[0]?.bars ?? "")
      .split(",")
      .filter(Boolean)
      .map((code) => ({ code, label: ONLINE_BARS[code as keyof typeof ONLINE_BARS].label })),
    summons: isStaff(actor) || !own ? null : { serviceId: own.serviceId },
    summonses: isStaff(actor)
      ? summonses.map(({ serviceId, partyKey, state }) => ({
          serviceId,
          name: `${SIDES[nameOf(partyKey)?.side ?? ""] ?? ""}${nameOf(partyKey)?.name ?? ""}`,
          state: serviceWorkflow.present(state),
        }))
      : [],
    history: history.map(({ at, title, detail }) => ({ at: at.toISOString(), title, note: detail || null })),
    ...(isStaff(actor)
      ? {}
      : { moves: await partyMoves({ database, clock }, actor, row, negotiation, wanted, courtCase) }),
  };
}

/** What a party may do now; a stand-in answers the dates, an assistant nothing. */
async function partyMoves(
  { database, clock }: Pick<Means, "database" | "clock">,
  actor: Actor,
  row: HearingRow,
  negotiation: Awaited<ReturnType<typeof showNegotiation>>,
  wanted: string,
  courtCase: Parameters<typeof usedUp>[1],
): Promise<{ action: string; label: string }[]> {
  if (!LIVE.includes(row.state)) return [];
  const acting = (await handlersOf(database, row.caseId)).filter(({ accountId }) => accountId === actor.accountId);
  if (!acting.some((one) => mayHandle(one, "dates"))) return [];
  const now = clock.now();
  const isOpen = negotiation?.state === "open" && now.toISOString() < negotiation.expiresAt;
  const isBefore = row.startsAt === null || now < row.startsAt;
  const moves = [];
  if (isOpen) moves.push({ action: "strike", label: "选择开庭时间" });
  if (!acting.some(({ rights }) => rights === null)) return moves;
  if (isBefore && wanted !== "in_person") moves.push({ action: "consent", label: "选择是否在线参加" });
  if (row.startsAt && !isOpen && !isTooLateToChange(row.startsAt, now) && !(await usedUp(database, courtCase)))
    moves.push({ action: "ask_change", label: "申请改期" });
  return moves;
}
