import type { Work } from "#core/work.ts";
import { courtParameters } from "#modules/court/index.ts";
import { findForm } from "#modules/reference/index.ts";
import { type ClockEvent, type ReviewPeriod, reviewPeriod } from "./clock.ts";
import { type Filing, FilingClockEvent } from "./model.ts";
import { causeOf } from "./precheck.ts";

/** Writes what happened to the clock; gives the event back. */
export async function writeClock(work: Work, filing: Filing, event: ClockEvent): Promise<ClockEvent> {
  await FilingClockEvent.create({ filingId: filing.id, ...event, at: work.at }, { transaction: work.tx });
  return event;
}

export async function clockOf(work: Work, filing: Filing): Promise<ClockEvent[]> {
  const rows = await FilingClockEvent.findAll({
    where: { filingId: filing.id },
    order: [["id", "ASC"]],
    transaction: work.tx,
  });
  return rows.map(({ event, onDay, dueOn, nominalDueOn, provisional, basis, note }) => ({
    event: event as ClockEvent["event"],
    onDay,
    dueOn,
    nominalDueOn,
    provisional,
    basis,
    note,
  }));
}

/** The period that binds the court in this filing, and whether a last day of rest moves it (a parameter of the court). */
export async function termsOf(filing: Filing): Promise<{ period: ReviewPeriod; rolls: boolean }> {
  const parameters = await courtParameters(filing.courtCode);
  const form = filing.formId === null ? null : findForm(filing.formId);
  return {
    period: reviewPeriod(causeOf(filing.causeCode)?.name ?? null, form?.field ?? null),
    rolls: parameters.reviewRollsOverRestDays,
  };
}
