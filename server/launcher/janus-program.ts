import { existsSync, readdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fetchFromDebian, maySystemFetch } from "./debian-fetch.ts";

/** A Janus that can be run, with the one plugin and the one transport we use. */
export interface JanusProgram {
  janus: string;
  plugin: string;
  transport: string;
  /** Where its own libraries lie; null where the machine has them. */
  libraries: string | null;
  fetched: boolean;
}

const PLUGIN = "plugins/libjanus_videoroom.so";
const TRANSPORT = "transports/libjanus_http.so";

/** What makes one film of a hearing's recordings, as far as it is missing: Debian's packages. */
export function missingForFilms(): string[] {
  const places = (process.env["PATH"] ?? "").split(delimiter).filter((place) => place !== "");
  return Object.entries({ "janus-pp-rec": "janus-tools", ffmpeg: "ffmpeg" })
    .filter(([program]) => !places.some((place) => existsSync(join(place, program))))
    .map(([, name]) => name);
}

/** Finds Janus on PATH, else a copy fetched before, else fetches one; null where none is to be had. */
export async function findOrFetchJanus(folders: string[], tell: (line: string) => void): Promise<JanusProgram | null> {
  const found = onPath() ?? folders.map(inFolder).find((program) => program !== null);
  if (found) return found;
  if (!maySystemFetch()) return null;
  tell("本机没有 Janus,正在取一份 / no Janus here, fetching a private copy (about 3 MB)");
  const folder = folders[0]!;
  const lib = `usr/lib/${architecture()}/janus`;
  try {
    await fetchFromDebian(folder, {
      name: "janus",
      files: ["usr/bin/janus", `${lib}/${PLUGIN}`, `${lib}/${TRANSPORT}`],
    });
  } catch (error) {
    tell(`Janus 未能取得 / was not fetched: ${(error as Error).message}`);
    return null;
  }
  const program = inFolder(folder);
  return program && { ...program, fetched: true };
}

function onPath(): JanusProgram | null {
  const places = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin", "/usr/local/bin", "/opt/janus/bin"];
  for (const place of places) {
    const janus = join(place, "janus");
    if (place !== "" && existsSync(janus)) {
      const parts = partsBelow(dirname(place));
      if (parts) return { janus, ...parts, libraries: null, fetched: false };
    }
  }
  return null;
}

function inFolder(folder: string): JanusProgram | null {
  const janus = join(folder, "usr/bin/janus");
  const parts = existsSync(janus) ? partsBelow(join(folder, "usr")) : null;
  if (!parts) return null;
  const roots = [join(folder, "usr/lib"), join(folder, "lib")].filter((root) => existsSync(root));
  const libraries = roots.flatMap((root) => [root, ...subfolders(root)]).join(delimiter);
  return { janus, ...parts, libraries, fetched: false };
}

function partsBelow(prefix: string): { plugin: string; transport: string } | null {
  const lib = join(prefix, "lib");
  if (!existsSync(lib)) return null;
  const folder = [lib, ...subfolders(lib)]
    .map((root) => join(root, "janus"))
    .find((root) => existsSync(join(root, PLUGIN)) && existsSync(join(root, TRANSPORT)));
  return folder === undefined ? null : { plugin: join(folder, PLUGIN), transport: join(folder, TRANSPORT) };
}

function subfolders(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.includes("-linux-"))
    .map((entry) => join(root, entry.name));
}

/** As Debian names its folders of libraries. */
function architecture(): string {
  return { x64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu" }[process.arch as string] ?? `${process.arch}-linux-gnu`;
}
