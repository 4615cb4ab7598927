import { inBites } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { findIdentity, requireVerified, type VerifiedIdentity } from "#modules/account/index.ts";
import type { Means } from "#modules/module.ts";
import { readCaseNumber } from "#modules/reference/index.ts";
import { partyOfCode, useCode } from "./access-code.ts";
import { admit, tellJoined } from "./enter.ts";
import { CaseEvent, CaseParty, CourtCase } from "./model.ts";
import { CaseParticipant } from "./participant-model.ts";
import { problem } from "./problems.ts";

const TRIES_FOR_ONE = 5;
/** One who goes through the numbers tries each only once. */
const TRIES_IN_ALL = 20;
const HOUR_MS = 3_600_000;

const refused = () =>
  problem("case.join_refused", {
    detail:
      "请核对案号和通知书上的访问码，并使用与案件当事人一致的实名身份。访问码只能使用一次；已使用或者遗失的，请联系承办书记员重新生成。",
  });

export const forgetTries = ({ database }: Means, before: Date): Promise<number> =>
  inBites(database, "DELETE FROM case_join_try WHERE since < ?", [before]);

/** The number as everybody writes it, or null: a number that cannot be read is one more wrong number. */
const canonical = (number: string): string | null => readCaseNumber(number)?.canonical ?? null;

/**
 * Takes one of five tries an hour that an account has at one number, in a work of its own so that a refusal leaves its count.
 * Numbers that no case has are counted like others. Throws 403 `account.unverified`, 429 `case.join_too_many`.
 */
export async function takeTry(work: Work, vault: Vault, number: string): Promise<void> {
  await requireVerified(work);
  const { accountId } = work.actor;
  const index = vault.index("case-number", canonical(number) ?? number);
  const hourAgo = new Date(work.at.getTime() - HOUR_MS);
  await work.change("DELETE FROM case_join_try WHERE account_id = ? AND since <= ?", [accountId, hourAgo]);
  await work.change(
    "INSERT INTO case_join_try (account_id, number, tries, since) VALUES (?, ?, 1, ?) ON DUPLICATE KEY UPDATE tries = tries + 1",
    [accountId, index, work.at],
  );
  const rows = await work.query<{ number: string; tries: number; since: Date }>(
    "SELECT number, tries, since FROM case_join_try WHERE account_id = ? FOR UPDATE",
    [accountId],
  );
  const here = rows.find((row) => row.number === index);
  const all = rows.reduce((sum, { tries }) => sum + Number(tries), 0);
  if (Number(here?.tries) <= TRIES_FOR_ONE && all <= TRIES_IN_ALL) return;
  const oldest = Math.min(...rows.map(({ since }) => since.getTime()));
  throw problem("case.join_too_many", {
    retryAfter: Math.max(1, Math.ceil((oldest + HOUR_MS - work.at.getTime()) / 1000)),
  });
}

export async function clearTries(work: Work, vault: Vault, number: string): Promise<void> {
  await work.change("DELETE FROM case_join_try WHERE account_id = ? AND number = ?", [
    work.actor.accountId,
    vault.index("case-number", canonical(number) ?? number),
  ]);
}

/** The case of a number, held, whoever asks; null where there is none. */
export async function holdByNumber(work: Work, number: string): Promise<CourtCase | null> {
  const read = canonical(number);
  if (read === null) return null;
  return CourtCase.findOne({ where: { number: read }, transaction: work.tx, lock: work.tx.LOCK.UPDATE });
}

/**
 * Lets a party into their case: by the code on the notice and their verified name (and document number, where the case knows
 * it), or by the document number alone where the case knows it. Agents whom the filing named come in by their own. Who is in
 * already stays in. Wrong code, wrong person and no such case are refused in the same words: `case.join_refused`.
 */
export async function joinCase(work: Work, vault: Vault, number: string, accessCode?: string): Promise<CourtCase> {
  const who = await findIdentity(vault, work.actor.accountId, work.tx);
  const row = await holdByNumber(work, number);
  if (!who || !row) throw refused();
  const partyKey = accessCode
    ? await byCode(work, vault, row, who, accessCode)
    : await byIdentity(work, vault, row, who);
  if (partyKey === null) {
    if (accessCode || !(await enterAsAgent(work, vault, row, who))) throw refused();
  } else {
    await enterAsParty(work, vault, row, who, partyKey, accessCode ? "code" : "identity");
  }
  await clearTries(work, vault, number);
  return row;
}

