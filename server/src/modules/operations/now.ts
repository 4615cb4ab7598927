import type { Means } from "#modules/module.ts";

/** The agreed time (see Clock). */
export async function nowOf({ database, clock }: Means): Promise<Date> {
  const [row] = await database.read<{ now: Date }>("SELECT UTC_TIMESTAMP(3) AS now");
  return clock.shifted(row?.now ?? new Date());
}
