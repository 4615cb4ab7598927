import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { isAlive, markOf, pause } from "./processes.ts";

const run = promisify(execFile);

/** Debian and its children carry both tools; nothing here needs root or touches the machine's own package state. */
export function maySystemFetch(): boolean {
  return process.platform === "linux" && existsSync("/usr/bin/apt-get") && existsSync("/usr/bin/dpkg-deb");
}

export interface Wanted {
  /** The package, or how its name begins (older releases carry the version in it). */
  readonly name: string;
  /** Packages that belong to it without being libraries. */
  readonly beside?: readonly string[];
  /** What shows that it is there, below the folder; the first is the program itself. */
  readonly files: readonly string[];
}

/** Downloads a package with what belongs to it and the libraries this machine lacks for it, and unpacks them into `folder`. */
export async function fetchFromDebian(folder: string, wanted: Wanted): Promise<void> {
  const lock = `${folder}.lock`;
  await takeLock(lock);
  const work = `${folder}.part`;
  try {
    if (existsSync(join(folder, wanted.files[0]!))) return;
    rmSync(work, { recursive: true, force: true });
    const apt = await privateApt(join(work, "apt"));
    const tree = join(work, "tree");
    const needed: string[] = [];
    for (const each of [wanted.name, ...(wanted.beside ?? [])]) {
      const [name, needs] = await nameOfPackage(apt, each);
      await unpack(await download(apt, name), tree);
      needed.push(...needs);
    }
    await addMissingLibraries(apt, needed, tree, wanted.files);
    rmSync(folder, { recursive: true, force: true });
    renameSync(tree, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
    rmSync(lock, { force: true });
  }
}

interface Apt {
  folder: string;
  options: string[];
}

/** An apt with lists and caches of its own, so that empty or stale lists of the machine do not matter. */
async function privateApt(folder: string): Promise<Apt> {
  for (const part of ["state/lists/partial", "cache/archives/partial", "debs"]) {
    mkdirSync(join(folder, part), { recursive: true });
  }
  // Hooks of the machine (cleaning, PackageKit) are not ours to run; read after the machine's own settings.
  const settings = join(folder, "apt.conf");
  writeFileSync(
    settings,
    `#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear APT::Update::Pre-Invoke;
Dir::State "${folder}/state";
Dir::State::status "/var/lib/dpkg/status";
Dir::Cache "${folder}/cache";
Dir::Cache::pkgcache "pkgcache.bin";
Dir::Cache::srcpkgcache "srcpkgcache.bin";
Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
`,
  );
  const apt = { folder, options: ["-q", "-c", settings] };
  // A source of somebody else's that does not answer is only a warning: what counts is whether the package is found.
  await run("apt-get", [...apt.options, "update"], { timeout: 180_000, maxBuffer: 2 ** 24, env: plain() }).catch(
    (error: Error) => {
      if (readdirSync(join(folder, "state/lists")).length < 3) throw new Error(firstLine(error));
    },
  );
  return apt;
}

/** The package's name in this release (older ones carry the version in it), and the libraries it wants. */
async function nameOfPackage(apt: Apt, wanted: string): Promise<[string, string[]]> {
  const { stdout } = await ask("apt-cache", [...apt.options, "pkgnames", wanted]);
  const name = stdout.split("\n").filter(Boolean).sort()[0];
  if (name === undefined) throw new Error(`apt knows no ${wanted}`);
  return [name, await libraries(apt, name)];
}

async function libraries(apt: Apt, name: string): Promise<string[]> {
  const { stdout } = await ask("apt-cache", [...apt.options, "depends", "--important", name]);
  const names = [...stdout.matchAll(/^\s*\|?(?:Pre)?Depends: ([a-z0-9.+-]+)$/gm)].map((found) => found[1]!);
  return names.filter((each) => /^(lib|zlib)/.test(each) && each !== "libc6");
}

/** Asks the loader what is missing and unpacks just the packages that hold it, until nothing is missing. */
async function addMissingLibraries(apt: Apt, wanted: string[], tree: string, files: readonly string[]): Promise<void> {
  const tried = new Set<string>();
  for (let round = 0; round < 4; round += 1) {
    let missing = await missingIn(tree, files);
    if (missing.length === 0) return;
    const names = wanted.filter((name) => !tried.has(name)).sort(byLikeness(missing));
    wanted = [];
    for (const name of names) {
      if (missing.length === 0) break;
      tried.add(name);
      wanted.push(...(await libraries(apt, name)));
      const deb = await download(apt, name);
      const { stdout } = await ask("dpkg-deb", ["-c", deb]);
      if (!missing.some((library) => stdout.includes(`/${library}`))) continue;
      await unpack(deb, tree);
      missing = await missingIn(tree, files);
    }
  }
  const left = await missingIn(tree, files);
  if (left.length > 0) throw new Error(`libraries not found: ${left.join(", ")}`);
}

async function missingIn(tree: string, files: readonly string[]): Promise<string[]> {
  const folders = new Set(
    readdirSync(tree, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.so(?:\.|$)/.test(file))
      .map((file) => join(tree, dirname(file))),
  );
  const env = { ...plain(), LD_LIBRARY_PATH: [...folders].join(":") };
  const { stdout } = await run(
    "ldd",
    files.map((file) => join(tree, file)),
    { env },
  );
  return [...stdout.matchAll(/^\s*(\S+) => not found/gm)].map((found) => found[1]!);
}

/** Packages named like a missing library first: usually the first guess is right. */
function byLikeness(missing: string[]): (a: string, b: string) => number {
  const stems = missing.map((library) => library.split(/[-.]/)[0]!);
  const far = (name: string) => (stems.some((stem) => name.startsWith(stem)) ? 0 : 1);
  return (a, b) => far(a) - far(b);
}

async function download(apt: Apt, name: string): Promise<string> {
  const into = join(apt.folder, "debs", name);
  mkdirSync(into, { recursive: true });
  await run("apt-get", [...apt.options, "download", name], { cwd: into, timeout: 300_000, env: plain() }).catch(
    (error: Error) => {
      throw new Error(firstLine(error));
    },
  );
  const deb = readdirSync(into).find((file) => file.endsWith(".deb"));
  if (deb === undefined) throw new Error(`no file for ${basename(into)}`);
  return join(into, deb);
}

async function unpack(deb: string, tree: string): Promise<void> {
  mkdirSync(tree, { recursive: true });
  await run("dpkg-deb", ["-x", deb, tree]);
}

async function ask(command: string, options: string[]): Promise<{ stdout: string }> {
  return await run(command, options, { maxBuffer: 2 ** 24, env: plain() });
}

function plain(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" };
}

function firstLine(error: Error): string {
  const lines = error.message.split("\n").map((line) => line.trim());
  return lines.find((line) => /^E: /.test(line)) ?? lines[0] ?? "unknown";
}

/** Two starts at once fetch once; the lock of a run that died is taken over. */
async function takeLock(lock: string): Promise<void> {
  mkdirSync(join(lock, ".."), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, JSON.stringify({ pid: process.pid, mark: markOf(process.pid) }), { flag: "wx" });
      return;
    } catch {
      if (!isHeld(lock)) rmSync(lock, { force: true });
      await pause(250);
    }
  }
}

function isHeld(lock: string): boolean {
  try {
    const holder = JSON.parse(readFileSync(lock, "utf8")) as { pid: number; mark: string | null };
    return isAlive(holder.pid) && markOf(holder.pid) === holder.mark;
  } catch {
    // Being written just now, or cut off while it was.
    return Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) < 5_000;
  }
}
