import { randomUUID } from "node:crypto";
import { SYSTEM } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { findCaseRow, listCaseParties } from "#modules/case/index.ts";
import { findFilingRow, openContent } from "#modules/filing/index.ts";
import type { Means } from "#modules/module.ts";
import type { Said } from "./consent.ts";
import { STAGES, type Stage } from "./consent-bars.ts";
import type { Hearing } from "./model.ts";

const boundTo = (sealRef: string): string => `hearing consent ${sealRef}`;

/**
 * Everything said in a case about taking part online: what plaintiffs chose for each stage when they filed (主动选择, 在线诉讼规则§4第二款
 * 第一项), and what each party has answered since.
 */
export async function listSaid(database: Database, vault: Vault, caseId: string): Promise<Said[]> {
  const row = await findCaseRow(database, SYSTEM, caseId);
  const [answered, parties, filed] = await Promise.all([
    readSaid(database, caseId),
    listCaseParties(database, vault, row),
    findFilingRow(database, SYSTEM, String(row.filingId)),
  ]);
  const { consents } = openContent(vault, filed).content;
  const at = new Date(0);
  const chosen = (Object.keys(STAGES) as Stage[]).flatMap((stage): Said[] => {
    const choice = consents[stage];
    if (choice === null) return [];
    const answer = choice === "agree" ? "yes" : "no";
    return parties.flatMap(({ key: partyKey, side }) =>
      side === "plaintiff" ? [{ partyKey, stage, answer, at }] : [],
    );
  });
  return [...chosen, ...answered];
}

async function readSaid(database: Pick<Database, "read">, caseId: string): Promise<Said[]> {
  const rows = await database.read<Omit<Said, "at"> & { at: Date | string }>(
    "SELECT party_key AS partyKey, stage, answer, at FROM hearing_consent WHERE case_id = ? ORDER BY id",
    [caseId],
  );
  return rows.map((row) => ({ ...row, at: momentOf(row.at) }));
}

/** A work's own statements may give a moment as text. */
export const momentOf = (at: Date | string): Date => (at instanceof Date ? at : new Date(`${at.replace(" ", "T")}Z`));

/** Writes down what was said; nothing is ever changed or removed. */
export async function writeConsent(
  work: Work,
  { vault }: Pick<Means, "vault">,
  hearing: Hearing,
  said: { readonly partyKey: string; readonly stage: Stage; readonly answer: "yes" | "no"; readonly reason: string },
): Promise<void> {
  const sealRef = randomUUID().replaceAll("-", "");
  const { partyKey, stage, answer } = said;
  const reason = said.reason === "" ? null : vault.seal(said.reason, boundTo(sealRef));
  await work.change(
    `INSERT INTO hearing_consent (seal_ref, case_id, hearing_id, stage, party_key, account_id, answer, reason, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      sealRef,
      String(hearing.caseId),
      String(hearing.id),
      stage,
      partyKey,
      work.actor.accountId,
      answer,
      reason,
      work.at,
    ],
  );
}
