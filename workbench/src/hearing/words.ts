import type { Hearing } from "./contract.ts";

export const KINDS = [
  ["trial", "开庭审理"],
  ["pretrial", "庭前会议"],
  ["mediation", "调解"],
  ["pronouncement", "宣判"],
] as const;
export const MODES = [
  ["in_person", "到庭", "全部到法庭"],
  ["online", "在线", "须各方同意在线"],
  ["mixed", "部分在线", "有人到庭，有人在线"],
] as const;
export const CLOSED_REASONS = [
  ["state_secret", "涉及国家秘密"],
  ["privacy", "涉及个人隐私"],
  ["other_law", "法律另有规定"],
  ["divorce", "离婚案件当事人申请不公开"],
  ["trade_secret", "涉及商业秘密，当事人申请不公开"],
  ["minors", "涉及未成年人"],
] as const;
/** 不得在线庭审的情形，由法院认定的 (在线诉讼规则§21). */
export const BARS = [
  ["unable", "各方当事人均不具备参与在线庭审的技术条件和能力"],
  ["on_site", "需要通过庭审现场查明身份、核对原件、查验实物"],
  ["complex", "案件疑难复杂、证据繁多，适用在线庭审不利于查明事实和适用法律"],
  ["secret", "案件涉及国家安全、国家秘密"],
  ["attention", "案件具有重大社会影响，受到广泛关注"],
  ["other", "其他不宜适用在线庭审的情形"],
] as const;
export const ANSWERS = { yes: "同意在线", no: "不同意在线", silent: "没有表示" } as const;
export const TURNS = {
  open: "等待各方答复",
  agreed: "已商定",
  renewed: "已换一批时间",
  court: "没有合适的，由法院确定",
  over: "已结束",
} as const;
export const chipOf = ({ state }: Pick<Hearing, "state">): string =>
  ({ proposed: "amber", fixed: "blue", notified: "green", adjourned: "amber" })[state.code] ?? "";
export const isLive = ({ state }: Pick<Hearing, "state">): boolean =>
  ["proposed", "fixed", "notified"].includes(state.code);
export const placeText = ({ room, mode }: Pick<Hearing, "room" | "mode">): string =>
  room?.name ?? (mode.code === "online" ? "在线" : "法庭待定");

/** 第二法庭 stands before 第十法庭, which the alphabet does not know. */
export function byName(one: string, other: string): number {
  const spelled = (name: string) => name.replace(/[一二三四五六七八九十]+/g, (digits) => String(numberOf(digits)));
  return spelled(one).localeCompare(spelled(other), "zh-CN", { numeric: true });
}

function numberOf(digits: string): number {
  const value = (digit: string | undefined) => "一二三四五六七八九".indexOf(digit ?? "") + 1;
  if (!digits.includes("十")) return value(digits.at(-1));
  const [tens = "", ones = ""] = digits.split("十");
  return (tens === "" ? 1 : value(tens)) * 10 + value(ones);
}
