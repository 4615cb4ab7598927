/**
 * What a person knows about the dispute. Every place is a court's code (鲁0102) or the six digits of a county-level division
 * (370102); everything may be left out, then the advice says what is missing.
 */
export interface JurisdictionQuestion {
  readonly causeCode?: string | undefined;
  /** 标的额, decimal yuan. */
  readonly amount?: string | undefined;
  /** The day of filing; today where left out (the internet courts' competence changed on 2025-11-01). */
  readonly filedOn?: string | undefined;
  /** 涉外、涉港澳台. */
  readonly foreign?: boolean | undefined;
  /** Whether the matter came about on the internet. */
  readonly online?: boolean | undefined;

  /** 住所地 and 经常居住地. */
  readonly plaintiffCourt?: string | undefined;
  readonly plaintiffHabitualCourt?: string | undefined;
  readonly plaintiffAwayOverOneYear?: boolean | undefined;
  readonly defendantCourts?: readonly string[] | undefined;
  /** Habitual residences (a year and more, not for treatment), in the order of the defendants; they take precedence. */
  readonly defendantHabitualCourts?: readonly string[] | undefined;
  readonly defendantAwayOverOneYear?: boolean | undefined;
  readonly defendantStatus?: "abroad" | "missing" | "compulsory_education" | "imprisoned" | undefined;

  readonly agreement?: Agreement | undefined;
  /** 被告未提管辖异议并应诉答辩. */
  readonly defendantAnswered?: boolean | undefined;
  /** Who decided, in administrative matters: a department of the State Council, a government from county level up, another. */
  readonly authority?: "state_council" | "county_government" | "customs" | "other" | undefined;

  readonly performanceCourt?: string | undefined;
  /** 没有实际履行. */
  readonly performed?: boolean | undefined;
  readonly subject?: "money" | "real_estate" | "other" | "instant" | undefined;
  readonly moneyReceiver?: "plaintiff" | "defendant" | undefined;
  readonly obligor?: "plaintiff" | "defendant" | undefined;
  readonly tradeCourt?: string | undefined;
  readonly delivery?: "online" | "goods" | undefined;
  readonly receivingCourt?: string | undefined;

  readonly tortCourts?: readonly string[] | undefined;
  readonly resultCourts?: readonly string[] | undefined;
  /** 产品制造地、销售地、服务提供地. */
  readonly productCourts?: readonly string[] | undefined;
  readonly accidentCourt?: string | undefined;
  readonly firstArrivalCourt?: string | undefined;

  readonly realEstateCourt?: string | undefined;
  readonly deathCourt?: string | undefined;
  readonly mainEstateCourt?: string | undefined;
  readonly portCourt?: string | undefined;
  readonly leasedItemCourt?: string | undefined;
  readonly insuredItemCourt?: string | undefined;
  readonly insuredPersonCourt?: string | undefined;
  readonly companyCourt?: string | undefined;
  readonly billPaymentCourt?: string | undefined;
  readonly departureCourt?: string | undefined;
  readonly destinationCourt?: string | undefined;
  readonly employerCourt?: string | undefined;
  readonly workCourt?: string | undefined;

  /** Courts a person thinks of: those without a ground are named in a warning. */
  readonly courtCandidates?: readonly string[] | undefined;
}

export interface Agreement {
  readonly kind: "court" | "arbitration";
  readonly courts?: readonly string[] | undefined;
  readonly written?: boolean | undefined;
  /** Whether the court agreed on has a real connection with the dispute. */
  readonly connected?: boolean | undefined;
  /** A consumer was not made aware of the standard term. */
  readonly hiddenStandardTerm?: boolean | undefined;
}

export type Confidence = "high" | "medium" | "low";

export interface AdvisedCourt {
  readonly code: string;
  /** The code where no directory of courts was asked, or it does not know the code. */
  readonly name: string;
  readonly reason: string;
  readonly basis: string;
  readonly confidence: Confidence;
  /** The same for the reader: 确定、很可能、请向法院确认. */
  readonly confidenceLabel: string;
}

export const CONFIDENCE_LABELS: Readonly<Record<Confidence, string>> = {
  high: "依据明确",
  medium: "很可能",
  low: "请向法院确认",
};

export interface Ground {
  readonly place: string;
  readonly reason: string;
  readonly basis: string;
  readonly confidence: Confidence;
}

export interface Warning {
  readonly message: string;
  readonly basis: string;
}

/** What the directory of courts knows of a code. */
export type CourtLookup = (code: string) => { readonly name: string } | null;
