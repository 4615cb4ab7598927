import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fetchFromDebian, maySystemFetch } from "./debian-fetch.ts";

const PROGRAMS = ["espeak-ng", "lame"];
const FILES = PROGRAMS.map((name) => `usr/bin/${name}`);

/** What the service is told of its voice: where both programs lie, an empty folder meaning on PATH. */
export const voiceSettings = (folder: string): Record<string, string> => ({ VOICE: "espeak", VOICE_FOLDER: folder });

/** Both programs on PATH (an empty name), else the first folder that holds a copy fetched before; null where none does. */
export function findVoice(folders: readonly string[]): string | null {
  const places = (process.env["PATH"] ?? "").split(delimiter);
  if (PROGRAMS.every((name) => places.some((place) => place !== "" && existsSync(join(place, name))))) return "";
  return folders.find((folder) => FILES.every((file) => existsSync(join(folder, file)))) ?? null;
}

/** Fetches both into the folder; throws where they are not to be had. */
export async function fetchVoice(folder: string): Promise<string> {
  if (!maySystemFetch()) throw new Error("apt-get install espeak-ng lame");
  await fetchFromDebian(folder, { name: "espeak-ng", beside: ["espeak-ng-data", "lame"], files: FILES });
  return folder;
}
