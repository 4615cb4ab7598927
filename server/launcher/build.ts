import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { buildClient, buildServer, CLIENTS } from "./house-builds.ts";
import { say } from "./say.ts";
import { ROOT } from "./settings.ts";

/** `npm run build`: whatever is stale; a client that cannot be built is a failure here. */
const logs = join(process.env["DATA_DIR"] || join(ROOT, "var"), "logs");
mkdirSync(logs, { recursive: true });
try {
  await buildServer(ROOT, logs);
  for (const client of CLIENTS) if (!(await buildClient(ROOT, client, logs))) process.exitCode = 1;
} catch (error) {
  say((error as Error).message);
  process.exitCode = 1;
}
