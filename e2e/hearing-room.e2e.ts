import { execFileSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from "vitest";
import type {} from "../server/launcher/e2e-setup.ts";
import { idNumberOf } from "../server/test/id-number.ts";
import { Desk, type StaffCaller, staffCaller } from "./desk.ts";
import { acceptedCase, personCaller } from "./filed.ts";
import { benchOf } from "./hearings.ts";
import { Phone } from "./phone.ts";

const base = inject("baseUrl");
const credentials = { password: inject("demoPassword"), totpSecret: inject("demoTotpSecret") };
const pictures = join(inject("artifacts"), "hearing-room");
const recordings = join(inject("scratch"), "janus/recordings");
const [PLAINTIFF, DEFENDANT, WITNESS] = ["郁青禾", "荆明岳", "宁见山"];
const key = () => ({ "idempotency-key": randomUUID() });
const QUARTER_MS = 900_000;
const PATIENCE = { timeout: 90_000 };

declare global {
  var peers: RTCPeerConnection[] | undefined;
}

describe("a hearing on the screen", () => {
  let browser: Browser;
  let clerk: StaffCaller;
  let supervisor: StaffCaller;
  let caseId: string;
  let id: string;
  let judge: Desk;
  let recorder: Desk;
  let plaintiff: Phone;
  let defendant: Phone;
  let witness: Phone;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    const chosen = inject("chromium");
    // Cameras and microphones that Chromium makes itself: a moving green picture and a beep.
    const fake = [
      "--use-fake-device-for-media-stream=fps=5",
      "--use-fake-ui-for-media-stream",
      "--allow-loopback-in-peer-connection",
      "--mute-audio",
    ];
    browser = await chromium.launch({ ...chosen, args: [...chosen.args, ...fake] });
    clerk = await staffCaller(base, "clerk2", credentials);
    supervisor = await staffCaller(base, "supervisor6", credentials);
  }, 120_000);
  afterAll(() => browser.close());

  it("carries picture and sound, keeps the witness apart, logs who broke off, and is signed", {
    timeout: 400_000,
  }, async () => {
    await ordered();
    const { driver } = await supervisor("GET", `/hearings/${id}/room`);
    expect(driver, "there is no media server here: apt-get install janus").toBe("janus");

    [judge, recorder, plaintiff, defendant] = await Promise.all([
      Desk.signIn(browser, base, pictures, "judge1", credentials),
      Desk.signIn(browser, base, pictures, "courtclerk1", credentials),
      Phone.open(browser, base, pictures),
      Phone.open(browser, base, pictures),
    ]);
    onTestFailed(async () => {
      for (const screen of [judge, recorder, plaintiff, defendant]) await screen.picture("failed");
    });
    for (const { page } of [judge, plaintiff, defendant]) await counted(page);
    const link = `/#/pages/hearing/room?id=${id}`;
    await Promise.all([waits(plaintiff, PLAINTIFF, link), waits(defendant, DEFENDANT, link)]);
    await plaintiff.picture("waiting");
    await opened();
    await everybodySeen();
    await witnessApart();
    await brokenOffWhileTyped();
    await signed();
    await kept();
    await filmed();
  });

  /** In a simple procedure the parties may be called at any time: at the next quarter of an hour, and both agree to the screen. */
  async function ordered(): Promise<void> {
    ({ caseId } = await acceptedCase(base, clerk, PLAINTIFF, DEFENDANT));
    const { number } = await clerk("GET", `/cases/${caseId}`);
    await benchOf(supervisor, caseId);
    const { code } = await clerk("POST", `/cases/${caseId}/access-codes`, { partyKey: "d1" });
    const sued = await registered(DEFENDANT, "13800138012");
    await sued("POST", "/cases/join", { number, accessCode: code }, key());
    const startsAt = new Date(Math.ceil((Date.now() + 5_000) / QUARTER_MS) * QUARTER_MS).toISOString();
    const asked = { kind: "trial", minutes: 15, mode: "online", startsAt };
    ({ id } = await supervisor("POST", `/cases/${caseId}/hearings`, asked, key()));
    for (const person of [sued, await personCaller(base, PLAINTIFF)])
      await person("POST", `/hearings/${id}/responses`, { consentOnline: "yes" }, key());
  }

  async function registered(name: string, phone: string) {
    const person = await personCaller(base, name);
    await person("PUT", "/me/identity", { name, idType: "resident_id", idNumber: idNumberOf(name), phone });
    return person;
  }

  /** The lobby: rules, devices, identity once more. */
  async function waits(phone: Phone, name: string, link: string): Promise<void> {
    await phone.signIn(name);
    await phone.go(link);
    await phone.tap("room-agree");
    await phone.tap("device-check");
    await phone.at("device-found").waitFor();
    await phone.page.locator('[data-test="room-tail"] input').fill(idNumberOf(name).slice(-6));
    await phone.picture("lobby");
    await phone.tap("room-check-in");
    await phone.page.locator('[data-test="room-next"][data-code="waiting"]').waitFor();
  }

  async function opened(): Promise<void> {
    await judge.go(`/hearings/${id}/room`);
    await judge.click("room-check-in");
    await judge.click("room-open");
    await judge.page.locator('[data-test="room-state"][data-code="open"]').waitFor();
    for (const name of [PLAINTIFF, DEFENDANT])
      await judge.page.locator(`[data-test="room-person"][data-name="${name}"] [data-test="person-admit"]`).click();
    await judge.click("room-start-record");
    await judge.at("room-recording").waitFor();
  }

  /** Everybody has the pictures of the two others, and they move. */
  async function everybodySeen(): Promise<void> {
    for (const { page } of [judge, plaintiff, defendant]) {
      await flowing(page, 2);
      await moving(page, 2);
    }
    const flows = await Promise.all([judge, plaintiff, defendant].map(({ page }) => flow(page)));
    console.log("inbound video", JSON.stringify(flows));
    for (const { bytes } of flows.flat()) expect(bytes).toBeGreaterThan(10_000);
    await plaintiff.at("room-stage").scrollIntoViewIfNeeded();
    await plaintiff.picture("in-the-room");
    await judge.picture("in-the-room");
  }

  /** Invited, the witness waits and learns nothing; is called, is seen and sees; is sent out. */
  async function witnessApart(): Promise<void> {
    await judge.click("room-invite");
    await judge.at("invite-name").fill(WITNESS);
    await judge.click("room-confirm");
    const link = (await judge.at("room-link").innerText()).trim();
    const asWitness = await registered(WITNESS, "13800138013");
    witness = await Phone.open(browser, base, pictures);
    await counted(witness.page);
    await waits(witness, WITNESS, link.slice(link.indexOf("/#/")));
    await witness.picture("witness-waiting");
    expect(await flow(witness.page)).toEqual([]);
    expect(await witness.at("room-people").innerText()).not.toContain(DEFENDANT);
    expect(await witness.sees("tab-record")).toBe(false);
    await expect(asWitness("POST", `/hearings/${id}/ticket`)).rejects.toThrow(/room.not_admitted/);

    const place = judge.page.locator('[data-test="room-person"][data-role="witness"]');
    await place.locator('[data-test="person-call_witness"]').click();
    await flowing(witness.page, 3);
    await flowing(judge.page, 3);
    await witness.picture("witness-called");
    await place.locator('[data-test="person-send_out"]').click();
    await witness.page.locator('[data-test="room-next"][data-code="out"]').waitFor();
    expect(await tiles(witness.page)).toBe(0);
    await expect.poll(() => tiles(judge.page), PATIENCE).toBe(2);
    await witness.page.context().close();
  }

  /** A page that is gone without a word is a break; meanwhile the court clerk types, and the plaintiff reads it. */
  async function brokenOffWhileTyped(): Promise<void> {
    await defendant.page.goto("about:blank");
    await recorder.go(`/hearings/${id}/room`);
    await typed("书记员：请双方核对身份。\n审判员：现在开庭。\n原告：借款五万元，约定年底归还。");
    await plaintiff.tap("tab-record");
    await plaintiff.page.locator('[data-test="record-text"]').getByText("约定年底归还").waitFor();
    await plaintiff.picture("record-live");
    await recorder.click("record-new");
    await typed("被告：收到借款属实，愿意分期归还。");
    const broken = judge.page.locator('[data-test="room-break"][data-open="true"]', { hasText: DEFENDANT });
    await broken.waitFor(PATIENCE);
    await judge.picture("broken-off");
    await defendant.go(`/#/pages/hearing/room?id=${id}`);
    await broken.waitFor({ state: "hidden", ...PATIENCE });
    await flowing(judge.page, 2);
    await flowing(defendant.page, 2);
    const { breaks } = await supervisor("GET", `/hearings/${id}/room`);
    const { source, from, to } = breaks.find(({ name }: { name: string }) => name === DEFENDANT);
    expect(source.code).toBe("silence");
    expect(Date.parse(to) - Date.parse(from)).toBeGreaterThan(15_000);
  }

  async function typed(text: string): Promise<void> {
    await recorder.at("record-text").fill(text);
    await recorder.page.locator('[data-test="record-saved"][data-saved="true"]').waitFor();
  }

  /** Each page by itself, on the phone; then by the judge, who ends the sitting. */
  async function signed(): Promise<void> {
    await recorder.click("record-offer");
    for (const phone of [plaintiff, defendant]) {
      await phone.tap("tab-record");
      await phone.at("record-sign").waitFor();
      await phone.at("record-sign").scrollIntoViewIfNeeded();
      await phone.sign("signature-canvas");
      await phone.picture("record-sign");
      const page = await phone.at("record-page").innerText();
      await phone.tap("record-sign");
      await expect.poll(() => phone.at("record-page").innerText(), PATIENCE).not.toBe(page);
      await phone.tap("record-sign");
      await phone.at("record-next").getByText("您已签完全部页").waitFor();
    }
    await plaintiff.picture("record-signed");
    await judge.click("record-sign");
    await judge.at("record-close").waitFor();
    await judge.click("room-stop-record");
    await judge.click("room-confirm");
    await judge.at("room-recording").waitFor({ state: "hidden" });
    await judge.click("room-end");
    await judge.click("room-confirm");
    await judge.page.locator('[data-test="room-state"][data-code="ended"]').waitFor();
    await judge.click("record-close");
    await judge.page.locator('[data-test="record-state"][data-code="closed"]').waitFor();
  }

  /** What was recorded is what the marks vouch for, and the record stands in the dossier. */
  async function kept(): Promise<void> {
    const marks = async () => (await supervisor("GET", `/hearings/${id}/room`)).recordings;
    await expect.poll(async () => String((await marks())[0].sha256), PATIENCE).toMatch(/^[0-9a-f]{64}$/);
    const [{ startedAt, stoppedAt, reason, files }, ...more] = await marks();
    expect(more).toEqual([]);
    expect(reason.code).toBe("recess");
    expect(Date.parse(stoppedAt)).toBeGreaterThan(Date.parse(startedAt));
    for (const { name, sha256, bytes } of files) {
      const file = readFileSync(join(recordings, id, name));
      expect(createHash("sha256").update(file).digest("hex")).toBe(sha256);
      expect(file.length).toBe(bytes);
    }
    // Sound and picture of four people, one of whom came twice.
    expect(files.length).toBeGreaterThanOrEqual(8);
    console.log("recorded", files.length, "files");
    await expect
      .poll(async () => JSON.stringify(await supervisor("GET", `/cases/${caseId}/dossier`)), PATIENCE)
      .toContain("开庭审理笔录");
    await judge.picture("ended");
  }

  /** One film of it all, watched by the judge; where the machine has no programs for it, the page says so. */
  async function filmed(): Promise<void> {
    const { films, recordings: before } = await supervisor("GET", `/hearings/${id}/room`);
    if (!films) {
      await judge.at("room-recordings").getByText("没有安装合成程序").waitFor();
      return console.log("no film: apt-get install janus-tools ffmpeg");
    }
    const film = async () => (await supervisor("GET", `/hearings/${id}/room`)).recordings[0].film;
    await expect.poll(async () => (await film())?.state.code, PATIENCE).toBe("made");
    const { seconds, sha256 } = await film();
    const [{ startedAt, stoppedAt }] = before;
    expect(Math.abs(seconds - (Date.parse(stoppedAt) - Date.parse(startedAt)) / 1000)).toBeLessThan(1);
    await judge.click("room-watch-film");
    const video = judge.page.locator('[data-test="room-film-video"]');
    await expect.poll(() => video.evaluate((one: HTMLVideoElement) => one.videoWidth), PATIENCE).toBe(1280);
    const bytes = Buffer.from(
      await (await fetch(new URL(String(await video.getAttribute("src")), base))).arrayBuffer(),
    );
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    const file = join(pictures, "film.mp4");
    writeFileSync(file, bytes);
    const probed = JSON.parse(
      execFileSync("ffprobe", ["-v", "error", "-of", "json", "-show_streams", "-show_format", file]).toString(),
    );
    expect(probed.streams.map((one: { codec_name: string }) => one.codec_name).sort()).toEqual(["aac", "h264"]);
    expect(Math.abs(Number(probed.format.duration) - seconds)).toBeLessThan(2);
    console.log("film", Math.round(bytes.length / 1024), "KiB of", seconds, "s");
    for (const at of [0.2, 0.5, 0.8]) {
      const still = ["-v", "error", "-y", "-ss", String(at * seconds), "-i", file, "-frames:v", "1"];
      execFileSync("ffmpeg", [...still, join(pictures, `film-${at}.png`)]);
    }
    await judge.picture("film");
  }
});

