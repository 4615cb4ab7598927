import { randomUUID } from "node:crypto";
import { nextNumber } from "#core/counter.ts";
import { addWorkdays, courtDayOf } from "#core/period.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { listStaffOf, requireVerified } from "#modules/account/index.ts";
import { findCaseRow } from "#modules/case/index.ts";
import { courtParameters, findCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { Reception } from "./model.ts";
import { problem } from "./problems.ts";
import type { Asking } from "./schema.ts";
import { sealPart } from "./store.ts";
import { OPEN, receptionWorkflow } from "./workflow.ts";

/** 下班: the moment at which a court day ends for whoever waits for the court. */
export const endOfDay = (day: string): Date => new Date(`${day}T18:00:00+08:00`);

/** 预约接访. Throws `account.unverified`, 404 for another's case, `reception.court_away`, `no_upper`, `open_already`. */
export async function askReception(work: Work, means: Means, given: Asking): Promise<Reception> {
  await requireVerified(work);
  const { accountId } = work.actor;
  const { courtCode, caseId = null, topic, matter, withUpper, place, soon } = given;
  if (caseId !== null) await findCaseRow(within(work, means.database), work.actor, caseId);
  await mustBeOpen(work, courtCode);
  const { parentCode } = await findCourt(courtCode);
  if (withUpper && !parentCode) throw problem("reception.no_upper");
  return register(work, means, {
    courtCode,
    upperCode: withUpper ? parentCode : null,
    accountId,
    caseId,
    topic,
    place,
    soon,
    words: matter,
    previousId: null,
  });
}

type ToRegister = Pick<Reception, "courtCode" | "upperCode" | "accountId" | "caseId" | "topic" | "place" | "soon"> & {
  readonly words: string;
  readonly previousId: string | null;
};
/** 登记: with its number and the day by which the court says what becomes of it. */
export async function register(work: Work, { vault }: Means, given: ToRegister): Promise<Reception> {
  const { words, ...facts } = given;
  const { courtCode } = facts;
  const sealRef = randomUUID().replaceAll("-", "");
  const year = courtDayOf(work.at).slice(0, 4);
  const { receptionReplyDays } = await courtParameters(courtCode, courtDayOf(work.at));
  // The series is held from here on: one who taps on two phones at once asks once.
  const serial = await nextNumber(work, `reception ${courtCode} ${year}`);
  await mustBeOnlyOne(work, facts);
  const row = await Reception.create(
    {
      ...facts,
      sealRef,
      number: `${courtCode}接访${year}-${String(serial).padStart(4, "0")}`,
      matter: sealPart(vault, { sealRef }, "matter", words),
      state: receptionWorkflow.start,
      askedAt: work.at,
      dueAt: endOfDay(addWorkdays(courtCalendar, courtDayOf(work.at), receptionReplyDays).day),
    },
    { transaction: work.tx },
  );
  await writeStep(work, row, "ask");
  await work.emit({ name: "reception.asked", ...aboutReception(row) });
  await remindCourt(work, row);
  return row;
}

async function mustBeOnlyOne(
  work: Work,
  { accountId, courtCode, topic, caseId }: Pick<Reception, "accountId" | "courtCode" | "topic" | "caseId">,
): Promise<void> {
  const [open] = await work.query(
    `SELECT id FROM reception WHERE account_id = ? AND court_code = ? AND topic = ? AND case_id <=> ?
       AND state IN (${OPEN.map(() => "?").join(",")}) LIMIT 1 FOR UPDATE`,
    [accountId, courtCode, topic, caseId, ...OPEN],
  );
  if (open) throw problem("reception.open_already");
}

/** A timer for the day on which the court's next step is due. */
export const remindCourt = (work: Work, row: Reception): Promise<void> =>
  work.emit({ name: "reception.due", ...aboutReception(row), dueAt: row.dueAt.toISOString() }, { dueAt: row.dueAt });

/** A court receives whose judges are here. */
export async function mustBeOpen(work: Work, courtCode: string): Promise<void> {
  await findCourt(courtCode);
  if ((await listStaffOf(courtCode, ["judge"], work.tx)).length === 0) throw problem("reception.court_away");
}

export const aboutReception = ({ id, courtCode, accountId }: Reception) => ({
  about: `reception:${id}`,
  courtCode,
  receptionId: String(id),
  accountId: String(accountId),
});

export async function writeStep(work: Work, { id }: Reception, action: string): Promise<void> {
  await work.change("INSERT INTO reception_step (reception_id, action, actor_id, at) VALUES (?, ?, ?, ?)", [
    id,
    action,
    work.actor.accountId,
    work.at,
  ]);
}
