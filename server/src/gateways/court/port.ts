/** The court's inner case system. We number the case from our own locked counter and enter it there. */
export interface CourtSystem {
  /** Asking again with the same reference and the same content gives the first answer. Throws `RegistrationRefused`. */
  registerCase(request: RegisterCase): Promise<RegisteredCase>;
  /** What the inner system holds under a reference; after a lost answer this tells whether it arrived. */
  findRegistration(reference: string): Promise<RegisteredCase | null>;
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
