import { addDays, addWorkdays, courtDayOf, daysBetween } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import {
  type FilingContent,
  type Finding,
  findSimilar,
  holdForDecision,
  listClockEvents,
  precheck,
} from "#modules/filing/index.ts";
import type { Means } from "#modules/module.ts";
import { courtCalendar, findCause, findForm } from "#modules/reference/index.ts";
import { IntakeItem } from "./model.ts";
import { recordArrival } from "./record.ts";
import { queueFor } from "./route-filing.ts";
import { joinSeries } from "./series.ts";
import { intakeWorkflow, type Lane } from "./workflow.ts";

const EPOCH = "2020-01-01";
/** A complete filing is brought forward by up to two days: it can be decided at once. */
const DAY = 20;
const COMPLETENESS_WORTH = 40;
/** An item that is due so soon goes to the urgent lane. */
const URGENT_DAYS = 2;

/** Statutory time left × completeness, as one number that does not change with the day: the lowest is next. */
export function standingOf(dueOn: string, completeness: number): number {
  return daysBetween(EPOCH, dueOn) * DAY - Math.floor((completeness * COMPLETENESS_WORTH) / 100);
}

export function laneOf(facts: { daysLeft: number; round: number; findings: readonly Finding[] }): Lane {
  if (facts.daysLeft <= URGENT_DAYS) return "urgent";
  if (facts.findings.every(({ severity }) => severity === "hint")) return "green";
  return facts.round > 1 ? "correction" : "normal";
}

/** Brings a submitted filing into its court's queue, or back into it after correction or mediation. Safe to repeat. */
export async function enqueue(work: Work, means: Means, filingId: string): Promise<void> {
  const { filing, content } = await holdForDecision(work, means, filingId);
  const known = await IntakeItem.findOne({ where: { filingId }, transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (
    filing.state !== "submitted" ||
    (known && (known.state === "waiting" || known.state === "claimed") && known.round === filing.round)
  )
    return;
  const dueOn = (await listClockEvents(means.database, [filingId])).get(filingId)?.at(-1)?.dueOn;
  if (!dueOn || !filing.submittedAt) throw new Error(`filing ${filingId} is submitted but its clock does not run`);

  const today = courtDayOf(work.at);
  const { findings, completeness, similar } = await precheck(
    means,
    { id: filingId, accountId: String(filing.accountId), courtCode: filing.courtCode },
    content,
    work.actor,
  );
  const duplicates = similar.filter(({ kind }) => kind === "duplicate");
  const count = (severity: Finding["severity"]) => findings.filter((finding) => finding.severity === severity).length;
  const values = {
    state: known ? intakeWorkflow.next(known.state, "reopen", work.actor.role) : intakeWorkflow.start,
    lane: laneOf({ daysLeft: daysBetween(today, dueOn), round: filing.round, findings }),
    round: filing.round,
    dueOn,
    standing: standingOf(dueOn, completeness),
    completeness,
    blocks: count("block"),
    warns: count("warn"),
    hints: count("hint"),
    duplicates: duplicates.length,
    holderId: null,
    leaseUntil: null,
    enteredAt: work.at,
  };
  const item = known
    ? await known.update(values, { transaction: work.tx })
    : await IntakeItem.create(
        {
          ...values,
          filingId,
          courtCode: filing.courtCode,
          queueId: await queueFor(work, routedBy(filing.courtCode, content)),
          receivedAt: filing.submittedAt,
        },
        { transaction: work.tx },
      );
  // Whoever already looks at the earlier one hears of the later one too.
  if (!known && duplicates.length > 0)
    await work.change(
      `UPDATE intake_item SET duplicates = duplicates + 1
       WHERE filing_id IN (${duplicates.map(() => "?").join(",")}) AND state IN ('waiting', 'claimed', 'awaiting_correction')`,
      duplicates.map(({ filingId: other }) => other),
    );
  const { courtCode, causeCode } = filing;
  await recordArrival(work, item, causeCode);
  await joinSeries(
    work,
    means,
    item,
    { id: filingId, courtCode, causeCode },
    content,
    new Set(similar.map((one) => one.filingId)),
  );
  await work.emit({
    name: "intake.enqueued",
    about: `intake_item:${item.id}`,
    courtCode: filing.courtCode,
    itemId: item.id,
    filingId,
    round: filing.round,
  });
  await work.emit(
    {
      name: "intake.escalation_due",
      about: `intake_item:${item.id}`,
      courtCode: filing.courtCode,
      itemId: item.id,
      round: filing.round,
    },
    { dueAt: escalationTime(today, dueOn) },
  );
}

/** A filing that was taken back, or lapsed, is no other's duplicate any more. */
export async function forgetDuplicate(work: Work, means: Means, filingId: string): Promise<void> {
  const { content } = await holdForDecision(work, means, filingId);
  const others = (await findSimilar(means, filingId, content)).filter(({ kind }) => kind === "duplicate");
  if (others.length === 0) return;
  await work.change(
    `UPDATE intake_item SET duplicates = duplicates - 1 WHERE duplicates > 0 AND filing_id IN (${others.map(() => "?").join(",")})`,
    others.map((one) => one.filingId),
  );
}

/** The supervisor hears of it two working days before the period ends, at nine in the morning; at once where that has passed. */
function escalationTime(today: string, dueOn: string): Date {
  let day = addDays(dueOn, -1);
  while (day > today && addWorkdays(courtCalendar, day, 2).day > dueOn) day = addDays(day, -1);
  return new Date(`${day < today ? today : day}T09:00:00+08:00`);
}

function routedBy(courtCode: string, { causeCode, formId, amountFen }: FilingContent) {
  return {
    courtCode,
    causeName: causeCode ? findCause(causeCode).name : "",
    formField: formId ? findForm(formId).field : "",
    amountFen: amountFen ?? 0,
  };
}
