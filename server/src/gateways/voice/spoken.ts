const FIGURES = [..."零一二三四五六七八九"];
const PLACES = ["", "十", "百", "千"];
const MYRIADS = ["", "万", "亿", "兆"];

type Rule = readonly [written: RegExp, said: (...found: string[]) => string];

/** How a written sign is said, in this order: what an earlier line has put into words, no later one sees. */
const RULES: readonly Rule[] = [
  // （2026）鲁0102民初1号
  [
    /[（(](\d{4})[）)](\p{Script=Han}{1,2})(\d*)(\p{Script=Han}{1,6})(\d+)(?=号|之)/gu,
    (_, year = "", place = "", court = "", kind = "", number = "") =>
      `${oneByOne(year)}，${place}${oneByOne(court)}${kind}${number.length > 5 ? oneByOne(number) : whole(number)}`,
  ],
  [/(?<=[\d年月日])\s?[–—~～]+\s?(?=\d)/g, () => "到"],
  // 2025-03-01, 2025/3/1, 2025.3.1, and the time that may follow
  [
    /(?<!\d)((?:19|20)\d\d)([-/.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)T?/g,
    (_, year = "", _between, month = "", day = "") => `${oneByOne(year)}年${whole(month)}月${whole(day)}日`,
  ],
  [/(?<!\d)((?:19|20)\d\d)(?=\s?年)/g, (_, year = "") => oneByOne(year)],
  [
    /(?<![\d:])([01]?\d|2[0-3])[:：]([0-5]\d)(?:[:：][0-5]\d)?(?![\d:])/g,
    (_, hour = "", minute = "") =>
      `${whole(hour)}点${minute === "00" ? "" : `${minute[0] === "0" ? "零" : ""}${whole(minute)}分`}`,
  ],
  // ¥12,000.50, 1,150.00 元, 1.5 万元
  [
    /([-−]?)[¥￥]\s?(\d[\d,]*(?:\.\d+)?)\s?([万亿]?)元?/g,
    (_, minus = "", number = "", unit = "") => `${minus ? "负" : ""}${money(number, unit)}`,
  ],
  [
    /([-−]?)(?<![\d.])(\d[\d,]*\.\d{2})\s?元/g,
    (_, minus = "", number = "") => `${minus ? "负" : ""}${money(number, "")}`,
  ],
  [/(\d[\d,]*(?:\.\d+)?)\s?%/g, (_, number = "") => `百分之${decimal(number)}`],
  [/(\d[\d,]*(?:\.\d+)?)\s?‰/g, (_, number = "") => `千分之${decimal(number)}`],
  [
    /§\s?(\d+)(?:之(\d+))?/g,
    (_, article = "", after = "") => `第${whole(article)}条${after ? `之${whole(after)}` : ""}`,
  ],
  // What was hidden of a name or a number.
  [/(?<=\p{Script=Han})\*+/gu, () => "某"],
  [/(\d+)\*+(\d+)/g, (_, before = "", after = "") => `${oneByOne(before)}，星号，${oneByOne(after)}`],
  [/\*+/g, () => "，星号，"],
  // Numbers that count nothing: 0531-88881234, identity cards, telephones, accounts.
  [/(?<!\d)(0\d{2,3})-(\d{7,8})(?!\d)/g, (_, area = "", number = "") => `${oneByOne(area)}，${inFours(number)}`],
  [
    /(?<!\d)(\d{6})(\d{11})([\dXx])(?![\dA-Za-z])/g,
    (_, place = "", rest = "", check = "") => `${oneByOne(place)}，${inFours(rest + check)}`,
  ],
  [/(?<![\d,.])(?:\d{7,}|0\d+)(?![\d,.]*\d)/g, (number = "") => inFours(number)],
  [/(?<=\d)\s?-\s?(?=\d)/g, () => "到"],
  // Two of something are 两, the second of a row is 二.
  [/(?<![\d.,第])2(?=\s?[个条份天次位名人种类页张家年周件处])/g, () => "两"],
  [/(\d[\d,]*(?:\.\d+)?)/g, (number = "") => decimal(number)],
  [/㎡|m²/g, () => "平方米"],
  [/×/g, () => "乘"],
  [/[A-Za-z]+/g, (letters = "") => `，${letters.toUpperCase()}，`],
];

/** What a reader would say for what is written: figures, days, money and case numbers in words. */
export function spoken(text: string): string {
  return RULES.reduce(
    (said, [written, words]) => said.replace(written, (...found) => words(...found)),
    text.normalize("NFC"),
  );
}

const oneByOne = (digits: string): string => digits.replace(/\d/g, (digit) => FIGURES[Number(digit)] ?? "");

/** One by one, with a breath every four from the end, as telephones and cards are told. */
const inFours = (digits: string): string => oneByOne(digits).replace(/(?<=.)(?=(?:.{4})+$)/gu, "，");

function decimal(written: string): string {
  const [before = "", after] = written.replaceAll(",", "").split(".");
  return whole(before) + (after === undefined ? "" : `点${oneByOne(after)}`);
}

function money(written: string, unit: string): string {
  const [yuan = "", rest = ""] = written.replaceAll(",", "").split(".");
  if (unit || rest.length > 2) return `${decimal(written)}${unit}元`;
  const [jiao, fen] = [...rest.padEnd(2, "0")].map(Number) as [number, number];
  const coins = `${jiao ? `${FIGURES[jiao]}角` : ""}${fen ? `${jiao || !Number(yuan) ? "" : "零"}${FIGURES[fen]}分` : ""}`;
  return Number(yuan) || !coins ? `${whole(yuan)}元${coins}` : coins;
}

/** A whole number in words: 10200 is 一万零二百. */
export function whole(digits: string): string {
  const plain = digits.replace(/^0+(?=\d)/, "");
  if (plain.length > PLACES.length * MYRIADS.length) return inFours(digits);
  if (plain === "0") return "零";
  const groups = plain.padStart(Math.ceil(plain.length / 4) * 4, "0").match(/\d{4}/g) ?? [];
  const words = groups.map((group, at) => {
    const named = [...group].map((digit, place) =>
      digit === "0" ? "零" : `${FIGURES[Number(digit)]}${PLACES[3 - place]}`,
    );
    return group === "0000" ? "零" : named.join("").replace(/零+$/, "") + MYRIADS[groups.length - 1 - at];
  });
  // Gaps are told once, at the end never; 一十二 is said 十二.
  return words
    .join("")
    .replace(/零+/g, "零")
    .replace(/^零|零$/g, "")
    .replace(/^一十/, "十");
}
