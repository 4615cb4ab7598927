import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { env } from "node:process";
import { bare } from "./bare.ts";
import { floor } from "./floor.ts";
import { usual } from "./usual.ts";

/**
 * One server in a process of its own, as the bench starts it: `ours` (the application of production, rate limits lifted),
 * `teller` (a worker that tells what was written whenever it is asked to), `floor`, `bare` or `usual`. Settings come by the
 * environment; the port goes to the parent.
 */
const KINDS: Readonly<Record<string, () => RequestListener | Promise<RequestListener>>> = {
  ours,
  teller,
  floor,
  bare,
  usual,
};
const kind = KINDS[process.argv[2] ?? ""];
if (!kind) throw new Error(`one of: ${Object.keys(KINDS).join(", ")}`);

const server = createServer(await kind());
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit(0));

async function ours(): Promise<RequestListener> {
  return (await application("api")).app.callback();
}

async function teller(): Promise<RequestListener> {
  const { deliver } = await application("worker");
  return async (_request, response) => {
    while ((await deliver()) > 0);
    response.end();
  };
}

/** As it is built for production, but that nothing is told before somebody asks. */
async function application(process: "api" | "worker") {
  const built = <T>(file: string) => import(new URL(`../dist/${file}.js`, import.meta.url).href) as Promise<T>;
  const { createApp } = await built<typeof import("../src/app.ts")>("app");
  const { readConfig } = await built<typeof import("../src/config.ts")>("config");
  const { openHouse } = await built<typeof import("../src/house.ts")>("house");
  const { openLog } = await built<typeof import("../src/core/log.ts")>("core/log");
  const config = readConfig(env);
  const house = openHouse(config, openLog(config.LOG_LEVEL, process));
  return createApp({ ...house.options, process, limitFactor: 1e9 });
}
