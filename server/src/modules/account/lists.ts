import { Op } from "sequelize";
import type { Actor } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import { DEFAULT_LIMIT, page } from "#core/fields.ts";
import { problem as common } from "#core/problem.ts";
import type { Vault } from "#core/sealed.ts";
import { Account, IdentityReview, Practice, Staff } from "./model.ts";
import { presentPractice, presentReview, presentStaff } from "./present.ts";
import { behindReviews } from "./review.ts";
import { attemptIndex } from "./sign-in-staff.ts";

interface Paging {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** Reviews routed to the actor's court, oldest first. */
export async function listReviews(
  actor: Actor,
  vault: Vault,
  { state, cursor, limit = DEFAULT_LIMIT }: Paging & { state?: IdentityReview["state"] | undefined },
) {
  const rows = await IdentityReview.findAll({
    where: { courtCode: actor.courtCode ?? "", ...(state ? { state } : {}), ...after("id", cursor) },
    order: [["id", "ASC"]],
    limit: limit + 1,
  });
  const { items, nextCursor } = page(rows, limit, ({ id }) => id);
  const behind = await behindReviews(items);
  const views = items.flatMap((review) => {
    const found = behind.get(String(review.accountId));
    return found ? [presentReview(actor, vault, review, found.identity)] : [];
  });
  return { items: views, nextCursor };
}

/** Lawyers to be confirmed; they belong to no court. */
export async function listPractices(
  actor: Actor,
  vault: Vault,
  { state, cursor, limit = DEFAULT_LIMIT }: Paging & { state?: Practice["state"] | undefined },
) {
  const rows = await Practice.findAll({
    where: { ...(state ? { state } : {}), ...after("accountId", cursor) },
    order: [["accountId", "ASC"]],
    limit: limit + 1,
  });
  const { items, nextCursor } = page(rows, limit, ({ accountId }) => String(accountId));
  const accounts = await Account.findAll({ where: { id: items.map(({ accountId }) => accountId) } });
  const names = new Map(accounts.map(({ id, maskedName }) => [id, maskedName]));
  return {
    items: items.map((practice) =>
      presentPractice(actor, vault, practice, names.get(String(practice.accountId)) ?? null),
    ),
    nextCursor,
  };
}

/** The people of the actor's court. */
export async function listStaff(
  actor: Actor,
  means: { readonly vault: Vault; readonly database: Pick<Database, "read">; readonly now: Date },
  { state, cursor, limit = DEFAULT_LIMIT }: Paging & { state?: Account["state"] | undefined },
) {
  const rows = await Account.findAll({
    where: { courtCode: actor.courtCode ?? "", ...(state ? { state } : {}), ...after("id", cursor) },
    order: [["id", "ASC"]],
    limit: limit + 1,
  });
  const { items, nextCursor } = page(rows, limit, ({ id }) => id);
  const staff = await Staff.findAll({ where: { accountId: items.map(({ id }) => id) } });
  const byId = new Map(staff.map((one) => [String(one.accountId), one]));
  const locked = await lockedNames(
    means,
    staff.map(({ username }) => username),
  );
  const views = items.flatMap((account) => {
    const one = byId.get(account.id);
    return one ? [presentStaff(actor, account, one, locked.has(one.username))] : [];
  });
  return { items: views, nextCursor };
}

/** Those of these usernames that may not sign in for the moment. */
export async function lockedNames(
  { vault, database, now }: { vault: Vault; database: Pick<Database, "read">; now: Date },
  usernames: readonly string[],
): Promise<Set<string>> {
  if (usernames.length === 0) return new Set();
  const byIndex = new Map(usernames.map((username) => [attemptIndex(vault, username), username]));
  const rows = await database.read<{ username_index: string }>(
    `SELECT username_index FROM sign_in_attempt WHERE username_index IN (${[...byIndex].map(() => "?").join(", ")}) AND locked_until > ?`,
    [...byIndex.keys(), now],
  );
  return new Set(rows.map((row) => byIndex.get(row.username_index) ?? ""));
}

/** Rows behind a cursor, which is an id. */
function after(column: "id" | "accountId", cursor: string | undefined): object {
  if (cursor === undefined) return {};
  if (!/^[1-9]\d{0,18}$/.test(cursor)) {
    throw common("request.invalid", {
      errors: [{ pointer: "?cursor", code: "invalid", message: "翻页标记无效，请从第一页重新查看" }],
    });
  }
  return { [column]: { [Op.gt]: cursor } };
}
