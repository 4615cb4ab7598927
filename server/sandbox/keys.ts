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
} as const;
