import { existsSync, readdirSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fetchFromDebian, maySystemFetch } from "./debian-fetch.ts";
import { Stop } from "./say.ts";

/** A MariaDB server that can be run: the binary, its SQL and message files, and where its own libraries lie. */
export interface Program {
  mariadbd: string;
  share: string;
  libraries: string | null;
  fetched: boolean;
}

/**
 * Finds mariadbd on PATH, else a copy fetched before into one of `folders`, else fetches one into the first of them.
 * Tells what to install where none can be had.
 */
export async function findOrFetch(folders: string[], tell: (line: string) => void): Promise<Program> {
  const found = onPath() ?? folders.map(inFolder).find((program) => program !== null);
  if (found) return found;
  const folder = folders[0]!;
  if (!maySystemFetch()) throw new Stop(whatToInstall());
  tell("本机没有 MariaDB,正在取一份 / no MariaDB here, fetching a private copy (about 8 MB)");
  try {
    await fetchFromDebian(folder, { name: "mariadb-server-core", files: ["usr/sbin/mariadbd"] });
  } catch (error) {
    throw new Stop(`${whatToInstall()}\n  (自动获取未成功 / fetching did not work: ${(error as Error).message})`);
  }
  const program = inFolder(folder);
  if (program === null) throw new Stop(whatToInstall());
  return { ...program, fetched: true };
}

function onPath(): Program | null {
  const places = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"];
  for (const place of places) {
    const mariadbd = join(place, "mariadbd");
    if (place === "" || !existsSync(mariadbd)) continue;
    const share = shareBeside(dirname(resolve(mariadbd)));
    if (share !== null) return { mariadbd, share, libraries: null, fetched: false };
  }
  return null;
}

function inFolder(folder: string): Program | null {
  const mariadbd = join(folder, "usr/sbin/mariadbd");
  if (!existsSync(mariadbd)) return null;
  const share = shareBeside(dirname(mariadbd));
  if (share === null) return null;
  const roots = [join(folder, "usr/lib"), join(folder, "lib")].filter((root) => existsSync(root));
  const libraries = roots.flatMap((root) => [root, ...subfolders(root)]).join(delimiter);
  return { mariadbd, share, libraries: libraries === "" ? null : libraries, fetched: false };
}

/** The folder with the system tables' SQL: its name and the files' prefix changed over the versions. */
function shareBeside(bin: string): string | null {
  const candidates = ["../share/mysql", "../share/mariadb", "../share"].map((name) => join(bin, name));
  return candidates.find((folder) => systemTables(folder) !== null) ?? null;
}

export function systemTables(share: string): string[] | null {
  for (const prefix of ["mysql", "mariadb"]) {
    const names = ["system_tables", "performance_tables", "system_tables_data"];
    const files = names.map((name) => join(share, `${prefix}_${name}.sql`));
    if (files.every((file) => existsSync(file))) return files;
  }
  return null;
}

function subfolders(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.includes("-linux-"))
    .map((entry) => join(root, entry.name));
}

function whatToInstall(): string {
  const how =
    process.platform === "darwin"
      ? "brew install mariadb"
      : maySystemFetch()
        ? "apt-get install mariadb-server-core"
        : process.platform === "linux"
          ? "dnf install mariadb-server / apk add mariadb / apt-get install mariadb-server-core"
          : "https://mariadb.org/download";
  return `需要 MariaDB:请安装后再启动,或设 DATABASE_URL / MariaDB is needed, install it or set DATABASE_URL: ${how}`;
}
