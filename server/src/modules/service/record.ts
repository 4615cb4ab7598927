import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { beginAttempt } from "./attempt.ts";
import { type AllFacts, type Facts, type RecordedChannel, recordings } from "./facts.ts";
import { type Service, ServiceAttempt } from "./model.ts";
import { problem } from "./problems.ts";
import { factsOf, sealWord } from "./store.ts";

const MOMENTS = ["arrivedAt", "readAt", "repliedAt"] as const;

const refused = (pointer: string, message: string) =>
  problem("service.facts_invalid", {
    detail: message,
    errors: [{ pointer: `/facts/${pointer}`, code: "facts", message }],
  });

/**
 * Writes down what happened on one way: on the last attempt of the channel, or on a new one where the court has gone that way
 * without asking first. Facts that were written before are completed or corrected. Throws `service.facts_invalid`.
 */
export async function recordFacts(
  work: Work,
  means: Means,
  held: Service,
  channel: RecordedChannel,
  given: Facts,
): Promise<void> {
  const { vault } = means;
  const last = await ServiceAttempt.findOne({
    where: { serviceId: held.id, channel },
    order: [["id", "DESC"]],
    transaction: work.tx,
  });
  const facts = { ...(last ? factsOf(vault, held, last.facts) : {}), ...given } as AllFacts &
    Partial<Record<(typeof MOMENTS)[number], string>>;
  demandTrue(work, channel, facts, last);
  const attempt = last ?? (await beginAttempt(work, means, held, channel, { quiet: true }));
  const { arrivedAt, readAt, repliedAt, ...rest } = facts;
  const moments = { arrivedAt, readAt, repliedAt };
  await attempt.update(
    {
      ...Object.fromEntries(
        MOMENTS.filter((name) => moments[name]).map((name) => [name, new Date(String(moments[name]))]),
      ),
      facts: sealWord(vault, held, "facts", JSON.stringify(rest)),
    },
    { transaction: work.tx },
  );
  await held.update({ channel }, { transaction: work.tx });
}

/** Nothing lies ahead, nothing lies before it was sent, and what belongs together is there together. */
function demandTrue(
  work: Work,
  channel: RecordedChannel,
  facts: AllFacts & Partial<Record<(typeof MOMENTS)[number], string>>,
  last: ServiceAttempt | null,
): void {
  const today = courtDayOf(work.at);
  const first = last ? courtDayOf(last.sentAt) : "1990-01-01";
  const names = Object.keys(recordings[channel].shape).filter((name) => /(On|At)$/.test(name));
  for (const name of names) {
    const value = (facts as Readonly<Record<string, unknown>>)[name];
    if (typeof value !== "string") continue;
    const day = name.endsWith("At") ? courtDayOf(new Date(value)) : value;
    if (day > today) throw refused(name, "日期不能晚于今天，请核对。");
    if (day < first && name !== "lastPublishedOn") throw refused(name, `日期不能早于发出的日期 ${first}，请核对。`);
  }
  if (facts.returnedOn && !facts.returnReason) throw refused("returnReason", "请选择退回原因。");
  if (facts.returnReason && !facts.returnedOn) throw refused("returnedOn", "请填写退回日期。");
  if (facts.signedOn && facts.returnedOn) throw refused("returnedOn", "同一邮件不能既已签收又已退回，请核对。");
  if (facts.signedOn && facts.refusedOn) throw refused("refusedOn", "不能既已签收又拒绝签收，请核对。");
  // 民事诉讼法§89: by witnesses, or by pictures of what was done.
  if (channel === "leave" && !facts.witnesses && !facts.recorded)
    throw refused("witnesses", "留置送达须写明见证人，或者确认已经拍照、录像。");
  if (channel === "direct" && facts.signedOn && !facts.signedBy) throw refused("signedBy", "请填写签收人。");
}