const tiles = (page: Page): Promise<number> => page.locator('[data-test="room-tile"] video').count();

/** Every connection the page opens is kept where its figures can be asked for. */
async function counted(page: Page): Promise<void> {
  await page.context().addInitScript(() => {
    const Real = window.RTCPeerConnection;
    globalThis.peers = [];
    window.RTCPeerConnection = class extends Real {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        globalThis.peers?.push(this);
      }
    };
  });
}

/** What arrives of each other person's picture: frames that were decoded, and bytes. */
function flow(page: Page): Promise<{ frames: number; bytes: number }[]> {
  return page.evaluate(async () => {
    const found: { frames: number; bytes: number }[] = [];
    for (const peer of globalThis.peers ?? []) {
      if (peer.connectionState !== "connected") continue;
      for (const report of (await peer.getStats()).values())
        if (report.type === "inbound-rtp" && report.kind === "video")
          found.push({ frames: report.framesDecoded, bytes: report.bytesReceived });
    }
    return found;
  });
}
const flowing = (page: Page, others: number) =>
  expect.poll(async () => (await flow(page)).filter(({ frames }) => frames > 10).length, PATIENCE).toBe(others);

/** The pictures as they are shown: green, as the camera made them, and another one a moment later. */
async function moving(page: Page, others: number): Promise<void> {
  const before = await looks(page);
  expect(before).toHaveLength(others);
  for (const [red, green, blue] of before.map(({ mean }) => mean)) expect(green).toBeGreaterThan(2 * (red + blue));
  await expect
    .poll(async () => (await looks(page)).filter(({ dots }, at) => dots !== before[at]?.dots).length, PATIENCE)
    .toBe(others);
}
function looks(page: Page): Promise<{ mean: [number, number, number]; dots: string }[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLVideoElement>('[data-test="room-tile"] video')].map((video) => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 32, height: 24 });
      const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
      pen.drawImage(video, 0, 0, 32, 24);
      const dots = [...pen.getImageData(0, 0, 32, 24).data];
      const mean = (colour: number) => dots.reduce((sum, dot, at) => (at % 4 === colour ? sum + dot : sum), 0) / 768;
      return { mean: [mean(0), mean(1), mean(2)] as [number, number, number], dots: dots.join() };
    }),
  );
}
