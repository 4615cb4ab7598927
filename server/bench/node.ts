import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { openLog } from "../src/core/log.ts";
import { openHouse } from "../src/house.ts";
import { floor } from "./floor.ts";
import { usual } from "./usual.ts";

/**
 * One server in a process of its own, as the bench starts it: `ours` (the application of production, rate limits lifted),
 * `floor` or `usual`. Settings come by the environment; the port goes to the parent.
 */
const KINDS: Readonly<Record<string, () => RequestListener>> = { ours, floor, usual };
const kind = KINDS[process.argv[2] ?? ""];
if (!kind) throw new Error(`one of: ${Object.keys(KINDS).join(", ")}`);

const server = createServer(kind());
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit(0));

function ours(): RequestListener {
  const config = readConfig(process.env);
  const house = openHouse(config, openLog(config.LOG_LEVEL, "api"));
  return createApp({ ...house.options, limitFactor: 1e9, prompt: true }).app.callback();
}
