import { join } from "node:path";
import type { House } from "./house.ts";
import { freePort } from "./ports.ts";
import { startProxy } from "./proxy.ts";
import { Stop, say, step } from "./say.ts";
import { addressOf, programOptions, type Settings } from "./settings.ts";
import { endOf, supervise } from "./supervisor.ts";
import { untilAnswers } from "./wait.ts";

/** The service and its worker; of a cluster two of each, with a proxy in front. */
export async function openNodes(house: House, settings: Settings, env: NodeJS.ProcessEnv): Promise<void> {
  let gone = false;
  const child = (name: string, program: string, file: string, onGivenUp: () => void, more: NodeJS.ProcessEnv = {}) =>
    house.keep(
      supervise({
        name,
        options: programOptions(settings, program, true),
        env: { ...env, ...more },
        cwd: settings.root,
        log: file,
        onGivenUp,
      }),
    );
  const log = join(settings.logs, "server.log");
  const workerLog = join(settings.logs, "worker.log");
  const giveUp = () => {
    gone = true;
  };
  await step("服务 / service", async () => {
    if (settings.cluster) {
      const ports = [await freePort(), await freePort()];
      for (const port of ports) {
        const more = { PORT: String(port), HOST: "127.0.0.1", TRUST_PROXY: "1" };
        child(`服务 / service ${port}`, "main", log, giveUp, more);
      }
      house.keep(await startProxy(settings, ports));
    } else child("服务 / service", "main", log, giveUp);
    const url = `${addressOf(settings)}/readyz`;
    if (await untilAnswers(url, 60_000, () => !gone && !house.leaving)) return;
    throw new Stop(`服务未能就绪 / the service did not become ready, 日志 / log ${log}:\n${endOf(log)}`);
  });
  for (const name of settings.cluster ? ["后台任务 / worker 1", "后台任务 / worker 2"] : ["后台任务 / worker"])
    child(name, "worker", workerLog, () => {
      say(`  ! 后台任务未能启动 / the worker does not stay up, 日志 / log ${workerLog}`);
    });
}
