import type { Clock } from "../circuit-breaker.ts";
import { type AliyunSmsConfig, aliyunSms } from "./aliyun.ts";
import type { MessageProvider, Messages, OutsideChannel } from "./port.ts";
import { type SmtpConfig, smtpMail } from "./smtp.ts";
import { type TencentSmsConfig, tencentSms } from "./tencent.ts";
import { type WechatSubscribeConfig, wechatSubscribe } from "./wechat-subscribe.ts";

export interface MessagesConfig {
  readonly wechat?: WechatSubscribeConfig | null;
  readonly aliyun?: AliyunSmsConfig | null;
  readonly tencent?: TencentSmsConfig | null;
  readonly smtp?: SmtpConfig | null;
  /** Of the circuit breakers. */
  readonly clock?: Clock;
}

/** Whoever has credentials is a provider; a channel that has none is off. */
export function openMessages({ wechat, aliyun, tencent, smtp, clock }: MessagesConfig): Messages {
  const mail = smtp ? smtpMail(smtp, clock) : null;
  const carried: Record<OutsideChannel, readonly MessageProvider[]> = {
    wechat: wechat ? [wechatSubscribe(wechat, clock)] : [],
    sms: [...(aliyun ? [aliyunSms(aliyun, clock)] : []), ...(tencent ? [tencentSms(tencent, clock)] : [])],
    email: mail ? [mail] : [],
  };
  return {
    providers: (channel) => carried[channel],
    subscriptions: wechat?.templates ?? {},
    close: () => mail?.close(),
  };
}
