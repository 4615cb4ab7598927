import type { Logger } from "pino";
import { Clock } from "#core/clock.ts";
import { openDatabase } from "#core/database.ts";
import { type GatewaysConfig, openGateways } from "#gateways/index.ts";
import type { AppOptions } from "./app.ts";
import { type Config, vaultOf } from "./config.ts";
import { pemOf } from "./gateways/payments/wechat-keys.ts";

export const VERSION = "0.1.0";

/** Opens what an application needs from its configuration: database, gateways, keys. */
export function openHouse(
  config: Config,
  logger: Logger,
  clock = new Clock(),
): { options: AppOptions; close(): Promise<void> } {
  const database = openDatabase({ url: config.DATABASE_URL, poolSize: config.DATABASE_POOL });
  const gateways = openGateways(gatewaysOf(config, clock));
  const { store } = gateways;
  return {
    options: {
      database,
      gateways,
      vault: vaultOf(config),
      logger,
      clock,
      version: VERSION,
      settings: {
        demonstration: config.demonstration,
        tokenSecret: config.TOKEN_SECRET,
        auditSecret: config.AUDIT_SECRET,
        publicUrl: config.publicUrl,
      },
      trustProxy: config.TRUST_PROXY,
      ...(config.METRICS_TOKEN ? { metricsToken: config.METRICS_TOKEN } : {}),
      ...(store
        ? {
            store: (request, response) =>
              void store
                .handle(request, response)
                .catch((error: unknown) => logger.error({ err: error }, "unexpected")),
          }
        : {}),
    },
    close: () => {
      gateways.close();
      return database.close();
    },
  };
}

/** The settings in the words of the gateways. */
export function gatewaysOf(config: Config, clock = new Clock()): GatewaysConfig {
  return {
    login: {
      driver: "wechat",
      baseUrl: config.WECHAT_BASE_URL,
      appId: config.WECHAT_APPID,
      appSecret: config.WECHAT_SECRET,
    },
    files:
      config.FILES_DRIVER === "oss"
        ? {
            driver: "oss",
            endpoint: config.OSS_ENDPOINT ?? "",
            region: config.OSS_REGION ?? "",
            bucket: config.OSS_BUCKET ?? "",
            accessKeyId: config.OSS_ACCESS_KEY_ID ?? "",
            accessKeySecret: config.OSS_ACCESS_KEY_SECRET ?? "",
          }
        : {
            driver: "disk",
            root: `${config.DATA_DIR}/store`,
            publicUrl: config.PUBLIC_URL ? `${config.PUBLIC_URL}/store` : "/store",
            secret: config.STORE_SECRET,
          },
    court: config.COURT_URL
      ? {
          driver: "intranet",
          baseUrl: config.COURT_URL,
          key: { algorithm: "hmac-sha256", id: config.COURT_KEY_ID, secret: config.COURT_SECRET },
        }
      : { driver: "local" },
    identity: config.IDENTITY_URL
      ? {
          driver: "http",
          baseUrl: config.IDENTITY_URL,
          key: { algorithm: "hmac-sha256", id: config.IDENTITY_KEY_ID, secret: config.IDENTITY_SECRET },
        }
      : { driver: "none" },
    payments: paymentsOf(config, clock),
    antivirus: config.CLAMD ? { driver: "clamd", ...clamdAddress(config.CLAMD) } : { driver: "none" },
  };
}

/** What notices and orders say of time is held against the application's own clock. */
function paymentsOf(config: Config, clock: Clock): NonNullable<GatewaysConfig["payments"]> {
  if (!config.WECHATPAY_MCHID) return { driver: "none" };
  const id = config.WECHATPAY_PUBLIC_KEY_ID;
  return {
    driver: "wechat",
    baseUrl: config.WECHATPAY_BASE_URL,
    mchId: config.WECHATPAY_MCHID,
    appId: config.WECHATPAY_APPID ?? config.WECHAT_APPID,
    serial: config.WECHATPAY_SERIAL ?? "",
    privateKey: pemOf(config.WECHATPAY_PRIVATE_KEY ?? ""),
    apiV3Key: config.WECHATPAY_API_V3_KEY ?? "",
    publicKey: id ? { id, pem: pemOf(config.WECHATPAY_PUBLIC_KEY ?? "") } : null,
    notifyUrl: config.payNotifyUrl,
    now: () => clock.now().getTime(),
  };
}

function clamdAddress(value: string): { socketPath: string } | { host: string; port: number } {
  if (value.startsWith("unix:")) return { socketPath: value.slice("unix:".length) };
  const at = value.lastIndexOf(":");
  return { host: value.slice(0, at), port: Number(value.slice(at + 1)) };
}
