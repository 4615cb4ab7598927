/** The court's inner case system. We number the case from our own locked counter and enter it there. */
export interface CourtSystem {
  /** Asking again with the same reference and the same content gives the first answer. Throws `RegistrationRefused`. */
  registerCase(request: RegisterCase): Promise<RegisteredCase>;
  /** What the inner system holds under a reference; after a lost answer this tells whether it arrived. */
  findRegistration(reference: string): Promise<RegisteredCase | null>;
  /**
   * What happened to cases in the inner system after a place in its feed (null: from the beginning), oldest first, at most
   * `limit`. Asking again from the same place gives the same again.
   */
  listEvents(after: string | null, limit: number): Promise<readonly InnerEvent[]>;
}

/** One thing that happened to a case in the court's inner system. */
export interface InnerEvent {
  /** Its place in the feed: the next question begins after it. */
  readonly cursor: string;
  /** The inner system's own id of it: the same thing told twice has the same. */
  readonly id: string;
  readonly caseNumber: string;
  /** 1, 2, 3 … within the case: they are taken in this order. */
  readonly sequence: number;
  readonly kind: string;
  readonly at: Date;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface RegisterCase {
  /** Ours, and unique: asking twice with the same reference registers one case. */
  readonly reference: string;
  /** 法院代字, such as 鲁0102. */
  readonly courtCode: string;
  /** （2026）鲁0102民初1号 */
  readonly caseNumber: string;
  readonly causeCode: string;
  readonly causeName: string;
  readonly acceptedAt: Date;
  readonly parties: readonly RegisteredParty[];
}

export interface RegisteredParty {
  readonly side: "plaintiff" | "defendant" | "third_party";
  readonly name: string;
}

export interface RegisteredCase {
  readonly registeredAt: Date;
  /** The inner system's own id. */
  readonly innerId: string;
}

/** `changed`: the reference is known with other content. `number_taken`: the number stands under another reference.
 *  `invalid`: not acceptable as it stands. Needs a person of the court; trying again is of no use. */
export class RegistrationRefused extends Error {
  readonly reason: "changed" | "number_taken" | "invalid";

  constructor(reason: RegistrationRefused["reason"]) {
    super(`registration refused: ${reason}`);
    this.name = "RegistrationRefused";
    this.reason = reason;
  }
}
