import { createHash } from "node:crypto";
import { nextNumber } from "#core/counter.ts";
import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { materialFacts } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { restartClock, startClock, stopClock } from "./clock.ts";
import { keepLikeness } from "./likeness.ts";
import { closeMediation } from "./mediation.ts";
import { type Filing, FilingCorrection, FilingSubmission } from "./model.ts";
import { moveFiling } from "./move.ts";
import { indexParties } from "./party.ts";
import { precheck } from "./precheck.ts";
import { problem } from "./problems.ts";
import { clockOf, termsOf, writeClock } from "./run-clock.ts";
import { holdFiling, openContent, sealText } from "./store.ts";
import { filingWorkflow } from "./workflow.ts";

/**
 * Hands a filing in, first or after correction (民诉法§126, 在线诉讼规则§9). Gives a receipt number, keeps what was handed
 * in, starts the clock anew. Throws `filing.incomplete` with all findings while the rule pack blocks.
 */
export async function submitFiling(work: Work, means: Means, id: string): Promise<Filing> {
  const filing = await holdFiling(work, id);
  filingWorkflow.next(filing.state, "submit", work.actor.role);
  const { content } = openContent(means.vault, filing);
  const { findings } = await precheck(
    means,
    { id, accountId: String(filing.accountId), courtCode: filing.courtCode },
    content,
    work.actor,
  );
  const blocks = findings.filter(({ severity }) => severity === "block");
  if (blocks.length > 0) {
    throw problem("filing.incomplete", {
      detail: `还有 ${blocks.length} 项必须处理：${blocks[0]?.message}${blocks.length > 1 ? "等" : ""}。`,
      errors: blocks.map(({ pointer, code, message }) => ({ pointer, code, message })),
      members: { findings },
    });
  }
  const first = filing.state === "draft";
  const today = courtDayOf(work.at);
  const round = first ? 1 : filing.round + 1;
  const { period, rolls } = await termsOf(filing);
  await writeClock(
    work,
    filing,
    first ? startClock(courtCalendar, today, period, rolls) : restartClock(courtCalendar, today, period, rolls),
  );
  await keepSubmission(work, means, filing, round, JSON.stringify(content));
  await indexParties(work, means, id, content);
  await keepLikeness(work, means, filing, content);
  if (!first)
    await FilingCorrection.update(
      { answeredAt: work.at },
      { where: { filingId: id, round: filing.round, answeredAt: null }, transaction: work.tx },
    );
  await moveFiling(work, means, filing, "submit", {
    note: first ? "" : `第 ${round} 次提交（补正后）`,
    set: {
      round,
      correctionDueOn: null,
      ...(first ? { submittedAt: work.at, receiptNumber: await receiptNumber(work, filing.courtCode, today) } : {}),
    },
  });
  return filing;
}

/** 撤回: possible until the court has decided; the clock ends. */
export async function withdrawFiling(work: Work, means: Means, id: string, note: string): Promise<Filing> {
  const filing = await holdFiling(work, id);
  filingWorkflow.next(filing.state, "withdraw", work.actor.role);
  const events = await clockOf(work, filing);
  if (events.length > 0) await writeClock(work, filing, stopClock(courtDayOf(work.at), "申请人撤回，期限终止"));
  if (filing.state === "in_mediation") await closeMediation(work, id, "withdrawn");
  await moveFiling(work, means, filing, "withdraw", { note, set: { correctionDueOn: null } });
  return filing;
}

/** Keeps what was handed in at a round, for the comparison of rounds. */
export async function keepSubmission(
  work: Work,
  { vault, database }: Means,
  filing: Filing,
  round: number,
  text: string,
): Promise<void> {
  const { readyIds } = await materialFacts(database, "filing", filing.id);
  await FilingSubmission.create(
    {
      filingId: filing.id,
      round,
      content: sealText(vault, filing, text),
      materialIds: JSON.stringify(readyIds),
      contentHash: createHash("sha256").update(text).digest("hex"),
      at: work.at,
    },
    { transaction: work.tx },
  );
}

/** 收件凭证编号: court, day and the day's running number, e.g. `收鲁0102-20261122-00017`. */
export async function receiptNumber(work: Work, courtCode: string, today: string): Promise<string> {
  const serial = await nextNumber(work, `receipt ${courtCode} ${today}`);
  return `收${courtCode}-${today.replaceAll("-", "")}-${String(serial).padStart(5, "0")}`;
}
