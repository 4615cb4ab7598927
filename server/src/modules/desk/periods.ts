import type { Work } from "#core/work.ts";
import type { CourtCase, TrialProcedure } from "#modules/case/index.ts";
import type { Placing } from "./obligations.ts";
import { type Inputs, PRESERVATIONS, type PreservationKind, type RuleCode } from "./rules.ts";

/** What is under preservation, for whom, since when. */
export interface Preservation {
  readonly key: string;
  readonly kind: PreservationKind;
  readonly since: string;
  readonly partyKey: string;
}
/** 本案期间的事实: what the court has settled or noted, and the periods of this case depend on. */
export interface CasePeriods {
  readonly evidenceDays: number | null;
  readonly answerDays: number | null;
  readonly abroad: readonly string[];
  readonly effectiveOn: string | null;
  readonly performBy: string | null;
  readonly entitled: readonly string[];
  readonly preservations: readonly Preservation[];
  readonly version: number;
}
export const NOTHING: CasePeriods = {
  evidenceDays: null,
  answerDays: null,
  abroad: [],
  effectiveOn: null,
  performBy: null,
  entitled: [],
  preservations: [],
  version: 0,
};

interface Row {
  readonly evidenceDays: number | null;
  readonly answerDays: number | null;
  readonly abroad: string;
  readonly effectiveOn: string | null;
  readonly performBy: string | null;
  readonly entitled: string;
  readonly preservations: string;
  readonly version: number;
}

/** What is settled in a case; nothing yet where nobody said anything. */
export async function findPeriods(from: Pick<Work, "query">, caseId: string): Promise<CasePeriods> {
  const [row] = await from.query<Row>(
    `SELECT evidence_days AS evidenceDays, answer_days AS answerDays, abroad, DATE_FORMAT(effective_on, '%Y-%m-%d') AS effectiveOn,
       DATE_FORMAT(perform_by, '%Y-%m-%d') AS performBy, entitled, preservations, version FROM case_period WHERE case_id = ?`,
    [caseId],
  );
  if (!row) return NOTHING;
  return {
    evidenceDays: row.evidenceDays === null ? null : Number(row.evidenceDays),
    answerDays: row.answerDays === null ? null : Number(row.answerDays),
    abroad: listed(row.abroad),
    effectiveOn: row.effectiveOn,
    performBy: row.performBy,
    entitled: listed(row.entitled),
    preservations: JSON.parse(row.preservations) as Preservation[],
    version: Number(row.version),
  };
}
const listed = (text: string): string[] => text.split(",").filter(Boolean);

/** The inputs of a rule that the case itself gives, for one of its parties. */
export async function factsOfCase(
  work: Work,
  courtCase: CourtCase,
  partyKey: string,
): Promise<(rule: RuleCode) => Partial<Inputs>> {
  const { abroad, evidenceDays, answerDays } = await findPeriods(work, String(courtCase.id));
  const procedure = (courtCase.trialProcedure ?? null) as TrialProcedure | null;
  return (rule) => {
    const agreed = rule === "evidence" ? evidenceDays : rule === "answer" && procedure === "small" ? answerDays : null;
    return {
      procedure,
      ...(abroad.includes(partyKey) ? { abroad: true } : {}),
      ...(agreed === null ? {} : { days: agreed }),
    };
  };
}

/** The duties and rights that begin with what was noted, not with a service. */
export async function duesOf(work: Work, caseId: string, sides: ReadonlyMap<string, string>): Promise<Placing[]> {
  const { effectiveOn, performBy, entitled, preservations } = await findPeriods(work, caseId);
  const source = `period:${caseId}`;
  const claimants = [...sides].filter(([, side]) => side === "plaintiff").map(([key]) => key);
  const mayEnforce = entitled.length > 0 ? entitled : claimants;
  return [
    ...(effectiveOn === null
      ? []
      : [...sides.keys()].map((partyKey) => ({
          partyKey,
          rule: "retrial" as const,
          source,
          inputs: { eventDate: effectiveOn },
        }))),
    ...(performBy === null
      ? []
      : mayEnforce.map((partyKey) => ({
          partyKey,
          rule: "enforcement" as const,
          source,
          inputs: { eventDate: performBy },
        }))),
    ...preservations.map(({ key, kind, since, partyKey }) => ({
      partyKey,
      rule: "preservation_renewal" as const,
      source: `${source}:${key}`,
      inputs: { eventDate: since, years: PRESERVATIONS[kind].years, subject: PRESERVATIONS[kind].label },
    })),
  ];
}
