import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Demonstration, keysIn } from "./demonstration.ts";
import type { DatabaseUrls } from "./open-database.ts";
import { addressOf, type Settings } from "./settings.ts";

/** What the service's programs are told; what `npm start` was told itself wins over what was `found` or made here. */
export function environmentOf(
  settings: Settings,
  urls: DatabaseUrls,
  found: Record<string, string>,
  demonstration: Demonstration | null,
): NodeJS.ProcessEnv {
  return {
    NODE_ENV: settings.dev ? "development" : "production",
    ...found,
    ...(settings.demonstration ? keysIn(settings.dataDir) : {}),
    ...process.env,
    SUTONG_MODE: settings.demonstration ? "demonstration" : "production",
    DATABASE_URL: urls.app,
    DATABASE_OWNER_URL: urls.owner,
    ...(urls.spares ? { DATABASE_SPARES: urls.spares } : {}),
    DATA_DIR: settings.dataDir,
    // Papers are looked into on local copies: those lie under the data folder too.
    TMPDIR: temporaryIn(settings.dataDir),
    HOST: settings.host,
    PORT: String(settings.port),
    // The sandbox is on this machine: it brings its notices here, whatever address people use.
    ...(settings.demonstration ? { WECHATPAY_NOTIFY_URL: `${addressOf(settings)}/api/v1/payments/wechat/notify` } : {}),
    ...(demonstration === null
      ? {}
      : { DEMO_PASSWORD: demonstration.password, DEMO_TOTP_SECRET: demonstration.totpSecret }),
  };
}

/** The running service never learns the password of the user who may change tables. */
export function withoutOwner(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { DATABASE_OWNER_URL: _, ...rest } = env;
  return rest;
}

function temporaryIn(dataDir: string): string {
  const folder = join(dataDir, "tmp");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
