import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fetchFromDebian, maySystemFetch } from "./debian-fetch.ts";

const PROGRAMS = ["espeak-ng", "lame"];

/**
 * What the service must be told to read aloud: both programs on PATH, else a copy fetched before, else one fetched into the
 * first folder. Null where none is to be had.
 */
export async function findOrFetchVoice(
  folders: readonly string[],
  tell: (line: string) => void = () => {},
): Promise<Record<string, string> | null> {
  const on = (folder = ""): Record<string, string> => ({ VOICE: "espeak", VOICE_FOLDER: folder });
  const places = (process.env["PATH"] ?? "").split(delimiter);
  if (PROGRAMS.every((name) => places.some((place) => place !== "" && existsSync(join(place, name))))) return on();
  const files = PROGRAMS.map((name) => `usr/bin/${name}`);
  const kept = folders.find((folder) => files.every((file) => existsSync(join(folder, file))));
  if (kept !== undefined) return on(kept);
  if (!maySystemFetch()) return null;
  tell("本机没有 espeak-ng 与 lame,正在取一份 / no espeak-ng and lame here, fetching a private copy (about 6 MB)");
  const folder = folders[0]!;
  try {
    await fetchFromDebian(folder, { name: "espeak-ng", beside: ["espeak-ng-data", "lame"], files });
  } catch (error) {
    tell(`朗读程序未能取得 / the voice was not fetched: ${(error as Error).message}`);
    return null;
  }
  return on(folder);
}
