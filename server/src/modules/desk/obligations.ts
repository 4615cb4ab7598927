import { addDays, courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { type CourtCase, handlersOf } from "#modules/case/index.ts";
import { endOfDay } from "#modules/filing/index.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { work as compute, type Worked } from "./compute.ts";
import { type Inputs, RULES_VERSION, type RuleCode } from "./rules.ts";

export type ObligationState = "open" | "done" | "expired" | "cancelled";
export interface Obligation {
  readonly id: string;
  readonly caseId: string;
  readonly courtCode: string;
  readonly partyKey: string;
  readonly rule: RuleCode;
  readonly source: string;
  readonly sourceEventId: string;
  readonly inputs: string;
  readonly dueOn: string;
  readonly state: ObligationState;
  /** `submission:7`, `account:3`: what closed it. */
  readonly closedBy: string;
}
const COLUMNS = `id, case_id AS caseId, court_code AS courtCode, party_key AS partyKey, rule, source, source_event_id AS sourceEventId, inputs,
  DATE_FORMAT(due_on, '%Y-%m-%d') AS dueOn, state, closed_by AS closedBy`;

/** Days before the last one on which people are reminded, at nine in the morning. */
const REMIND_DAYS = [7, 3, 1] as const;

export interface Placing {
  readonly partyKey: string;
  readonly rule: RuleCode;
  readonly source: string;
  readonly inputs: Inputs;
}

/**
 * Writes down a duty, or works it out anew from what is known now, in a case whose row is held. An event older than the last
 * one it was worked out from changes nothing. Gives its id, null where no period runs.
 */
export async function placeObligation(
  work: Work,
  courtCase: CourtCase,
  eventId: string,
  { partyKey, rule, source, inputs }: Placing,
): Promise<string | null> {
  const caseId = String(courtCase.id);
  const [known] = await read(work, "case_id = ? AND party_key = ? AND rule = ? AND source = ? FOR UPDATE", [
    caseId,
    partyKey,
    rule,
    source,
  ]);
  if (known && BigInt(known.sourceEventId) > BigInt(eventId)) return known.id;
  const worked = compute(rule, inputs);
  if (worked === null) {
    if (known) await closeObligation(work, known, "cancelled", source);
    return null;
  }
  if (known) {
    await rework(work, known, eventId, inputs, worked);
    return known.id;
  }
  await work.change(
    `INSERT INTO obligation (case_id, court_code, party_key, rule, source, source_event_id, inputs, rules_version, calendar_version,
       due_on, nominal_on, provisional, basis, explanation, state, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?)`,
    [caseId, courtCase.courtCode, partyKey, rule, source, eventId, ...written(inputs, worked), work.at, work.at],
  );
  const [made] = await read(work, "id = LAST_INSERT_ID()", []);
  if (!made) throw new Error("the obligation that was just written is not there");
  const acting = (await handlersOf(work, caseId)).filter((one) => one.partyKey === partyKey);
  for (const { accountId } of acting) await giveObligations(work, accountId, caseId, partyKey);
  await setTimers(work, made);
  return made.id;
}

/** The same again, with inputs that have become others. */
export async function rework(
  work: Work,
  known: Obligation,
  eventId: string,
  inputs: Inputs,
  worked: Worked | null = compute(known.rule, inputs),
): Promise<void> {
  if (worked === null) return closeObligation(work, known, "cancelled", known.source);
  const isLate = worked.dueOn < courtDayOf(work.at);
  // What was done stays done, except that more money is asked for; what had run out or been called off runs again in time.
  const isDone = known.state === "done" && known.rule !== "fee";
  const state: ObligationState = isDone || (known.state === "expired" && isLate) ? known.state : "open";
  await work.change(
    `UPDATE obligation SET previous_on = IF(due_on = ?, previous_on, due_on), source_event_id = ?, inputs = ?, rules_version = ?, calendar_version = ?, due_on = ?, nominal_on = ?,
       provisional = ?, basis = ?, explanation = ?, state = ?, closed_at = IF(? = 'open', NULL, closed_at),
       closed_by = IF(? = 'open', '', closed_by), updated_at = ? WHERE id = ?`,
    [worked.dueOn, eventId, ...written(inputs, worked), state, state, state, work.at, known.id],
  );
  await copyToHolders(work, known.id);
  const now = { ...known, dueOn: worked.dueOn, state };
  if (worked.dueOn === known.dueOn && state === known.state) return;
  if (state === "open") await setTimers(work, now);
  if (worked.dueOn !== known.dueOn)
    await work.emit({ name: "obligation.changed", ...factsOf(now), before: known.dueOn });
}

/** Closes what is open; what is closed already stays as it is. */
export async function closeObligation(
  work: Work,
  known: Obligation,
  state: Exclude<ObligationState, "open">,
  by: string,
): Promise<void> {
  const changed = await work.change(
    "UPDATE obligation SET state = ?, closed_by = ?, closed_at = ?, updated_at = ? WHERE id = ? AND state = 'open'",
    [state, by, work.at, work.at, known.id],
  );
  if (changed === 1) await copyToHolders(work, known.id);
}

/** What `by` had closed runs again: an answer that was taken back. */
export async function reopenObligation(work: Work, known: Obligation): Promise<void> {
  const state: ObligationState = known.dueOn < courtDayOf(work.at) ? "expired" : "open";
  await work.change(
    "UPDATE obligation SET state = ?, closed_by = '', closed_at = NULL, updated_at = ? WHERE id = ? AND state = 'done'",
    [state, work.at, known.id],
  );
  await copyToHolders(work, known.id);
}

export const holdOfCase = (work: Work, caseId: string): Promise<Obligation[]> =>
  read(work, "case_id = ? ORDER BY id FOR UPDATE", [caseId]);
export const holdOfSource = (work: Work, source: string): Promise<Obligation[]> =>
  read(work, "source = ? ORDER BY id FOR UPDATE", [source]);
export async function holdObligation(work: Work, id: string): Promise<Obligation | null> {
  const [row] = await read(work, "id = ? FOR UPDATE", [id]);
  return row ?? null;
}

/** Whoever comes to act for a party finds what it has to do. */
export async function giveObligations(work: Work, accountId: string, caseId: string, partyKey: string): Promise<void> {
  await work.change(
    `INSERT IGNORE INTO obligation_holder (account_id, obligation_id, case_id, state, due_on)
     SELECT ?, id, case_id, state, due_on FROM obligation WHERE case_id = ? AND party_key = ?`,
    [accountId, caseId, partyKey],
  );
}

export const factsOf = (one: Obligation) => ({
  about: `obligation:${one.id}`,
  courtCode: one.courtCode,
  obligationId: one.id,
  caseId: one.caseId,
  partyKey: one.partyKey,
  rule: one.rule,
  dueOn: one.dueOn,
});

/** Reminders that are past are not set; the end is, so that what comes too late is seen to have ended. */
async function setTimers(work: Work, one: Obligation): Promise<void> {
  for (const daysLeft of REMIND_DAYS) {
    const dueAt = new Date(`${addDays(one.dueOn, -daysLeft)}T09:00:00+08:00`);
    if (dueAt > work.at) await work.emit({ name: "obligation.due_soon", ...factsOf(one), daysLeft }, { dueAt });
  }
  await work.emit({ name: "obligation.due", ...factsOf(one) }, { dueAt: endOfDay(one.dueOn) });
}

const written = (inputs: Inputs, { dueOn, nominalOn, provisional, basis, explanation }: Worked) => [
  JSON.stringify(inputs),
  RULES_VERSION,
  courtCalendar.version,
  dueOn,
  nominalOn,
  provisional ? 1 : 0,
  basis,
  explanation,
];

export async function copyToHolders(work: Work, id: string): Promise<void> {
  await work.change(
    "UPDATE obligation_holder h JOIN obligation o ON o.id = h.obligation_id SET h.state = o.state, h.due_on = o.due_on WHERE h.obligation_id = ?",
    [id],
  );
}

async function read(work: Work, where: string, values: string[]): Promise<Obligation[]> {
  const rows = await work.query<Obligation>(`SELECT ${COLUMNS} FROM obligation WHERE ${where}`, values);
  return rows.map((row) => ({
    ...row,
    id: String(row.id),
    caseId: String(row.caseId),
    sourceEventId: String(row.sourceEventId),
  }));
}
