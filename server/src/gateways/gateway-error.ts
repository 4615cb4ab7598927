import { Problem } from "#core/problem.ts";

/**
 * An outside system failed us: unreachable, too slow, or answering what it should not. Worth another try later and
 * never the caller's fault, so it is told as 503 with `Retry-After`. What happened (`gateway`, `what`, `cause`) is for
 * our log only; it holds no code, key or name of a person.
 */
export class GatewayError extends Problem {
  readonly gateway: string;
  readonly what: string;
  /** The peer surely did nothing of what was asked: it was not reached, or turned us away. */
  readonly unsent: boolean;

  constructor(gateway: string, what: string, options: { cause?: unknown; retryAfter?: number; unsent?: boolean } = {}) {
    super("service.unavailable", 503, "系统暂时繁忙，请稍后再试", { retryAfter: options.retryAfter ?? 5 });
    this.name = "GatewayError";
    this.gateway = gateway;
    this.what = what;
    this.unsent = options.unsent ?? false;
    if (options.cause !== undefined) this.cause = options.cause;
  }
}