const isParty = (vault: Vault, who: VerifiedIdentity, party: CaseParty): boolean =>
  party.kind === "organisation"
    ? party.repIndex !== null && party.repIndex === vault.index("name", who.name)
    : party.nameIndex === vault.index("name", who.name) && isDocument(vault, who, party.idIndex);
const isDocument = (vault: Vault, who: VerifiedIdentity, known: string | null): boolean =>
  known === null || known === vault.index("id-number", who.idNumber);

async function byCode(
  work: Work,
  vault: Vault,
  row: CourtCase,
  who: VerifiedIdentity,
  accessCode: string,
): Promise<string | null> {
  const partyKey = await partyOfCode(work, vault, row, accessCode);
  if (partyKey === null) return null;
  const party = await CaseParty.findOne({ where: { caseId: row.id, partyKey }, transaction: work.tx });
  if (!party || !isParty(vault, who, party)) return null;
  await useCode(work, row, partyKey);
  return partyKey;
}

/** A name alone is shared by many: only a person whose document number the case knows comes in without a code. */
async function byIdentity(work: Work, vault: Vault, row: CourtCase, who: VerifiedIdentity): Promise<string | null> {
  const parties = await CaseParty.findAll({ where: { caseId: row.id }, transaction: work.tx });
  const party = parties.find((one) => one.kind === "natural" && one.idIndex !== null && isParty(vault, who, one));
  if (!party) return null;
  // Whom the court has let out comes back by a new code of the court's, not by themselves.
  const left = await CaseParticipant.count({
    where: { caseId: row.id, partyKey: party.partyKey, accountId: work.actor.accountId, state: "ended" },
    transaction: work.tx,
  });
  return left > 0 ? null : party.partyKey;
}

async function enterAsParty(
  work: Work,
  vault: Vault,
  row: CourtCase,
  who: VerifiedIdentity,
  partyKey: string,
  via: "code" | "identity",
): Promise<void> {
  const where = { caseId: row.id, partyKey, live: 1 };
  const known = await CaseParticipant.findAll({ where, transaction: work.tx });
  if (known.some(({ accountId }) => String(accountId) === work.actor.accountId)) return;
  const party = await CaseParty.findOne({
    where: { caseId: row.id, partyKey },
    transaction: work.tx,
    rejectOnEmpty: true,
  });
  const isPerson = party.kind === "natural";
  // One person is one account (the document is bound to it); somebody else of the same name is not that person.
  if (isPerson && known.some(({ capacity }) => capacity === "party")) throw refused();
  const capacity = isPerson ? "party" : "representative";
  const made = await admit(work, vault, row, { partyKey, capacity, via, name: isPerson ? null : who.name });
  await writeJoined(work, vault, row, made, party);
}

/** An agent of the filing's, who signs in for the first time. */
async function enterAsAgent(work: Work, vault: Vault, row: CourtCase, who: VerifiedIdentity): Promise<boolean> {
  const indexes = [vault.index("id-number", who.idNumber)];
  if (who.practice) indexes.push(vault.index("licence", who.practice.licenseNumber));
  const waiting = await CaseParticipant.findAll({
    where: { caseId: row.id, accountId: null, live: 1, nameIndex: vault.index("name", who.name), idIndex: indexes },
    transaction: work.tx,
    lock: work.tx.LOCK.UPDATE,
  });
  for (const one of waiting) {
    await one.update({ accountId: work.actor.accountId, via: "identity" }, { transaction: work.tx });
    await tellJoined(work, row, one);
  }
  if (waiting.length > 0) return true;
  const where = { caseId: row.id, accountId: work.actor.accountId, capacity: "agent", state: "active" };
  return (await CaseParticipant.count({ where, transaction: work.tx })) > 0;
}

const SIDE: Readonly<Record<string, string>> = { plaintiff: "原告", defendant: "被告", third_party: "第三人" };
async function writeJoined(
  work: Work,
  vault: Vault,
  row: CourtCase,
  made: CaseParticipant,
  party: CaseParty,
): Promise<void> {
  const bound = `case ${row.sealRef}`;
  const detail = `${SIDE[party.side] ?? ""}${vault.open(party.name, bound)}`;
  await CaseEvent.create(
    {
      caseId: String(row.id),
      kind: "joined",
      source: `joined:${made.id}`,
      title: "当事人关联案件",
      detail: vault.seal(detail, bound),
      at: work.at,
    },
    { transaction: work.tx },
  );
}
