import { z } from "zod";

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
  DATABASE_SPARES: z
    .string()
    .regex(/^[^\s,]+:\d{1,5}(,[^\s,]+:\d{1,5})*$/)
    .optional()
    .describe("Galera 集群的其余节点 host:port，逗号分隔，按接替先后排列；同时只写一个节点"),
  DATABASE_CA: z
    .string()
    .optional()
    .describe(
      "数据库证书的签发机构证书（PEM 文件）；填写即以 TLS 连接，只信该机构，并核对证书中的主机名与 DATABASE_URL 一致；数据库不在本机的，生产环境必填",
    ),
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
  TRTC_SECRET_KEY: z
    .string()
    .min(32)
    .optional()
    .describe(
      "腾讯云实时音视频应用密钥，用于签发进入房间的凭证；须在腾讯云控制台开启“高级权限控制”，旁听人员才确实不能发言",
    ),
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
