import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type Program, systemTables } from "./mariadb-program.ts";

/** Whom the server runs as: never root when another user can reach the folder. */
export interface RunAs {
  uid?: number;
  gid?: number;
  name: string;
}

/** Where one private server keeps everything: `data` is the database, `run` its socket and notes. */
export interface Folder {
  root: string;
  data: string;
  run: string;
  socket: string;
  runAs: RunAs;
  passwords: { owner: string; app: string };
}

/** Makes (or finds again) the folders, the user to run as and the passwords. */
export function openFolder(path: string): Folder {
  const root = resolve(path);
  const data = join(root, "data");
  const run = join(root, "run");
  mkdirSync(root, { recursive: true, mode: 0o711 });
  mkdirSync(data, { recursive: true, mode: 0o700 });
  mkdirSync(run, { recursive: true, mode: 0o700 });
  const runAs = chooseUser(root, data);
  if (runAs.uid !== undefined) {
    chmodSync(root, 0o711);
    for (const each of [data, run]) chownSync(each, runAs.uid, runAs.gid ?? runAs.uid);
  }
  return { root, data, run, socket: socketPath(run, runAs), runAs, passwords: passwordsIn(root) };
}

export function isInstalled(folder: Folder): boolean {
  return existsSync(join(folder.data, "mysql"));
}

/** Writes the system tables, first beside `data` so that an interrupted first start leaves nothing half done. */
export async function install(folder: Folder, program: Program): Promise<void> {
  const fresh = `${folder.data}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  own(fresh, folder.runAs);
  const tables = systemTables(program.share)!.map((file) => readFileSync(file, "utf8"));
  // `root` of the database is the system user the server runs as, by the socket only, with no password to leak.
  const head = `create database if not exists mysql;\nuse mysql;\nset @auth_root_socket='${folder.runAs.name}';\n`;
  const child = spawn(
    program.mariadbd,
    [
      ...baseFlags(program, folder.runAs),
      `--datadir=${fresh}`,
      // A server that starts removes what it takes for leftovers from the folder for temporary tables: nobody shares one.
      `--tmpdir=${folder.run}`,
      "--bootstrap",
      "--silent-startup",
      "--log-warnings=0",
      "--enforce-storage-engine=",
      "--max-allowed-packet=8M",
    ],
    { stdio: ["pipe", "ignore", "pipe"], ...credentials(folder.runAs), env: environment(program) },
  );
  let told = "";
  child.stderr.on("data", (part: Buffer) => {
    told += part.toString("utf8");
  });
  child.stdin.on("error", () => {});
  child.stdin.end(`${head}${tables.join("\n")}\n`);
  const code = await new Promise<number | null>((done, fail) => {
    child.once("error", fail);
    child.once("close", done);
  });
  if (code !== 0) throw new Error(`MariaDB did not make its tables: ${told.trim().split("\n").slice(-3).join(" ")}`);
  rmSync(folder.data, { recursive: true, force: true });
  renameSync(fresh, folder.data);
}

export function baseFlags(program: Program, runAs: RunAs): string[] {
  const flags = ["--no-defaults", `--basedir=${dirname(dirname(program.share))}`, `--lc-messages-dir=${program.share}`];
  if (existsSync(join(program.share, "charsets"))) flags.push(`--character-sets-dir=${program.share}/charsets`);
  if (process.getuid?.() === 0 && runAs.uid === undefined) flags.push("--user=root");
  return [
    ...flags,
    "--character-set-server=utf8mb4",
    "--collation-server=utf8mb4_bin",
    "--skip-name-resolve",
    "--bind-address=127.0.0.1",
  ];
}

export function credentials(runAs: RunAs): { uid?: number; gid?: number } {
  return runAs.uid === undefined ? {} : { uid: runAs.uid, gid: runAs.gid ?? runAs.uid };
}

export function environment(program: Program): NodeJS.ProcessEnv {
  return { ...process.env, ...(program.libraries === null ? {} : { LD_LIBRARY_PATH: program.libraries }) };
}

export function own(path: string, runAs: RunAs): void {
  if (runAs.uid !== undefined) chownSync(path, runAs.uid, runAs.gid ?? runAs.uid);
}

function chooseUser(root: string, data: string): RunAs {
  if (process.getuid?.() !== 0) return { name: userNamed(process.getuid?.() ?? -1) ?? process.env["USER"] ?? "root" };
  const before = isInstalledAt(data) ? statSync(data).uid : null;
  const users = readUsers().filter(({ name, uid }) =>
    before === null ? /^(mysql|nobody)$/.test(name) : uid === before,
  );
  const user = users.sort((a, b) => a.name.localeCompare(b.name))[0];
  return user !== undefined && user.uid !== 0 && mayReach(root) ? user : { name: "root" };
}

function isInstalledAt(data: string): boolean {
  return existsSync(join(data, "mysql"));
}

/** Another user gets to a folder only when every folder above lets strangers through. */
export function mayReach(root: string): boolean {
  for (let folder = dirname(root); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function readUsers(): (RunAs & { uid: number; gid: number })[] {
  if (!existsSync("/etc/passwd")) return [];
  return readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .filter((fields) => fields.length > 3)
    .map((fields) => ({ name: fields[0]!, uid: Number(fields[2]), gid: Number(fields[3]) }));
}

function userNamed(uid: number): string | undefined {
  return readUsers().find((user) => user.uid === uid)?.name;
}

/** A socket's path may be 107 bytes long at most; a deep folder gets one in the system's temporary folder. */
function socketPath(run: string, runAs: RunAs): string {
  const near = join(run, "mariadb.sock");
  if (Buffer.byteLength(near) <= 100) return near;
  const name = createHash("sha256").update(run).digest("hex").slice(0, 12);
  const place = join(Buffer.byteLength(tmpdir()) <= 60 ? tmpdir() : "/tmp", `sutong-${name}`);
  mkdirSync(place, { recursive: true, mode: 0o700 });
  own(place, runAs);
  return join(place, "mariadb.sock");
}

function passwordsIn(root: string): { owner: string; app: string } {
  const file = join(root, "passwords.json");
  if (!existsSync(file)) {
    const made = { owner: randomBytes(24).toString("hex"), app: randomBytes(24).toString("hex") };
    writeFileSync(file, `${JSON.stringify(made)}\n`, { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, "utf8")) as { owner: string; app: string };
}
