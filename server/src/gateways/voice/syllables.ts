import { pinyin } from "pinyin-pro";
import { spoken } from "./spoken.ts";

/** Words of the court that the dictionary reads otherwise. */
const COURT_WORDS: Readonly<Record<string, string>> = {
  还款: "huan2 kuan3",
  还钱: "huan2 qian2",
  还本: "huan2 ben3",
  还债: "huan2 zhai4",
  还了: "huan2 le5",
  还给: "huan2 gei3",
  未还: "wei4 huan2",
  已还: "yi3 huan2",
  应还: "ying1 huan2",
  不还: "bu4 huan2",
  没还: "mei2 huan2",
  没有还: "mei2 you3 huan2",
  催还: "cui1 huan2",
  调解: "tiao2 jie3",
  行长: "hang2 zhang3",
  种植: "zhong4 zhi2",
  济宁: "ji3 ning2",
  乐陵: "lao4 ling2",
  单县: "shan4 xian4",
};
const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  "A ei1|B bi4|C xi1|D di4|E yi4|F ai2 fu5|G ji4|H ei1 qi5|I ai4|J zhei4|K kei1|L ai2 le5|M ai2 mu5|N en1|O ou1|P pi4|Q qiu1|R a4 er5|S ai2 si5|T ti4|U you1|V wei1|W da2 bu5 liu5|X ai2 ke5 si5|Y wai4|Z zi4"
    .split("|")
    .map((each) => [each.slice(0, 1), each.slice(2)]),
);
const STOPS: Readonly<Record<string, string>> = Object.fromEntries([
  ...[..."。．.！!？?；;\n"].map((sign) => [sign, "."]),
  ...[..."，,、：:（）()“”《》〈〉—…|/"].map((sign) => [sign, ","]),
]);
const PARTS = new RegExp(`${Object.keys(COURT_WORDS).sort(longestFirst).join("|")}|[A-Z]|[${signsOf(STOPS)}]`, "gu");

/**
 * The text as syllables with the number of their tone: `huan2 kuan3 .`. Speech programs read characters one by one, and
 * half of the court's words hold one that is read in two ways (还款, 调解, 给付): which one is decided here.
 */
export function syllables(text: string): string {
  const said = spoken(text);
  const found: string[] = [];
  let from = 0;
  for (const { 0: part, index } of said.matchAll(PARTS)) {
    found.push(...readHan(said.slice(from, index)), COURT_WORDS[part] ?? LETTERS[part] ?? STOPS[part] ?? "");
    from = index + part.length;
  }
  found.push(...readHan(said.slice(from)));
  return found
    .join(" ")
    .replace(/[,.](?: [,.])+/g, (stops) => (stops.includes(".") ? "." : ","))
    .replace(/^[,.] ?/, "");
}

function readHan(text: string): string[] {
  const read = pinyin(text.replace(/\P{Script=Han}/gu, ""), {
    toneType: "num",
    type: "array",
    toneSandhi: true,
    v: true,
  });
  return read.filter((each) => /^[a-z]+[0-4]$/.test(each)).map((each) => each.replace("0", "5"));
}

function longestFirst(one: string, other: string): number {
  return other.length - one.length;
}

function signsOf(table: Readonly<Record<string, string>>): string {
  return Object.keys(table).join("");
}
