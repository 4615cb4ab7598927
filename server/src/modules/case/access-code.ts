import { randomInt, timingSafeEqual } from "node:crypto";
import type { Database } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import type { CourtCase } from "./model.ts";
import { CaseAccessCode } from "./participant-model.ts";
import { problem } from "./problems.ts";

/** No letter or digit that reads like another: codes are typed from paper. */
const SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const LENGTH = 8;

const boundTo = (row: { sealRef: string }, partyKey: string): string => `case ${row.sealRef} code ${partyKey}`;
const newCode = (): string => Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join("");

/** A code as it was typed: any case, with or without hyphens and spaces, full-width signs too. */
export const plainCode = (typed: string): string => typed.normalize("NFKC").toUpperCase().replace(/[\s-]/g, "");
/** As it stands on the notice: `ABCD-2345`. */
const written = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

/** Makes a party's code, or makes it anew: the one before opens nothing any more. Gives it as it is printed. */
export async function makeCode(work: Work, vault: Vault, row: CourtCase, partyKey: string): Promise<string> {
  const code = newCode();
  const values = { code: vault.seal(code, boundTo(row, partyKey)), madeAt: work.at, usedBy: null, usedAt: null };
  await CaseAccessCode.upsert({ caseId: String(row.id), partyKey, ...values }, { transaction: work.tx });
  return written(code);
}

/** The code of one party, for the notice of its case. Throws `case.no_code`. */
export async function showCode(work: Work, vault: Vault, row: CourtCase, partyKey: string): Promise<string> {
  const found = await CaseAccessCode.findOne({ where: { caseId: row.id, partyKey }, transaction: work.tx });
  if (!found) throw problem("case.no_code");
  return written(vault.open(found.code, boundTo(row, partyKey)));
}

/** The party whose code this is, if it may still let this account in. Every code is compared, so that time tells nothing. */
export async function partyOfCode(work: Work, vault: Vault, row: CourtCase, typed: string): Promise<string | null> {
  const codes = await CaseAccessCode.findAll({
    where: { caseId: row.id },
    transaction: work.tx,
    lock: work.tx.LOCK.UPDATE,
  });
  const given = Buffer.from(
    plainCode(typed)
      .padEnd(LENGTH)
      .slice(0, LENGTH + 1),
  );
  let party: string | null = null;
  for (const { partyKey, code, usedBy } of codes) {
    const right = Buffer.from(vault.open(code, boundTo(row, partyKey)));
    const same = right.length === given.length && timingSafeEqual(right, given);
    if (same && (usedBy === null || String(usedBy) === work.actor.accountId)) party = partyKey;
  }
  return party;
}

/** From now on the code is this account's alone. */
export async function useCode(work: Work, row: CourtCase, partyKey: string): Promise<void> {
  const values = { usedBy: work.actor.accountId, usedAt: work.at };
  await CaseAccessCode.update(values, { where: { caseId: row.id, partyKey }, transaction: work.tx });
}

/** What the square on a notice says: the page that lets the party in, with number and code filled in. */
export function joinUrl(publicUrl: string, number: string, code: string): string {
  return `${publicUrl}/#/pages/case/join?${new URLSearchParams({ number, code })}`;
}

/** The code for a party's notice and where it leads; null where the party needs none, or has used it. */
export async function findInvitation(
  { database, vault, settings }: Means,
  row: { readonly id: string; readonly sealRef: string; readonly number: string },
  partyKey: string,
): Promise<{ code: string; url: string } | null> {
  const [found] = await database.read<{ code: Buffer }>(
    "SELECT code FROM case_access_code WHERE case_id = ? AND party_key = ? AND used_at IS NULL",
    [row.id, partyKey],
  );
  if (!found) return null;
  const code = written(vault.open(found.code, boundTo(row, partyKey)));
  return { code, url: joinUrl(settings.publicUrl, row.number, code) };
}

export interface CodeState {
  readonly partyKey: string;
  readonly madeAt: Date;
  readonly usedAt: Date | null;
}
/** Which parties have a code, and whether it was used; never the codes themselves. */
export const listCodes = (database: Database, caseId: string): Promise<CodeState[]> =>
  database.read<CodeState>(
    "SELECT party_key AS partyKey, made_at AS madeAt, used_at AS usedAt FROM case_access_code WHERE case_id = ?",
    [caseId],
  );
