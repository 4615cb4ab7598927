import type { Channel } from "./ladders.ts";

export type DeliveryState = "waiting" | "sending" | "sent" | "delivered" | "read" | "failed" | "skipped";
/** Why a rung failed or was left out. */
export type DeliveryReason = keyof typeof REASONS;

export const CHANNELS: Readonly<Record<Channel, string>> = {
  inapp: "站内消息",
  wechat: "微信提醒",
  sms: "短信",
  email: "电子邮件",
};

export const STATES: Readonly<Record<DeliveryState, string>> = {
  waiting: "等待发送",
  sending: "正在发送",
  sent: "已发出",
  delivered: "已送到",
  read: "已看",
  failed: "没有发出",
  skipped: "没有使用",
};

export const REASONS = {
  off: "本院没有开通这种方式",
  choice: "您选择了不用这种方式",
  no_address: "没有可用的号码或地址",
  no_quota: "没有订阅微信提醒，或订阅次数已用完",
  read: "消息已经看过，不再另发",
  reached: "已由前一种方式发出",
  address: "号码或地址不能接收",
  provider_down: "通道暂时不可用，已改用其他方式",
  refused: "通道没有接受，已改用其他方式",
  answer_lost: "通道没有回音，不能确定是否发出，已改用其他方式",
  not_delivered: "没有送到对方手机，已改用其他方式",
} as const;
