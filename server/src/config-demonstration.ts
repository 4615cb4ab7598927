import { createHash } from "node:crypto";
import { DEMONSTRATION_MERCHANT } from "./gateways/payments/demonstration-merchant.ts";

/** Keys for demonstrations and tests that bring none: always the same and known to all, so never fit for production. */
export function demonstrationSecrets(given: Readonly<Record<string, string | undefined>>): Record<string, string> {
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
