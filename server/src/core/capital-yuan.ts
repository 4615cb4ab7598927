const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["", "拾", "佰", "仟"];
const SECTIONS = ["", "万", "亿", "万亿"];

/**
 * An amount in Chinese capitals (人民币大写, 票据法 and 正确填写票据和结算凭证的基本规定): `1001050` fen → `人民币壹万零壹拾元伍角整`,
 * whole yuan and jiao end in 整. Exact for every safe integer of fen; throws RangeError for negatives and fractions.
 */
export function capitalYuan(fen: number): string {
  if (!Number.isSafeInteger(fen) || fen < 0)
    throw new RangeError("an amount in fen must be a safe non-negative integer");
  const yuan = Math.floor(fen / 100);
  const jiao = Math.floor(fen / 10) % 10;
  const rest = fen % 10;
  if (fen === 0) return "人民币零元整";
  const whole = yuan === 0 ? "" : `${integer(yuan)}元`;
  if (jiao === 0 && rest === 0) return `人民币${whole}整`;
  const tenth = jiao > 0 ? `${DIGITS[jiao]}角` : whole === "" ? "" : "零";
  return `人民币${whole}${tenth}${rest > 0 ? `${DIGITS[rest]}分` : "整"}`;
}

/** Four digits at a time; one 零 for every run of noughts between figures. */
function integer(yuan: number): string {
  const sections: number[] = [];
  for (let left = yuan; left > 0; left = Math.floor(left / 10_000)) sections.push(left % 10_000);
  let text = "";
  let gap = false;
  for (let index = sections.length - 1; index >= 0; index--) {
    const section = sections[index] as number;
    if (section === 0) {
      gap = true;
      continue;
    }
    if (text !== "" && (gap || section < 1_000)) text += "零";
    text += four(section) + SECTIONS[index];
    gap = false;
  }
  return text;
}

function four(section: number): string {
  let text = "";
  let gap = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(section / 10 ** place) % 10;
    if (digit === 0) {
      gap = text !== "";
      continue;
    }
    if (gap) text += "零";
    text += `${DIGITS[digit]}${PLACES[place]}`;
    gap = false;
  }
  return text;
}
