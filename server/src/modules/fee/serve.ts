import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { computeServiceEffect, type ServiceInput } from "#modules/reference/index.ts";
import type { FeeNotice } from "./model.ts";
import { moveNotice } from "./move.ts";
import { type Service, serviceOf, startPeriod } from "./period.ts";
import { problem } from "./problems.ts";

/**
 * Records how a notice reached its payer by another way than a confirmed electronic address; the seven days begin with the day
 * on which that takes effect. Throws `fee.already_served`, `fee.not_served`, `service_effect.invalid`.
 */
export async function serveNotice(work: Work, means: Means, notice: FeeNotice, input: ServiceInput): Promise<void> {
  if (notice.servedOn !== null && notice.state === "open") throw problem("fee.already_served");
  const { effectiveDate, presumed, basis, explanation } = computeServiceEffect(input);
  const refused = (message: string) =>
    problem("fee.not_served", { detail: message, errors: [{ pointer: "/input", code: "not_served", message }] });
  if (effectiveDate === null) throw refused(explanation);
  if (effectiveDate > courtDayOf(work.at))
    throw refused(`${explanation}到 ${effectiveDate} 才发生送达效力，请届时再登记。`);
  if (effectiveDate < courtDayOf(notice.issuedAt)) throw refused("送达的日期早于交费通知发出的日期，请核对。");
  const service: Service & { input: ServiceInput } = {
    confirmed: serviceOf(notice)?.confirmed ?? false,
    basis,
    explanation,
    input,
  };
  await moveNotice(work, means, notice, "serve", null, {
    note: explanation,
    set: { service: JSON.stringify(service) },
  });
  await startPeriod(work, notice, { servedOn: effectiveDate, presumed }, "service");
}
