import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  ImageRun,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from "docx";
import QRCode from "qrcode";
import sharp from "sharp";
import type { Block, FormRow, Line, Paper } from "./paper.ts";
import { cleaned } from "./print-pdf.ts";

/** Twentieths of a point, as DOCX counts: A4, its margins, and the width left for text. */
const A4 = { width: 11_906, height: 16_838 };
const CM = 567;

/** Type sizes in half points, and margins, of one kind of paper. */
interface Look {
  readonly body: number;
  readonly small: number;
  readonly margin: number;
  readonly width: number;
}

/** The paper as DOCX, with the same texts as the PDF; the typefaces are those every office in China has. */
export async function printDocx(paper: Paper): Promise<Buffer> {
  const { title, subtitle, court, number, mark, author, compact, blocks, pictures = {} } = cleaned(paper);
  const margin = Math.round((compact ? 2.2 : 2.7) * CM);
  const look: Look = { body: compact ? 21 : 28, small: compact ? 18 : 21, margin, width: A4.width - 2 * margin };
  const children = [
    ...(court === undefined ? [] : [centred(court, 32)]),
    centred(title, compact ? 36 : 44),
    ...(subtitle === undefined ? [] : [centred(subtitle, 28)]),
    ...(number === undefined ? [] : [plain(number, look.body, { alignment: AlignmentType.RIGHT })]),
    ...(await Promise.all(blocks.map((block) => drawn(block, look, pictures)))).flat(),
  ];
  const file = new Document({
    title,
    creator: author,
    lastModifiedBy: author,
    styles: { default: { document: { run: { size: look.body, font: FONT, language: { eastAsia: "zh-CN" } } } } },
    sections: [
      {
        properties: {
          page: { size: A4, margin: { top: margin, bottom: margin, left: margin, right: margin } },
        },
        ...(mark === undefined
          ? {}
          : { headers: { default: new Header({ children: [plain(mark, 18, { alignment: AlignmentType.RIGHT })] }) } }),
        footers: { default: new Footer({ children: [pageNumber()] }) },
        children,
      },
    ],
  });
  return Packer.toBuffer(file);
}

const FONT = { ascii: "Times New Roman", hAnsi: "Times New Roman", eastAsia: "宋体", cs: "Times New Roman" };

type Shape = ConstructorParameters<typeof Paragraph>[0] & object;

const text = (value: string, size: number, bold = false): ParagraphChild[] =>
  value.split("\n").flatMap((part, at) => [new TextRun({ text: part, size, bold, ...(at > 0 ? { break: 1 } : {}) })]);
const plain = (value: string, size: number, shape: Shape = {}, bold = false): Paragraph =>
  new Paragraph({ spacing: { after: 60, line: 320 }, ...shape, children: text(value, size, bold) });
const centred = (value: string, size: number): Paragraph =>
  plain(value, size, { alignment: AlignmentType.CENTER, spacing: { before: 60, after: 120 } }, true);
/** Two characters in, as Chinese paragraphs begin. */
const indented = (value: string, { body }: Look, bold = false): Paragraph[] =>
  value.split("\n").map((part) => plain(part, body, { indent: { firstLine: body * 20 } }, bold));

function pageNumber(): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [
      new TextRun({ size: 20, children: ["第 ", PageNumber.CURRENT, " 页 共 ", PageNumber.TOTAL_PAGES, " 页"] }),
    ],
  });
}

async function drawn(
  block: Block,
  look: Look,
  pictures: Readonly<Record<string, Buffer>>,
): Promise<(Paragraph | Table)[]> {
  switch (block.kind) {
    case "salutation":
      return [plain(block.text, look.body)];
    case "paragraph":
      return block.flush ? [plain(block.text, look.body, {}, block.strong)] : indented(block.text, look, block.strong);
    case "heading":
      return indented(block.text, look, true);
    case "note":
      return [plain(block.text, look.small)];
    case "stamp":
      return [];
    case "facts":
      return [
        table(
          look,
          [22, 78],
          block.rows.map(([label, value]) => [
            [plain(label, look.small, { alignment: AlignmentType.CENTER })],
            [plain(value, look.small, {}, block.strong.includes(label))],
          ]),
        ),
      ];
    case "table":
      return [tableOf(block, look)];
    case "code":
      return [
        codeOf(block, look, await QRCode.toBuffer(block.content, { errorCorrectionLevel: "M", margin: 1, width: 300 })),
      ];
    case "form":
      return [formOf(block.rows, look)];
    case "signature": {
      const picture = block.picture === null ? undefined : pictures[block.picture];
      return signatureOf(block, look, picture === undefined ? undefined : await fitted(picture));
    }
    case "closing":
      return block.lines.map((line, at) =>
        plain(line, look.body, { alignment: AlignmentType.RIGHT, spacing: { before: at === 0 ? 480 : 0, after: 60 } }),
      );
  }
}

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
function table({ width }: Look, shares: readonly number[], rows: readonly (readonly CellLike[])[], head = 0): Table {
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

function tableOf(block: Extract<Block, { kind: "table" }>, look: Look): Table {
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
    spacing: { after: 60, line: 320 },
    children: [...label, ...text(line.text, size, line.strong)],
  });
};
const linesOf = (lines: readonly Line[], size: number): Paragraph[] =>
  lines.length === 0 ? [plain("", size)] : lines.map((line) => lineOf(line, size));

function codeOf(block: Extract<Block, { kind: "code" }>, look: Look, png: Buffer): Table {
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

function formOf(rows: readonly FormRow[], look: Look): Table {
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

interface Fitted {
  readonly data: Buffer;
  readonly type: "png" | "jpg";
  readonly transformation: { readonly width: number; readonly height: number };
}

/** A signature at most 160 by 64 pixels, in its own proportions. */
async function fitted(data: Buffer): Promise<Fitted> {
  const { width, height, format } = await sharp(data).metadata();
  const scale = Math.min(160 / width, 64 / height);
  return {
    data,
    type: format === "png" ? "png" : "jpg",
    transformation: { width: Math.round(width * scale), height: Math.round(height * scale) },
  };
}

function signatureOf(
  block: Extract<Block, { kind: "signature" }>,
  look: Look,
  picture: Fitted | undefined,
): Paragraph[] {
  const shape = { alignment: AlignmentType.RIGHT, spacing: { before: 240, after: 60 } };
  return [
    new Paragraph({
      ...shape,
      children: [
        ...text(`${block.label}：`, look.body, true),
        ...(picture === undefined
          ? text("　　　　　　　", look.body)
          : [
              new ImageRun({
                ...picture,
                altText: { name: "signature", title: block.label, description: block.label },
              }),
            ]),
      ],
    }),
    new Paragraph({ ...shape, children: [...text("日期：", look.body, true), ...text(block.date, look.body)] }),
  ];
}
