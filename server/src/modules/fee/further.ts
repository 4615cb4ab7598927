import { isDuplicate } from "#core/database.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { RunAgain } from "#core/work.ts";
import { findIdentity } from "#modules/account/index.ts";
import { feeParametersOf } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { assessFee, type FeeFacts } from "#modules/reference/index.ts";
import { issueNotice } from "./issue.ts";
import { FeeNotice } from "./model.ts";
import { serviceOf } from "./period.ts";
import { problem } from "./problems.ts";
import type { SourceKind } from "./sources.ts";
import { listOfCase, maySee, openWord } from "./store.ts";

export interface FurtherNotice {
  readonly source: SourceKind;
  /** Tells two of one kind apart: the key of the party. */
  readonly key?: string | undefined;
  readonly facts: FeeFacts;
  readonly payerAccountId?: string | undefined;
  readonly payer?: { readonly name: string; readonly kind: "natural" | "organisation" } | undefined;
}

const NOBODY = "0";

/**
 * One more notice in a case: 反诉、上诉、保全… each with its own payer. The case is known here by its first notice; of another
 * court's case, or one without, there is none. Throws `fee.not_found`, `known_source`, `payer`, `no_fee`.
 */
export async function issueFurther(
  work: Work,
  means: Means,
  caseId: string,
  { source, key, facts, payerAccountId, payer: named }: FurtherNotice,
): Promise<FeeNotice> {
  const { vault } = means;
  const known = await listOfCase(within(work, means.database), caseId);
  const [first] = known;
  if (!first || !(await maySee(work, work.actor, first.id))) throw problem("fee.not_found");
  const name = `${source}:${key ?? `n${known.length + 1}`}`;
  if (known.some((row) => row.source === name)) throw problem("fee.known_source");
  const identity = payerAccountId ? await findIdentity(vault, payerAccountId, work.tx) : null;
  const own = payerAccountId === first.accountId ? openWord(vault, first, "payer", first.payer) : null;
  const payerName = named?.name ?? own ?? identity?.name;
  if (!payerName)
    throw problem("fee.payer", {
      errors: [{ pointer: "/payer", code: "required", message: "请写明由谁交费" }],
    });
  const quote = assessFee(facts, await feeParametersOf(first.courtCode));
  if (quote.feeFen === 0) throw problem("fee.no_fee");
  // What the one who sued has confirmed holds for the whole case; of others nothing is known.
  const [acceptance] = await FeeNotice.findAll({ where: { id: first.id }, transaction: work.tx });
  const service = payerAccountId === first.accountId && acceptance ? serviceOf(acceptance) : null;
  try {
    return await issueNotice(work, means, {
      courtCode: first.courtCode,
      caseId: first.caseId,
      caseNumber: first.caseNumber,
      filingId: first.filingId,
      source: name,
      accountId: payerAccountId ?? NOBODY,
      payer: { name: payerName, kind: named?.kind ?? (own ? first.payerKind : "natural") },
      title: openWord(vault, first, "title", first.title),
      facts,
      quote,
      service: service ?? {
        confirmed: false,
        basis: "在线诉讼规则§31(2)",
        explanation: "没有确认的电子送达地址，以其回复、交费等行为或者其他方式送达之日为送达之日。",
      },
    });
  } catch (error) {
    if (isDuplicate(error)) throw new RunAgain();
    throw error;
  }
}
