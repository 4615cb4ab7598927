import { type Facts, type Finding, type Rule, runRules } from "./rule.ts";
import { agentRules } from "./rules-agents.ts";
import { claimRules } from "./rules-claims.ts";
import { consentRules } from "./rules-consent.ts";
import { courtRules } from "./rules-court.ts";
import { formRules } from "./rules-form.ts";
import { identityRules } from "./rules-identity.ts";
import { paperRules } from "./rules-papers.ts";
import { partyRules } from "./rules-parties.ts";

/** The rule pack: one list for the one who files and for the clerk. */
export const rules: readonly Rule[] = [
  ...partyRules,
  ...identityRules,
  ...agentRules,
  ...claimRules,
  ...formRules,
  ...consentRules,
  ...paperRules,
  ...courtRules,
];

/** What is wrong or doubtful, the gravest first. */
export const checkFiling = (facts: Facts): Finding[] => runRules(rules, facts);

/** How complete a filing is, 0–100: each block weighs ten, each warning three. */
export function completenessOf(findings: readonly Finding[]): number {
  const weight = findings.reduce(
    (sum, { severity }) => sum + (severity === "block" ? 10 : severity === "warn" ? 3 : 0),
    0,
  );
  return Math.max(0, 100 - weight);
}
