/** Laws by the short names our tables use, and as papers must call them in full. */
const FULL_NAMES: Readonly<Record<string, string>> = {
  民诉法: "《中华人民共和国民事诉讼法》",
  民事诉讼法: "《中华人民共和国民事诉讼法》",
  行诉法: "《中华人民共和国行政诉讼法》",
  民诉法解释: "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》",
  登记立案规定: "《最高人民法院关于人民法院登记立案若干问题的规定》",
  在线诉讼规则: "《人民法院在线诉讼规则》",
  诉讼费用交纳办法: "《诉讼费用交纳办法》",
};

const DIGITS = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/** 199 → 一百九十九; whole numbers from 1 to 999, as articles are counted. */
export function hanNumber(value: number): string {
  const [hundreds, tens, ones] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10];
  const head = hundreds > 0 ? `${DIGITS[hundreds]}百` : "";
  // 一十五 stands only behind hundreds; 一百零五 has its zero, 一百 and 一百五十 have none.
  const middle =
    tens > 0 ? `${tens === 1 && hundreds === 0 ? "" : DIGITS[tens]}十` : hundreds > 0 && ones > 0 ? "零" : "";
  return `${head}${middle}${ones > 0 ? DIGITS[ones] : ""}`;
}

/**
 * An article as a ruling cites it: `诉讼费用交纳办法§46(三)、§48` → `《诉讼费用交纳办法》第四十六条第三项、第四十八条`. What is not
 * of that form is left as it stands.
 */
export function citeInFull(basis: string): string {
  return basis
    .replace(/([\p{Script=Han}]+)(?=§)/gu, (name) => FULL_NAMES[name] ?? `《${name}》`)
    .replace(
      /§(\d{1,3})(?:第([一二三四五六七八九十]+)款)?(?:\(([一二三四五六七八九十]+)\))?/g,
      (_, article, clause, item) => {
        const parts = [`第${hanNumber(Number(article))}条`, clause ? `第${clause}款` : "", item ? `第${item}项` : ""];
        return parts.join("");
      },
    );
}
