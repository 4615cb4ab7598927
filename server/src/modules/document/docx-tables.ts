import {
  AlignmentType,
  BorderStyle,
  ImageRun,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType,
} from "docx";
import { type Look, plain, text } from "./docx-words.ts";
import type { Block, FormRow, Line } from "./paper.ts";

const LINES_TOGETHER = 12;
const BORDER = { style: BorderStyle.SINGLE, size: 5, color: "000000" };
const BORDERS = {
  top: BORDER,
  bottom: BORDER,
  left: BORDER,
  right: BORDER,
  insideHorizontal: BORDER,
  insideVertical: BORDER,
};

interface Cell {
  readonly span?: number;
  readonly shade?: boolean;
  readonly children: readonly Paragraph[];
}
type CellLike = Cell | readonly Paragraph[];

/** A table over the whole width; `shares` are the columns' parts of it. */
export function table(
  { width }: Look,
  shares: readonly number[],
  rows: readonly (readonly CellLike[])[],
  head = 0,
): Table {
  const all = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => Math.round((share / all) * width));
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: BORDERS,
    rows: rows.map((cells, row) => {
      let column = 0;
      return new TableRow({
        tableHeader: row < head,
        // A short row stays on one page; only what is long may go on over the next.
        cantSplit: cells.flatMap((cell) => ("children" in cell ? cell.children : cell)).length <= LINES_TOGETHER,
        children: cells.map((given) => {
          const cell: Cell = "children" in given ? given : { children: given };
          const span = cell.span ?? 1;
          const size = widths.slice(column, column + span).reduce((sum, part) => sum + part, 0);
          column += span;
          return new TableCell({
            width: { size, type: WidthType.DXA },
            columnSpan: span,
            verticalAlign: VerticalAlign.CENTER,
            margins: { top: 50, bottom: 50, left: 100, right: 100 },
            ...(cell.shade ? { shading: { fill: "ECECEC" } } : {}),
            children: cell.children,
          });
        }),
      });
    }),
  });
}

const SIDES = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const;

export function tableOf(block: Extract<Block, { kind: "table" }>, look: Look): Table {
  const cell = (value: string, side: keyof typeof SIDES, bold = false): Paragraph[] => [
    plain(value, look.small, { alignment: SIDES[side] }, bold),
  ];
  const least = Math.min(...block.widths.filter((width) => width > 0));
  return table(
    look,
    block.widths.map((width) => (width === 0 ? Math.max(least / 2, 1) : width)),
    [
      block.head.map((word) => cell(word, "center", true)),
      ...block.rows.map((row) => row.map((value, at) => cell(value, block.align[at] ?? "left"))),
      ...(block.foot.length === 0
        ? []
        : [block.foot.map((part) => ({ span: part.span, children: cell(part.text, part.align, true) }))]),
    ],
    1,
  );
}

const lineOf = (line: Line, size: number): Paragraph => {
  if (typeof line === "string") return plain(line, size);
  const label = line.label ? [...text(`${line.label}：`, size)] : [];
  return new Paragraph({
    spacing: { after: 60, line: 300 },
    children: [...label, ...text(line.text, size, line.strong)],
  });
};
const linesOf = (lines: readonly Line[], size: number): Paragraph[] =>
  lines.length === 0 ? [plain("", size)] : lines.map((line) => lineOf(line, size));

export function codeOf(block: Extract<Block, { kind: "code" }>, look: Look, png: Buffer): Table {
  return table(
    look,
    [75, 25],
    [
      [
        linesOf(block.lines, look.small),
        [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            children: [
              new ImageRun({
                type: "png",
                data: png,
                transformation: { width: 100, height: 100 },
                altText: { name: "code", title: block.caption, description: block.caption },
              }),
            ],
          }),
          plain(block.caption, 16, { alignment: AlignmentType.CENTER }),
        ],
      ],
    ],
  );
}

export function formOf(rows: readonly FormRow[], look: Look): Table {
  return table(
    look,
    [27, 73],
    rows.map((row): CellLike[] => {
      if ("band" in row)
        return [
          {
            span: 2,
            shade: true,
            children: [
              plain(row.band, 24, { alignment: AlignmentType.CENTER, keepNext: true }, true),
              ...(row.hint === undefined
                ? []
                : [plain(row.hint, 18, { alignment: AlignmentType.CENTER, keepNext: true })]),
            ],
          },
        ];
      if ("wide" in row) return [{ span: 2, children: linesOf(row.wide, look.body) }];
      return [[plain(row.label, look.body)], linesOf(row.lines, look.body)];
    }),
  );
}
