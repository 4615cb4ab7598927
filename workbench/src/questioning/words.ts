/** In the order in which they follow one another. */
export const STATES = [
  ["asked", "待羁押场所确认"],
  ["confirmed", "已确认"],
  ["declined", "羁押场所不能安排"],
  ["missed", "未能提讯"],
  ["held", "笔录待完成"],
  ["filed", "笔录已入卷"],
  ["cancelled", "已取消"],
] as const;
export const TONES: Readonly<Record<string, string>> = {
  asked: "blue",
  confirmed: "green",
  declined: "red",
  missed: "red",
  held: "amber",
};
export const PLACE_KINDS = [
  ["detention", "看守所"],
  ["prison", "监狱"],
  ["rehabilitation", "强制戒毒所"],
  ["arrest", "拘留所"],
] as const;
export const KEPT_IN = [
  ["main", "正卷", "不向其他当事人开放"],
  ["inner", "副卷", "只有法院查阅"],
] as const;
