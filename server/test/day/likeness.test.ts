import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SYSTEM } from "#core/actor.ts";
import { findSimilar, listTitles } from "#modules/filing/index.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { filingContent } from "../../src/modules/filing/content.ts";
import { enqueue } from "../../src/modules/intake/item.ts";
import { seedCourtsAndRules } from "../filings.ts";
import { plantAlike } from "./alike.ts";
import { chance } from "./chance.ts";
import { layDown } from "./lay-down.ts";

const SEED = Number(process.env["DAY_SEED"] ?? 20261122);

describe("duplicates and series", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("likeness");
    await seedCourtsAndRules(app);
  });
  afterAll(() => app.stop());

  it("are found among near misses: recall 95 %, precision 98 %", { timeout: 120_000 }, async () => {
    console.log(`seed ${SEED}`);
    const planted = plantAlike(chance(SEED), { singles: 120, duplicates: 60, misses: 60, series: [12, 9, 15, 6, 3] });
    const ids: string[] = [];
    const told = { right: 0, wrong: 0, missed: 0 };
    const faults: string[] = [];
    for (const [at, one] of planted.entries()) {
      const id = await layDown(app, one, at);
      const content = filingContent.parse(one.content);
      const found = (await findSimilar(app, id, content)).filter(({ kind }) => kind === "duplicate");
      const foundAt = new Set(found.map(({ filingId }) => ids.indexOf(filingId)));
      const truly = planted.slice(0, at).flatMap(({ dispute }, before) => (dispute === one.dispute ? [before] : []));
      for (const before of foundAt)
        if (truly.includes(before)) told.right += 1;
        else {
          told.wrong += 1;
          faults.push(`wrong: ${one.how} / ${planted[before]?.how}`);
        }
      for (const before of truly)
        if (!foundAt.has(before)) {
          told.missed += 1;
          faults.push(`missed: ${one.how} / ${planted[before]?.how}`);
        }
      ids.push(id);
      await app.transact(SYSTEM, (work) => enqueue(work, app, id));
    }
    const recall = told.right / (told.right + told.missed);
    const precision = told.right / (told.right + told.wrong);
    console.log(
      `duplicates: ${planted.length} filings, recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}, ${JSON.stringify(told)}`,
    );
    expect([recall >= 0.95, precision >= 0.98], faults.join("\n")).toEqual([true, true]);

    const rows = await app.database.read<{ filingId: string; seriesId: string | null }>(
      "SELECT filing_id AS filingId, series_id AS seriesId FROM intake_item ORDER BY id",
    );
    const seriesOf = new Map(rows.map(({ filingId, seriesId }) => [filingId, seriesId]));
    const pairs = { right: 0, wrong: 0, missed: 0 };
    const seriesFaults: string[] = [];
    planted.forEach((one, at) => {
      planted.slice(0, at).forEach((other, before) => {
        // A duplicate beside its first is no series of its own, and no fault either.
        if (one.dispute === other.dispute) return;
        const [a, b] = [seriesOf.get(ids[at] as string), seriesOf.get(ids[before] as string)];
        const together = a != null && a === b;
        const truly = one.series !== null && one.series === other.series;
        if (together && truly) pairs.right += 1;
        if (together && !truly) {
          pairs.wrong += 1;
          seriesFaults.push(`wrong: ${one.how} / ${other.how}`);
        }
        if (!together && truly) {
          pairs.missed += 1;
          seriesFaults.push(`missed: ${one.how} / ${other.how}`);
        }
      });
    });
    const seriesRecall = pairs.right / (pairs.right + pairs.missed);
    const seriesPrecision = pairs.right / (pairs.right + pairs.wrong);
    console.log(
      `series: recall ${seriesRecall.toFixed(3)}, precision ${seriesPrecision.toFixed(3)}, ${JSON.stringify(pairs)}`,
    );
    expect([seriesRecall >= 0.95, seriesPrecision >= 0.98], seriesFaults.slice(0, 30).join("\n")).toEqual([true, true]);
    expect((await listTitles(app.database, app.vault, ids.slice(0, 2))).size).toBe(2);
  });
});
