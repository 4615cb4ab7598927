import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, courtDayOf } from "#core/period.ts";
import type { Film, Video } from "#gateways/video/port.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, COURT, claimed, clerk, key, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { type Person, type StaffPerson, staffMember } from "#test/people.ts";

/** What the programs would have made; how they make it is tried beside the gateway. */
const MADE = Buffer.from("a film");
const START = Date.parse("2026-03-02T01:00:00.000Z");

describe("the film of a recording", () => {
  const folder = mkdtempSync(join(tmpdir(), "sutong-film-road-"));
  const asked: { hearingId: string; film: Film }[] = [];
  let app: TestApp;
  let judge: StaffPerson;
  let owner: Person;
  let caseId: string;
  let id: string;

  beforeAll(async () => {
    app = await startApp("hearing-film");
    await seedCourtsAndRules(app);
    const staff = await clerk(app);
    judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT });
    const filing = await submitted(app, "沈知远", { defendant: "李强" });
    const { item, fence } = await claimed(staff, filing);
    await staff.ask("POST", `${item}/moves`, accepting(fence), key());
    await app.settle();
    owner = filing.owner;
    caseId = (await owner.ask("GET", filing.path)).json.caseId;
    await staff.ask("POST", `/cases/${caseId}/moves`, { action: "assign", judgeId: judge.accountId }, key());
    const startsAt = new Date(`${addDays(courtDayOf(app.clock.now()), 5)}T09:00:00+08:00`).toISOString();
    const order = { mode: "online", minutes: 90, startsAt };
    const fixed = await judge.ask("POST", `/cases/${caseId}/hearings`, order, key());
    id = fixed.json.id;
  });
  afterAll(async () => {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const read = (sql: string, values: (string | number | Date)[]) => app.database.read(sql, values);
  const run = () => app.jobs.find(({ name }) => name === "room-film")?.run();
  const films = async () =>
    (await judge.ask("GET", `/hearings/${id}/room`)).json.recordings.map((one: { film: unknown }) => one.film);
  const watch = (who: Person, ordinal: number) => who.ask("POST", `/hearings/${id}/recordings/${ordinal}/film`);
  function programs(film: Video["film"]): void {
    Object.defineProperty(app.means.gateways.video, "film", { value: film, configurable: true });
  }

  /** One minute of a recording that is counted, in which the owner was away for ten seconds. */
  async function recorded(ordinal: number): Promise<void> {
    const files = [{ name: `videoroom-${id}-user-1-${ordinal}-video-1.mjr`, bytes: 1, sha256: "0".repeat(64) }];
    await read(
      `INSERT INTO hearing_recording (hearing_id, ordinal, started_at, started_by, stopped_at, reason, files, sha256)
       VALUES (?, ?, ?, 1, ?, 'recess', ?, ?)`,
      [id, ordinal, new Date(START), new Date(START + 60_000), JSON.stringify(files), String(ordinal).repeat(64)],
    );
  }

  it("waits until the court has risen, and is then made once, with the names and who was away", async () => {
    await recorded(1);
    await read("INSERT INTO hearing_room (hearing_id, seal_ref, state, opened_at) VALUES (?, 'x', 'open', ?)", [
      id,
      new Date(START),
    ]);
    await read(
      "INSERT INTO hearing_presence (hearing_id, seat_id, account_id, role, state) SELECT ?, id, account_id, 'party', 'in' FROM hearing_seat WHERE hearing_id = ? AND account_id = ?",
      [id, id, owner.accountId],
    );
    const [present] = (await read("SELECT id FROM hearing_presence WHERE hearing_id = ?", [id])) as { id: string }[];
    const personId = String(present?.id);
    await read(
      "INSERT INTO hearing_break (hearing_id, presence_id, source, cause, note, from_at, to_at) VALUES (?, ?, 'silence', '', '', ?, ?)",
      [id, personId, new Date(START + 20_000), new Date(START + 30_000)],
    );
    programs(async (hearingId, film, keep) => {
      asked.push({ hearingId, film });
      const path = join(folder, `${asked.length}.mp4`);
      writeFileSync(path, MADE);
      await keep({ path, bytes: MADE.length, sha256: createHash("sha256").update(MADE).digest("hex") });
    });
    await run();
    expect(asked).toEqual([]);
    await read("UPDATE hearing_room SET state = 'ended', ended_at = ? WHERE hearing_id = ?", [new Date(), id]);
    await run();
    await run();
    expect(asked).toEqual([
      {
        hearingId: id,
        film: {
          files: [`videoroom-${id}-user-1-1-video-1.mjr`],
          seconds: 60,
          seats: [{ personId, label: expect.stringContaining("沈知远"), away: [{ from: 20, to: 30 }] }],
        },
      },
    ]);
    expect(await films()).toEqual([
      {
        state: { code: "made", label: "已合成" },
        seconds: 60,
        bytes: 6,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  it("is watched by the court alone, each time written down, and stands in its catalogue only", async () => {
    await app.settle();
    const { json } = await watch(judge, 1);
    expect(Buffer.from(await (await fetch(new URL(json.url, app.origin))).arrayBuffer())).toEqual(MADE);
    expect((await watch(owner, 1)).status).toBe(403);
    const watched = await read("SELECT id FROM outbox WHERE name = 'room.film_watched'", []);
    expect(watched).toHaveLength(1);
    const titles = async (who: Person) => JSON.stringify((await who.ask("GET", `/cases/${caseId}/dossier`)).json);
    expect(await titles(judge)).toContain("第 1 段，1 分 0 秒");
    expect(await titles(owner)).not.toContain("录音录像");
  });

  it("that could not be made says so, and the others are made all the same", async () => {
    await recorded(2);
    programs(async () => {
      throw new Error("ffmpeg ended with 1");
    });
    await run();
    expect((await films())[1].state).toMatchObject({ code: "failed", label: expect.stringContaining("原始文件") });
    expect((await watch(judge, 2)).json.code).toBe("room.no_film");
    await run();
    programs(null);
    expect((await judge.ask("GET", `/hearings/${id}/room`)).json.films).toBe(false);
  });
});
