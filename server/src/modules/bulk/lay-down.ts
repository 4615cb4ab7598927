import type { Work } from "#core/work.ts";
import type { ArchivedFile, Parts } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import type { Form } from "#modules/reference/index.ts";
import type { Cell } from "./cell.ts";
import { columnsOf } from "./columns.ts";
import { BulkRow } from "./model.ts";
import { EXAMPLE_WORD, lettersOf, MAX_ROWS, readWorkbook, type SheetRow } from "./read-workbook.ts";
import type { Letters, RowText } from "./row-cells.ts";
import { SheetUnreadable } from "./sheet-fault.ts";
import { archiveSeal, cellsSeal, holdJob, newSealRef } from "./store.ts";
import { markOf } from "./template.ts";

/** Longer than any field takes: cut there, the schema still says that it is too long. */
const MAX_TEXT = 20_100;
const MAX_ROW_TEXT = 120_000;
const ROWS_AT_ONCE = 50;

export interface LaidDown {
  readonly letters: Letters;
  readonly rows: readonly { readonly number: number; readonly text: RowText }[];
}

/** The cases of a sheet, by the keys of the form's columns. Throws `SheetUnreadable`. */
export async function layDown(parts: Parts, form: Form): Promise<LaidDown> {
  const { mark, keys, rows } = await readWorkbook(parts);
  if (keys.size === 0 || !mark.startsWith("sutong-bulk-")) throw new SheetUnreadable("no_keys");
  if (mark !== markOf(form)) throw new SheetUnreadable("other_form");
  const known = new Set(columnsOf(form).map(({ key }) => key));
  const named = [...keys.values()];
  if (named.some((key) => !known.has(key))) throw new SheetUnreadable("unknown_columns");
  if (new Set(named).size < named.length) throw new SheetUnreadable("twice");

  const cases = rows
    .filter(({ cells }) => !cells.get(0)?.text.trim().startsWith(EXAMPLE_WORD))
    .map((row) => ({ number: row.number, text: textOf(row, keys) }))
    .filter(({ text }) => Object.keys(text.cells).length > 0);
  if (cases.length === 0) throw new SheetUnreadable("empty");
  if (cases.length > MAX_ROWS) throw new SheetUnreadable("too_many");
  return { letters: Object.fromEntries([...keys].map(([column, key]) => [key, lettersOf(column)])), rows: cases };
}

function textOf({ cells, merged }: SheetRow, keys: ReadonlyMap<number, string>): RowText {
  const found: Record<string, Cell> = {};
  let total = 0;
  for (const [column, key] of keys) {
    const cell = cells.get(column);
    if (!cell) continue;
    const text = cell.text.slice(0, Math.min(MAX_TEXT, MAX_ROW_TEXT - total));
    total += text.length;
    // What is beyond a row's measure is not read, and the row says so.
    found[key] =
      text.length < cell.text.length && text.length < MAX_TEXT
        ? { ...cell, type: "error", text: "内容过长" }
        : { ...cell, text };
  }
  return { cells: found, merged };
}

/** Stores the rows and what the archive holds, once for a job. */
export async function keepRows(
  work: Work,
  { vault }: Pick<Means, "vault">,
  jobId: string,
  { letters, rows }: LaidDown,
  archive: readonly ArchivedFile[],
): Promise<void> {
  const job = await holdJob(work, jobId);
  if (job.state !== "validating" || job.readAt) return;
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    await BulkRow.bulkCreate(
      rows.slice(at, at + ROWS_AT_ONCE).map(({ number, text }) => {
        const sealRef = newSealRef();
        return {
          sealRef,
          jobId,
          accountId: job.accountId,
          sheetRow: number,
          state: "pending" as const,
          cells: cellsSeal.seal(vault, { sealRef }, text),
          updatedAt: work.at,
        };
      }),
      { transaction: work.tx },
    );
  }
  await job.update(
    {
      letters: JSON.stringify(letters),
      archive: archiveSeal.seal(vault, job, archive),
      rowCount: rows.length,
      readAt: work.at,
      updatedAt: work.at,
    },
    { transaction: work.tx },
  );
}
