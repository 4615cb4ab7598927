/** Telling a person something outside the app. The template decides the channel: SMS, or a mini-program subscription. */
export interface Messages {
  /** `reference` is ours: a peer that knows it sends once. Returns the peer's own number where it gives one. */
  send(message: OutgoingMessage): Promise<{ readonly receipt: string | null }>;
}

export interface OutgoingMessage {
  readonly reference: string;
  readonly channel: "sms" | "subscription";
  /** A phone number for `sms`, an openid for `subscription`. */
  readonly to: string;
  readonly template: string;
  readonly values: Readonly<Record<string, string>>;
}
