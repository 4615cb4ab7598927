import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, COURT, type Filed, key, readyDraft, seedCourtsAndRules } from "#test/filings.ts";
import type { StaffPerson } from "#test/people.ts";
import { clerks, draftsLike, patiently, pooled, rowsOf, seeded, shuffled, submitAll, withOwner } from "./crowd.ts";

const FILINGS = 60;
const CLERKS = 5;
const oneTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

describe("numbers, when everybody decides at once", () => {
  const { random } = seeded("numbering");
  let app: TestApp;
  let staff: StaffPerson[];
  let filings: Filed[];

  beforeAll(async () => {
    app = await startApp("numbering");
    await seedCourtsAndRules(app);
    staff = await clerks(app, CLERKS);
    const model = await readyDraft(app, "王芳");
    filings = await draftsLike(app, model, FILINGS);
  }, 120_000);
  afterAll(() => app.stop());

  it(`gives ${FILINGS} submissions at once the receipts 1…${FILINGS}, each once`, async () => {
    await submitAll(filings, FILINGS);
    const rows = await rowsOf<{ receipt: string }>(
      app,
      "SELECT receipt_number AS receipt FROM filing WHERE submitted_at IS NOT NULL",
    );
    expect(rows.map(({ receipt }) => Number(receipt.slice(-5))).sort((a, b) => a - b)).toEqual(oneTo(FILINGS));
    await app.settle();
  }, 120_000);

  it(`gives ${FILINGS} acceptances at once the case numbers 1…${FILINGS}, each once`, async () => {
    const [queue] = (await staff[0]!.ask("GET", "/intake/queues")).json.items;
    const held = await pooled(oneTo(FILINGS), CLERKS, async (_, at) => {
      const who = staff[at % CLERKS] as StaffPerson;
      const { json } = await who.ask("POST", `/intake/queues/${queue.id}/next`);
      return { who, id: json.id as string, fence: json.lease.fence as number };
    });
    const answers = await Promise.all(
      shuffled(held, random).map(({ who, id, fence }) => {
        const once = key();
        return patiently(() => who.ask("POST", `/intake/items/${id}/moves`, accepting(fence), once));
      }),
    );
    expect(answers.filter(({ status }) => status !== 200).map(({ text }) => text)).toEqual([]);
    const cases = await rowsOf<{ serial: number; number: string; filings: string }>(
      app,
      "SELECT serial, number, filing_id AS filings FROM court_case",
    );
    expect(cases.map(({ serial }) => serial).sort((a, b) => a - b)).toEqual(oneTo(FILINGS));
    expect(new Set(cases.map((row) => row.filings)).size).toBe(FILINGS);
    for (const { serial, number } of cases) expect(number).toMatch(new RegExp(`^（20\\d\\d）${COURT}民初${serial}号$`));
  }, 120_000);

  it("gives a number back where the acceptance fails after it was taken", async () => {
    const model = await readyDraft(app, "赵敏");
    const [first, second] = await draftsLike(app, model, 2);
    await submitAll([first as Filed, second as Filed]);
    await app.settle();
    const [who] = staff as [StaffPerson];
    const items: { filingId: string; id: string }[] = (await who.ask("GET", "/intake/items?state=waiting&limit=100"))
      .json.items;
    const claim = async (filing: Filed | undefined) => {
      const id = items.find(({ filingId }) => filingId === filing?.id)?.id ?? "";
      const { json } = await who.ask("POST", `/intake/items/${id}/moves`, { action: "claim" });
      return { id, fence: json.lease.fence as number };
    };
    const [spoilt, sound] = [await claim(first), await claim(second)];
    // The last write of the acceptance fails: by then the number has been taken.
    await withOwner(app, (owner) =>
      owner.query(
        `CREATE TRIGGER spoilt BEFORE UPDATE ON intake_item FOR EACH ROW IF NEW.id = ${Number(spoilt.id)} AND NEW.state = 'decided' THEN SIGNAL SQLSTATE '45000'; END IF`,
      ),
    );
    const crowded = (error: unknown) => (error as { code?: string }).code === "service.unavailable";
    expect(app.unexpected.splice(0).filter((error) => !crowded(error))).toEqual([]);
    const refused = await who.ask("POST", `/intake/items/${spoilt.id}/moves`, accepting(spoilt.fence), key());
    expect(refused.status).toBe(500);
    expect(app.unexpected.splice(0)).toHaveLength(1);
    const accepted = await who.ask("POST", `/intake/items/${sound.id}/moves`, accepting(sound.fence), key());
    expect(accepted.status, accepted.text).toBe(200);
    const serials = await rowsOf<{ serial: number }>(app, "SELECT serial FROM court_case ORDER BY serial");
    expect(serials.map(({ serial }) => serial)).toEqual(oneTo(FILINGS + 1));
    expect(app.unexpected).toEqual([]);
  }, 180_000);
});
