import { execFileSync, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { canMix, mix } from "./mix.ts";
import { filmGraph, grid, place, trackOf } from "./mix-plan.ts";

describe("the plan of a film", () => {
  it("knows Janus' files by their names, and lays them by when they began", () => {
    const late = trackOf("videoroom-12-user-34-1700000000000000-video-1.mjr", 5_500_000);
    const first = trackOf("videoroom-12-user-35-1700000000000000-audio-0.mjr", 2_000_000);
    expect(late).toMatchObject({ personId: "34", kind: "video" });
    expect(place([late, first].flatMap((track) => track ?? [])).map(({ offset }) => offset)).toEqual([3.5, 0]);
    for (const [name, begun] of [
      ["notes.mjr", 1],
      ["videoroom-1-user-2-3-video-1.mjr", 0],
    ] as const)
      expect(trackOf(name, begun)).toBeNull();
  });

  it("gives everybody a cell of their own within the picture", () => {
    for (let people = 1; people <= 40; people += 1) {
      const { cells, height } = grid(people);
      expect(new Set(cells.map(({ x, y }) => `${x}/${y}`)).size).toBe(people);
      for (const { x, y, width, height: tall } of cells) {
        expect(x + width).toBeLessThanOrEqual(1280);
        expect(y + tall).toBeLessThanOrEqual(height);
        expect((width % 2) + (tall % 2)).toBe(0);
      }
    }
  });

  it("takes no word of a name for an order", () => {
    const cell = grid(1).cells[0] as ReturnType<typeof grid>["cells"][number];
    const graph = filmGraph([{ cell, textFile: "/t/0.txt", away: [], pictures: [0] }], [], 9, "/f.ttf");
    expect(graph).toContain("textfile='/t/0.txt':expansion=none");
    expect(graph).toContain("anullsrc");
  });
});

/** A file as Janus writes it: RTP packets as they came, each with its moment. Made by ffmpeg, sent to us as a page would send it. */
async function recorded(path: string, source: readonly string[], type: "a" | "v", codec: string): Promise<void> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const packets: Buffer[] = [];
  const began = Date.now();
  socket.on("message", (packet) => {
    const head = Buffer.alloc(10);
    head.write("MEET");
    head.writeUInt32BE(Date.now() - began, 4);
    head.writeUInt16BE(packet.length, 8);
    packets.push(head, packet);
  });
  const to = `rtp://127.0.0.1:${socket.address().port}?rtcpport=9&pkt_size=1200`;
  await once(spawn("ffmpeg", ["-nostdin", "-loglevel", "error", "-re", ...source, "-f", "rtp", to]), "close");
  socket.close();
  const begunAt = began * 1000;
  const header = Buffer.from(JSON.stringify({ t: type, c: codec, s: begunAt, u: begunAt }));
  const start = Buffer.alloc(10);
  start.write("MJR00002");
  start.writeUInt16BE(header.length, 8);
  writeFileSync(path, Buffer.concat([start, header, ...packets]));
}

describe.runIf(canMix())("a film", () => {
  const folder = mkdtempSync(join(tmpdir(), "sutong-film-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const probe = (path: string) =>
    JSON.parse(
      execFileSync("ffprobe", [
        "-v",
        "error",
        "-print_format",
        "json",
        "-show_streams",
        "-show_format",
        path,
      ]).toString(),
    );
  const decoded = (path: string, how: readonly string[]) =>
    execFileSync("ffmpeg", ["-v", "error", "-i", path, ...how, "-"]);

  it("shows and sounds everybody from mark to mark, black where somebody was away; the raw files stay", async () => {
    const vp8 = ["-c:v", "libvpx", "-deadline", "realtime", "-g", "10", "-b:v", "300k"];
    const picture = (c: string) => ["-f", "lavfi", "-t", "3", "-i", `color=${c}:s=320x240:r=10`, ...vp8];
    const tone = ["-f", "lavfi", "-t", "3", "-i", "sine=440:sample_rate=48000", "-c:a", "libopus"];
    const [red, blue, beep] = ["34-1-video-1", "35-1-video-1", "34-1-audio-0"].map(
      (name) => `videoroom-12-user-${name}.mjr`,
    );
    await Promise.all([
      recorded(join(folder, red as string), picture("red"), "v", "vp8"),
      recorded(join(folder, blue as string), picture("blue"), "v", "vp8"),
      recorded(join(folder, beep as string), tone, "a", "opus"),
    ]);
    const files = [red, blue, beep] as string[];
    const before = files.map((name) => readFileSync(join(folder, name)));
    const seats = [
      { personId: "34", label: "原告 郁青禾 %{pts}:'x", away: [] },
      { personId: "35", label: "被告 荆明岳", away: [{ from: 1, to: 2 }] },
      { personId: "99", label: "未到的人", away: [] },
    ];
    const kept = join(folder, "film.mp4");
    const made: { bytes: number; sha256: string }[] = [];
    await mix(
      folder,
      { files, seconds: 5, seats },
      async ({ path, bytes, sha256 }) => {
        made.push({ bytes, sha256 });
        copyFileSync(path, kept);
      },
      AbortSignal.timeout(60_000),
    );
    const { streams, format } = probe(kept);
    expect(streams.map(({ codec_type }: { codec_type: string }) => codec_type).sort()).toEqual(["audio", "video"]);
    expect(Number(format.duration)).toBeCloseTo(5, 0);
    expect(made).toEqual([{ bytes: readFileSync(kept).length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    // Ten small pictures a second, sixteen dots wide and six high.
    const dots = decoded(kept, ["-vf", "fps=10,scale=16:6", "-f", "rawvideo", "-pix_fmt", "rgb24"]);
    const dot = (second: number, x: number) => [...dots.subarray((second * 10 * 96 + 2 * 16 + x) * 3).subarray(0, 3)];
    const isRed = ([r = 0, g = 0, b = 0]: number[]) => r > 150 && g < 60 && b < 60;
    const isBlue = ([r = 0, g = 0, b = 0]: number[]) => b > 150 && r < 60 && g < 60;
    const isBlack = (parts: number[]) => parts.every((part) => part < 30);
    const [LEFT, RIGHT] = [3, 12];
    expect([dot(0.7, LEFT), dot(0.7, RIGHT)]).toSatisfy(([left, right]) => isRed(left) && isBlue(right));
    expect([dot(1.5, LEFT), dot(1.5, RIGHT)]).toSatisfy(([left, right]) => isRed(left) && isBlack(right));
    expect([dot(2.4, LEFT), dot(2.4, RIGHT)]).toSatisfy(([left, right]) => isRed(left) && isBlue(right));
    expect([dot(4.5, LEFT), dot(4.5, RIGHT)]).toSatisfy(([left, right]) => isBlack(left) && isBlack(right));
    const sound = decoded(kept, ["-ac", "1", "-ar", "8000", "-f", "s16le"]);
    const loudest = (from: number, to: number) => {
      const part = sound.subarray(from * 16_000, to * 16_000);
      return Math.max(...Array.from({ length: part.length / 2 }, (_, n) => Math.abs(part.readInt16LE(2 * n))));
    };
    expect(loudest(0.5, 2.5)).toBeGreaterThan(1000);
    expect(loudest(4, 4.8)).toBeLessThan(100);
    expect(files.map((name) => readFileSync(join(folder, name)))).toEqual(before);
  }, 60_000);
});
