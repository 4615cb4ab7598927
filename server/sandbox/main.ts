import { join } from "node:path";
import { startSandbox } from "./sandbox.ts";

/** `tsx server/sandbox/main.ts`: the outside world on `SANDBOX_PORT` (8090) and `SANDBOX_CLAMD_PORT` (3310), mail on `SANDBOX_SMTP_PORT` (2525). */
const folder = process.env["DATA_DIR"];
const sandbox = await startSandbox({
  port: Number(process.env["SANDBOX_PORT"] ?? 8090),
  clamdPort: Number(process.env["SANDBOX_CLAMD_PORT"] ?? 3310),
  smtpPort: Number(process.env["SANDBOX_SMTP_PORT"] ?? 2525),
  receiptsTo: process.env["SANDBOX_RECEIPTS_TO"] ?? null,
  payFile: folder ? join(folder, "sandbox-wechat-pay.json") : null,
});
console.log(
  `sandbox: ${sandbox.url} (virus scanner ${sandbox.clamd}, mail ${sandbox.smtp}; phones: ${sandbox.url}/phone)`,
);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    sandbox.stop().then(() => process.exit(0));
  });
}
