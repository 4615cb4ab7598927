import { performance } from "node:perf_hooks";
import type { TestApp } from "#test/app.ts";
import { SYSTEM } from "../src/core/actor.ts";

const EVENTS = 5_000;
const LOT = 500;

/** Events a second through the audit chain, the one place where all of them wait in line: told by one worker to nobody else. */
export async function chainRate(app: TestApp): Promise<number> {
  await app.settle();
  for (let written = 0; written < EVENTS; written += LOT)
    await app.transact(SYSTEM, async (work) => {
      for (let one = 0; one < LOT; one += 1)
        await work.emit({
          name: "filing.printed",
          about: `filing:${one}`,
          courtCode: "鲁0102",
          filingId: String(one),
          paper: "receipt",
        });
    });
  const began = performance.now();
  await app.settle();
  return EVENTS / ((performance.now() - began) / 1_000);
}
