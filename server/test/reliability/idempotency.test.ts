import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answered, startApp, type TestApp } from "#test/app.ts";
import { COURT, type Filed, key, PRIVATE_LOAN, readyDraft, seedCourtsAndRules } from "#test/filings.ts";
import { type Person, person } from "#test/people.ts";
import { draftsLike, rowsOf } from "./crowd.ts";

const COPIES = 40;

describe("one key, many copies", () => {
  let app: TestApp;
  let filings: Filed[];

  beforeAll(async () => {
    app = await startApp("idempotency");
    await seedCourtsAndRules(app);
    filings = await draftsLike(app, await readyDraft(app, "王芳"), 4);
  }, 120_000);
  afterAll(() => app.stop());

  const copies = (send: () => Promise<Answered>) => Promise.all(Array.from({ length: COPIES }, send));

  it(`a submission sent ${COPIES} times at once is one submission`, async () => {
    const [{ owner, path, id }] = filings as [Filed];
    const once = key();
    const answers = await copies(() => owner.ask("POST", `${path}/moves`, { action: "submit" }, once));
    const done = answers.filter(({ status }) => status === 200);
    const first = done.filter(({ headers }) => !headers.has("idempotent-replayed"));
    expect(first).toHaveLength(1);
    expect(done.filter(({ headers }) => headers.get("idempotent-replayed") === "true")).toHaveLength(done.length - 1);
    expect(new Set(done.map(({ text }) => text)).size, "replays are equal byte for byte").toBe(1);
    const others = answers.filter(({ status }) => status !== 200);
    expect(
      new Set(others.map(({ status, json }) => `${status} ${json.code}`).concat("409 idempotency.in_flight")),
    ).toEqual(new Set(["409 idempotency.in_flight"]));
    for (const { headers } of others) expect(headers.get("retry-after")).toBe("1");

    expect(await rowsOf(app, "SELECT round FROM filing_submission WHERE filing_id = ?", [id])).toEqual([{ round: 1 }]);
    expect(
      await rowsOf(app, "SELECT action FROM filing_step WHERE filing_id = ? AND action = 'submit'", [id]),
    ).toHaveLength(1);
    expect(
      await rowsOf(app, "SELECT id FROM outbox WHERE about = ? AND name = 'filing.moved'", [`filing:${id}`]),
    ).toHaveLength(1);

    // Later, whatever has happened since, the same key gives the same bytes.
    await app.settle();
    const late = await owner.ask("POST", `${path}/moves`, { action: "submit" }, once);
    expect([late.status, late.text, late.headers.get("idempotent-replayed")]).toEqual([200, first[0]?.text, "true"]);
    expect(app.unexpected).toEqual([]);
  }, 60_000);

  it(`a draft opened ${COPIES} times with one key is one draft`, async () => {
    const [{ owner }] = filings as [Filed];
    const once = key();
    const before = await rowsOf(app, "SELECT id FROM filing");
    const answers = await copies(() =>
      owner.ask("POST", "/filings", { courtCode: COURT, causeCode: PRIVATE_LOAN }, once),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ json }) => json.id)).size).toBe(1);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(await rowsOf(app, "SELECT id FROM filing")).toHaveLength(before.length + 1);
  }, 60_000);

  it("refuses a key that stood for another body", async () => {
    const [, { owner, path }] = filings as [Filed, Filed];
    const once = key();
    const body = { action: "submit" };
    expect((await owner.ask("POST", `${path}/moves`, body, once)).status).toBe(200);
    const other = await owner.ask("POST", `${path}/moves`, { action: "withdraw", note: "另一份" }, once);
    expect([other.status, other.json.code]).toEqual([422, "idempotency.other_body"]);
    const spaced = await owner.ask("POST", `${path}/moves`, '{"action": "submit"}', once);
    expect([spaced.status, spaced.json.code]).toEqual([422, "idempotency.other_body"]);
    expect((await owner.ask("GET", path)).json.state.code).toBe("submitted");
  });

  it("means nothing in another's hand, nor at another address", async () => {
    const [, , { owner, path }, another] = filings as [Filed, Filed, Filed, Filed];
    const once = key();
    const stranger: Person = await person(app, "李四");
    const theirs = await stranger.ask("POST", "/filings", { courtCode: COURT }, once);
    const mine = await owner.ask("POST", "/filings", { courtCode: COURT }, once);
    expect([theirs.status, mine.status]).toEqual([201, 201]);
    expect(theirs.json.id).not.toBe(mine.json.id);
    expect(mine.headers.has("idempotent-replayed")).toBe(false);
    for (const at of [path, another.path]) {
      const moved = await owner.ask("POST", `${at}/moves`, { action: "submit" }, once);
      expect([moved.status, moved.headers.has("idempotent-replayed")]).toEqual([200, false]);
    }
    const peek = await stranger.ask("POST", `${path}/moves`, { action: "submit" }, once);
    expect(peek.status).toBe(404);
  });

  it("a refusal is not kept: mended, the same key succeeds", async () => {
    const { owner, path } = await readyDraft(app, "孙丽");
    const { content, version } = (await owner.ask("GET", path)).json;
    const once = key();
    const saved = await owner.ask(
      "PUT",
      path,
      { content: { ...content, facts: "", claims: [] } },
      { "if-match": `"${version}"` },
    );
    const refused = await owner.ask("POST", `${path}/moves`, { action: "submit" }, once);
    expect([refused.status, refused.json.code]).toEqual([422, "filing.incomplete"]);
    await owner.ask("PUT", path, { content }, { "if-match": `"${saved.json.version}"` });
    const accepted = await owner.ask("POST", `${path}/moves`, { action: "submit" }, once);
    expect(accepted.status, accepted.text).toBe(200);
  });

  it("is demanded where a repeat would hurt, and kept for thirty days", async () => {
    const { owner, path } = await readyDraft(app, "周杰");
    const bare = await owner.ask("POST", `${path}/moves`, { action: "submit" });
    expect(bare.status).toBe(428);
    const once = key();
    const first = await owner.ask("POST", `${path}/moves`, { action: "submit" }, once);
    const forget = app.jobs.find(({ name }) => name === "retention");
    app.pass(29);
    await forget?.run();
    const kept = await rowsOf(app, "SELECT id FROM idempotency_key");
    app.pass(2);
    await forget?.run();
    expect(first.status).toBe(200);
    expect(kept.length).toBeGreaterThan(0);
    expect(await rowsOf(app, "SELECT id FROM idempotency_key")).toEqual([]);
  });
});
