import type { z } from "zod";
import { type Actor, isStaff } from "#core/actor.ts";
import { describeAccounts } from "#modules/account/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import type { FilingContent } from "./content.ts";
import { OWNERS_ALONE } from "./helper-access.ts";
import { listHelperEdits } from "./helper-edits.ts";
import type { HelpView, helperEditsView, helperView } from "./helper-view.ts";
import { wordsOf } from "./helper-words.ts";
import { labelOf } from "./labels.ts";
import { problem } from "./problems.ts";
import { type FilingRow, type FoundFiling, openContent } from "./store.ts";
import { type HelperState, helperWorkflow } from "./workflow.ts";

interface Row {
  readonly id: string;
  readonly state: HelperState;
  readonly minutes: number;
  readonly accountId: string | null;
  readonly expiresAt: Date;
  readonly joinedAt: Date | null;
  readonly untilAt: Date | null;
  readonly endedAt: Date | null;
  readonly secondsLeft: string | number;
  readonly edits: string | number;
  readonly unconfirmed: string | number;
}

const nameOf = (people: Awaited<ReturnType<typeof describeAccounts>>, accountId: string | null): string =>
  (accountId && people.get(accountId)?.displayName) || "帮助者";

async function rowsOf({ database }: Means, filingId: string, helperAccount: string | null): Promise<Row[]> {
  const own = helperAccount === null ? "" : "AND h.account_id = ?";
  const rows = await database.read<Row>(
    `SELECT h.id, h.state, h.minutes, h.account_id AS accountId, h.expires_at AS expiresAt, h.joined_at AS joinedAt,
       h.until_at AS untilAt, h.ended_at AS endedAt,
       GREATEST(0, TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(3), COALESCE(h.until_at, h.expires_at))) AS secondsLeft,
       (SELECT COUNT(DISTINCT e.path) FROM filing_helper_edit e WHERE e.helper_id = h.id AND e.filing_id = h.filing_id) AS edits,
       (SELECT COUNT(DISTINCT e.path) FROM filing_helper_edit e
        WHERE e.helper_id = h.id AND e.filing_id = h.filing_id AND e.confirmed_at IS NULL) AS unconfirmed
     FROM filing_helper h WHERE h.filing_id = ? ${own} ORDER BY h.id DESC LIMIT 50`,
    helperAccount === null ? [filingId] : [filingId, helperAccount],
  );
  // Time that ran out before its timer rang.
  return rows.map((row) => (isLiving(row) && Number(row.secondsLeft) === 0 ? { ...row, state: "expired" } : row));
}
const isLiving = ({ state }: Row): boolean => state === "offered" || state === "active";

/** Who was asked to help and who did, newest first: all of them for the one who files, their own for a helper. */
export async function presentHelpers(
  means: Means,
  actor: Actor,
  filing: FilingRow,
): Promise<z.infer<typeof helperView>[]> {
  const isOwner = String(filing.accountId) === actor.accountId;
  const rows = await rowsOf(means, filing.id, isOwner ? null : actor.accountId);
  const people = await describeAccounts(rows.flatMap(({ accountId }) => (accountId ? [String(accountId)] : [])));
  return rows.map((row) => ({
    id: String(row.id),
    state: helperWorkflow.present(row.state),
    moves: [
      ...helperWorkflow.open(row.state, actor.role).filter(({ action }) => action === "end"),
      ...(isOwner && Number(row.unconfirmed) > 0 ? [{ action: "confirm", label: "都看过了，确认" }] : []),
    ],
    helper: row.accountId ? { name: nameOf(people, String(row.accountId)) } : null,
    minutes: row.minutes,
    expiresAt: row.expiresAt.toISOString(),
    joinedAt: row.joinedAt?.toISOString() ?? null,
    until: row.untilAt?.toISOString() ?? null,
    secondsLeft: isLiving(row) ? Number(row.secondsLeft) : 0,
    endedAt: row.endedAt?.toISOString() ?? null,
    edits: Number(row.edits),
    unconfirmed: Number(row.unconfirmed),
  }));
}

/** What helpers wrote, before and after, in words; for the one who files. */
export async function presentHelperEdits(
  means: Means,
  actor: Actor,
  row: FilingRow & { content: Buffer },
): Promise<z.infer<typeof helperEditsView>> {
  const { database, vault } = means;
  if (String(row.accountId) !== actor.accountId) throw problem("filing.not_found");
  const { edits, through } = await listHelperEdits(database, vault, row);
  const accounts = new Map(
    (await rowsOf(means, row.id, null)).map(({ id, accountId }) => [String(id), String(accountId)]),
  );
  const people = await describeAccounts(accounts.values());
  const { content } = openContent(vault, row);
  const words = async (path: string, value: unknown): Promise<string> =>
    path === "/courtCode" && typeof value === "string" ? nameOfCourt(value) : wordsOf(path, value);
  const items = await Promise.all(
    edits.map(async ({ path, before, after, helperId, at, confirmed }) => ({
      path,
      label: placeOf(content, path),
      before: await words(path, before),
      after: await words(path, after),
      helper: { id: helperId, name: nameOf(people, accounts.get(helperId) ?? null) },
      at: at.toISOString(),
      confirmed,
    })),
  );
  return { items, through };
}

const placeOf = (content: FilingContent, path: string): string =>
  path.startsWith("/materials/") ? "材料" : labelOf(content, path);

/** The help that runs now, for the two who take part in it. */
export async function presentHelp(means: Means, actor: Actor, filing: FoundFiling): Promise<HelpView> {
  if (!filing.helped || isStaff(actor) || actor.role === "system") return null;
  const row = (await rowsOf(means, filing.id, null)).find(({ state }) => state === "active");
  if (!row?.untilAt) return null;
  const people = await describeAccounts([String(row.accountId)]);
  const mine = String(row.accountId) === actor.accountId;
  if (!mine && String(filing.accountId) !== actor.accountId) return null;
  return {
    id: String(row.id),
    mine,
    name: nameOf(people, String(row.accountId)),
    until: row.untilAt.toISOString(),
    secondsLeft: Number(row.secondsLeft),
    ownersAlone: mine ? [...OWNERS_ALONE] : [],
  };
}
