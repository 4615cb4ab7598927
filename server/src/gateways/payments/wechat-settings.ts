import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { DEMONSTRATION_MERCHANT } from "./demonstration-merchant.ts";
import { pemOf } from "./wechat-keys.ts";

type Given<K extends string> = Readonly<Partial<Record<K, string | undefined>>>;
const MERCHANT = ["WECHATPAY_MCHID", "WECHATPAY_SERIAL", "WECHATPAY_PRIVATE_KEY", "WECHATPAY_API_V3_KEY"] as const;
const PUBLIC_KEY = ["WECHATPAY_PUBLIC_KEY_ID", "WECHATPAY_PUBLIC_KEY"] as const;

/** What is wrong with a merchant's settings: all of them or none, and keys that are keys. One line each. */
export function merchantObjections(given: Given<(typeof MERCHANT)[number] | (typeof PUBLIC_KEY)[number]>): string[] {
  const wrong: string[] = [];
  const needed = PUBLIC_KEY.some((name) => given[name]) ? [...MERCHANT, ...PUBLIC_KEY] : [...MERCHANT];
  if (!needed.some((name) => given[name])) return wrong;
  for (const name of needed) if (!given[name]) wrong.push(`${name}: 微信支付各项须一起设置`);
  for (const [name, read] of [
    ["WECHATPAY_PRIVATE_KEY", createPrivateKey],
    ["WECHATPAY_PUBLIC_KEY", createPublicKey],
  ] as const) {
    const value = given[name];
    if (value && !isStrong(keyIn(value, read))) wrong.push(`${name}: 不是 RSA 2048 位以上的密钥`);
  }
  return wrong;
}

/** Whether this setting holds a key of the demonstration's merchant, however it is written. */
export function isDemonstrationKey(value: string): boolean {
  const known = [DEMONSTRATION_MERCHANT.privateKey, DEMONSTRATION_MERCHANT.publicKey].map((pem) =>
    printOf(createPublicKey(pem)),
  );
  const key = keyIn(value, createPublicKey);
  return key !== null && known.includes(printOf(key));
}

const printOf = (key: KeyObject): string => key.export({ type: "spki", format: "der" }).toString("base64");
const isStrong = (key: KeyObject | null): boolean =>
  key?.asymmetricKeyType === "rsa" && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;

function keyIn(value: string, read: (pem: string) => KeyObject): KeyObject | null {
  try {
    return read(pemOf(value));
  } catch {
    return null;
  }
}
