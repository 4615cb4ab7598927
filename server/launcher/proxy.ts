import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../src/backup-programs.ts";
import { Stop } from "./say.ts";
import type { Settings } from "./settings.ts";
import { type Supervised, supervise } from "./supervisor.ts";

/** nginx in front of services on this machine, by `deploy/nginx.conf` as it stands there, without TLS. */
export async function startProxy(
  { root, dataDir, host, port, logs }: Settings,
  services: number[],
): Promise<Supervised> {
  const program = await findProgram("nginx");
  if (!program) throw new Stop("缺少 nginx / nginx is missing: apt-get install nginx-light");
  const folder = join(dataDir, "nginx");
  mkdirSync(folder, { recursive: true });
  const kept = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const config = readFileSync(join(root, "deploy/nginx.conf"), "utf8")
    .replace(/^user .*$/m, "")
    .replace(/^pid .*$/m, `pid ${folder}/nginx.pid;`)
    .replace(/^http \{$/m, `http {\n  ${kept.join("\n  ")}`)
    .replaceAll(/server api(\d):8080/g, (_, at: string) => `server 127.0.0.1:${services[Number(at) - 1]}`)
    .replace(/ {2}# Pages are led to TLS[\s\S]*?\n {2}\}\n/, "")
    .replace(/listen 443 ssl http2;/, `listen ${host.includes(":") ? `[${host}]` : host}:${port};`)
    .replaceAll(/^ *ssl_.*$/gm, "");
  const file = join(folder, "nginx.conf");
  writeFileSync(file, config);
  const log = join(logs, "nginx.log");
  const options = ["-c", file, "-e", log, "-g", "daemon off;"];
  return supervise({ name: "nginx", program, options, env: process.env, cwd: folder, log });
}
