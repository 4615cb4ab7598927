import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commandOf, markOf, pause } from "./processes.ts";

const SERVICES = 2;
const REST_MS = 12_000;

/** Kills the services of a running cluster one after the other, each when all are ready. Gives how many were killed. */
export async function killServices(launcher: number, dataDir: string, isOver: () => boolean): Promise<number> {
  const ready = () => readFileSync(join(dataDir, "logs/server.log"), "utf8").split('"msg":"listening"').length - 1;
  for (let killed = 0; ; await pause(100)) {
    if (ready() < SERVICES + killed) continue;
    await pause(REST_MS);
    if (isOver()) return killed;
    // The oldest: whoever was killed came back as the youngest.
    process.kill(servicesOf(launcher)[0]!, "SIGKILL");
    killed += 1;
  }
}

/** In the order in which they were started. */
function servicesOf(launcher: number): number[] {
  const children = readFileSync(`/proc/${launcher}/task/${launcher}/children`, "utf8").trim().split(" ").map(Number);
  const services = children.filter((pid) => /dist\/main\.js$/.test(commandOf(pid).trim()));
  return services.sort((one, other) => Number(markOf(one)) - Number(markOf(other)));
}
