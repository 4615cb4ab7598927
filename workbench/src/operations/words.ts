import type { Alarm } from "./contract.ts";

export const TONES: Readonly<Record<string, string>> = { ok: "green", look: "amber", act: "red" };
export const PROCESSES = { api: "接口", worker: "后台" } as const;
export const BACKUPS = { physical: "整库（物理）", logical: "整库（导出）", logs: "日志" } as const;
export const DISKS: Readonly<Record<string, string>> = { data: "数据目录", store: "材料库" };

const GATEWAYS: Readonly<Record<string, string>> = {
  login: "微信登录",
  wechat: "微信登录",
  files: "材料存储（OSS）",
  court: "法院内网系统",
  identity: "实名核验",
  antivirus: "病毒扫描",
  payments: "微信支付",
  "messages.wechat": "微信订阅消息",
  "messages.aliyun": "阿里云短信",
  "messages.tencent": "腾讯云短信",
  "messages.smtp": "邮件",
  "video.janus": "庭审视频（管理）",
  "video.janus.page": "庭审视频（入庭）",
  "video.janus.wait": "庭审视频（等候）",
  "video.trtc": "腾讯云视频",
};
export const gatewayName = (name: string): string => GATEWAYS[name] ?? name;

/** "3 分钟", "2 天": as exact as one needs to be worried. */
export function spanText(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} 秒`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} 分钟`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} 小时`;
  return `${Math.round(seconds / 86_400)} 天`;
}

export const shareText = (share: number): string => `${Math.round(share * 100)}%`;

export const sizeText = (bytes: number): string =>
  bytes < 1024 ** 3 ? `${(bytes / 1024 ** 2).toFixed(1)} MB` : `${(bytes / 1024 ** 3).toFixed(1)} GB`;

/** What an alarm has measured; nothing at all is "从未". */
export function valueText({ value, unit }: Pick<Alarm, "value" | "unit">): string {
  if (value === null) return "从未";
  if (unit === "seconds") return spanText(value);
  return unit === "share" ? shareText(value) : String(value);
}
