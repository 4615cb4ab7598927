import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestJanus, testJanus } from "#test/janus.ts";
import { type JanusConfig, janusVideo } from "./janus.ts";
import { signPass } from "./janus-pass.ts";
import type { Seat, Video } from "./port.ts";

let janus: TestJanus;
let config: JanusConfig;
let video: Video;
let server: Server;
let origin: string;

beforeAll(async () => {
  janus = await testJanus();
  const { settings } = janus;
  config = {
    baseUrl: settings["JANUS_URL"] ?? "",
    adminUrl: settings["JANUS_ADMIN_URL"] ?? "",
    apiSecret: settings["JANUS_API_SECRET"] ?? "",
    adminSecret: settings["JANUS_ADMIN_SECRET"] ?? "",
    recordings: settings["JANUS_RECORDINGS"] ?? "",
    turn: null,
  };
  const made = janusVideo(config);
  video = made.video;
  server = createServer((request, response) => void made.door.handle(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/video`;
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await janus.stop();
});

const judge: Seat = { hearingId: "7", personId: "1", role: "bench" };
const witness: Seat = { hearingId: "7", personId: "2", role: "witness" };
const watcher: Seat = { hearingId: "7", personId: "3", role: "spectator" };
const soon = () => new Date(Date.now() + 60_000);

async function post(path: string, key: string, body: object = {}) {
  const response = await fetch(origin + path, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  return { status: response.status, json: (await response.json()) as any };
}

/** A page: one session, one handle, and what Janus tells it. */
async function enter(seat: Seat) {
  const { ticket } = video.ticket(seat, soon()) as { ticket: string };
  const { json } = await post("/session", ticket);
  const pass = json.pass as string;
  const { handle } = (await post("/attach", pass)).json;
  const say = (body: object, jsep?: object) => post("/message", pass, { handle, body, ...(jsep ? { jsep } : {}) });
  /** The plugin's next words that `wanted` is looking for. */
  async function hear(wanted: (data: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
    for (let tries = 0; tries < 10; tries += 1) {
      const response = await fetch(`${origin}/events`, { headers: { authorization: `Bearer ${pass}` } });
      const { events } = (await response.json()) as { events: { plugindata?: { data: Record<string, unknown> } }[] };
      for (const event of events) if (event.plugindata && wanted(event.plugindata.data)) return event.plugindata.data;
    }
    throw new Error("Janus did not say it");
  }
  return { pass, handle: handle as number, say, hear };
}
const join7 = { request: "join", ptype: "publisher" };
const joinedOrNot = (data: Record<string, unknown>) => data["videoroom"] === "joined" || "error_code" in data;

describe("a room of our own media server", () => {
  it("lets in who was admitted, and nobody else", async () => {
    await video.open("7");
    await video.open("7");
    await video.admit(judge);
    const bench = await enter(judge);
    await bench.say(join7);
    const joined = await bench.hear(joinedOrNot);
    expect(joined).toMatchObject({ videoroom: "joined", room: 7, id: 1 });

    // The witness holds a ticket but was not called: the room stays shut, whatever the page says of itself.
    const outside = await enter(witness);
    await outside.say({ ...join7, token: "guessed", id: 1, room: 7 });
    expect(await outside.hear(joinedOrNot)).toMatchObject({ error_code: 433 });
    await outside.say({ request: "join", ptype: "subscriber", private_id: 12345, streams: [{ feed: 1 }] });
    expect(await outside.hear((data) => "error_code" in data)).toHaveProperty("error_code");

    await video.admit(witness);
    await outside.say(join7);
    expect(await outside.hear(joinedOrNot)).toMatchObject({ videoroom: "joined", id: 2 });

    // Sent out: told so, and out for good.
    await video.sendOut(witness);
    expect(await outside.hear((data) => data["leaving"] === "ok")).toMatchObject({ reason: "kicked" });
    const again = await enter(witness);
    await again.say(join7);
    expect(await again.hear(joinedOrNot)).toMatchObject({ error_code: 433 });
    await video.sendOut(witness);
  });

  it("gives a place to the page that came last: one that vanished does not hold it", async () => {
    const seat: Seat = { ...judge, hearingId: "8" };
    await video.open("8");
    await video.admit(seat);
    const first = await enter(seat);
    await first.say(join7);
    expect(await first.hear(joinedOrNot)).toMatchObject({ videoroom: "joined" });
    await video.admit(seat);
    expect(await first.hear((data) => data["leaving"] === "ok")).toMatchObject({ reason: "kicked" });
    const second = await enter(seat);
    await second.say(join7);
    expect(await second.hear(joinedOrNot)).toMatchObject({ videoroom: "joined", id: 1 });
  });

  it("does not carry what a page has no business to ask", async () => {
    await video.open("7");
    await video.admit(judge);
    await video.admit(watcher);
    const page = await enter({ ...judge, personId: "11" });
    for (const request of [
      "create",
      "destroy",
      "kick",
      "allowed",
      "enable_recording",
      "edit",
      "moderate",
      "list",
      "rtp_forward",
    ])
      expect(await page.say({ request, room: 7, id: 1 })).toMatchObject({ status: 400 });
    const spectator = await enter(watcher);
    await spectator.say(join7);
    expect(await spectator.hear(joinedOrNot)).toMatchObject({ videoroom: "joined", id: 3 });
    const offer = { type: "offer", sdp: "v=0" };
    expect(await spectator.say({ request: "publish" })).toMatchObject({ status: 400 });
    expect(await spectator.say({ request: "configure", audio: true }, offer)).toMatchObject({ status: 400 });
    expect(await spectator.say({ request: "leave" }, offer)).toMatchObject({ status: 400 });
  });

  it("knows its own tickets", async () => {
    const { ticket } = video.ticket(judge, soon()) as { ticket: string };
    const [body = "", mac = ""] = ticket.split(".");
    const other = Buffer.from(JSON.stringify(["7", "1", 0, Date.now() + 1e9, 0])).toString("base64url");
    for (const wrong of [`${other}.${mac}`, `${body}.${mac.slice(0, -1)}A`, body, "x".repeat(40), `${ticket}.x`])
      if (wrong !== ticket) expect(await post("/session", wrong)).toMatchObject({ status: 403 });
    const late = video.ticket(judge, new Date(Date.now() - 1)) as { ticket: string };
    expect(await post("/session", late.ticket)).toMatchObject({ status: 403, json: { code: "room.ticket" } });
    // A ticket is for beginning; a pass is for going on, with its own session.
    expect(await post("/attach", ticket)).toMatchObject({ status: 403 });
    const turn = { urls: ["turn:turn.example.cn:3478"], secret: "north-of-the-river" };
    expect(janusVideo({ ...config, turn }).video.ticket(judge, soon())).toMatchObject({
      iceServers: [{ urls: turn.urls, username: expect.stringMatching(/^\d{10}:h7-p1$/) }],
    });
    const { pass } = (await post("/session", ticket)).json;
    expect(await post("/session", pass)).toMatchObject({ status: 403 });
    expect((await post("/attach", pass)).status).toBe(200);
    const elsewhere = signPass(config.apiSecret, { ...judge, until: Date.now() + 1e6, session: 4711 });
    expect(await post("/attach", elsewhere)).toMatchObject({ status: 410, json: { code: "room.gone" } });
    expect(await post("/message", pass, { handle: "1/../..", body: join7 })).toMatchObject({ status: 400 });
  });

  it("counts and hashes what was recorded, and says what is not finished", async () => {
    await video.record("9", true);
    const folder = join(config.recordings, "9");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "b-video-0.mjr"), "picture");
    writeFileSync(join(folder, "a-audio-0.mjr"), "sound");
    writeFileSync(join(folder, "a-audio-1.mjr.part"), "still");
    expect(await video.recordings("9")).toEqual({
      pending: 1,
      files: [
        {
          name: "a-audio-0.mjr",
          bytes: 5,
          sha256: "dd29442deca69f52c50006b831cb216edf78a7da33748f0a80ff19f2ebe57ecd",
        },
        { name: "b-video-0.mjr", bytes: 7, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      ],
    });
    await video.record("9", false);
    await video.close("9");
    await video.close("9");
    const blind = janusVideo({ ...config, recordings: "" }).video;
    await expect(blind.record("9", true)).rejects.toMatchObject({ code: "room.no_recording", status: 503 });
  });
});
