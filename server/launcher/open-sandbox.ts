import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { House } from "./house.ts";
import { freePort } from "./ports.ts";
import { Stop, say, step } from "./say.ts";
import { addressOf, type Settings, sourceOptions } from "./settings.ts";
import { endOf, supervise } from "./supervisor.ts";
import { untilListens } from "./wait.ts";

/** The outside world on loopback; a SANDBOX_URL from outside is somebody else's sandbox. */
export async function openSandbox(house: House, settings: Settings): Promise<Record<string, string>> {
  if (process.env["SANDBOX_URL"]) return {};
  const path = "server/sandbox/main.ts";
  if (!existsSync(join(settings.root, path))) {
    say("  – 沙箱尚无源码,跳过 / the sandbox has no sources, skipped");
    return {};
  }
  const receiptToken = randomBytes(24).toString("hex");
  const [port, clamdPort, smtpPort] = [await freePort(), await freePort(), await freePort()];
  return await step("沙箱:微信、实名核验、法院内网等 / sandbox peers", async () => {
    let gone = false;
    const log = join(settings.logs, "sandbox.log");
    house.keep(
      supervise({
        name: "沙箱 / sandbox",
        options: sourceOptions(settings.root, path),
        env: {
          ...process.env,
          SANDBOX_PORT: String(port),
          SANDBOX_CLAMD_PORT: String(clamdPort),
          SANDBOX_SMTP_PORT: String(smtpPort),
          SANDBOX_RECEIPTS_TO: `${addressOf(settings)}/api/v1/notices/receipts/{provider}?token=${receiptToken}`,
          DATA_DIR: settings.dataDir,
        },
        cwd: settings.root,
        log,
        onGivenUp: () => {
          gone = true;
        },
      }),
    );
    if (!(await untilListens(port, 30_000, () => !gone && !house.leaving)))
      throw new Stop(`沙箱未能启动 / sandbox: ${endOf(log)}`);
    return {
      SANDBOX_URL: `http://127.0.0.1:${port}`,
      CLAMD: `127.0.0.1:${clamdPort}`,
      MAIL_URL: `smtp://127.0.0.1:${smtpPort}`,
      RECEIPT_TOKEN: receiptToken,
    };
  });
}
