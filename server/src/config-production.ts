import { isHere } from "#core/database-tls.ts";
import { demonstrationSecrets } from "./config-demonstration.ts";
import type { Settings } from "./config-settings.ts";
import { isDemonstrationKey } from "./gateways/payments/wechat-settings.ts";

const SMS_SETTINGS = [
  ["ALIYUN_SMS_KEY_ID", "ALIYUN_SMS_KEY_SECRET", "ALIYUN_SMS_SIGN", "ALIYUN_SMS_TEMPLATE"],
  ["TENCENT_SMS_SECRET_ID", "TENCENT_SMS_SECRET_KEY", "TENCENT_SMS_APP_ID", "TENCENT_SMS_SIGN", "TENCENT_SMS_TEMPLATE"],
] as const;

/** Production starts with real drivers and secrets of its own, or not at all. */
export function unfitForProduction(settings: Settings): string[] {
  const wrong: string[] = [];
  const forbid = (name: keyof Settings) => settings[name] && wrong.push(`${name}: 生产环境不得设置`);
  const demand = (name: keyof Settings) => !settings[name] && wrong.push(`${name}: 生产环境必须设置`);
  for (const name of ["SANDBOX_URL", "DEMO_PASSWORD", "DEMO_TOTP_SECRET", "STALL_AT"] as const) forbid(name);
  for (const name of [
    "WECHAT_APPID",
    "WECHAT_SECRET",
    "IDENTITY_URL",
    "IDENTITY_SECRET",
    "CLAMD",
    "PUBLIC_URL",
  ] as const)
    demand(name);
  if (!isHere(settings.DATABASE_URL)) demand("DATABASE_CA");
  if (settings.COURT_URL && !settings.COURT_SECRET) wrong.push("COURT_SECRET: 设置 COURT_URL 时必须设置");
  for (const names of SMS_SETTINGS) {
    const missing = names.filter((name) => !settings[name]);
    if (missing.length < names.length) for (const name of missing) wrong.push(`${name}: 开通该短信通道时必须设置`);
  }
  if (settings.FILES_DRIVER === "oss") {
    for (const name of [
      "OSS_ENDPOINT",
      "OSS_REGION",
      "OSS_BUCKET",
      "OSS_ACCESS_KEY_ID",
      "OSS_ACCESS_KEY_SECRET",
    ] as const)
      demand(name);
  }
  if (settings.WECHATPAY_MCHID && !(settings.WECHATPAY_NOTIFY_URL ?? settings.PUBLIC_URL ?? "").startsWith("https://"))
    wrong.push("WECHATPAY_NOTIFY_URL: 微信支付只通知 https 地址");
  for (const name of [
    "WECHAT_BASE_URL",
    "WECHATPAY_BASE_URL",
    "WECHATPAY_NOTIFY_URL",
    "IDENTITY_URL",
    "COURT_URL",
    "OSS_ENDPOINT",
    "ALIYUN_SMS_URL",
    "TENCENT_SMS_URL",
  ] as const) {
    if (/\/\/(localhost|127\.|\[::1\])/.test(settings[name] ?? "")) wrong.push(`${name}: 生产环境不得指向本机`);
  }
  // The inner system is reached through the court's own exchange, and its messages are signed; all others over TLS only.
  for (const name of [
    "PUBLIC_URL",
    "WECHAT_BASE_URL",
    "WECHATPAY_BASE_URL",
    "IDENTITY_URL",
    "ALIYUN_SMS_URL",
    "TENCENT_SMS_URL",
    "TRTC_CLOUD_URL",
  ] as const)
    if (settings[name] && !settings[name].startsWith("https://")) wrong.push(`${name}: 生产环境须为 https 地址`);
  if (settings.OSS_ENDPOINT?.startsWith("http://")) wrong.push("OSS_ENDPOINT: 生产环境须为 https 地址");
  const known = demonstrationSecrets({ SANDBOX_URL: "http://sandbox" });
  for (const name of [
    "TOKEN_SECRET",
    "DATA_KEYS",
    "INDEX_KEY",
    "STORE_SECRET",
    "AUDIT_SECRET",
    "CERTIFICATE_KEY",
    "WECHAT_SECRET",
    "IDENTITY_SECRET",
    "COURT_SECRET",
    "WECHATPAY_MCHID",
    "WECHATPAY_SERIAL",
    "WECHATPAY_API_V3_KEY",
    "WECHATPAY_PRIVATE_KEY",
    "WECHATPAY_PUBLIC_KEY_ID",
    "WECHATPAY_PUBLIC_KEY",
    "ALIYUN_SMS_KEY_SECRET",
    "TENCENT_SMS_SECRET_KEY",
    "RECEIPT_TOKEN",
    "WECHAT_TEMPLATES",
  ] as const) {
    const value = settings[name] ?? "";
    const isKnown = value === known[name] || (/_KEY$/.test(name) && isDemonstrationKey(value));
    if (value && (isKnown || /sandbox|demonstration/.test(value))) wrong.push(`${name}: 不得使用演示密钥`);
  }
  return wrong;
}
