import { fenOfCapitals, fenOfFigures, yuanOf } from "./reading-money.ts";
import { DOUBTFUL, readDay } from "./reading-numbers.ts";
import { field, match, type ReadField, type Row, type Run, sureness, textOf } from "./reading-text.ts";

const PERSON = "[\\p{Script=Han}·]{2,4}?";
const LENDERS = [
  new RegExp(`(?:出借人|债权人)(?:\\([^)]*\\))?:?(${PERSON})(?=[^\\p{Script=Han}·]|身份|借款|$)`, "u"),
  new RegExp(`(?:今(?:借到?|欠到?|收到|向|从)|借到|欠到|收到|向)(${PERSON})(?:人民币|现金|借|¥|\\d)`, "u"),
  new RegExp(`今.{1,2}?(${PERSON})人民币`, "u"),
];
const BORROWER = new RegExp(
  `(?:借款人|欠款人|债务人|立据人|今借人|今欠人)(?:\\([^)]*\\))?[:;,.。]?(${PERSON})(?=[^\\p{Script=Han}·]|身份|电话|日期|$)`,
  "u",
);
/** All that stands before 元, not only what can be understood of it: half an amount is another amount. */
const CAPITALS =
  /(?:人民币|大写\)?:?|¥)([\p{Script=Han}]{1,20}?[元圆](?:零?\p{Script=Han}角)?(?:零?\p{Script=Han}分)?[整正]?)/u;
const FIGURES = /(?:[¥(]|小写:?|人民币)?(\d[\d,]*(?:\.\d{1,2})?)元/u;
const DUE = /(\d{4}年\d{1,2}月\d{1,2}日)(?=[之以]?前|止|到期|归还|还清|偿还|一次)/u;
const INTEREST =
  /((?:年|月|日)?(?:利率|息)(?:为|按|是)?:?\d+(?:\.\d+)?(?:%|分|厘)|不计利息|无利息|无息|月息[一二三四五六七八九十]+[分厘])/u;

/** 借条, 借据, 欠条. Only print can be read: what is written by hand comes out as nothing, or with little confidence. */
export function readNote(lines: readonly Row[]): ReadField[] {
  const rows = lines.map(({ run }) => run);
  const all = rows.flat();
  const lender = LENDERS.map((pattern) => match(all, pattern)).find(Boolean) ?? null;
  // On its own line: a name is not to run on into the next.
  const borrower = rows.map((row) => match(row, BORROWER)).find(Boolean) ?? null;
  const due = match(all, DUE);
  return [
    ...field("lender", lender),
    ...field("borrower", borrower),
    ...readAmount(all),
    ...readSigned(rows, due),
    ...readDay("dueDate", due),
    ...readInterest(match(all, INTEREST)),
  ];
}

/** A rate beyond four times any market rate is more often a figure read wrongly. */
function readInterest(run: Run | null): ReadField[] {
  if (run === null) return [];
  const [, rate] = /(\d+(?:\.\d+)?)%/.exec(textOf(run)) ?? [];
  const most = textOf(run).startsWith("年") ? 36 : 3;
  const doubt = rate !== undefined && Number(rate) > most ? "利率异常，可能是照片不清，请核对" : null;
  return field("interest", run, { doubt, ...(doubt ? { confidence: DOUBTFUL } : {}) });
}

/** Written twice, in figures and in capitals: one vouches for the other. */
function readAmount(all: Run): ReadField[] {
  const words = match(all, CAPITALS);
  const figures = match(all, FIGURES);
  const byWords = words && fenOfCapitals(textOf(words));
  const byFigures = figures && fenOfFigures(textOf(figures));
  if (words && figures && byWords && byFigures) {
    if (byWords === byFigures)
      return field("amount", [...words, ...figures], { value: yuanOf(byWords), confidence: 0.97 });
    const doubt = `大写是 ${yuanOf(byWords)} 元，数字是 ${yuanOf(byFigures)} 元，两者不一致，请核对`;
    return field("amount", [...words, ...figures], { value: yuanOf(byFigures), confidence: 0.3, doubt });
  }
  const [run, fen] = byWords ? [words, byWords] : [figures, byFigures];
  if (!run || !fen) return [];
  const doubt = byWords ? "没有读到数字金额，请与大写核对" : "没有读到大写金额，请与数字核对";
  return field("amount", run, { value: yuanOf(fen), confidence: Math.min(0.75, sureness(run)), doubt });
}

/** The day of signing stands below the text, on a line of its own; else it is the day that is not the due one. */
function readSigned(rows: readonly Run[], due: Run | null): ReadField[] {
  const last = rows.findLast((row) => /\d{4}年\d{1,2}月\d{1,2}日?/.test(textOf(row)));
  if (last === undefined || (due !== null && last.includes(due[0] as Run[number]))) return [];
  return readDay("date", last);
}
