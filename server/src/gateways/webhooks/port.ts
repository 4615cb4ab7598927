/** Telling programs of others, at addresses they gave us. Nothing inside our own network may be reached this way. */
export interface Webhooks {
  /** Throws `WebhookBarred` for an address that is never called: its form, or what its name stands for now. */
  check(address: string): Promise<void>;
  /**
   * One attempt, within five seconds in all. Gives the status of whatever was answered, a redirect too: none is followed. Throws
   * `WebhookBarred` or `WebhookUnanswered`.
   */
  post(address: string, headers: Readonly<Record<string, string>>, body: string): Promise<number>;
}

export type BarredReason = "address" | "scheme" | "port" | "credentials" | "private" | "unknown_host";
export class WebhookBarred extends Error {
  readonly reason: BarredReason;
  constructor(reason: BarredReason) {
    super(`webhook address barred: ${reason}`);
    this.reason = reason;
  }
}
export class WebhookUnanswered extends Error {
  readonly reason: "unreachable" | "timeout" | "broken";
  constructor(reason: "unreachable" | "timeout" | "broken", cause?: unknown) {
    super(`webhook not answered: ${reason}`, { cause });
    this.reason = reason;
  }
}
