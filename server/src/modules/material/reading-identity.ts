import { DOUBTFUL, dayOf, readDay, readIdentityNumber } from "./reading-numbers.ts";
import { field, match, type ReadField, type Row, type Run, sureness, textOf, untilGap } from "./reading-text.ts";

/** The nationalities that a card may name. */
const ETHNICITIES =
  "蒙古 维吾尔 哈萨克 土家 傈僳 高山 拉祜 东乡 纳西 景颇 柯尔克孜 达斡尔 仫佬 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 朝鲜 布依 哈尼 汉 回 藏 苗 彝 壮 满 侗 瑶 白 傣 黎 佤 畲 水 土 羌 怒 京".split(
    " ",
  );
const PLACES =
  /^(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆)/;
const NAME = /^.{0,2}?[姓名].{0,2}?[^\p{Script=Han}]*([\p{Script=Han}·]{2,})/u;

/** 居民身份证, the side with the portrait. */
export function readIdentityFront(lines: readonly Row[]): ReadField[] {
  const rows = lines.map(({ run }) => run);
  const at = {
    number: rows.findIndex((row) => /[\dXxOlI|\]]{15,}/.test(textOf(row))),
    birth: rows.findIndex((row) => /\d{4}年/.test(textOf(row))),
    sex: rows.findIndex((row) => /[男女]/.test(textOf(row)) && /性|别|民|族/.test(textOf(row))),
  };
  const numberRow = rows[at.number];
  const sexRow = rows[at.sex] ?? null;
  const birth = readDay("birth", rows[at.birth] ?? null);
  const digits = numberRow ? match(numberRow, /([\dXxOolI|\]]{15,})/) : null;
  const number = readIdentityNumber("number", digits, lines[at.number]?.again ?? null, birth[0]?.value);
  const read = [
    ...readName(rows, at.sex),
    ...field("sex", sexRow && match(sexRow, /([男女])/)),
    ...readEthnicity(sexRow),
    ...birth,
    ...readAddress(rows, at.birth, at.number),
    ...number,
  ];
  return number.length === 1 ? held(read, number[0] as ReadField) : read;
}

/** The side with the emblem: who issued the card, and until when it is valid. */
export function readIdentityBack(lines: readonly Row[]): ReadField[] {
  const rows = lines.map(({ run }) => run);
  const all = rows.flat();
  const issuer = rows.map((row) => match(row, /机关[^\p{Script=Han}]*([\p{Script=Han}]{4,})/u)).find(Boolean) ?? null;
  const term = match(all, /(\d{4}\.\d{1,2}\.\d{1,2}[-一—~.]*(?:\d{4}\.\d{1,2}\.\d{1,2}|长期))/);
  const end = term && match(term, /((?:\d{4}\.\d{1,2}\.\d{1,2}|长期))$/);
  const until = end && (textOf(end) === "长期" ? "长期" : dayOf(textOf(end)));
  return [
    ...field("issuer", issuer && untilGap(issuer)),
    ...readDay("validFrom", term),
    ...(until && end ? field("validUntil", end, { value: until }) : []),
  ];
}

function readName(rows: readonly Run[], sexAt: number): ReadField[] {
  const above = rows.slice(0, sexAt === -1 ? 3 : sexAt).reverse();
  for (const row of above) {
    const found = match(row, NAME);
    if (!found) continue;
    // The label's second half, where the pattern took it for the name's beginning.
    const bare = untilGap(found[0]?.char === "名" ? found.slice(1) : found, 1.5);
    if (bare.length >= 2) return field("name", bare);
  }
  return [];
}

function readEthnicity(row: Run | null): ReadField[] {
  const found = row && match(row, /[民族].?[族]?[^\p{Script=Han}]*([\p{Script=Han}]+)/u);
  if (!found) return [];
  const text = textOf(found).replace(/^族/, "");
  const value = ETHNICITIES.find((name) => text.startsWith(name));
  const from = textOf(found).indexOf(text);
  const near = value ?? ETHNICITIES.find((name) => name.length >= 3 && differences(name, text) === 1);
  if (near && !value)
    return field("ethnicity", found.slice(from, from + near.length), {
      value: near,
      confidence: DOUBTFUL,
      doubt: "有一个字不清，请核对",
    });
  if (value) return field("ethnicity", found.slice(from, from + value.length));
  const first = untilGap(found.slice(from), 1);
  return field("ethnicity", first, {
    confidence: Math.min(DOUBTFUL, sureness(first)),
    doubt: "没有读到这样的民族名称，请核对",
  });
}

/** From the line with 住址 to the line before the number; what stands far to the right is the portrait's frame. */
function readAddress(rows: readonly Run[], birthAt: number, numberAt: number): ReadField[] {
  const end = numberAt === -1 ? rows.length : numberAt;
  const labelled = rows.findIndex((row, index) => index < end && /^.{0,2}住.?址|^.{0,2}[住址]/u.test(textOf(row)));
  const start = labelled === -1 ? (birthAt === -1 ? end : birthAt + 1) : labelled;
  const lines: Run[] = [];
  let left = 0;
  for (const row of rows.slice(start, end)) {
    const body =
      lines.length === 0
        ? (match(row, /^.{0,2}[住址]+[^\p{Script=Han}\d]*(.*)$/u) ?? row)
        : row.filter(({ box }) => box.left >= left);
    const line = untilGap(body, 1.6).filter(({ char }) => /[\p{Script=Han}\dA-Za-z|\]\-—]/u.test(char));
    if (line.length === 0) continue;
    if (lines.length === 0) left = (line[0] as Run[number]).box.left - (line[0] as Run[number]).box.width;
    lines.push(line);
  }
  const run = lines.flat();
  // A single character behind 室 or 号 is the edge of the portrait.
  const address = /[号室].$/u.test(textOf(run)) ? run.slice(0, -1) : run;
  const doubt = PLACES.test(textOf(address)) ? null : "开头的省份没有读清，请核对";
  return field("address", address, doubt ? { doubt, confidence: Math.min(DOUBTFUL, sureness(address)) } : {});
}

/** The number knows the day of birth and the sex: where both are read and differ, neither is to be trusted. */
function held(fields: readonly ReadField[], number: ReadField): ReadField[] {
  if (number.doubt !== null) return [...fields];
  const said: Readonly<Record<string, string>> = {
    birth: `${number.value.slice(6, 10)}-${number.value.slice(10, 12)}-${number.value.slice(12, 14)}`,
    sex: Number(number.value[16]) % 2 === 1 ? "男" : "女",
  };
  return fields.map((read) => {
    const told = said[read.name];
    if (told === undefined) return read;
    if (told === read.value) return { ...read, confidence: Math.max(read.confidence, 0.95) };
    return { ...read, confidence: DOUBTFUL, doubt: `与号码不一致（号码表明是${told}），请核对` };
  });
}

/** In how many places a text begins otherwise than a name. */
const differences = (name: string, text: string): number =>
  [...name].filter((char, index) => text[index] !== char).length;
