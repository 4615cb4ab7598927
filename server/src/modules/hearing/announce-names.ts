import type { CaseFacts } from "#modules/case/index.ts";
import { findCause } from "#modules/reference/index.ts";

/** Surnames of two characters that are still borne. */
const COMPOUND = new Set(
  "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 夏侯 端木 百里 东郭 南宫 司徒 司空 长孙 宇文 轩辕 独孤 呼延 赫连 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 公羊 钟离 闻人 闾丘 亓官 万俟 拓跋 第五".split(
    " ",
  ),
);

/** 婚姻家庭、继承: everybody's name is hidden (法释〔2016〕19号§8第一项). */
const FAMILY = "婚姻家庭、继承纠纷";

export const isFamily = (causeCode: string): boolean => findCause(causeCode).path[0] === FAMILY;

/**
 * A name as it is published where it is hidden (法释〔2016〕19号§9): the surname and 某; of a name written with a dot its first
 * character and 某; of a name in Latin letters its initial.
 */
export function hiddenName(name: string): string {
  const clean = name.trim();
  const [first = ""] = [...clean];
  if (/^\p{Script=Latin}/u.test(clean)) return first.toUpperCase();
  if (/[·・•]/.test(clean)) return `${first}某`;
  const two = [...clean].slice(0, 2).join("");
  return `${COMPOUND.has(two) && [...clean].length > 2 ? two : first}某`;
}

/**
 * The parties of a case as an announcement names them: natural persons hidden in family matters, and whoever somebody acts for by
 * law; namesakes are numbered. Organisations keep their name.
 */
export function announcedNames({ causeCode, parties }: Pick<CaseFacts, "causeCode" | "parties">): Map<string, string> {
  const family = isFamily(causeCode);
  const hidden = parties.map(({ key, kind, name, underGuardian }) => ({
    key,
    isHidden: kind === "natural" && (family || underGuardian),
    name: kind === "natural" && (family || underGuardian) ? hiddenName(name) : name,
  }));
  const seen = new Map<string, number>();
  return new Map(
    hidden.map(({ key, isHidden, name }) => {
      const alike = hidden.filter((one) => one.isHidden && one.name === name).length;
      if (!isHidden || alike < 2) return [key, name];
      const n = (seen.get(name) ?? 0) + 1;
      seen.set(name, n);
      return [key, `${name}${n}`];
    }),
  );
}
