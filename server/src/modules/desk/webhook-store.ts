import { randomBytes } from "node:crypto";
import type { Database } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { CHANGES } from "./kinds.ts";
import { problem } from "./problems.ts";

/** Which changes are told, by the room they come from: the first word of an event's name. */
export const KIND_GROUPS = {
  case: "案件",
  fee: "诉讼费",
  submission: "提交与答复",
  service: "送达",
  obligation: "待办期限",
  period: "期限登记",
  hearing: "开庭",
} as const;
export type KindGroup = keyof typeof KIND_GROUPS;
export const groupOf = (kind: string): string => kind.split(".")[0] ?? "";
/** What a program may be told of at present. */
export const listKinds = (): { code: string; label: string; group: string }[] =>
  Object.entries(CHANGES).map(([code, { label }]) => ({ code, label, group: groupOf(code) }));

export const STATES = { active: "推送中", paused: "已暂停", revoked: "已撤销" } as const;
export const PAUSED = {
  asked: "由您暂停",
  failing: "对方长时间没有应答，已自动暂停",
  gone: "对方答复该地址不再使用（410），已自动暂停",
} as const;

export interface Webhook {
  readonly id: string;
  readonly sealRef: string;
  readonly accountId: string;
  readonly name: string;
  readonly address: Buffer;
  readonly kinds: string;
  readonly secret: Buffer;
  readonly oldSecret: Buffer | null;
  readonly oldUntil: Date | null;
  readonly state: keyof typeof STATES;
  readonly pausedWhy: keyof typeof PAUSED | null;
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly nextAt: Date | null;
  readonly lastOkAt: Date | null;
  readonly createdAt: Date;
}
export const COLUMNS = `w.id, w.seal_ref AS sealRef, w.account_id AS accountId, w.name, w.address, w.kinds, w.secret, w.old_secret AS oldSecret,
  w.old_until AS oldUntil, w.state, w.paused_why AS pausedWhy, w.failures, w.failing_since AS failingSince, w.next_at AS nextAt,
  w.last_ok_at AS lastOkAt, w.created_at AS createdAt`;

type Word = "address" | "secret";
const boundTo = ({ sealRef }: { sealRef: string }, what: Word): string => `webhook ${sealRef} ${what}`;
export const openAddress = (vault: Vault, row: Webhook): string => vault.open(row.address, boundTo(row, "address"));
/** What signs now: the secret, and for a day after a change the one before it too. */
export const secretsOf = (vault: Vault, row: Webhook, now: Date): string[] => [
  vault.open(row.secret, boundTo(row, "secret")),
  ...(row.oldSecret && row.oldUntil && row.oldUntil > now ? [vault.open(row.oldSecret, boundTo(row, "secret"))] : []),
];

/** Standard Webhooks: 32 random bytes, known by their beginning. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

export const listWebhooks = (database: Database, accountId: string): Promise<Webhook[]> =>
  database.read<Webhook>(
    `SELECT ${COLUMNS} FROM webhook w WHERE w.account_id = ? AND w.state <> 'revoked' ORDER BY w.id DESC`,
    [accountId],
  );

export async function findWebhook(database: Pick<Database, "read">, accountId: string, id: string): Promise<Webhook> {
  const [row] = await database.read<Webhook>(
    `SELECT ${COLUMNS} FROM webhook w WHERE w.id = ? AND w.account_id = ? AND w.state <> 'revoked'`,
    [id, accountId],
  );
  if (!row) throw problem("webhook.not_found");
  return row;
}

/** One's own, held until the work is done. Throws `webhook.not_found`. */
export async function holdWebhook(work: Work, id: string): Promise<Webhook> {
  const [row] = await work.query<Webhook>(
    `SELECT ${COLUMNS} FROM webhook w WHERE w.id = ? AND w.account_id = ? AND w.state <> 'revoked' FOR UPDATE`,
    [id, work.actor.accountId],
  );
  if (!row) throw problem("webhook.not_found");
  return row;
}

const MOST = 5;
/** Registers an address that was checked before; the secret is in the clear this once. Throws 409 `webhook.too_many`. */
export async function makeWebhook(
  work: Work,
  vault: Vault,
  { name, url, kinds }: { readonly name: string; readonly url: string; readonly kinds: readonly KindGroup[] },
): Promise<{ id: string; secret: string }> {
  const { accountId } = work.actor;
  // The account's row is the queue: two at once do not both find room.
  await work.query("SELECT id FROM account WHERE id = ? FOR UPDATE", [accountId]);
  const [living] = await work.query<{ count: number }>(
    "SELECT COUNT(*) AS count FROM webhook WHERE account_id = ? AND state <> 'revoked'",
    [accountId],
  );
  if (Number(living?.count) >= MOST) throw problem("webhook.too_many");
  const sealRef = randomBytes(16).toString("hex");
  const secret = newSecret();
  await work.change(
    "INSERT INTO webhook (seal_ref, account_id, name, address, kinds, secret, state, created_at) VALUES (?, ?, ?, ?, ?, ?, 'active', ?)",
    [
      sealRef,
      accountId,
      name,
      vault.seal(url, boundTo({ sealRef }, "address")),
      [...new Set(kinds)].join(","),
      vault.seal(secret, boundTo({ sealRef }, "secret")),
      work.at,
    ],
  );
  const [row] = await work.query<{ id: string }>("SELECT LAST_INSERT_ID() AS id");
  const id = String(row?.id);
  await tellOf(work, "webhook.made", id);
  return { id, secret };
}

/** Nothing is sent from now on, whatever waits. */
export async function revokeWebhook(work: Work, id: string): Promise<void> {
  await holdWebhook(work, id);
  await work.change("UPDATE webhook SET state = 'revoked', revoked_at = ? WHERE id = ?", [work.at, id]);
  await work.change("UPDATE webhook_delivery SET state = 'dropped' WHERE webhook_id = ? AND state = 'waiting'", [id]);
  await tellOf(work, "webhook.revoked", id);
}

const DAY_MS = 86_400_000;
/** Another secret; the one before it signs along for a day, so that nothing is lost while the other side changes over. */
export async function changeSecret(work: Work, vault: Vault, row: Webhook): Promise<string> {
  const secret = newSecret();
  await work.change("UPDATE webhook SET old_secret = secret, old_until = ?, secret = ? WHERE id = ?", [
    new Date(work.at.getTime() + DAY_MS),
    vault.seal(secret, boundTo(row, "secret")),
    row.id,
  ]);
  await tellOf(work, "webhook.secret_changed", String(row.id));
  return secret;
}

export const tellOf = (
  work: Work,
  name: "webhook.made" | "webhook.revoked" | "webhook.secret_changed" | "webhook.replayed",
  webhookId: string,
): Promise<void> =>
  work.emit({
    name,
    about: `account:${work.actor.accountId}`,
    courtCode: null,
    webhookId,
    accountId: work.actor.accountId,
  });
