export type ParsedMoney = { fen: number; problem: null } | { fen: null; problem: string };

const MAX_FEN = 9_000_000_000_000_00;

/**
 * What people type for an amount, as integer fen: `50000`, `5万`, `1.25 万元`, `￥50,000.50`, full-width digits.
 * An empty text is not an amount and not a mistake either: `fen` null with an empty `problem` is never given, ask `isBlank` first.
 */
export function parseYuan(text: string): ParsedMoney {
  const plain = halfWidth(text)
    .replace(/[\s,¥]/g, "")
    .replace(/(?:元|块钱|块)整?$/, "");
  const match = /^(\d{1,15})(?:\.(\d*))?(万|亿)?$/.exec(plain);
  if (!match) return wrong("请只写数字，例如 50000 或 5万");
  const [, whole = "", fraction = "", unit] = match;
  const shift = unit === "亿" ? 8 : unit === "万" ? 4 : 0;
  const digits = fraction.replace(/0+$/, "");
  if (digits.length > shift + 2) return wrong("最多写到分，也就是小数点后两位");
  // Decimal arithmetic on the digits themselves: 0.1 + 0.2 never happens to anybody's money.
  const fen = Number(whole + digits.padEnd(shift + 2, "0"));
  if (fen > MAX_FEN) return wrong("金额太大了，请检查是不是多写了 0");
  return { fen, problem: null };
}

/** `123456` fen as `1,234.56`; whole yuan without decimals. */
export function showFen(fen: number): string {
  const sign = fen < 0 ? "-" : "";
  const absolute = Math.abs(fen);
  const yuan = String(Math.floor(absolute / 100)).replace(/\B(?=(\d{3})+$)/g, ",");
  const rest = absolute % 100;
  return rest === 0 ? sign + yuan : `${sign}${yuan}.${String(rest).padStart(2, "0")}`;
}

/** `115000` fen as on a bill, `1,150.00`: always with both decimals, so that nobody wonders about the last figures. */
export function showExactFen(fen: number): string {
  const text = showFen(fen);
  return text.includes(".") ? text : `${text}.00`;
}

/** `123456` fen as the decimal yuan text of the API: `1234.56`. */
export function fenToYuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
}

/** The amount in words as on a loan note (壹万贰仟元整), so that a wrong number of zeros is seen at once. */
export function chineseAmount(fen: number): string {
  const yuan = Math.floor(fen / 100);
  const jiao = Math.floor((fen % 100) / 10);
  const odd = fen % 10;
  const whole = yuan > 0 ? `${chineseInteger(yuan)}元` : "";
  if (jiao === 0 && odd === 0) return `${whole || "零元"}整`;
  const jiaoText = jiao > 0 ? `${DIGITS[jiao]}角` : whole ? "零" : "";
  return whole + jiaoText + (odd > 0 ? `${DIGITS[odd]}分` : "");
}

const DIGITS = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const PLACES = ["", "拾", "佰", "仟"];
const GROUPS = ["", "万", "亿", "万亿"];

function chineseInteger(value: number): string {
  const groups: string[] = [];
  let zeroBefore = false;
  for (let rest = value, level = 0; rest > 0; rest = Math.floor(rest / 10000), level++) {
    const group = rest % 10000;
    if (group > 0) groups.unshift(chineseGroup(group) + GROUPS[level] + (zeroBefore ? "零" : ""));
    zeroBefore = groups.length > 0 && group < 1000;
  }
  return groups.join("").replace(/零+/g, "零").replace(/零$/, "");
}

function chineseGroup(group: number): string {
  let text = "";
  for (let place = 3, seen = false; place >= 0; place--) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (digit > 0) {
      text += DIGITS[digit]! + PLACES[place]!;
      seen = true;
    } else if (seen && group % 10 ** place > 0 && !text.endsWith("零")) text += "零";
  }
  return text;
}

function halfWidth(text: string): string {
  return text
    .replace(/[０-９．，]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/。/g, ".")
    .replace(/￥/g, "¥");
}

function wrong(problem: string): ParsedMoney {
  return { fen: null, problem };
}
