import { openVault, type Vault } from "#core/sealed.ts";
import { demonstrationSecrets } from "./config-demonstration.ts";
import { unfitForProduction } from "./config-production.ts";
import { SETTINGS, type Settings } from "./config-settings.ts";
import { merchantObjections } from "./gateways/payments/wechat-settings.ts";

export interface Config extends Settings {
  readonly demonstration: boolean;
  readonly publicUrl: string;
  /** Where WeChat Pay brings its notices. */
  readonly payNotifyUrl: string;
}

/** Reads and checks the environment; throws one message that lists everything that is wrong. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const mode = given["SUTONG_MODE"] ?? "production";
  const parsed = SETTINGS.safeParse(mode === "production" ? given : { ...demonstrationSecrets(given), ...given });
  const wrong = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  if (parsed.success) wrong.push(...merchantObjections(parsed.data));
  for (const names of parsed.success ? VIDEO_SETTINGS : []) {
    const missing = names.filter((name) => !parsed.data?.[name]);
    if (missing.length < names.length) for (const name of missing) wrong.push(`${name}: 使用该视频服务时必须设置`);
  }
  if (parsed.success && mode === "production") wrong.push(...unfitForProduction(parsed.data));
  if (wrong.length > 0 || !parsed.success) throw new Error(`configuration refused:\n  ${wrong.join("\n  ")}`);
  const settings = parsed.data;
  const publicUrl =
    settings.PUBLIC_URL ??
    `http://${settings.HOST.includes(":") ? `[${settings.HOST}]` : settings.HOST}:${settings.PORT}`;
  return {
    ...settings,
    demonstration: settings.SUTONG_MODE !== "production",
    publicUrl,
    payNotifyUrl: settings.WECHATPAY_NOTIFY_URL ?? `${publicUrl.replace(/\/$/, "")}/api/v1/payments/wechat/notify`,
  };
}

/** Half of a media server is none. */
const VIDEO_SETTINGS = [
  ["JANUS_URL", "JANUS_ADMIN_URL", "JANUS_API_SECRET", "JANUS_ADMIN_SECRET"],
  ["TURN_URLS", "TURN_SECRET"],
  ["TRTC_SDK_APP_ID", "TRTC_SECRET_KEY"],
  ["TRTC_CLOUD_SECRET_ID", "TRTC_CLOUD_SECRET_KEY"],
] as const;

export function vaultOf(config: Settings): Vault {
  const data = new Map(
    config.DATA_KEYS.split(",").map((entry): [number, Buffer] => {
      const [keyId = "", key = ""] = entry.split(/:(.*)/s);
      return [Number(keyId), Buffer.from(key, "base64")];
    }),
  );
  return openVault({ data, index: Buffer.from(config.INDEX_KEY, "base64") });
}
