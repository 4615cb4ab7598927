import type { Actor } from "#core/actor.ts";
import type { Means } from "#modules/module.ts";
import { findForm } from "#modules/reference/index.ts";
import { textOf } from "./cell.ts";
import type { RowFinding } from "./finding.ts";
import { presentRow } from "./present.ts";
import { MAX_ROWS } from "./read-workbook.ts";
import type { RowView } from "./schema.ts";
import { cellsSeal, findJob, listRows } from "./store.ts";
import { writeWorkbook } from "./template.ts";
import { BAD } from "./workflow.ts";

const COLUMNS = [
  { title: "原表行号", width: 10 },
  { title: "结果", width: 14 },
  { title: "说明和办法", width: 56 },
  { title: "收件编号", width: 26 },
] as const;
const WORDS: Readonly<Record<RowFinding["severity"], string>> = {
  error: "须改正",
  block: "提交前须补",
  warn: "提醒",
  hint: "提示",
};

/**
 * The sheet back with what became of each row; `onlyBad`: only the rows to be mended, ready to be uploaded again once
 * they are. Made from what was read, not from the file that was sent: no formula and no link comes back.
 */
export async function writeResult(means: Means, actor: Actor, id: string, onlyBad: boolean): Promise<Buffer> {
  const job = await findJob(means.database, actor, id);
  const states = onlyBad ? BAD : undefined;
  const rows = await listRows(means.database, id, { states, limit: MAX_ROWS });
  return writeWorkbook(findForm(job.formId), {
    results: COLUMNS,
    rows: rows.map((row) => {
      const { cells } = cellsSeal.open(means.vault, row, row.cells);
      const view = presentRow(means, row);
      return {
        cells: Object.fromEntries(
          Object.entries(cells)
            .filter(([, cell]) => cell.type !== "error")
            .map(([key, cell]) => [key, textOf(cell)]),
        ),
        result: [String(row.sheetRow), view.state.label, told(view), view.filing?.receiptNumber ?? ""],
      };
    }),
  });
}

const told = ({ findings, filing }: RowView): string =>
  [
    ...findings.map(
      ({ severity, cell, column, message, fix }) =>
        `【${WORDS[severity]}】${[cell, column].filter(Boolean).join(" ")}${cell || column ? "：" : ""}${message}。${fix}`,
    ),
    ...(filing && !filing.receiptNumber ? [`草稿编号 ${filing.id}`] : []),
  ].join("\n");
