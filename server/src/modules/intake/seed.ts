import type { Work } from "#core/work.ts";
import { IntakeRule } from "./model.ts";
import { DEFAULT_RULES } from "./route-filing.ts";

/** Lays down the routing rules that every court starts with, once. */
export async function seedIntakeRules(work: Work): Promise<void> {
  if ((await IntakeRule.count({ where: { courtCode: null } as never, transaction: work.tx })) > 0) return;
  for (const { priority, fits, category } of DEFAULT_RULES) {
    await IntakeRule.create(
      { courtCode: null, priority, fits: JSON.stringify(fits), category },
      { transaction: work.tx },
    );
  }
}
