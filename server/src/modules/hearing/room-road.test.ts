import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, courtDayOf } from "#core/period.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, COURT, claimed, clerk, key, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { idNumberOf } from "#test/id-number.ts";
import { type TestJanus, testJanus } from "#test/janus.ts";
import { pdfText } from "#test/pdf-text.ts";
import { type Person, person, type StaffPerson, staffMember } from "#test/people.ts";

const devices = { camera: true, microphone: true, speaker: true, rttMs: 20 };
const scrawl = async () =>
  `data:image/png;base64,${(
    await sharp({ create: { width: 300, height: 140, channels: 3, background: "#fff" } })
      .composite([
        {
          input: Buffer.from(
            '<svg width="300" height="140"><path d="M20 90 C80 10 120 130 180 50 S260 100 280 40" stroke="#111" stroke-width="5" fill="none"/></svg>',
          ),
        },
      ])
      .png()
      .toBuffer()
  ).toString("base64")}`;

describe("a remote hearing", () => {
  let app: TestApp;
  let janus: TestJanus;
  let judge: StaffPerson;
  let stranger: Person;
  let owner: Person;
  let caseId: string;
  let id: string;
  beforeAll(async () => {
    janus = await testJanus();
    app = await startApp("hearing-room", { environment: janus.settings });
    await seedCourtsAndRules(app);
    const staff = await clerk(app);
    judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT });
    const filing = await submitted(app, "沈知远", { defendant: "李强" });
    const { item, fence } = await claimed(staff, filing);
    expect((await staff.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    owner = filing.owner;
    stranger = await person(app, "旁听人");
    caseId = (await owner.ask("GET", filing.path)).json.caseId;
    await staff.ask("POST", `/cases/${caseId}/moves`, { action: "assign", judgeId: judge.accountId }, key());
    const startsAt = new Date(`${addDays(courtDayOf(app.clock.now()), 5)}T09:00:00+08:00`);
    const order = { mode: "online", minutes: 90, startsAt: startsAt.toISOString() };
    const fixed = await judge.ask("POST", `/cases/${caseId}/hearings`, order, key());
    expect(fixed.status, fixed.text).toBe(201);
    id = fixed.json.id;
  });
  afterAll(async () => {
    await app.stop();
    await janus.stop();
  });
  const move = (who: Person, body: object) => who.ask("POST", `/hearings/${id}/room/moves`, body, key());
  const room = async (who: Person) => (await who.ask("GET", `/hearings/${id}/room`)).json;
  const idTail = idNumberOf("沈知远").slice(-6);
  const me = async (who: Person) => (await room(who)).me;

  it("opens its lobby two hours before, to those who have a place, after their identity was verified again", async () => {
    expect((await room(owner)).moves).toEqual([]);
    expect((await move(owner, { action: "check_in", devices, idTail })).json.code).toBe("room.too_early");
    // The day has come, without anybody's session having run out on the way.
    const soon = app.clock.now().getTime() + 3_600_000;
    await app.database.read("UPDATE hearing SET starts_at = ?, ends_at = ? WHERE id = ?", [
      new Date(soon),
      new Date(soon + 5_400_000),
      id,
    ]);
    expect((await move(owner, { action: "check_in", devices })).json.code).toBe("room.identity");
    expect((await move(owner, { action: "check_in", devices, idTail: "000000" })).json.code).toBe("room.identity");
    // Consent is what seats a party before the screen.
    await app.database.read("UPDATE hearing_seat SET mode = NULL WHERE hearing_id = ? AND party_key IS NOT NULL", [id]);
    expect((await move(owner, { action: "check_in", devices, idTail })).json.code).toBe("room.no_consent");
    await app.database.read(
      "UPDATE hearing_seat SET mode = 'in_person' WHERE hearing_id = ? AND party_key IS NOT NULL",
      [id],
    );
    expect((await move(owner, { action: "check_in", devices, idTail })).json.code).toBe("room.in_person");
    await app.database.read("UPDATE hearing_seat SET mode = 'online' WHERE hearing_id = ? AND party_key IS NOT NULL", [
      id,
    ]);
    const checked = await move(owner, { action: "check_in", devices, idTail });
    expect(checked.status, checked.text).toBe(200);
    expect(checked.json.me).toMatchObject({ state: { code: "waiting" }, watermark: "沈知远", needsIdentity: false });
    expect((await owner.ask("POST", `/hearings/${id}/ticket`)).json.code).toBe("room.not_open");
    expect((await move(owner, { action: "open" })).json.code).toBe("room.not_yours");
  });

  it("lets nobody in whom the court did not admit, and takes them out again", async () => {
    expect((await move(judge, { action: "check_in", devices })).json.me.state.code).toBe("in");
    expect((await move(judge, { action: "open" })).json.state.code).toBe("open");
    expect((await owner.ask("POST", `/hearings/${id}/ticket`)).json.code).toBe("room.not_admitted");
    const { people } = await room(judge);
    const party = people.find(({ role, id: one }: { role: string; id: string | null }) => role === "party" && one);
    expect(party).toMatchObject({
      name: "沈知远",
      roleLabel: "原告",
      moves: [{ action: "admit" }, { action: "send_out" }],
    });
    expect(party.checkedAt).not.toBeNull();
    expect((await move(judge, { action: "admit", personId: party.id })).status).toBe(200);
    const ticket = await owner.ask("POST", `/hearings/${id}/ticket`);
    expect(ticket.json).toMatchObject({ driver: "janus", path: "/video", role: "party", personId: party.id });
    expect((await judge.ask("POST", `/hearings/${id}/ticket`)).json.role).toBe("bench");

    await move(judge, { action: "send_out", personId: party.id });
    await app.settle();
    expect((await owner.ask("POST", `/hearings/${id}/ticket`)).json.code).toBe("room.not_admitted");
    await move(judge, { action: "admit", personId: party.id });
  });

  it("keeps a witness apart until called, and lets only the invited one in", async () => {
    const invited = await move(judge, { action: "invite", role: "witness", name: "证人甲" });
    const [, word] = /word=([\w-]{43})$/.exec(invited.json.invitation.path) ?? [];
    expect((await room(judge)).invitation).toBeNull();
    const witness = await person(app, "证人甲");
    await witness.ask("PUT", "/me/identity", {
      name: "证人甲",
      idType: "resident_id",
      idNumber: idNumberOf("证人甲"),
      phone: "13800138009",
    });
    expect((await move(stranger, { action: "accept_invitation", word })).json.code).toMatch(
      /unverified|invitation_name/,
    );
    expect((await move(witness, { action: "accept_invitation", word })).status).toBe(200);
    const tail = idNumberOf("证人甲").slice(-6);
    const waiting = await move(witness, { action: "check_in", devices, idTail: tail });
    expect(waiting.json.me.next).toContain("在此以前不能旁听");
    expect(waiting.json.people).toHaveLength(1);
    expect((await witness.ask("POST", `/hearings/${id}/ticket`)).json.code).toBe("room.not_admitted");
    expect((await witness.ask("GET", `/hearings/${id}/transcript`)).status).toBe(404);
    const one = (await room(judge)).people.find(({ role }: { role: string }) => role === "witness");
    expect((await move(judge, { action: "admit", personId: one.id })).json.code).toBe("room.who");
    expect((await move(judge, { action: "call_witness", personId: one.id })).status).toBe(200);
    expect((await witness.ask("POST", `/hearings/${id}/ticket`)).json.role).toBe("witness");
    await move(judge, { action: "send_out", personId: one.id });
    await app.settle();
    expect((await me(witness)).next).toContain("作证已经结束");
  });

  it("is watched by permission only", async () => {
    expect((await room(stranger)).moves).toEqual([{ action: "ask_to_watch", label: "申请旁听" }]);
    expect((await room(stranger)).people).toEqual([]);
    await stranger.ask("PUT", "/me/identity", {
      name: "旁听人",
      idType: "resident_id",
      idNumber: idNumberOf("旁听人"),
      phone: "13800138008",
    });
    expect((await move(stranger, { action: "ask_to_watch" })).json.me.state.code).toBe("waiting");
    expect((await stranger.ask("POST", `/hearings/${id}/ticket`)).status).toBe(409);
    expect((await stranger.ask("GET", `/hearings/${id}/transcript`)).status).toBe(404);
    const one = (await room(judge)).people.find(({ role }: { role: string }) => role === "spectator");
    expect(one.name).not.toBe("旁听人");
    await move(judge, { action: "admit", personId: one.id });
    expect((await stranger.ask("POST", `/hearings/${id}/ticket`)).json.role).toBe("spectator");
    await app.database.read("UPDATE hearing SET is_public = 0 WHERE id = ?", [id]);
    expect((await (await person(app, "另一人")).ask("GET", `/hearings/${id}/room`)).status).toBe(404);
    await app.database.read("UPDATE hearing SET is_public = 1 WHERE id = ?", [id]);
  });

  it("logs who fell silent and when they came back", async () => {
    const beat = (who: Person) => who.ask("POST", `/hearings/${id}/room/presence`, { connection: "good" });
    expect((await beat(owner)).status).toBe(200);
    app.clock.shiftMs += 20_000;
    await app.jobs.find(({ name }) => name === "room-silence")?.run();
    const silent = (await room(judge)).breaks.find(({ name }: { name: string }) => name === "沈知远");
    expect(silent).toMatchObject({ source: { code: "silence" }, cause: null, to: null });
    await move(judge, { action: "break_off", personId: silent.personId, cause: "power", note: "当事人来电说停电" });
    await beat(owner);
    const back = (await room(judge)).breaks.find(({ name }: { name: string }) => name === "沈知远");
    expect(back).toMatchObject({ cause: { code: "power" }, note: "当事人来电说停电" });
    expect(new Date(back.to).getTime() - new Date(back.from).getTime()).toBeGreaterThanOrEqual(20_000);
    await beat(judge);
    expect((await room(owner)).breaks).toEqual([]);
  });

  it("is recorded from mark to mark, and the hashes of the files are chained", async () => {
    expect((await move(owner, { action: "start_record" })).json.code).toBe("room.not_yours");
    expect((await move(judge, { action: "start_record" })).json.recording).toBe(true);
    expect((await move(judge, { action: "start_record" })).json.code).toBe("room.recording");
    const folder = join(janus.settings["JANUS_RECORDINGS"] ?? "", id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "one-audio-0.mjr"), "first");
    expect((await move(judge, { action: "stop_record", reason: "end" })).status).toBe(422);
    await move(judge, { action: "stop_record", reason: "recess" });
    await app.settle();
    await move(judge, { action: "start_record" });
    writeFileSync(join(folder, "two-audio-0.mjr"), "second");
    await move(judge, { action: "stop_record", reason: "mediation" });
    await app.settle();
    const [first, second] = (await room(judge)).recordings;
    expect(first.files.map(({ name }: { name: string }) => name)).toEqual(["one-audio-0.mjr"]);
    expect(second.files.map(({ name }: { name: string }) => name)).toEqual(["two-audio-0.mjr"]);
    expect(second.sha256).not.toBe(first.sha256);
    const { createHash } = await import("node:crypto");
    const [{ name, bytes, sha256 }] = second.files;
    expect(createHash("sha256").update(`${first.sha256}\n${sha256} ${bytes} ${name}\n`).digest("hex")).toBe(
      second.sha256,
    );
  });

  it("has its record typed, corrected, signed page by page, and taken into the dossier", async () => {
    const put = (who: Person, page: number, text: string, version: number) =>
      who.ask("PUT", `/hearings/${id}/transcript`, { page, text, version }, key());
    const act = (who: Person, body: object) => who.ask("POST", `/hearings/${id}/transcript/moves`, body, key());
    expect((await put(owner, 1, "原告写的", 0)).status).toBe(403);
    expect((await put(judge, 2, "跳页", 0)).json.code).toBe("transcript.page");
    expect((await put(judge, 1, "审判员：现在开庭。\n原告：借款五万元。", 0)).status).toBe(200);
    expect((await put(judge, 1, "旧版本", 0)).json.code).toBe("transcript.changed");
    await put(judge, 2, "审判员：请陈述。", 0);
    const seen = (await owner.ask("GET", `/hearings/${id}/transcript`)).json;
    expect(seen.pages[0].text).toContain("借款五万元");
    const signature = await scrawl();
    const sign = (who: Person, page: { page: number; sha256: string }, picture?: string) =>
      act(who, { action: "sign", page: page.page, sha256: page.sha256, ...(picture ? { signature: picture } : {}) });
    expect((await sign(owner, seen.pages[0], signature)).json.code).toBe("transcript.not_offered");
    await act(judge, { action: "offer" });
    expect((await sign(owner, seen.pages[0])).json.code).toBe("transcript.no_signature");
    const blank = await sharp({ create: { width: 300, height: 140, channels: 3, background: "#fff" } })
      .png()
      .toBuffer();
    expect((await sign(owner, seen.pages[0], `data:image/png;base64,${blank.toString("base64")}`)).json.code).toBe(
      "transcript.no_signature",
    );
    expect((await sign(owner, seen.pages[0], signature)).json.pages[0].mine).toBe("signed");
    await act(owner, { action: "correct", page: 1, text: "我说的是五万五千元" });
    expect((await act(judge, { action: "close" })).json.code).toBe("transcript.corrections_open");
    const asked = (await judge.ask("GET", `/hearings/${id}/transcript`)).json.pages[0].corrections[0];
    const settled = { action: "settle", correctionId: asked.id, outcome: "done" };
    // Another text is another page: what was signed before no longer counts.
    const changed = await put(judge, 1, "审判员：现在开庭。\n原告：借款五万五千元。", 1);
    expect(changed.json.pages[0].signatures).toEqual([]);
    expect((await act(judge, settled)).status).toBe(200);
    expect((await act(judge, settled)).json.code).toBe("transcript.correction");
    expect((await sign(owner, seen.pages[0], signature)).json.code).toBe("transcript.changed");
    for (const page of changed.json.pages) {
      expect((await sign(owner, page, signature)).status).toBe(200);
      expect((await act(judge, { action: "close" })).json.code).toBe("transcript.unsigned");
      expect((await sign(judge, page)).status).toBe(200);
    }
    expect((await sign(owner, changed.json.pages[0], signature)).json.code).toBe("transcript.signed");
    expect((await move(judge, { action: "end" })).json.state.code).toBe("ended");
    const closed = await act(judge, { action: "close" });
    expect(closed.json.state.code).toBe("closed");
    expect((await put(judge, 1, "再改", 2)).json.code).toBe("transcript.closed");
    await app.settle();
    const pdf = await fetch(`${app.origin}/api/v1/hearings/${id}/transcript.pdf`, {
      headers: { authorization: `Bearer ${judge.token}` },
    });
    const text = (await pdfText(Buffer.from(await pdf.arrayBuffer()))).join("");
    for (const words of [
      "庭审笔录",
      "借款五万五千元",
      "断线记录",
      "电力中断",
      "录音录像",
      "已补正",
      "手写签名",
      "沈知远",
    ])
      expect(text).toContain(words);
    expect((await owner.ask("GET", `/cases/${caseId}/dossier`)).text).toContain("开庭审理笔录");
    expect(app.unexpected).toEqual([]);
  });
});

describe("a court without a media server", () => {
  it("says so, and what to do", async () => {
    const app = await startApp("hearing-no-video");
    const { video } = app.gateways;
    expect(video.driver).toBe("none");
    await expect(video.open("1")).rejects.toMatchObject({ code: "room.no_video", status: 503 });
    await app.stop();
  });
});
