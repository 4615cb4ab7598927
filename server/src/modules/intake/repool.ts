import { SYSTEM } from "#core/actor.ts";
import type { Transact } from "#core/work.ts";

/** Puts claims whose lease ran out back into their queues, so that counts are right even where nobody pulls. */
export async function repoolAll(transact: Transact): Promise<void> {
  await transact(SYSTEM, (work) =>
    work.change(
      "UPDATE intake_item SET state = 'waiting', holder_id = NULL, lease_until = NULL WHERE state = 'claimed' AND lease_until < ?",
      [work.at],
    ),
  );
}
