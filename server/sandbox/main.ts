import { join } from "node:path";
import { startSandbox } from "./sandbox.ts";

/** `tsx server/sandbox/main.ts`: the outside world on `SANDBOX_PORT` (8090) and `SANDBOX_CLAMD_PORT` (3310). */
const folder = process.env["DATA_DIR"];
const sandbox = await startSandbox({
  port: Number(process.env["SANDBOX_PORT"] ?? 8090),
  clamdPort: Number(process.env["SANDBOX_CLAMD_PORT"] ?? 3310),
  payFile: folder ? join(folder, "sandbox-wechat-pay.json") : null,
});
console.log(`sandbox: ${sandbox.url} (virus scanner ${sandbox.clamd})`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    sandbox.stop().then(() => process.exit(0));
  });
}
