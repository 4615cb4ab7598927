import { readUscc } from "./reading-numbers.ts";
import { field, match, type ReadField, type Row, type Run, textOf, untilGap } from "./reading-text.ts";

/** The words in the left column; the reader drops and adds marks between their characters. */
const LABELS = {
  name: /^.{0,2}?名.{0,2}称/u,
  type: /^.{0,2}?类.{0,2}型/u,
  legalRepresentative: /^.{0,2}?(?:法定代表人|负责人|经营者|投资人|执行事务合伙人)/u,
  address: /^.{0,2}?(?:住.{0,2}所|经营场所|营业场所|主要经营场所)/u,
} as const;
const ANY_LABEL =
  /^.{0,2}?(?:名.{0,2}称|类.{0,2}型|法定代表人|负责人|经营者|投资人|注册资本|成立日期|营业期限|住.{0,2}所|经营场所|营业场所|经营范围|登记机关|统一社会)/u;

/** 营业执照: a column of words on the left, what they stand for on the right. */
export function readLicence(lines: readonly Row[]): ReadField[] {
  const rows = lines.map(({ run }) => run);
  const codes = lines.map(({ run, again }) => ({ run: match(run, /([0-9A-Za-z|\]]{16,21})/), again }));
  const code = codes.find(({ run }) => run !== null);
  return [
    ...(Object.keys(LABELS) as (keyof typeof LABELS)[]).flatMap((name) => readLabelled(rows, name)),
    ...readUscc("uscc", code?.run ?? null, code?.again ?? null),
  ];
}

function readLabelled(rows: readonly Run[], name: keyof typeof LABELS): ReadField[] {
  const pattern = LABELS[name];
  const at = rows.findIndex((row) => pattern.test(textOf(row)));
  const row = rows[at];
  if (row === undefined) return [];
  const first = match(row, new RegExp(`${pattern.source}[^\\p{Script=Han}\\dA-Za-z]*(.*)$`, "u"));
  if (!first?.[0]) return [];
  const edge = first[0].box.left - 1.5 * first[0].box.width;
  const lines: Run[] = [untilGap(first, 3)];
  for (const next of rows.slice(at + 1)) {
    if (ANY_LABEL.test(textOf(next)) || (next[0]?.box.left ?? 0) < edge || lines.length > 3) break;
    lines.push(untilGap(next, 3));
  }
  // Only an address runs on over lines of any length; a person's name never does.
  const run = (name === "legalRepresentative" ? (lines[0] as Run) : lines.flat()).filter(
    ({ char }) => !/["“”|]/.test(char),
  );
  const value = textOf(run).replaceAll("(", "（").replaceAll(")", "）");
  return field(name, run, { value });
}
