import { Sequelize } from "sequelize";
import { expect, vi } from "vitest";
import type { TestApp } from "#test/app.ts";

const MOST = 400;
/** Every one in `npm run rel`; some of them for every change. */
const STEP = Number(process.env["FAULT_STEP"] ?? 25);

export interface NthCall {
  /**
   * Runs the flow with its first call failing, then its second, … until it goes through untouched, and looks after each
   * what it left. `prepare` runs undisturbed before each. Gives how many calls were made to fail.
   */
  failing<T>(steps: {
    prepare: (nth: number) => Promise<T>;
    flow: (given: T) => Promise<boolean>;
    check: (given: T, went: boolean) => Promise<void>;
  }): Promise<number>;
}

/** Makes the n-th statement or outward call of a flow fail (SQLite's method), on an application in this process. */
export function failNthCall(app: TestApp): NthCall {
  let [failAt, calls] = [0, 0];
  const count = (what: string): void => {
    if (failAt === 0) return;
    calls += 1;
    if (calls === failAt) throw Object.assign(new Error(`planted: ${what}`), { code: "PLANTED" });
  };
  const query = Sequelize.prototype.query;
  vi.spyOn(Sequelize.prototype, "query").mockImplementation(async function (this: Sequelize, ...given: unknown[]) {
    count(String((given[0] as { query?: string })?.query ?? given[0]).slice(0, 60));
    return query.apply(this, given as never);
  } as never);
  const watched: [owner: object, names: string[]][] = [
    [app.database, ["read"]],
    [app.gateways.payments, ["open", "find", "close", "refund", "findRefund"]],
    [
      app.gateways.files,
      ["planUpload", "completeUpload", "stat", "read", "write", "signDownload", "move", "copy", "remove"],
    ],
  ];
  for (const [owner, names] of watched) {
    const members = owner as Record<string, (...given: unknown[]) => unknown>;
    for (const name of names) {
      const original = members[name]?.bind(owner);
      if (!original) continue;
      vi.spyOn(members, name).mockImplementation(async (...given: unknown[]) => {
        count(name);
        return original(...given);
      });
    }
  }
  return {
    async failing({ prepare, flow, check }) {
      for (let [nth, failed] = [1, 0]; nth < MOST; nth += STEP, failed += 1) {
        const given = await prepare(nth);
        [failAt, calls] = [nth, 0];
        const went = await flow(given).finally(() => {
          failAt = 0;
        });
        const touched = calls >= nth;
        await check(given, went);
        if (!touched) {
          expect(went).toBe(true);
          return failed;
        }
      }
      throw new Error("the flow never went through");
    },
  };
}
