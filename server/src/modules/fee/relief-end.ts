import { SYSTEM } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { factsOf } from "./events.ts";
import { type FeeNotice, FeeRelief } from "./model.ts";
import { sealWord } from "./store.ts";
import { reliefWorkflow } from "./workflow.ts";

/**
 * Who has paid everything no longer asks to pay later: the request for deferral ends by itself. Gives false where the request
 * is for paying less or nothing: that is still decided, and what was paid too much goes back.
 */
export async function closePaidRelief(
  work: Work,
  { vault }: Pick<Means, "vault">,
  notice: FeeNotice,
): Promise<boolean> {
  const relief = await FeeRelief.findOne({
    where: { openOf: notice.id },
    transaction: work.tx,
    lock: work.tx.LOCK.UPDATE,
  });
  if (!relief) return true;
  if (relief.kind !== "defer") return false;
  await relief.update(
    {
      state: reliefWorkflow.next(relief.state, "withdraw", SYSTEM.role),
      openOf: null,
      reason: sealWord(vault, relief, "reason", "费用已经交清，缓交申请自行结束。"),
      decidedAt: work.at,
      version: relief.version + 1,
    },
    { transaction: work.tx },
  );
  await work.emit({ name: "fee.relief_withdrawn", ...factsOf(notice), reliefId: relief.id, kind: relief.kind });
  return true;
}
