import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findOrFetchJanus } from "./janus-program.ts";
import { mayReach } from "./mariadb-folder.ts";
import { freePort } from "./ports.ts";
import { type Supervised, supervise } from "./supervisor.ts";
import { untilAnswers } from "./wait.ts";

export interface JanusOptions {
  /** Everything of this server lies under it. */
  folder: string;
  /** Where a fetched copy of the program is kept; the first is fetched into when none has one. */
  programs: string[];
  logFile: string;
  /** The address pages reach this machine at, where it is not one of its own (NAT). */
  publicAddress?: string | undefined;
  tell?: (line: string) => void;
}

export interface Janus {
  /** What the service must be told to use it. */
  settings: Record<string, string>;
  supervised: Supervised;
}

/** A user number that is nobody's: Janus speaks to the world and needs nothing of this machine. */
const OWN_USER = 64_117;

/**
 * Starts a Janus of our own: its interfaces on loopback, with secrets made for this start; only the VideoRoom is loaded.
 * Null where there is no Janus to be had or it does not start: a hearing is then held in the courtroom.
 */
export async function startJanus(options: JanusOptions): Promise<Janus | null> {
  const program = await findOrFetchJanus(options.programs, options.tell ?? (() => {}));
  if (program === null) return null;
  const folder = options.folder;
  const [config, recordings, plugins, transports, empty] = [
    "config",
    "recordings",
    "plugins",
    "transports",
    "none",
  ].map((name) => join(folder, name)) as [string, string, string, string, string];
  for (const each of [config, plugins, transports, empty]) rmSync(each, { recursive: true, force: true });
  for (const each of [config, plugins, transports, empty, recordings])
    mkdirSync(each, { recursive: true, mode: 0o700 });
  symlinkSync(program.plugin, join(plugins, "libjanus_videoroom.so"));
  symlinkSync(program.transport, join(transports, "libjanus_http.so"));
  const [port, adminPort] = [await freePort(), await freePort()];
  const secret = () => randomBytes(32).toString("hex");
  const [apiSecret, adminSecret] = [secret(), secret()];
  const write = (name: string, text: string) => writeFileSync(join(config, name), text, { mode: 0o600 });
  write("janus.jcfg", general({ config, plugins, transports, empty, apiSecret, adminSecret, ...options }));
  write("janus.transport.http.jcfg", transport(port, adminPort));
  // Rooms are made with this key only.
  write("janus.plugin.videoroom.jcfg", `general: {\n  admin_key = "${adminSecret}"\n}\n`);
  const runAs = process.getuid?.() === 0 && mayReach(folder) ? { uid: OWN_USER, gid: OWN_USER } : {};
  if (runAs.uid !== undefined) handOver(folder, [config, plugins, transports, empty, recordings]);
  let gone = false;
  const supervised = supervise({
    name: "视频服务 / video (Janus)",
    program: program.janus,
    runAs,
    options: ["--configs-folder", config],
    env: { PATH: "/usr/bin:/bin", ...(program.libraries === null ? {} : { LD_LIBRARY_PATH: program.libraries }) },
    cwd: folder,
    log: options.logFile,
    graceMs: 4_000,
    onGivenUp: () => {
      gone = true;
    },
  });
  if (!(await untilAnswers(`http://127.0.0.1:${port}/janus/info`, 20_000, () => !gone))) {
    await supervised.stop();
    return null;
  }
  return {
    supervised,
    settings: {
      JANUS_URL: `http://127.0.0.1:${port}/janus`,
      JANUS_ADMIN_URL: `http://127.0.0.1:${adminPort}/admin`,
      JANUS_API_SECRET: apiSecret,
      JANUS_ADMIN_SECRET: adminSecret,
      JANUS_RECORDINGS: recordings,
    },
  };
}

function handOver(folder: string, folders: readonly string[]): void {
  chmodSync(folder, 0o711);
  for (const each of folders) chownSync(each, OWN_USER, OWN_USER);
  for (const name of ["janus.jcfg", "janus.transport.http.jcfg", "janus.plugin.videoroom.jcfg"])
    chownSync(join(folder, "config", name), OWN_USER, OWN_USER);
}

interface General {
  config: string;
  plugins: string;
  transports: string;
  empty: string;
  apiSecret: string;
  adminSecret: string;
  publicAddress?: string | undefined;
}

function general({ config, plugins, transports, empty, apiSecret, adminSecret, publicAddress }: General): string {
  return `general: {
  configs_folder = "${config}"
  plugins_folder = "${plugins}"
  transports_folder = "${transports}"
  events_folder = "${empty}"
  loggers_folder = "${empty}"
  debug_level = 3
  debug_timestamps = true
  debug_colors = false
  api_secret = "${apiSecret}"
  admin_secret = "${adminSecret}"
  session_timeout = 60
  recordings_tmp_ext = "part"
  server_name = "Sutong"
  hide_dependencies = true
}
media: {
  ipv6 = false
  rtp_port_range = "20000-29999"
}
nat: {
  nice_debug = false
  full_trickle = true
  ice_ignore_list = "vmnet,docker,ifb"
${publicAddress ? `  nat_1_1_mapping = "${publicAddress}"\n  keep_private_host = true\n` : ""}}
`;
}

function transport(port: number, adminPort: number): string {
  return `general: {
  json = "compact"
  base_path = "/janus"
  http = true
  port = ${port}
  ip = "127.0.0.1"
  https = false
}
admin: {
  admin_base_path = "/admin"
  admin_http = true
  admin_port = ${adminPort}
  admin_ip = "127.0.0.1"
  admin_https = false
}
`;
}
