import { checkIdentityNumber, type IdentityCheck } from "#modules/reference/index.ts";
import { field, figure, match, type ReadField, type Run, sureness, textOf } from "./reading-text.ts";

/** Whatever the check says against a number, it is no surer than this. */
export const DOUBTFUL = 0.4;

/**
 * 公民身份号码: 18 figures with a check digit. A figure read twice is taken out where only one right number is left; the day
 * of birth on the card, where it was read, must be in it.
 */
export function readIdentityNumber(name: string, run: Run | null, again: Run | null, birth?: string): ReadField[] {
  if (run === null) return [];
  const bring = (one: Run) => [...textOf(one)].map((char) => (/x/i.test(char) ? "X" : figure(char))).join("");
  const day = birth?.replaceAll("-", "") ?? "";
  return checked(
    name,
    run,
    [run, ...(again ? [again] : [])],
    bring,
    (number) => checkIdentityNumber("resident_id", number),
    (number) => number.startsWith(day, 6),
  );
}

/** 统一社会信用代码: 18 of 31 characters, without I, O, S, V, Z. */
export function readUscc(name: string, run: Run | null, again: Run | null): ReadField[] {
  if (run === null) return [];
  const bring = (one: Run) => [...textOf(one).toUpperCase()].map((char) => UNUSED[char] ?? char).join("");
  return checked(name, run, [run, ...(again ? [again] : [])], bring, (number) => checkIdentityNumber("uscc", number));
}
const UNUSED: Readonly<Record<string, string>> = { O: "0", I: "1", "|": "1", "]": "1", "[": "1", S: "5", Z: "2" };

const RESTORED = "照片中有的位数可能重影，已按校验码还原，请逐位核对";

/** What was read, then what was read the second time: whichever the check character confirms. */
function checked(
  name: string,
  run: Run,
  runs: readonly Run[],
  bring: (run: Run) => string,
  check: (value: string) => IdentityCheck,
  fits: (value: string) => boolean = () => true,
): ReadField[] {
  const isRight = (value: string) => check(value).valid === true;
  const values = runs.map(bring);
  const right = runs.find((one) => isRight(bring(one)));
  if (right !== undefined)
    return field(name, right, { value: bring(right), confidence: Math.max(0.9, sureness(right)) });
  // The fewer characters too many, the fewer ways to take some out.
  for (const long of [...values].sort((a, b) => a.length - b.length)) {
    const [restored, other] = shortened(long).filter((value) => isRight(value) && fits(value));
    if (restored !== undefined && other === undefined)
      return field(name, run, { value: restored, confidence: 0.7, doubt: RESTORED });
  }
  const value = values.find(({ length }) => length === 18) ?? values[0] ?? "";
  const { reason = "号码不合规则，请核对" } = check(value);
  return field(name, run, {
    value,
    confidence: Math.min(DOUBTFUL, sureness(run)),
    doubt: `${reason}（可能是照片不清）`,
  });
}

/** What is left of 19 to 21 characters when as many are taken out as are too many. */
function shortened(value: string): string[] {
  if (value.length < 19 || value.length > 21) return [];
  let left = [value];
  while (left[0] !== undefined && left[0].length > 18)
    left = [...new Set(left.flatMap((one) => [...one].map((_, index) => one.slice(0, index) + one.slice(index + 1))))];
  return left;
}

const DAY = /(\d{4})[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?/;

/** A day as it is written on papers, as YYYY-MM-DD; null for none and for 2月30日. */
export function dayOf(text: string): string | null {
  const [, year, month, day] = DAY.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${written}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== written ? null : written;
}

/** The day in a run, with the characters it stands in. */
export function readDay(name: string, run: Run | null): ReadField[] {
  const found = run && match(run, DAY, 0);
  const value = found && dayOf(textOf(found));
  return value ? field(name, found, { value }) : [];
}
