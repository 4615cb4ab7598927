import { createHash } from "node:crypto";
import { z } from "zod";
import { openVault, type Vault } from "#core/sealed.ts";
import { DEMONSTRATION_MERCHANT } from "./gateways/payments/demonstration-merchant.ts";
import { isDemonstrationKey, merchantObjections } from "./gateways/payments/wechat-settings.ts";

/**
 * Every setting, one line each; docs/operations.md prints this table. `demonstration` may use the sandbox and keys that
 * are known to all; `production` refuses both.
 */
export const SETTINGS = z.object({
  SUTONG_MODE: z
    .enum(["production", "demonstration", "test"])
    .default("production")
    .describe("运行方式；demonstration 使用本机沙箱与演示数据"),
  HOST: z.string().default("127.0.0.1").describe("监听地址"),
  PORT: z.coerce.number().int().min(0).max(65535).default(8080).describe("监听端口"),
  PUBLIC_URL: z.url().optional().describe("外部访问地址，用于下载链接；缺省为 http://HOST:PORT"),
  DATABASE_URL: z.string().startsWith("mysql://").describe("应用账号的数据库地址（无建表权限）"),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10).describe("连接数上限"),
  DATA_DIR: z.string().default("./var").describe("本机写入的一切都在此目录下"),
  TRUST_PROXY: z.coerce
    .number()
    .int()
    .min(0)
    .max(5)
    .default(0)
    .describe("前面有几层可信代理；0 表示不看 X-Forwarded-For"),
  TOKEN_SECRET: z.string().min(32).describe("访问令牌签名密钥，至少 32 个字符"),
  DATA_KEYS: z
    .string()
    .regex(/^\d{1,3}:[A-Za-z0-9+/=]{44}(,\d{1,3}:[A-Za-z0-9+/=]{44})*$/)
    .describe("个人信息加密密钥：编号:Base64(32 字节)，逗号分隔，编号最大的用于加密"),
  INDEX_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/=]{44}$/)
    .describe("等值检索索引密钥：Base64(32 字节)"),
  STORE_SECRET: z.string().min(32).describe("磁盘材料库签名密钥，至少 32 个字符"),
  FILES_DRIVER: z.enum(["disk", "oss"]).default("disk").describe("材料存放：本机目录或阿里云 OSS"),
  OSS_ENDPOINT: z.string().optional().describe("OSS 地址"),
  OSS_REGION: z.string().optional().describe("OSS 区域"),
  OSS_BUCKET: z.string().optional().describe("OSS 存储空间"),
  OSS_ACCESS_KEY_ID: z.string().optional().describe("OSS 访问标识"),
  OSS_ACCESS_KEY_SECRET: z.string().optional().describe("OSS 访问密钥"),
  WECHAT_BASE_URL: z.url().default("https://api.weixin.qq.com").describe("微信接口地址"),
  WECHAT_APPID: z.string().default("").describe("小程序 appid"),
  WECHAT_SECRET: z.string().default("").describe("小程序密钥"),
  WECHATPAY_BASE_URL: z.url().default("https://api.mch.weixin.qq.com").describe("微信支付接口地址"),
  WECHATPAY_MCHID: z
    .string()
    .regex(/^\d{8,12}$/)
    .optional()
    .describe("微信支付商户号；以下各项要么都填，要么都不填（不填则不开通线上交费）"),
  WECHATPAY_APPID: z.string().optional().describe("收款的 appid；缺省为 WECHAT_APPID"),
  WECHATPAY_SERIAL: z
    .string()
    .regex(/^[0-9A-Fa-f]{16,64}$/)
    .optional()
    .describe("商户 API 证书序列号"),
  WECHATPAY_PRIVATE_KEY: z.string().optional().describe("商户 API 证书私钥：PEM，或 PEM 的 Base64"),
  WECHATPAY_API_V3_KEY: z.string().length(32).optional().describe("APIv3 密钥，32 个字符"),
  WECHATPAY_PUBLIC_KEY_ID: z
    .string()
    .regex(/^PUB_KEY_ID_\d{10,64}$/)
    .optional()
    .describe("微信支付公钥 ID；与公钥一起填写即用公钥模式，都不填则用平台证书模式"),
  WECHATPAY_PUBLIC_KEY: z.string().optional().describe("微信支付公钥：PEM，或 PEM 的 Base64"),
  WECHATPAY_NOTIFY_URL: z
    .url()
    .max(256)
    .optional()
    .describe("微信支付通知地址；缺省为 PUBLIC_URL 之下的 /api/v1/payments/wechat/notify"),
  IDENTITY_URL: z.url().optional().describe("实名核验服务地址"),
  IDENTITY_KEY_ID: z.string().default("").describe("实名核验调用方编号"),
  IDENTITY_SECRET: z.string().default("").describe("实名核验签名密钥"),
  COURT_URL: z.url().optional().describe("法院内网业务系统（经隔离交换）地址；不填则不推送"),
  COURT_KEY_ID: z.string().default("").describe("与内网系统约定的密钥编号"),
  COURT_SECRET: z.string().default("").describe("与内网系统约定的签名密钥"),
  WECHAT_TEMPLATES: z
    .string()
    .regex(/^((legal|progress|money):[A-Za-z0-9_-]{8,64})(,(legal|progress|money):[A-Za-z0-9_-]{8,64})*$/)
    .optional()
    .describe(
      "微信订阅消息模板，组:模板ID，逗号分隔（legal 依法须告知、progress 进展、money 交费退款）；模板字段为 thing1 事项、thing2 法院、time3 时间、thing4 提示；不填则不发微信提醒",
    ),
  ALIYUN_SMS_URL: z.url().default("https://dysmsapi.aliyuncs.com").describe("阿里云短信接口地址"),
  ALIYUN_SMS_KEY_ID: z
    .string()
    .optional()
    .describe("阿里云短信 AccessKey ID；以下各项要么都填，要么都不填（不填则不用该通道）"),
  ALIYUN_SMS_KEY_SECRET: z.string().optional().describe("阿里云短信 AccessKey Secret"),
  ALIYUN_SMS_SIGN: z.string().optional().describe("阿里云短信签名名称"),
  ALIYUN_SMS_TEMPLATE: z.string().optional().describe("阿里云短信模板 CODE，变量为 court、matter、link"),
  TENCENT_SMS_URL: z.url().default("https://sms.tencentcloudapi.com").describe("腾讯云短信接口地址"),
  TENCENT_SMS_SECRET_ID: z
    .string()
    .optional()
    .describe("腾讯云短信 SecretId；以下各项要么都填，要么都不填；作为第二家短信通道，第一家发不出时使用"),
  TENCENT_SMS_SECRET_KEY: z.string().optional().describe("腾讯云短信 SecretKey"),
  TENCENT_SMS_APP_ID: z.string().optional().describe("腾讯云短信 SdkAppId"),
  TENCENT_SMS_SIGN: z.string().optional().describe("腾讯云短信签名"),
  TENCENT_SMS_TEMPLATE: z.string().optional().describe("腾讯云短信模板 ID，{1} 法院、{2} 事项、{3} 链接"),
  MAIL_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe("发邮件的 SMTP 地址，例如 smtps://用户:口令@host:465；不填则不发邮件"),
  MAIL_FROM: z.string().default("诉通 <no-reply@localhost>").describe("发件人"),
  QUIET_HOURS: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/)
    .default("22:00-08:00")
    .describe("夜间不打扰的时段（北京时间）：不急的短信和微信提醒等到时段结束再发；起止相同表示不设"),
  RECEIPT_TOKEN: z
    .string()
    .min(32)
    .optional()
    .describe("短信平台回执地址 /api/v1/notices/receipts/{平台}?token= 中的令牌，至少 32 个字符；不填则不收回执"),
  OCR: z
    .enum(["tesseract", "off"])
    .default("tesseract")
    .describe("照片文字识别：tesseract 在后台进程内识别（不联网，识别时约占 300 MB 内存）；off 不识别"),
  VOICE: z
    .enum(["none", "espeak"])
    .default("none")
    .describe("朗读：espeak 由本机的 espeak-ng 与 lame 程序发声（文字不离开本机）；none 不朗读"),
  VOICE_FOLDER: z.string().default("").describe("espeak-ng 与 lame 解包所在的目录；不填则用系统安装的"),
  CLAMD: z.string().optional().describe("病毒扫描 clamd：host:port 或 unix:/路径；生产环境必填"),
  AUDIT_SECRET: z.string().min(32).describe("审计锚点签名密钥，至少 32 个字符；更换后旧锚点须用旧密钥核验"),
  CERTIFICATE_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/)
    .describe("送达回证签名密钥（Ed25519）：Base64(32 字节)；公钥在 /api/v1/service-certificates/key"),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url()
    .optional()
    .describe("链路追踪（OpenTelemetry）接收端，例如 http://127.0.0.1:4318；不填则不追踪"),
  METRICS_TOKEN: z.string().optional().describe("读取 /metrics 的令牌；不填则只许本机读取"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info").describe("日志级别"),
  JANUS_URL: z
    .url()
    .optional()
    .describe("本院自建视频服务 Janus 的 HTTP 接口，例如 http://127.0.0.1:8088/janus；以下各项要么都填，要么都不填"),
  JANUS_ADMIN_URL: z.url().optional().describe("Janus 的管理接口，例如 http://127.0.0.1:7088/admin"),
  JANUS_API_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe("Janus 的 api_secret，至少 32 个字符；进入庭审的凭证也由它签名"),
  JANUS_ADMIN_SECRET: z.string().min(32).optional().describe("Janus 的 admin_secret，至少 32 个字符"),
  JANUS_RECORDINGS: z.string().default("").describe("Janus 录制文件的目录，须与本服务所见路径相同；不填则不能录制"),
  TURN_URLS: z
    .string()
    .regex(/^turns?:[^\s,]+(,turns?:[^\s,]+)*$/)
    .optional()
    .describe(
      "中继服务 coturn 的地址，逗号分隔，例如 turn:turn.example.cn:3478,turns:turn.example.cn:5349；供不能直连 Janus 的网络使用",
    ),
  TURN_SECRET: z
    .string()
    .min(16)
    .optional()
    .describe("coturn 的 static-auth-secret（须启用 use-auth-secret），用于签发限时凭证；与上一项要么都填，要么都不填"),
  TRTC_SDK_APP_ID: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe("腾讯云实时音视频应用编号；与 TRTC_SECRET_KEY 一起填写即使用腾讯云，优先于 Janus"),
  TRTC_SECRET_KEY: z.string().min(32).optional().describe("腾讯云实时音视频应用密钥，用于签发进入房间的凭证"),
  TRTC_CLOUD_URL: z.url().default("https://trtc.tencentcloudapi.com").describe("腾讯云实时音视频云接口地址"),
  TRTC_CLOUD_SECRET_ID: z
    .string()
    .optional()
    .describe("腾讯云接口 SecretId，用于将人员请出房间；与下一项要么都填，要么都不填"),
  TRTC_CLOUD_SECRET_KEY: z.string().optional().describe("腾讯云接口 SecretKey"),
  SANDBOX_URL: z.url().optional().describe("演示用沙箱地址；生产环境不得填写"),
  DEMO_PASSWORD: z.string().optional().describe("演示工作人员口令；生产环境不得填写"),
  STALL_AT: z
    .enum(["after-commit"])
    .optional()
    .describe("测试用：第一笔提交之后停住不答，以便强行终止；生产环境不得填写"),
  DEMO_TOTP_SECRET: z
    .string()
    .transform((value) => value.toUpperCase().replace(/[ =-]/g, ""))
    .refine((value) => /^[A-Z2-7]{16,128}$/.test(value), "须为 Base32，至少 16 个字符")
    .optional()
    .describe("演示工作人员动态口令密钥；生产环境不得填写"),
});

