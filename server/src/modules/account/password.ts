import { createHash, randomBytes, randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { hash, verify } from "@node-rs/argon2";
import { problem } from "./problems.ts";

/** argon2id, OWASP's first recommendation: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const MIN = 10;

export const hashPassword = (password: string): Promise<string> => hash(password.normalize("NFC"), COST);

/** So long after it was handed over a first password still lets its owner set one of their own. */
export const FIRST_PASSWORD_MS = 3 * 86_400_000;
/** Without what reads like something else on paper. */
const LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789";

/** A password to hand over: 16 characters, 79 bits. */
export const newFirstPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => LEGIBLE[randomInt(LEGIBLE.length)]).join("")).join(
    "-",
  );

let decoy: Promise<string> | null = null;

/** Whether this is the password. Takes the same work where there is no such account (`null`). */
export async function isPassword(hashed: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(16).toString("hex"));
  const right = await verify(hashed ?? (await decoy), password.normalize("NFC"));
  return right && hashed !== null;
}

/**
 * Throws `staff.weak_password`: at least ten characters; not the username, one character or run repeated, a password of
 * the leaked lists, or a word of the house with digits around it. Any characters at all, and nothing expires.
 */
export function checkNewPassword(password: string, username: string, pointer = "/newPassword"): void {
  const chars = [...password];
  const message =
    chars.length < MIN
      ? `密码至少 ${MIN} 个字符`
      : password.toLowerCase().includes(username.toLowerCase())
        ? "密码不能包含用户名"
        : new Set(chars).size < 5 || RUNS.some((run) => run.includes(password.toLowerCase()))
          ? "密码过于简单，请混合使用字母、数字和符号"
          : COMMON.has(printOf(password)) || HOUSE_WORDS.test(password.replace(/[^\p{L}]/gu, "").toLowerCase())
            ? "该密码过于常见，请换一个"
            : null;
  if (message)
    throw problem("staff.weak_password", { detail: `${message}。`, errors: [{ pointer, code: "weak", message }] });
}

const RUNS = [
  "01234567890123456789",
  "98765432109876543210",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
];

/** What people here would think of first: the product, the court, the office, and the word itself. */
const HOUSE_WORDS =
  /^(sutong|susong|fayuan|court|judge|clerk|lian|admin|administrator|password|mima|诉通|诉讼|法院|法官|立案|密码|管理员)+$/;

const COMMON: ReadonlySet<string> = new Set(
  (
    JSON.parse(readFileSync(new URL("../../../data/common-passwords.json", import.meta.url), "utf8")) as {
      prints: readonly string[];
    }
  ).prints.flatMap((line) => line.split(" ")),
);

const printOf = (password: string): string =>
  createHash("sha256").update(password.toLowerCase()).digest("hex").slice(0, 12);
