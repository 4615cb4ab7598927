import { parentPort } from "node:worker_threads";
import {
  AlignmentType,
  Document,
  Footer,
  Header,
  ImageRun,
  Packer,
  PageNumber,
  Paragraph,
  type Table,
  TextRun,
} from "docx";
import QRCode from "qrcode";
import sharp from "sharp";
import { codeOf, formOf, table, tableOf } from "./docx-tables.ts";
import { A4, CM, centred, FONT, indented, type Look, plain, text } from "./docx-words.ts";
import type { Block, Paper } from "./paper.ts";
import type { Made, Numbered } from "./workshop.ts";

/** Runs in the thread of `print-docx.ts`. */
parentPort?.on("message", async ({ id, order }: Numbered<Paper>) => {
  const made = await draw(order).then(
    (file) => ({ file, error: "" }),
    (error: unknown) => ({ file: null, error: String(error) }),
  );
  parentPort?.postMessage({ id, ...made } satisfies Made);
});

async function draw(paper: Paper): Promise<Buffer> {
  const { title, subtitle, court, number, mark, author, compact, blocks, pictures = {} } = paper;
  const margin = Math.round((compact ? 2.2 : 2.7) * CM);
  const look: Look = { body: compact ? 21 : 28, small: compact ? 18 : 21, margin, width: A4.width - 2 * margin };
  const children = [
    ...(court === undefined ? [] : [centred(court, 32)]),
    centred(title, compact ? 36 : 44),
    ...(subtitle === undefined ? [] : [centred(subtitle, 28)]),
    ...(number === undefined ? [] : [plain(number, look.body, { alignment: AlignmentType.RIGHT })]),
    ...(await Promise.all(blocks.map((block, at) => drawn(block, look, pictures, blocks[at + 1]?.kind)))).flat(),
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
  next?: Block["kind"],
): Promise<(Paragraph | Table)[]> {
  switch (block.kind) {
    case "salutation":
      return [plain(block.text, look.body)];
    case "paragraph":
      return block.flush
        ? [plain(block.text, look.body, { keepNext: next === "signature" }, block.strong)]
        : indented(block.text, look, block.strong);
    case "heading":
      return indented(block.text, look, true);
    case "note":
      return [plain(block.text, look.small)];
    case "stamp":
    case "watermark":
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
    case "bilingual":
      return [
        table(
          look,
          [50, 50],
          [block.head, ...block.rows].map(({ text, translated }, at) => [
            text.split("\n").map((part) => plain(part, look.small, {}, at === 0)),
            translated.split("\n").map((part) => plain(part, look.small, { bidirectional: block.language === "ug" })),
          ]),
        ),
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
      keepNext: true,
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
