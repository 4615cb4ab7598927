import {
  type Cell,
  choiceOf,
  choicesOf,
  dayOf,
  digitsOf,
  linesOf,
  moneyOf,
  numberOf,
  type Read,
  short,
  textOf,
  yesnoOf,
} from "./cell.ts";
import type { Column } from "./columns.ts";
import type { RowFinding } from "./finding.ts";

/** What stands in the cells of a row, by the keys of their columns: as it is stored. */
export interface RowText {
  readonly cells: Readonly<Record<string, Cell>>;
  /** Addresses of merged cells in this row. */
  readonly merged: readonly string[];
}
/** Key of a column → its letters in the sheet. */
export type Letters = Readonly<Record<string, string>>;

/** The cells of one row, asked for by key; whatever cannot be read is noted with its place and how to mend it. */
export class RowCells {
  readonly findings: RowFinding[] = [];
  readonly #cells: RowText["cells"];
  readonly #number: number;
  readonly #letters: Letters;
  readonly #columns: ReadonlyMap<string, Column>;

  constructor({ cells, merged }: RowText, number: number, letters: Letters, columns: readonly Column[]) {
    this.#cells = cells;
    this.#number = number;
    this.#letters = letters;
    this.#columns = new Map(columns.map((column) => [column.key, column]));
    for (const [key, cell] of Object.entries(cells)) this.#looked(key, cell);
    for (const cell of merged)
      this.findings.push({
        cell,
        column: null,
        severity: "error",
        code: "cell.merged",
        message: "这一格是合并单元格，不知道它属于哪一行",
        fix: "请取消合并，每行分别填写完整",
        basis: "",
      });
  }

  /** Null where the cell is empty, or holds what is no value. */
  cell(key: string): Cell | null {
    const cell = this.#cells[key];
    return cell && cell.type !== "error" && cell.formula !== "outside" && textOf(cell) !== "" ? cell : null;
  }

  has = (key: string): boolean => this.cell(key) !== null;
  text = (key: string): string => {
    const cell = this.cell(key);
    return cell ? textOf(cell) : "";
  };
  digits = (key: string): string => this.#read(key, digitsOf) ?? "";
  money = (key: string): number | null => this.#read(key, moneyOf);
  number = (key: string): string | null => this.#read(key, numberOf);
  day = (key: string): string | null => this.#read(key, dayOf);
  yesno = (key: string): boolean | null => this.#read(key, yesnoOf);
  lines = (key: string): string[][] => {
    const cell = this.cell(key);
    return cell ? linesOf(cell) : [];
  };
  choice = (key: string): string | null =>
    this.#read(key, (cell) => choiceOf(cell, this.#columns.get(key)?.options ?? []));
  choices = (key: string): string[] =>
    this.#read(key, (cell) => choicesOf(cell, this.#columns.get(key)?.options ?? [])) ?? [];
  /** The code of an option's words. */
  coded<T extends string>(key: string, words: Readonly<Record<string, string>>): T | null {
    const word = this.choice(key);
    return word === null ? null : ((words[word] as T | undefined) ?? null);
  }

  /** Notes what is wrong in a cell. */
  note(
    key: string,
    message: string,
    fix: string,
    severity: RowFinding["severity"] = "error",
    code = "cell.wrong",
  ): void {
    this.findings.push({ ...this.placeOf(key), severity, code, message, fix, basis: "" });
  }

  placeOf(key: string): { cell: string | null; column: string | null } {
    const letters = this.#letters[key];
    return {
      cell: this.#cells[key]?.at ?? (letters ? `${letters}${this.#number}` : null),
      column: this.#columns.get(key)?.title ?? null,
    };
  }

  #read<T>(key: string, read: (cell: Cell) => Read<T>): T | null {
    const cell = this.cell(key);
    if (!cell) return null;
    const result = read(cell);
    if ("value" in result) return result.value;
    this.note(key, result.wrong, result.fix);
    return null;
  }

  #looked(key: string, cell: Cell): void {
    const asValue = "请复制这一格，用“选择性粘贴—数值”粘贴回来，再核对内容";
    if (cell.type === "error") this.note(key, `这一格显示为错误“${short(cell.text)}”`, asValue);
    else if (cell.formula === "outside") this.note(key, "这一格引用了其他文件或网络内容，不能读取", asValue);
    else if (cell.formula === "own" && cell.text.trim() === "") this.note(key, "这一格是公式，没有保存结果", asValue);
    else if (cell.formula === "own")
      this.note(
        key,
        `这一格是公式，已按保存的结果“${short(textOf(cell))}”读取`,
        "请核对；不放心的，用“选择性粘贴—数值”改成固定内容",
        "warn",
        "cell.formula",
      );
  }
}
