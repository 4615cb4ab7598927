import { QueryTypes } from "sequelize";
import { type Actor, PUBLIC_ROLES } from "#core/actor.ts";
import type { Value } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import { Filing } from "./model.ts";
import { problem } from "./problems.ts";
import { maySee } from "./store.ts";
import { EDITABLE } from "./workflow.ts";

/** Somebody who helps to fill in a draft right now. */
export interface Help {
  readonly id: string;
}

/**
 * What a helper leaves to the one who files: signing, consents, the wish for mediation, agreeing to electronic service and
 * confirming the address (在线诉讼规则§4, 解释§137).
 */
export const OWNERS_ALONE = [
  "/consents",
  "/mediation",
  "/signature",
  "/service/electronic",
  "/service/channels",
  "/service/judgments",
  "/service/stages",
  "/service/confirmed",
] as const;

/** Help runs while the agreed time does, by the database's clock. */
const RUNS = "h.account_id = ? AND h.state = 'active' AND h.until_at > UTC_TIMESTAMP(3)";
const EDITABLE_SQL = EDITABLE.map((state) => `'${state}'`).join(",");
const isPublic = ({ role }: Actor): boolean => (PUBLIC_ROLES as readonly string[]).includes(role);

/** The filings a person helps with now, in SQL: for the few reads that are open to helpers; all others ask `visibleTo` alone. */
export function helpedBy(actor: Actor, table = "f"): { sql: string; values: Value[] } {
  if (!isPublic(actor)) return { sql: "FALSE", values: [] };
  return {
    sql: `(${table}.state IN (${EDITABLE_SQL}) AND EXISTS (SELECT 1 FROM filing_helper h WHERE h.filing_id = ${table}.id AND ${RUNS}))`,
    values: [actor.accountId],
  };
}

/** The help the actor gives with a filing that is held; null where there is none. */
export async function findHelp(work: Work, filing: Pick<Filing, "id" | "state">): Promise<Help | null> {
  if (!isPublic(work.actor) || !EDITABLE.includes(filing.state)) return null;
  const [row] = await work.query<Help>(
    `SELECT h.id FROM filing_helper h WHERE h.filing_id = ? AND ${RUNS} FOR UPDATE`,
    [filing.id, work.actor.accountId],
  );
  return row ? { id: String(row.id) } : null;
}

/** The same outside a work, for what is only read. */
export async function isHelping(actor: Actor, filingId: string): Promise<boolean> {
  const { sql, values } = helpedBy(actor);
  const rows = await Filing.sequelize?.query(`SELECT 1 FROM filing f WHERE f.id = ? AND ${sql}`, {
    replacements: [filingId, ...values],
    type: QueryTypes.SELECT,
  });
  return (rows?.length ?? 0) > 0;
}

/** The filing held for its owner (`help` is null) or for who helps them now. Throws `filing.not_found`. */
export async function holdWithHelp(work: Work, id: string): Promise<{ filing: Filing; help: Help | null }> {
  const filing = await Filing.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (!filing) throw problem("filing.not_found");
  if (isPublic(work.actor) && maySee(work.actor, filing)) return { filing, help: null };
  const help = await findHelp(work, filing);
  if (!help) throw problem("filing.not_found");
  return { filing, help };
}

const related = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);

/** Throws `helper.owner_only` where an edit reaches what only the one who files may decide. */
export function leaveToOwner(paths: readonly string[]): void {
  const errors = paths
    .filter((path) => OWNERS_ALONE.some((reserved) => related(reserved, path)))
    .map((pointer) => ({ pointer, code: "helper.owner_only", message: "请由当事人本人填写或者决定" }));
  if (errors.length > 0) throw problem("helper.owner_only", { errors });
}
