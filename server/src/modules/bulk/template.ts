import type ExcelJS from "exceljs";
import type { Form } from "#modules/reference/index.ts";
import { type Column, columnsOf } from "./columns.ts";
import { writeGuide } from "./guide.ts";
import { EXAMPLE_WORD, HEAD_ROWS, lettersOf, MAX_ROWS, SHEET_NAME } from "./read-workbook.ts";

/** In A1 of the hidden row: what the sheet is, and for which form. */
export const markOf = (form: Form): string => `sutong-bulk-1 ${form.id}`;
export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A case that is written into a sheet: the text of its cells by key, with what was said of it. */
export interface WrittenRow {
  readonly cells: Readonly<Record<string, string>>;
  readonly result?: readonly string[];
}
export interface Written {
  /** Headings of columns that say how each row ended; they stand in front and are not read back. */
  readonly results?: readonly { readonly title: string; readonly width: number }[];
  readonly rows?: readonly WrittenRow[];
}

const LISTS = "选项";
const GREY = "FFF1EFE9";
const BLUE = "FF1F4E8C";
const SOFT = "FFE9F0F8";

/** The sheet of one form, empty but for an example row, or with rows and what became of them. */
export async function writeWorkbook(form: Form, { results = [], rows }: Written = {}): Promise<Buffer> {
  // Loaded when a sheet is asked for: nothing else takes so long at the start.
  const { Workbook } = (await import("exceljs")).default;
  const book = new Workbook();
  book.creator = "诉通";
  writeGuide(book.addWorksheet("说明"), form);
  const sheet = book.addWorksheet(SHEET_NAME, {
    views: [{ state: "frozen", xSplit: 1 + results.length + 1, ySplit: HEAD_ROWS, zoomScale: 90 }],
  });
  const lists = book.addWorksheet(LISTS, { state: "hidden" });
  const columns = columnsOf(form);
  const first = 2 + results.length;

  sheet.getColumn(1).width = 8;
  results.forEach(({ width }, at) => {
    sheet.getColumn(2 + at).width = width;
  });
  columns.forEach((column, at) => {
    sheet.getColumn(first + at).width = widthOf(column);
    // Numbers of documents stay text, whatever is typed.
    if (column.kind !== "money") sheet.getColumn(first + at).numFmt = "@";
  });
  writeHead(
    sheet,
    form,
    columns,
    results.map(({ title }) => title),
  );
  if (!rows) writeRow(sheet, HEAD_ROWS + 1, EXAMPLE_WORD, [], columns, exampleOf(columns), first);
  rows?.forEach((row, at) => {
    writeRow(sheet, HEAD_ROWS + 1 + at, "", row.result ?? [], columns, row.cells, first);
  });
  columns.forEach((column, at) => {
    if (column.options && column.kind !== "choices") addList(sheet, lists, first + at, column, column.options);
    if (column.kind === "yesno") addList(sheet, lists, first + at, column, ["是", "否"]);
  });
  return Buffer.from(await book.xlsx.writeBuffer());
}

const exampleOf = (columns: readonly Column[]): Record<string, string> =>
  Object.fromEntries(columns.map(({ key, example = "" }) => [key, example]));

function writeHead(sheet: ExcelJS.Worksheet, form: Form, columns: readonly Column[], results: readonly string[]): void {
  const blank = results.map(() => "");
  sheet.getRow(1).values = [markOf(form), ...blank, ...columns.map(({ key }) => key)];
  sheet.getRow(1).hidden = true;
  sheet.getRow(2).values = [
    "",
    ...blank,
    ...columns.map(({ group }, at) => (columns[at - 1]?.group === group ? "" : group)),
  ];
  sheet.getRow(3).values = [
    "标记",
    ...results,
    ...columns.map(({ title, required }) => (required ? `*${title}` : title)),
  ];
  sheet.getRow(4).values = ["写“示例”的行不读取", ...blank, ...columns.map(({ hint }) => hint)];
  sheet.getRow(2).height = 20;
  sheet.getRow(3).height = 34;
  sheet.getRow(4).height = 64;
  for (let at = 1; at <= 1 + results.length + columns.length; at += 1) {
    const isRequired = columns[at - 2 - results.length]?.required === true;
    paint(sheet.getCell(2, at), BLUE, { bold: true, color: { argb: "FFFFFFFF" }, size: 11 });
    paint(sheet.getCell(3, at), SOFT, { bold: true, color: { argb: isRequired ? "FFA8322A" : "FF173B6B" }, size: 11 });
    paint(sheet.getCell(4, at), GREY, { color: { argb: "FF566170" }, size: 9 });
    for (const row of [3, 4]) sheet.getCell(row, at).alignment = { wrapText: true, vertical: "top" };
  }
}

function writeRow(
  sheet: ExcelJS.Worksheet,
  number: number,
  mark: string,
  result: readonly string[],
  columns: readonly Column[],
  cells: Readonly<Record<string, string>>,
  first: number,
): void {
  const row = sheet.getRow(number);
  if (mark) row.getCell(1).value = mark;
  result.forEach((text, at) => {
    row.getCell(2 + at).value = text;
    row.getCell(2 + at).alignment = { wrapText: true, vertical: "top" };
  });
  columns.forEach(({ key }, at) => {
    const text = cells[key] ?? "";
    if (text === "") return;
    const cell = row.getCell(first + at);
    // Text, always: a value that begins with = or + must not become a formula in somebody's Excel.
    cell.value = text;
    cell.numFmt = "@";
    cell.alignment = { wrapText: text.includes("\n"), vertical: "top" };
    if (mark) cell.font = { italic: true, color: { argb: "FF8B929B" } };
  });
}

/** A drop-down list; its options stand on a sheet of their own, as lists in a cell may not be long or hold commas. */
function addList(
  sheet: ExcelJS.Worksheet,
  lists: ExcelJS.Worksheet,
  at: number,
  column: Column,
  options: readonly string[],
): void {
  const place = lists.columnCount + 1;
  lists.getColumn(place).values = [column.key, ...options];
  const letters = lettersOf(place - 1);
  const formula = `'${LISTS}'!$${letters}$2:$${letters}$${options.length + 1}`;
  const range = `${lettersOf(at - 1)}${HEAD_ROWS + 1}:${lettersOf(at - 1)}${HEAD_ROWS + 1 + MAX_ROWS}`;
  // One rule for the whole column; the library's types know single cells only.
  const { dataValidations } = sheet as unknown as {
    dataValidations: { add(range: string, rule: ExcelJS.DataValidation): void };
  };
  dataValidations.add(range, {
    type: "list",
    allowBlank: true,
    formulae: [formula],
    showErrorMessage: true,
    errorStyle: "warning",
    errorTitle: "请从列表选择",
    error: "不在列表中的内容上传后会被列为需要改正。",
  });
}

function paint(cell: ExcelJS.Cell, argb: string, font: Partial<ExcelJS.Font>): void {
  cell.fill = { type: "pattern", pattern: "solid", fgColor: { argb } };
  cell.font = font;
}

function widthOf({ kind, title }: Column): number {
  if (kind === "prose" || kind === "lines" || kind === "files" || kind === "table") return 36;
  if (kind === "digits" || kind === "choices") return 22;
  return Math.max(14, Math.min(28, title.length * 1.8));
}
