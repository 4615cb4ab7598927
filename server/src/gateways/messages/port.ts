/**
 * Telling a person something outside the app. A channel is what the person sees (WeChat, SMS, e-mail); a provider is who
 * carries it. A channel without a provider is off, and nothing is ever taken for sent.
 */
export interface Messages {
  /** Who carries a channel, in the order they are tried. */
  providers(channel: OutsideChannel): readonly MessageProvider[];
  /** What a person must be asked to agree to in WeChat, by group of notices. */
  readonly subscriptions: Readonly<Partial<Record<string, string>>>;
  close(): void;
}

export const OUTSIDE_CHANNELS = ["wechat", "sms", "email"] as const;
export type OutsideChannel = (typeof OUTSIDE_CHANNELS)[number];

export interface MessageProvider {
  /** `aliyun`, `tencent`, `wechat`, `smtp`. */
  readonly name: string;
  /**
   * Sends. Throws `MessageNotSent` where it was surely not sent and asking again is of no use, `GatewayError` with
   * `unsent` where it was surely not sent and may be tried again, and any other `GatewayError` where nobody knows.
   */
  send(message: OutgoingMessage): Promise<{ readonly receipt: string | null }>;
  /** What became of a message by our own reference; null where the provider has none. Absent where it cannot be asked. */
  find?(asked: AskedMessage): Promise<MessageFact | null>;
  /** Reads what the provider tells us by itself. Throws `ReceiptRefused`. */
  readReceipts?(body: Buffer): readonly MessageReceipt[];
  /** What the provider wants to hear when it was read. */
  readonly receiptAnswer?: unknown;
}

export interface OutgoingMessage {
  /** Ours, and the same for every attempt: what the provider is asked by. */
  readonly reference: string;
  /** A mobile number, an openid or an e-mail address. */
  readonly to: string;
  readonly group: string;
  readonly words: MessageWords;
}

/** All that leaves the house. No name of a party and no number stands in it. */
export interface MessageWords {
  readonly title: string;
  readonly court: string;
  readonly link: string;
  /** Where the mini-program opens. */
  readonly page: string;
  readonly at: Date;
}

export interface AskedMessage {
  readonly reference: string;
  readonly to: string;
  readonly triedAt: Date;
}

export interface MessageFact {
  readonly state: "sent" | "delivered" | "failed";
  readonly receipt: string | null;
}

export interface MessageReceipt extends MessageFact {
  readonly reference: string | null;
  /** The address, as the provider names it: held against ours. */
  readonly to: string;
}

/** `address`: no use with anybody. `consent`: the person has not agreed (any more). `provider`: another may do it. */
export type NotSentReason = "address" | "consent" | "provider";

/** Surely not sent, and this provider will not send it. */
export class MessageNotSent extends Error {
  readonly reason: NotSentReason;

  constructor(reason: NotSentReason, what: string) {
    super(`message not sent: ${what}`);
    this.name = "MessageNotSent";
    this.reason = reason;
  }
}

export class ReceiptRefused extends Error {}

export { GatewayError } from "../gateway-error.ts";
