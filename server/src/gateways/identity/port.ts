/** The real-name check: does this name go with this document number? */
export interface IdentityCheck {
  check(person: IdentityQuestion): Promise<{ readonly match: IdentityMatch }>;
}

/** `unknown`: the register has no such record and cannot say (a person of the court must look). */
export type IdentityMatch = "match" | "mismatch" | "unknown";

export interface IdentityQuestion {
  readonly name: string;
  /** As in the filing content: resident_id, hmt_residence_permit, cn_passport, … */
  readonly idType: string;
  readonly idNumber: string;
}
