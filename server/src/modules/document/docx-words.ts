import { AlignmentType, Paragraph, type ParagraphChild, TextRun } from "docx";

/** Twentieths of a point, as DOCX counts: A4, its margins, and the width left for text. */
export const A4 = { width: 11_906, height: 16_838 };
export const CM = 567;

/** Type sizes in half points, and margins, of one kind of paper. */
export interface Look {
  readonly body: number;
  readonly small: number;
  readonly margin: number;
  readonly width: number;
}

export const FONT = { ascii: "Times New Roman", hAnsi: "Times New Roman", eastAsia: "宋体", cs: "Times New Roman" };

type Shape = ConstructorParameters<typeof Paragraph>[0] & object;

export const text = (value: string, size: number, bold = false): ParagraphChild[] =>
  value.split("\n").flatMap((part, at) => [new TextRun({ text: part, size, bold, ...(at > 0 ? { break: 1 } : {}) })]);
export const plain = (value: string, size: number, shape: Shape = {}, bold = false): Paragraph =>
  new Paragraph({ spacing: { after: 60, line: 300 }, ...shape, children: text(value, size, bold) });
export const centred = (value: string, size: number): Paragraph =>
  plain(value, size, { alignment: AlignmentType.CENTER, spacing: { before: 60, after: 120 } }, true);
/** Two characters in, as Chinese paragraphs begin. */
export const indented = (value: string, { body }: Look, bold = false): Paragraph[] =>
  value.split("\n").map((part) => plain(part, body, { indent: { firstLine: body * 20 } }, bold));
