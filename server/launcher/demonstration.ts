import { randomBytes, randomInt } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createGuardrails, generate, generateSecret, generateURI } from "otplib";
import { say } from "./say.ts";

export interface Demonstration {
  password: string;
  totpSecret: string;
}

/** The demonstration's sign-in: given from outside, else made once and kept beside the data, readable by its owner only. */
export function demonstrationIn(dataDir: string, env: NodeJS.ProcessEnv): Demonstration {
  const file = join(dataDir, "demo.json");
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Partial<Demonstration>) : {};
  const found = {
    password: env["DEMO_PASSWORD"] || kept.password || newPassword(),
    totpSecret: plainSecret(env["DEMO_TOTP_SECRET"]) || kept.totpSecret || generateSecret(),
  };
  if (found.password !== kept.password || found.totpSecret !== kept.totpSecret) {
    writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`, { mode: 0o600 });
  }
  return found;
}

/** As an authenticator shows it: with blanks, or in small letters. */
const plainSecret = (value: string | undefined): string => (value ?? "").toUpperCase().replace(/[ =-]/g, "");

/** Keys of this data folder: made once, random, so that a demonstration's tokens and files cannot be forged elsewhere. */
export function keysIn(dataDir: string): Record<string, string> {
  const file = join(dataDir, "keys.json");
  const key = () => randomBytes(32).toString("base64");
  const made = {
    TOKEN_SECRET: key(),
    DATA_KEYS: `1:${key()}`,
    INDEX_KEY: key(),
    STORE_SECRET: key(),
    AUDIT_SECRET: key(),
    CERTIFICATE_KEY: key(),
  };
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, string>) : {};
  // A folder of an older version lacks the keys that came later; what is there never changes.
  const keys = { ...made, ...known };
  if (Object.keys(known).length < Object.keys(keys).length)
    writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  return keys;
}

export async function sayDemonstration(demonstration: Demonstration): Promise<void> {
  const { password, totpSecret } = demonstration;
  const code = await generate({ secret: totpSecret, guardrails: createGuardrails({ MIN_SECRET_BYTES: 10 }) }).catch(
    () => null,
  );
  const left = 30 - (Math.floor(Date.now() / 1000) % 30);
  say("");
  say("演示账号 / demonstration sign-in");
  say("  当事人 / litigant   网页上选演示登录,姓名随意 / choose the demonstration sign-in, any name");
  say("  法院 / court staff  clerk1 clerk2 judge1 admin1 supervisor1 … (鲁0102)");
  say(`  口令 / password     ${password}`);
  say(`  动态口令 / TOTP     ${code ?? "—"} (${left} 秒内有效 / valid for ${left} s; 每次启动或用验证器取新码)`);
  say(`  验证器 / app        ${generateURI({ issuer: "诉通演示", label: "staff", secret: totpSecret })}`);
}

/** Five groups of letters and digits that cannot be mistaken for one another. */
function newPassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz";
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("");
  return `Su-${group()}-${group()}-${group()}-${randomInt(10, 99)}`;
}
