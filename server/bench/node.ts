import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { bare } from "./bare.ts";
import { floor } from "./floor.ts";
import { usual } from "./usual.ts";

/**
 * One server in a process of its own, as the bench starts it: `ours` (the application of production, rate limits lifted),
 * `floor`, `bare` or `usual`. Settings come by the environment; the port goes to the parent.
 */
const KINDS: Readonly<Record<string, () => RequestListener | Promise<RequestListener>>> = { ours, floor, bare, usual };
const kind = KINDS[process.argv[2] ?? ""];
if (!kind) throw new Error(`one of: ${Object.keys(KINDS).join(", ")}`);

const server = createServer(await kind());
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit(0));

/** As it is built for production. */
async function ours(): Promise<RequestListener> {
  const built = <T>(file: string) => import(new URL(`../dist/${file}.js`, import.meta.url).href) as Promise<T>;
  const { createApp } = await built<typeof import("../src/app.ts")>("app");
  const { readConfig } = await built<typeof import("../src/config.ts")>("config");
  const { openHouse } = await built<typeof import("../src/house.ts")>("house");
  const { openLog } = await built<typeof import("../src/core/log.ts")>("core/log");
  const config = readConfig(process.env);
  const house = openHouse(config, openLog(config.LOG_LEVEL, "api"));
  return createApp({ ...house.options, limitFactor: 1e9, prompt: true }).app.callback();
}
