import { addDays, courtDayOf } from "#core/period.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type Handler, holdCaseFor, listCaseParties, SIDES, writeCaseEvent } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { labelOf, termsOf } from "./applications.ts";
import { checkSubmission } from "./check.ts";
import { discloseSubmission } from "./disclose.ts";
import { barredFrom } from "./draft.ts";
import { factsOf } from "./facts.ts";
import { type Submission, SubmissionStep } from "./model.ts";
import { problem } from "./problems.ts";
import { holdSubmission, sealNote, withMandate } from "./store.ts";
import { type SubmissionAction, submissionWorkflow } from "./workflow.ts";

/** Evidence and opinions are laid open all at once, by the court, unless each side works in its own time (在线诉讼规则§14). */
const EXCHANGED: readonly string[] = ["evidence", "opinion"];
/** What the court must say yes or no to. */
export const ASKED: readonly string[] = ["application", "counterclaim"];

const EVENTS = {
  submit: "submission.submitted",
  withdraw: "submission.withdrawn",
  receive: "submission.received",
  return: "submission.returned",
  grant: "submission.granted",
  refuse: "submission.refused",
} as const;

/**
 * Moves a submission: handing in checks it first and opens it to the other parties; the court receives, returns, grants or
 * refuses. Throws 422 `submission.incomplete` with what is missing, 403, 409 for its state, 404 for whoever may not see it.
 */
export async function moveSubmission(
  work: Work,
  means: Means,
  id: string,
  { action, note }: { action: SubmissionAction | "disclose"; note?: string | undefined },
): Promise<Submission> {
  const { held, mine } = await holdSubmission(work, id);
  if (action === "disclose") return discloseSubmission(work, held);
  const courtCase = await holdCaseFor(work, String(held.caseId));
  const one = withMandate(mine, held.partyKey);
  const isPartys = action === "submit" || action === "withdraw";
  // The other side reads it and moves nothing; neither does who only works for the party's lawyer.
  if (isPartys && !one && mine.length > 0) throw problem("submission.not_for_you");
  const state = submissionWorkflow.next(held.state, action, work.actor.role);
  demandQueue(work, held, action);
  if (action === "submit") await demandWhole(work, means, held, one);
  const now = { updatedAt: work.at, version: held.version + 1 };
  const { days, toldAfterwards } = termsOf(held.kind, held.application);
  const isOpen = !toldAfterwards && (!EXCHANGED.includes(held.kind) || courtCase.exchange === "asynchronous");
  const decided = isPartys ? {} : { decidedAt: work.at, decidedBy: work.actor.accountId };
  const wasOpen = held.openAt !== null;
  const sealed = note ? sealNote(means.vault, held, note) : null;
  await held.update(
    {
      state,
      ...now,
      ...decided,
      ...(isPartys ? {} : { note: sealed }),
      ...(action === "submit"
        ? {
            submittedAt: work.at,
            openAt: isOpen ? work.at : null,
            dueOn: days === null ? null : addDays(courtDayOf(work.at), days),
          }
        : {}),
      ...(action === "receive" && !toldAfterwards ? { openAt: held.openAt ?? work.at } : {}),
      ...(held.openOf !== null && isOver(held.kind, state) ? { openOf: null } : {}),
    },
    { transaction: work.tx },
  );
  await SubmissionStep.create(
    {
      submissionId: id,
      action,
      toState: state,
      actorId: work.actor.accountId,
      role: work.actor.role,
      note: sealed,
      at: work.at,
    },
    { transaction: work.tx },
  );
  await tell(work, means, held, courtCase, action, { isOpen, wasOpen });
  return held;
}

/** Nothing more is waited for: another of the kind may be begun. */
const isOver = (kind: string, state: string): boolean =>
  state === "withdrawn" ||
  state === "granted" ||
  state === "refused" ||
  (state === "received" && !ASKED.includes(kind));

function demandQueue(work: Work, held: Submission, action: SubmissionAction): void {
  if (action !== "grant" && action !== "refuse") return;
  if (!ASKED.includes(held.kind)) throw problem("submission.nothing_to_decide");
  if (held.queue !== work.actor.role)
    throw problem(held.queue === "supervisor" ? "submission.other_queue" : "submission.not_for_you");
}

async function demandWhole(work: Work, means: Means, held: Submission, one: Handler | undefined): Promise<void> {
  const barred = one ? barredFrom(one, held.kind, held.application) : null;
  if (barred) throw problem("submission.not_for_you", { detail: `${barred}。` });
  const inside = { ...means, database: within(work, means.database) };
  const row = { ...held.get({ plain: true }), id: String(held.id), caseId: String(held.caseId) };
  const findings = await checkSubmission(inside, work.actor, row, one);
  const blocking = findings.filter(({ severity }) => severity === "block");
  if (blocking.length === 0) return;
  throw problem("submission.incomplete", {
    detail: blocking.map(({ message }) => `${message}。`).join(""),
    errors: blocking.map(({ code, pointer, message }) => ({ code, pointer, message })),
    members: { findings },
  });
}

const LINES: Readonly<Partial<Record<SubmissionAction, string>>> = {
  submit: "提交",
  grant: "获法院准许",
  refuse: "未获法院准许",
  withdraw: "撤回",
};

async function tell(
  work: Work,
  means: Means,
  held: Submission,
  courtCase: Awaited<ReturnType<typeof holdCaseFor>>,
  action: SubmissionAction,
  { isOpen, wasOpen }: { isOpen: boolean; wasOpen: boolean },
): Promise<void> {
  const facts = factsOf(held);
  if (action === "submit") await work.emit({ name: "submission.submitted", ...facts, open: isOpen });
  else if (action === "receive")
    await work.emit({ name: EVENTS[action], ...facts, opened: !wasOpen && held.openAt !== null });
  else if (action === "withdraw") await work.emit({ name: EVENTS[action], ...facts, wasOpen });
  else if (action === "return") await work.emit({ name: EVENTS[action], ...facts });
  else await work.emit({ name: EVENTS[action], ...facts, open: held.openAt !== null });
  const words = LINES[action];
  // A draft that was never handed in is nobody's business, nor is what waits for the common exchange.
  if (!words || held.submittedAt === null || (EXCHANGED.includes(held.kind) && !isOpen)) return;
  const isKept = termsOf(held.kind, held.application).toldAfterwards && held.openAt === null;
  const parties = await listCaseParties(within(work, means.database), means.vault, courtCase);
  const party = parties.find(({ key }) => key === held.partyKey);
  await writeCaseEvent(work, means.vault, courtCase, {
    kind: `submission_${action}`,
    source: `submission_${action}:${held.id}:${held.version}`,
    title: `${words}${labelOf(held.kind, held.application)}`,
    detail: party ? `${SIDES[party.side] ?? ""}${party.name}` : "",
    partyKey: isKept ? held.partyKey : null,
  });
}
