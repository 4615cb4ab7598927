import { type Actor, PUBLIC_ROLES } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { findIdentity } from "#modules/account/index.ts";
import { findCourt } from "#modules/court/index.ts";
import { type MaterialFacts, materialFacts } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { type Cause, findCause, findForm, isCauseCode } from "#modules/reference/index.ts";
import { confirmationFacts, listConfirmationRows } from "./confirmation-store.ts";
import type { FilingContent } from "./content.ts";
import { countUnconfirmed } from "./helper-edits.ts";
import { findSimilar, type Similar } from "./likeness.ts";
import type { Facts, Finding } from "./rule.ts";
import { checkFiling, completenessOf } from "./rules.ts";

export interface Precheck {
  readonly findings: readonly Finding[];
  readonly completeness: number;
  /** What it was held beside: of the public, their own filings only. */
  readonly similar: readonly Similar[];
}

export interface Checked {
  readonly id: string;
  readonly accountId: string;
  readonly courtCode: string;
}

/** Runs the rule pack over a filing as it stands; the same pack serves the one who files and the clerk. */
export async function precheck(means: Means, filing: Checked, content: FilingContent, actor: Actor): Promise<Precheck> {
  const { facts, similar } = await gatherFacts(means, filing, content, actor);
  const findings = checkFiling(facts);
  return { findings, completeness: completenessOf(findings), similar };
}

/** The same pack over a filing that does not exist yet, with the materials it would have (批量立案). */
export async function precheckPlanned(
  means: Means,
  { accountId, courtCode }: Omit<Checked, "id">,
  content: FilingContent,
  actor: Actor,
  materials: MaterialFacts,
): Promise<readonly Finding[]> {
  return checkFiling((await gatherFacts(means, { id: "0", accountId, courtCode }, content, actor, materials)).facts);
}

async function gatherFacts(
  means: Means,
  filing: Checked,
  content: FilingContent,
  actor: Actor,
  planned?: MaterialFacts,
): Promise<{ facts: Facts; similar: Similar[] }> {
  const [identity, court, materials, similar, unconfirmedByHelpers] = await Promise.all([
    findIdentity(means.vault, filing.accountId),
    findCourt(filing.courtCode),
    planned ?? materialFacts(means.database, "filing", filing.id),
    // Whoever types two names must not learn that somebody else has a dispute with them: the public hears of its own filings only.
    findSimilar(means, filing.id, content, isPublic(actor) ? { filedBy: actor.accountId } : {}),
    countUnconfirmed(means.database, filing.id),
  ]);
  const facts: Facts = {
    content,
    court,
    cause: causeOf(content.causeCode),
    form: content.formId === null ? null : findForm(content.formId),
    materials,
    filer: {
      verified: identity?.state === "verified",
      role: actor.role,
      person: identity && { name: identity.name, idNumber: identity.idNumber },
    },
    confirmations: confirmationFacts(await listConfirmationRows(means.database, filing.id), content, means.clock.now()),
    today: courtDayOf(means.clock.now()),
    duplicates: similar.filter(({ kind }) => kind === "duplicate").map(({ receiptNumber }) => receiptNumber),
    unconfirmedByHelpers,
  };
  return { facts, similar };
}

const isPublic = ({ role }: Actor): boolean => (PUBLIC_ROLES as readonly string[]).includes(role);

export function causeOf(code: string | null): Cause | null {
  return code !== null && isCauseCode(code) ? findCause(code) : null;
}
