import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GatewayError } from "../gateway-error.ts";
import { noteFailure, noteSuccess } from "../health.ts";
import { Unsayable, type Voice } from "./port.ts";
import { keepSounds } from "./sounds.ts";
import { syllables } from "./syllables.ts";

export interface EspeakConfig {
  /** Where both programs are unpacked, laid out as Debian does (they may come later); empty where the machine has them. */
  readonly folder?: string;
  readonly timeoutMs?: number;
  readonly mostAtOnce?: number;
  readonly mostWaiting?: number;
  readonly mostBytes?: number;
}

/** Syllables with tones, somewhat slower than people talk. The voice named plain `cmn` takes syllables for English. */
const SPEAK = ["-v", "cmn-latn-pinyin", "-s", "160", "--stdin", "--stdout"];
/** Speech needs no more: 3 kB a second. */
const PRESS = ["--quiet", "-m", "m", "-b", "24", "--resample", "16", "-", "-"];

/** eSpeak NG says the words and LAME makes them small, both on this machine; what is said reaches them by stdin alone. */
export function espeakVoice({
  folder = "",
  timeoutMs = 15_000,
  mostAtOnce = 2,
  mostWaiting = 8,
  mostBytes = 16 * 2 ** 20,
}: EspeakConfig = {}): Voice {
  const waiting: (() => void)[] = [];
  let busy = 0;

  async function inTurn(words: string): Promise<Buffer> {
    if (busy >= mostAtOnce) {
      if (waiting.length >= mostWaiting) throw new GatewayError("voice", "too many wait", { retryAfter: 3 });
      await new Promise<void>((go) => waiting.push(go));
    } else busy += 1;
    try {
      const sound = await speak(programsIn(folder), words, timeoutMs);
      noteSuccess("voice");
      return sound;
    } catch (cause) {
      noteFailure("voice");
      throw new GatewayError("voice", "the words were not said", { cause, retryAfter: 5 });
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    }
  }

  const sounds = keepSounds(mostBytes, inTurn);
  return {
    get on() {
      return folder === "" || existsSync(programIn(folder, "lame"));
    },
    async say(text) {
      const words = syllables(text);
      if (!/[a-z]/.test(words)) throw new Unsayable();
      return sounds(words);
    },
  };
}

interface Programs {
  readonly espeak: string;
  readonly lame: string;
  readonly data: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

const programIn = (folder: string, name: string): string => join(folder, "usr/bin", name);

function programsIn(folder: string): Programs {
  const plain = { PATH: process.env["PATH"] };
  if (!folder) return { espeak: "espeak-ng", lame: "lame", data: [], env: plain };
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const libraries = new Set(
    files.filter((file) => /\.so(?:\.|$)/.test(file)).map((file) => join(folder, dirname(file))),
  );
  const data = files.find((file) => basename(file) === "espeak-ng-data");
  return {
    espeak: programIn(folder, "espeak-ng"),
    lame: programIn(folder, "lame"),
    data: data ? [`--path=${join(folder, dirname(data))}`] : [],
    env: { ...plain, LD_LIBRARY_PATH: [...libraries].join(delimiter) },
  };
}

async function speak({ espeak, lame, data, env }: Programs, words: string, timeoutMs: number): Promise<Buffer> {
  const signal = AbortSignal.timeout(timeoutMs);
  const start = (program: string, options: readonly string[]) =>
    spawn(program, options, { env, signal, killSignal: "SIGKILL", stdio: ["pipe", "pipe", "ignore"] });
  const [speaker, press] = [start(espeak, [...data, ...SPEAK]), start(lame, PRESS)];
  const parts: Buffer[] = [];
  press.stdout.on("data", (part: Buffer) => parts.push(part));
  try {
    await Promise.all([
      pipeline([words], speaker.stdin),
      pipeline(speaker.stdout, press.stdin),
      endOf(speaker),
      endOf(press),
    ]);
  } finally {
    // Whichever failed first: the other has nothing left to do.
    speaker.kill("SIGKILL");
    press.kill("SIGKILL");
  }
  return Buffer.concat(parts);
}

function endOf(child: ChildProcessByStdio<Writable, Readable, null>): Promise<void> {
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.once("close", (code) => (code === 0 ? done() : fail(new Error(`${child.spawnfile} ended with ${code}`))));
  });
}