export type Settings = z.infer<typeof SETTINGS>;
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

const SMS_SETTINGS = [
  ["ALIYUN_SMS_KEY_ID", "ALIYUN_SMS_KEY_SECRET", "ALIYUN_SMS_SIGN", "ALIYUN_SMS_TEMPLATE"],
  ["TENCENT_SMS_SECRET_ID", "TENCENT_SMS_SECRET_KEY", "TENCENT_SMS_APP_ID", "TENCENT_SMS_SIGN", "TENCENT_SMS_TEMPLATE"],
] as const;

/** Half of a media server is none. */
const VIDEO_SETTINGS = [
  ["JANUS_URL", "JANUS_ADMIN_URL", "JANUS_API_SECRET", "JANUS_ADMIN_SECRET"],
  ["TURN_URLS", "TURN_SECRET"],
  ["TRTC_SDK_APP_ID", "TRTC_SECRET_KEY"],
  ["TRTC_CLOUD_SECRET_ID", "TRTC_CLOUD_SECRET_KEY"],
] as const;

/** Production starts with real drivers and secrets of its own, or not at all. */
function unfitForProduction(settings: Settings): string[] {
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

/** Keys for demonstrations and tests that bring none: always the same and known to all, so never fit for production. */
function demonstrationSecrets(given: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const made = (what: string) => createHash("sha256").update(`sutong demonstration ${what}`).digest("base64");
  return {
    TOKEN_SECRET: made("token"),
    DATA_KEYS: `1:${made("data")}`,
    INDEX_KEY: made("index"),
    STORE_SECRET: made("store"),
    AUDIT_SECRET: made("audit"),
    CERTIFICATE_KEY: made("certificate"),
    WECHAT_APPID: "wxsandbox0000000001",
    WECHAT_SECRET: "sandbox-wechat-secret",
    IDENTITY_KEY_ID: "sutong",
    IDENTITY_SECRET: "sandbox-identity-secret",
    COURT_KEY_ID: "sutong",
    COURT_SECRET: "sandbox-court-secret",
    ...(given["SANDBOX_URL"]
      ? {
          WECHAT_BASE_URL: `${given["SANDBOX_URL"]}/wechat`,
          IDENTITY_URL: `${given["SANDBOX_URL"]}/identity`,
          COURT_URL: `${given["SANDBOX_URL"]}/court`,
          WECHATPAY_BASE_URL: `${given["SANDBOX_URL"]}/wechat-pay`,
          WECHATPAY_MCHID: DEMONSTRATION_MERCHANT.mchId,
          WECHATPAY_SERIAL: DEMONSTRATION_MERCHANT.serial,
          WECHATPAY_PRIVATE_KEY: DEMONSTRATION_MERCHANT.privateKey,
          WECHATPAY_API_V3_KEY: DEMONSTRATION_MERCHANT.apiV3Key,
          WECHATPAY_PUBLIC_KEY_ID: DEMONSTRATION_MERCHANT.publicKeyId,
          WECHATPAY_PUBLIC_KEY: DEMONSTRATION_MERCHANT.publicKey,
          WECHAT_TEMPLATES:
            "legal:sandbox-template-legal,progress:sandbox-template-progress,money:sandbox-template-money",
          ALIYUN_SMS_URL: `${given["SANDBOX_URL"]}/aliyun-sms`,
          ALIYUN_SMS_KEY_ID: "sandbox-aliyun-key",
          ALIYUN_SMS_KEY_SECRET: "sandbox-aliyun-secret",
          ALIYUN_SMS_SIGN: "诉通",
          ALIYUN_SMS_TEMPLATE: "SMS_100000001",
          TENCENT_SMS_URL: `${given["SANDBOX_URL"]}/tencent-sms`,
          TENCENT_SMS_SECRET_ID: "sandbox-tencent-id",
          TENCENT_SMS_SECRET_KEY: "sandbox-tencent-key",
          TENCENT_SMS_APP_ID: "1400000001",
          TENCENT_SMS_SIGN: "诉通",
          TENCENT_SMS_TEMPLATE: "1000001",
          RECEIPT_TOKEN: "sandbox-receipt-token-0000000000000000",
        }
      : {}),
  };
}

export function vaultOf(config: Settings): Vault {
  const data = new Map(
    config.DATA_KEYS.split(",").map((entry): [number, Buffer] => {
      const [keyId = "", key = ""] = entry.split(/:(.*)/s);
      return [Number(keyId), Buffer.from(key, "base64")];
    }),
  );
  return openVault({ data, index: Buffer.from(config.INDEX_KEY, "base64") });
}
