import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { setPriority, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { type Film, FRAMES, filmGraph, grid, intoCell, type Placed, place, trackOf } from "./mix-plan.ts";
import type { FilmFile } from "./port.ts";

const PROGRAMS = ["janus-pp-rec", "ffmpeg"];
/** Behind whatever else the machine has to do. */
const PRIORITY = 10;
const FONT = createRequire(import.meta.url).resolve(
  "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
);
/** A picture on its way, which is thrown away again; and the film, which any player plays. */
const QUICK = ["-an", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20"];
const FILM = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-c:a", "aac", "-b:a", "64k"];

/** Debian's janus-tools and ffmpeg, both on PATH. */
export function canMix(): boolean {
  const places = (process.env["PATH"] ?? "").split(delimiter).filter((place) => place !== "");
  return PROGRAMS.every((name) => places.some((place) => existsSync(join(place, name))));
}

/**
 * One film of the files Janus wrote into the folder, which stay as they are. Given to `keep`, then cleared away. Throws
 * where a program fails, and where there is nothing that could be shown or heard.
 */
export async function mix(
  folder: string,
  film: Film,
  keep: (made: FilmFile) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), "sutong-film-"));
  try {
    const tracks = place(await tracksOf(folder, film.files, signal));
    if (tracks.length === 0) throw new Error("nothing was recorded that could be shown");
    const path = join(work, "film.mp4");
    await filmOf({ folder, work, path, film, tracks, signal });
    await keep({ path, bytes: (await stat(path)).size, sha256: await hashOf(path) });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function tracksOf(folder: string, names: readonly string[], signal: AbortSignal) {
  const found = [];
  for (const name of names) {
    const said = await run("janus-pp-rec", ["-j", "-d", "0", join(folder, name)], signal).catch(() => "");
    const { u = 0 } = JSON.parse(/\{[\s\S]*\}/.exec(said)?.[0] ?? "{}") as { u?: number };
    const track = trackOf(name, u);
    if (track) found.push(track);
  }
  return found;
}

interface Making {
  readonly folder: string;
  readonly work: string;
  readonly path: string;
  readonly film: Film;
  readonly tracks: readonly Placed[];
  readonly signal: AbortSignal;
}

async function filmOf({ folder, work, path, film, tracks, signal }: Making): Promise<void> {
  const seats = film.seats.filter(({ personId }) => tracks.some((track) => track.personId === personId));
  const { cells } = grid(seats.length);
  const inputs: string[] = [];
  const pictures = new Map<string, number[]>();
  const sounds: { input: number; offset: number }[] = [];
  for (const [n, { name, personId, kind, offset }] of tracks.entries()) {
    const cell = cells[seats.findIndex((seat) => seat.personId === personId)];
    if (!cell) continue;
    const raw = join(work, `${n}.${kind === "audio" ? "opus" : "webm"}`);
    // A file that ended before its first whole frame has nothing to show.
    if (!(await unpacked(join(folder, name), raw, signal))) continue;
    if (kind === "audio") sounds.push({ input: inputs.push(raw) - 1, offset });
    else {
      // A picture may change its size at any moment: first each by itself into its cell.
      const fitted = join(work, `${n}.mkv`);
      const fit = ["-copyts", "-i", raw, "-vf", intoCell(cell, offset), ...QUICK, fitted];
      await run("ffmpeg", [...PLAIN, ...fit], signal);
      pictures.set(personId, [...(pictures.get(personId) ?? []), inputs.push(fitted) - 1]);
    }
  }
  if (inputs.length === 0) throw new Error("nothing was recorded that could be shown");
  const laid = await Promise.all(
    seats.map(async ({ personId, label, away }, n) => {
      const textFile = join(work, `${n}.txt`);
      await writeFile(textFile, label);
      return { cell: cells[n] as (typeof cells)[number], textFile, away, pictures: pictures.get(personId) ?? [] };
    }),
  );
  const graph = join(work, "graph.txt");
  await writeFile(graph, filmGraph(laid, sounds, film.seconds, FONT));
  const ways = ["-filter_complex_script", graph, "-map", "[v]", "-map", "[a]", "-r", String(FRAMES)];
  const ends = ["-t", String(film.seconds), ...FILM, "-movflags", "+faststart", path];
  await run("ffmpeg", [...PLAIN, "-copyts", ...inputs.flatMap((input) => ["-i", input]), ...ways, ...ends], signal);
}

const PLAIN = ["-nostdin", "-hide_banner", "-loglevel", "error", "-y"];

async function unpacked(from: string, to: string, signal: AbortSignal): Promise<boolean> {
  try {
    await run("janus-pp-rec", ["-d", "0", from, to], signal);
    return (await stat(to)).size > 0;
  } catch (error) {
    if (signal.aborted) throw error;
    return false;
  }
}

/** Without a shell; gives what it said. */
async function run(program: string, options: readonly string[], signal: AbortSignal): Promise<string> {
  const env = { PATH: process.env["PATH"], LC_ALL: "C.UTF-8" };
  const child = spawn(program, options, { env, signal, killSignal: "SIGKILL", stdio: ["ignore", "pipe", "pipe"] });
  if (child.pid !== undefined) setPriority(child.pid, PRIORITY);
  const [said, wrong] = await Promise.all([text(child.stdout), text(child.stderr), endOf(child)]);
  if (child.exitCode !== 0) throw new Error(`${program} ended with ${child.exitCode}: ${wrong.slice(-400)}`);
  return said;
}

function endOf(child: ChildProcessByStdio<null, Readable, Readable>): Promise<void> {
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.once("close", () => done());
  });
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest("hex");
}
