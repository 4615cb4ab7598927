/** Who holds the phone, as WeChat says it. Nothing a client claims about itself is believed. */
export interface Login {
  /** Trades a login code (good once, for five minutes) for the person it stands for. Throws `LoginRefused`. */
  exchange(code: string): Promise<LoginIdentity>;
  /** Trades a phone code (from the phone-number button, good once) for the number. Throws `LoginRefused`. */
  phone(code: string): Promise<{ readonly phone: string }>;
}

export interface LoginIdentity {
  readonly openid: string;
  readonly unionid?: string;
}

/** `invalid`: not a code, of another app, or too old. `used`: exchanged before. `too_many`: asked too often.
 *  `blocked`: WeChat holds the account to be at risk. */
export type LoginRefusal = "invalid" | "used" | "too_many" | "blocked";

/** The code is refused: the person must start again (or wait), and trying the same code again is of no use. */
export class LoginRefused extends Error {
  readonly reason: LoginRefusal;

  constructor(reason: LoginRefusal) {
    super(`login refused: ${reason}`);
    this.name = "LoginRefused";
    this.reason = reason;
  }
}
