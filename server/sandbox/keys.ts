/**
 * Demonstration values, known to everybody who can read this file. The production configuration refuses every secret
 * that contains the word "sandbox".
 */
export const SANDBOX_KEYS = {
  wechat: { appId: "wxsandbox0000000001", appSecret: "sandbox-wechat-secret" },
  identity: { keyId: "sutong", secret: "sandbox-identity-secret" },
  court: { keyId: "sutong", secret: "sandbox-court-secret" },
  oss: {
    accessKeyId: "sandbox-oss-key",
    accessKeySecret: "sandbox-oss-secret",
    bucket: "sutong-sandbox",
    region: "oss-cn-hangzhou",
  },
  aliyunSms: {
    keyId: "sandbox-aliyun-key",
    keySecret: "sandbox-aliyun-secret",
    sign: "诉通",
    template: "SMS_100000001",
  },
  tencentSms: {
    secretId: "sandbox-tencent-id",
    secretKey: "sandbox-tencent-key",
    appId: "1400000001",
    sign: "诉通",
    template: "1000001",
  },
  /** Group of notices → template of 订阅消息. */
  subscriptions: {
    legal: "sandbox-template-legal",
    progress: "sandbox-template-progress",
    money: "sandbox-template-money",
  },
  receiptToken: "sandbox-receipt-token-0000000000000000",
} as const;
