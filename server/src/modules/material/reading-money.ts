const FIGURES = new Map([..."零壹贰叁肆伍陆柒捌玖"].map((char, value) => [char, value] as const));
const PLAIN = new Map([..."〇一二三四五六七八九"].map((char, value) => [char, value] as const));
const OTHERS = new Map([
  ["两", 2],
  ["貳", 2],
  ["弍", 2],
  // What readers of pictures take for the usual ones.
  ["参", 3],
  ["沫", 7],
  ["抽", 8],
  ["喜", 1],
]);
const PLACES = new Map([
  ["拾", 10],
  ["十", 10],
  ["佰", 100],
  ["百", 100],
  ["仟", 1000],
  ["千", 1000],
  ["抬", 10],
  ["什", 1000],
]);
const SECTIONS = new Map([
  ["万", 10_000],
  ["亿", 100_000_000],
]);

/** An amount in Chinese capitals as fen: 贰拾伍万元整 is 25000000. Null for what is no such amount. */
export function fenOfCapitals(text: string): number | null {
  const [, whole = "", jiao, fen] = /^(.+?)[元圆](?:零?(.)角)?(?:零?(.)分)?[整正]?$/u.exec(text) ?? [];
  const yuan = integerOf(whole);
  const tenths = jiao === undefined ? 0 : figureOf(jiao);
  const hundredths = fen === undefined ? 0 : figureOf(fen);
  if (yuan === null || tenths === null || hundredths === null) return null;
  const sum = yuan * 100 + tenths * 10 + hundredths;
  return Number.isSafeInteger(sum) && sum > 0 ? sum : null;
}

/** 250,000.00 as fen; null for what is no amount. */
export function fenOfFigures(text: string): number | null {
  const [, yuan = "", rest = ""] = /^(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  if (yuan === "") return null;
  const sum = Number(yuan.replaceAll(",", "")) * 100 + Number(rest.padEnd(2, "0"));
  return Number.isSafeInteger(sum) && sum > 0 ? sum : null;
}

/** Yuan with two places, as forms take them. */
export const yuanOf = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;

function figureOf(char: string): number | null {
  return FIGURES.get(char) ?? PLAIN.get(char) ?? OTHERS.get(char) ?? null;
}

function integerOf(text: string): number | null {
  let [sum, section, figure] = [0, 0, 0];
  for (const char of text) {
    const value = figureOf(char);
    const place = PLACES.get(char);
    const unit = SECTIONS.get(char);
    if (value !== null) figure = value;
    else if (place !== undefined) {
      section += (figure === 0 ? 1 : figure) * place;
      figure = 0;
    } else if (unit !== undefined) {
      sum = unit === 100_000_000 ? (sum + section + figure) * unit : sum + (section + figure) * unit;
      [section, figure] = [0, 0];
    } else return null;
  }
  return sum + section + figure;
}
