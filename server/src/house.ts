import type { Logger } from "pino";
import { Clock } from "#core/clock.ts";
import { openDatabase } from "#core/database.ts";
import { databaseTls, isHere } from "#core/database-tls.ts";
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
  const database = openDatabase({
    url: config.DATABASE_URL,
    spares: config.DATABASE_SPARES?.split(","),
    poolSize: config.DATABASE_POOL,
    ...databaseTls(config.DATABASE_CA),
    onMove: (node) => logger.warn({ node }, "the database is written to elsewhere"),
  });
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
        certificateSeed: config.CERTIFICATE_KEY,
        publicUrl: config.publicUrl,
        receiptToken: config.RECEIPT_TOKEN ?? null,
        quietHours: config.QUIET_HOURS,
        dataDir: config.DATA_DIR,
      },
      trustProxy: config.TRUST_PROXY,
      ...(config.METRICS_TOKEN ? { metricsToken: config.METRICS_TOKEN } : {}),
      ...(gateways.videoDoor
        ? {
            video: (request, response) =>
              void gateways.videoDoor
                ?.handle(request, response)
                .catch((error: unknown) => logger.error({ err: error }, "unexpected")),
          }
        : {}),
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
    webhooks: { loopback: config.demonstration },
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
    messages: messagesOf(config, clock),
    video: videoOf(config, clock),
    ocr: { driver: config.OCR === "tesseract" ? "tesseract" : "none" },
    voice: { driver: config.VOICE, folder: config.VOICE_FOLDER },
    antivirus: config.CLAMD ? { driver: "clamd", ...clamdAddress(config.CLAMD) } : { driver: "none" },
  };
}

/** Tencent's cloud where it is set up, else the court's own server, else none. */
function videoOf(config: Config, clock: Clock): NonNullable<GatewaysConfig["video"]> {
  if (config.TRTC_SDK_APP_ID)
    return {
      driver: "trtc",
      sdkAppId: config.TRTC_SDK_APP_ID,
      secretKey: config.TRTC_SECRET_KEY ?? "",
      cloud: config.TRTC_CLOUD_SECRET_ID
        ? {
            baseUrl: config.TRTC_CLOUD_URL,
            secretId: config.TRTC_CLOUD_SECRET_ID,
            secretKey: config.TRTC_CLOUD_SECRET_KEY ?? "",
          }
        : null,
      now: () => clock.now().getTime(),
    };
  if (!config.JANUS_URL) return { driver: "none" };
  return {
    driver: "janus",
    baseUrl: config.JANUS_URL,
    adminUrl: config.JANUS_ADMIN_URL ?? "",
    apiSecret: config.JANUS_API_SECRET ?? "",
    adminSecret: config.JANUS_ADMIN_SECRET ?? "",
    recordings: config.JANUS_RECORDINGS,
    turn: config.TURN_URLS ? { urls: config.TURN_URLS.split(","), secret: config.TURN_SECRET ?? "" } : null,
  };
}

/** Whoever has credentials carries messages; a provider without them is not there, and its channel says it is off. */
function messagesOf(config: Config, clock: Clock): NonNullable<GatewaysConfig["messages"]> {
  const templates = Object.fromEntries((config.WECHAT_TEMPLATES ?? "").split(",").map((each) => each.split(":")));
  return {
    driver: "providers",
    wechat: config.WECHAT_TEMPLATES
      ? {
          baseUrl: config.WECHAT_BASE_URL,
          appId: config.WECHAT_APPID,
          appSecret: config.WECHAT_SECRET,
          templates,
        }
      : null,
    aliyun: config.ALIYUN_SMS_KEY_ID
      ? {
          baseUrl: config.ALIYUN_SMS_URL,
          keyId: config.ALIYUN_SMS_KEY_ID,
          keySecret: config.ALIYUN_SMS_KEY_SECRET ?? "",
          sign: config.ALIYUN_SMS_SIGN ?? "",
          template: config.ALIYUN_SMS_TEMPLATE ?? "",
        }
      : null,
    tencent: config.TENCENT_SMS_SECRET_ID
      ? {
          baseUrl: config.TENCENT_SMS_URL,
          secretId: config.TENCENT_SMS_SECRET_ID,
          secretKey: config.TENCENT_SMS_SECRET_KEY ?? "",
          appId: config.TENCENT_SMS_APP_ID ?? "",
          sign: config.TENCENT_SMS_SIGN ?? "",
          template: config.TENCENT_SMS_TEMPLATE ?? "",
        }
      : null,
    smtp: config.MAIL_URL
      ? { url: config.MAIL_URL, from: config.MAIL_FROM, mayBePlain: config.demonstration || isHere(config.MAIL_URL) }
      : null,
    clock: () => clock.now().getTime(),
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
