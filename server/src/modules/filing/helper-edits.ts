import type { Database } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import type { Help } from "./helper-access.ts";
import { type Alteration, removedOf, summed } from "./helper-change.ts";
import { holdHelper } from "./helper-session.ts";
import type { Filing } from "./model.ts";
import { problem } from "./problems.ts";
import { holdFiling, openText, sealText } from "./store.ts";

interface EditRow {
  readonly id: string;
  readonly helperId: string;
  readonly path: string;
  readonly alteration: Buffer;
  readonly at: Date;
  readonly confirmedAt: Date | null;
}
/** What a helper wrote at one place, as it came out of all they typed there. */
export interface HelperEdit extends Alteration {
  readonly helperId: string;
  readonly at: Date;
  readonly confirmed: boolean;
}

/** Writes down what a helper changed, place by place, with the change itself. */
export async function keepHelperEdits(
  work: Work,
  vault: Vault,
  filing: Filing,
  help: Help,
  alterations: readonly Alteration[],
): Promise<void> {
  if (alterations.length === 0) return;
  for (const { path, before, after } of alterations) {
    await work.change(
      "INSERT INTO filing_helper_edit (filing_id, helper_id, version, path, alteration, at) VALUES (?, ?, ?, ?, ?, ?)",
      [filing.id, help.id, filing.version, path, sealText(vault, filing, JSON.stringify({ before, after })), work.at],
    );
  }
  await work.emit({
    name: "filing.helper_edited",
    about: `filing:${filing.id}`,
    courtCode: filing.courtCode,
    filingId: String(filing.id),
    helperId: help.id,
    version: filing.version,
    paths: alterations.map(({ path }) => path),
  });
}

/** Whoever helps takes out only what helpers put in. Throws `helper.owner_only` otherwise. */
export async function keepWhatIsOwners(
  work: Work,
  vault: Vault,
  filing: Filing,
  alterations: readonly Alteration[],
): Promise<void> {
  const removed = removedOf(alterations);
  if (removed.length === 0) return;
  const rows = await work.query<Pick<EditRow, "path" | "alteration">>(
    "SELECT path, alteration FROM filing_helper_edit WHERE filing_id = ?",
    [filing.id],
  );
  const put = rows
    .filter(({ alteration }) => opened(vault, filing, alteration).before === null)
    .map(({ path }) => path);
  const errors = removed
    .filter((path) => !put.some((theirs) => path === theirs || path.startsWith(`${theirs}/`)))
    .map((pointer) => ({ pointer, code: "helper.owner_only", message: "当事人本人填写的，请由本人删除" }));
  if (errors.length > 0) throw problem("helper.owner_only", { errors });
}

/** Everything helpers wrote in a filing that was found for its owner; `through` is the newest that waits to be confirmed. */
export async function listHelperEdits(
  database: Database,
  vault: Vault,
  filing: { readonly id: string; readonly sealRef: string },
): Promise<{ edits: HelperEdit[]; through: string | null }> {
  const rows = await database.read<EditRow>(
    `SELECT id, helper_id AS helperId, path, alteration, at, confirmed_at AS confirmedAt
     FROM filing_helper_edit WHERE filing_id = ? ORDER BY id`,
    [filing.id],
  );
  const edits = rows.map(({ helperId, path, alteration, at, confirmedAt }) => ({
    ...opened(vault, filing, alteration),
    path,
    helperId: String(helperId),
    at,
    confirmed: confirmedAt !== null,
  }));
  const helpers = [...new Set(edits.map(({ helperId }) => helperId))];
  const groups = [false, true].flatMap((confirmed) =>
    helpers.map((helperId) => edits.filter((edit) => edit.confirmed === confirmed && edit.helperId === helperId)),
  );
  const newest = rows.findLast(({ confirmedAt }) => confirmedAt === null);
  return { edits: groups.flatMap((group) => summed(group)), through: newest ? String(newest.id) : null };
}

/** How many places helpers changed that the one who files has not looked at. */
export async function countUnconfirmed(database: Database, filingId: string): Promise<number> {
  const [row] = await database.read<{ places: string }>(
    "SELECT COUNT(DISTINCT path) AS places FROM filing_helper_edit WHERE filing_id = ? AND confirmed_at IS NULL",
    [filingId],
  );
  return Number(row?.places);
}

/**
 * The one who files has looked at what this helper wrote, as far as `through`: what came later they have not seen, and are
 * asked about again. Throws `filing.not_found`, `helper.not_found`.
 */
export async function confirmHelp(work: Work, filingId: string, helperId: string, through: string): Promise<void> {
  const filing = await holdFiling(work, filingId);
  const row = await holdHelper(work, filing.id, helperId);
  const edits = await work.change(
    "UPDATE filing_helper_edit SET confirmed_at = ? WHERE filing_id = ? AND helper_id = ? AND confirmed_at IS NULL AND id <= ?",
    [work.at, filing.id, row.id, through],
  );
  if (edits === 0) return;
  await work.emit({
    name: "filing.helper_confirmed",
    about: `filing:${filing.id}`,
    courtCode: filing.courtCode,
    filingId: String(filing.id),
    helperId: String(row.id),
    edits,
  });
}

function opened(vault: Vault, filing: { sealRef: string }, sealed: Buffer): { before: unknown; after: unknown } {
  return JSON.parse(openText(vault, filing, sealed)) as { before: unknown; after: unknown };
}
