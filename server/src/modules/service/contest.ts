import { SYSTEM } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { findCaseRow } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { effectOf } from "./effect.ts";
import { type Service, ServiceAttempt, ServiceContest } from "./model.ts";
import { problem } from "./problems.ts";
import { factsOfService } from "./settle.ts";
import { knownOf, sealWord } from "./store.ts";

/** 「我是另一天收到的」 (民诉法解释§135第二款, 在线诉讼规则§31): a task of the court's until it is decided. Throws `service.claimed_on`. */
export async function openContest(
  work: Work,
  means: Means,
  held: Service,
  { claimedOn, note }: { readonly claimedOn: string | null; readonly note: string },
): Promise<void> {
  const { effectiveOn } = held;
  if (!effectiveOn) throw problem("service.claimed_on");
  if (claimedOn !== null && claimedOn > courtDayOf(work.at)) throw problem("service.claimed_on");
  if (claimedOn === effectiveOn)
    throw problem("service.claimed_on", { detail: "您填写的日期与系统记载的送达日期相同，不需要提出异议。" });
  const attempts = await ServiceAttempt.findAll({ where: { serviceId: held.id }, transaction: work.tx });
  const courtCase = await findCaseRow(within(work, means.database), SYSTEM, String(held.caseId));
  const { attemptId } = effectOf(
    attempts.map((attempt) => knownOf(means.vault, held, attempt)),
    courtCase.trialProcedure,
  );
  const made = await ServiceContest.create(
    {
      serviceId: String(held.id),
      attemptId: String(attemptId),
      accountId: work.actor.accountId,
      claimedOn,
      disputedOn: effectiveOn,
      note: sealWord(means.vault, held, "contest", note),
      state: "open",
      at: work.at,
    },
    { transaction: work.tx },
  );
  await work.emit({ name: "service.contested", ...factsOfService(held), contestId: String(made.id) });
}

export interface Ruling {
  readonly accept: boolean;
  /** Null: it never arrived. Left out: as the recipient says. */
  readonly effectiveOn?: string | null | undefined;
  readonly reason: string;
}

/** Decides the open contest; where it is accepted, the day of that attempt is the one decided, or the attempt counts no more. */
export async function ruleOnContest(work: Work, means: Means, held: Service, ruling: Ruling): Promise<void> {
  const contest = await ServiceContest.findOne({
    where: { serviceId: held.id, state: "open" },
    transaction: work.tx,
    lock: work.tx.LOCK.UPDATE,
    rejectOnEmpty: true,
  });
  const { accept, reason } = ruling;
  const effectiveOn = accept ? (ruling.effectiveOn === undefined ? contest.claimedOn : ruling.effectiveOn) : null;
  if (accept) {
    const attempt = await ServiceAttempt.findByPk(contest.attemptId, { transaction: work.tx, rejectOnEmpty: true });
    const wrong = (message: string) =>
      problem("service.ruled_on", { detail: message, errors: [{ pointer: "/effectiveOn", code: "day", message }] });
    if (effectiveOn !== null && effectiveOn > courtDayOf(work.at)) throw wrong("认定的送达日期不能晚于今天。");
    if (effectiveOn !== null && attempt.channel === "public_notice")
      throw wrong("公告送达的日期由刊登日期计算；异议成立的，请选择“没有收到”，或者更正刊登日期。");
    await attempt.update({ ruled: true, ruledOn: effectiveOn }, { transaction: work.tx });
  }
  await contest.update(
    {
      state: accept ? "accepted" : "refused",
      effectiveOn: accept ? effectiveOn : contest.disputedOn,
      reason: sealWord(means.vault, held, "reason", reason),
      decidedAt: work.at,
      decidedBy: work.actor.accountId,
    },
    { transaction: work.tx },
  );
  await work.emit({
    name: "service.contest_decided",
    ...factsOfService(held),
    contestId: String(contest.id),
    accepted: accept,
  });
}
