import { Op } from "sequelize";
import { isDuplicate } from "#core/database.ts";
import { addDays, addMonths, courtDayOf, daysBetween } from "#core/period.ts";
import { RunAgain, type Work } from "#core/work.ts";
import { listMaterials } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { type ReliefKind, reliefGround } from "#modules/reference/index.ts";
import { factsOf } from "./events.ts";
import { FeeChange, type FeeNotice, FeeRelief } from "./model.ts";
import { moveNotice } from "./move.ts";
import { freshPeriod, servedByActing, setDay, setTimers } from "./period.ts";
import { problem } from "./problems.ts";
import { holdVisible, newSealRef, sealWord } from "./store.ts";
import { feeWorkflow, reliefWorkflow } from "./workflow.ts";

export interface ReliefRequest {
  readonly kind: ReliefKind;
  readonly ground: string;
  readonly statement: string;
  readonly deferUntil?: string | undefined;
  readonly materials: readonly string[];
}
/** Nobody can be told to wait longer than this. */
const LONGEST_DEFERRAL_MONTHS = 12;

/**
 * Asks for relief (诉讼费用交纳办法§44–§48): the time to pay stands still until the court has decided. Throws
 * `relief.natural_only`, `ground`, `defer_until`, `materials`, `decided_before`; a second while one is open is refused by
 * the state.
 */
export async function requestRelief(
  work: Work,
  means: Means,
  noticeId: string,
  request: ReliefRequest,
): Promise<FeeRelief> {
  const notice = await holdVisible(work, noticeId);
  feeWorkflow.next(notice.state, "ask_relief", work.actor.role);
  await checkRequest(work, means, notice, request);
  await servedByActing(work, notice);
  const sealRef = newSealRef();
  try {
    const relief = await FeeRelief.create(
      {
        sealRef,
        noticeId: notice.id,
        courtCode: notice.courtCode,
        accountId: work.actor.accountId,
        kind: request.kind,
        ground: request.ground,
        statement: sealWord(means.vault, { sealRef }, "statement", request.statement),
        askedUntil: request.deferUntil ?? null,
        materialIds: JSON.stringify(request.materials),
        state: reliefWorkflow.start,
        openOf: notice.id,
        requestedAt: work.at,
      },
      { transaction: work.tx },
    );
    const event = { name: "fee.relief_requested", ...factsOf(notice), reliefId: relief.id, kind: relief.kind } as const;
    await moveNotice(work, means, notice, "ask_relief", event);
    return relief;
  } catch (error) {
    if (isDuplicate(error)) throw new RunAgain();
    throw error;
  }
}

async function checkRequest(
  work: Work,
  means: Means,
  notice: FeeNotice,
  { kind, ground, deferUntil, materials }: ReliefRequest,
): Promise<void> {
  const said = (code: Parameters<typeof problem>[0], pointer: string, message: string) =>
    problem(code, { errors: [{ pointer, code: "invalid", message }] });
  if (kind === "exempt" && notice.payerKind !== "natural")
    throw said("relief.natural_only", "/kind", "单位可以申请减交或者缓交");
  if (reliefGround(ground)?.kind !== kind) throw said("relief.ground", "/ground", "请从列出的情形中选择");
  if ((deferUntil !== undefined) !== (kind === "defer"))
    throw said("relief.defer_until", "/deferUntil", "申请缓交的，请写明缓交到哪一天；其他申请不填");
  if (deferUntil !== undefined) checkDeferral(work, deferUntil);
  const refused = await FeeRelief.findOne({
    where: { noticeId: notice.id, kind, state: ["refused", "granted", "granted_in_part"] },
    order: [["id", "DESC"]],
    transaction: work.tx,
  });
  const changedSince =
    refused?.decidedAt &&
    (await FeeChange.count({
      where: { noticeId: notice.id, at: { [Op.gt]: refused.decidedAt } },
      transaction: work.tx,
    })) > 0;
  if (refused && !changedSince) throw problem("relief.decided_before");
  if (materials.length === 0) return;
  const there = await listMaterials({ ...means, work }, "fee_notice", notice.id, {
    editable: false,
    role: work.actor.role,
  });
  const ready = new Set(there.filter(({ state }) => state.code === "ready").map(({ id }) => id));
  if (materials.some((id) => !ready.has(id))) throw said("relief.materials", "/materials", "请等待材料上传、检查完成");
}

export function checkDeferral(work: Work, day: string): void {
  const today = courtDayOf(work.at);
  if (day > today && day <= addMonths(today, LONGEST_DEFERRAL_MONTHS)) return;
  throw problem("relief.defer_until", {
    errors: [{ pointer: "/deferUntil", code: "out_of_range", message: "请选择今天以后、一年以内的日期" }],
  });
}

/** The one who asked takes it back: what was left of the time to pay on the day of asking runs on. */
export async function withdrawRelief(work: Work, means: Means, relief: FeeRelief, notice: FeeNotice): Promise<void> {
  await relief.update(
    {
      state: reliefWorkflow.next(relief.state, "withdraw", work.actor.role),
      openOf: null,
      decidedAt: work.at,
      version: relief.version + 1,
    },
    { transaction: work.tx },
  );
  const { servedOn, dueOn } = notice;
  const left = dueOn === null ? 0 : Math.max(1, daysBetween(courtDayOf(relief.requestedAt), dueOn));
  const period = servedOn === null ? null : setDay(addDays(courtDayOf(work.at), left));
  await moveNotice(work, means, notice, "resume", null, { bySystem: true, set: period ?? {} });
  if (period) await setTimers(work, notice, period.dueOn);
  else await freshPeriod(work, notice);
  await work.emit({ name: "fee.relief_withdrawn", ...factsOf(notice), reliefId: relief.id, kind: relief.kind });
}
