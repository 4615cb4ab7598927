import type { VideoRole } from "#gateways/video/port.ts";
import { type HearingKind, isSession, type SeatRole, type SessionKind } from "./workflow.ts";

export const ROOM_STATES = { closed: "尚未开庭", open: "正在开庭", ended: "已闭庭" } as const;
export type RoomState = keyof typeof ROOM_STATES;

export const PRESENCE_STATES = {
  absent: "未到",
  invited: "已邀请，未到",
  waiting: "候审",
  in: "在庭",
  out: "已请出",
  left: "已离开",
} as const;
export type PresenceState = keyof typeof PRESENCE_STATES;

/** 中断 (法释〔2017〕5号§3): a recording runs from the opening to the close; only for these is it stopped before. */
export const STOP_REASONS = {
  recess: "休庭",
  closed_part: "不公开举证、质证",
  mediation: "不宜录制的调解",
  end: "闭庭",
} as const;
export type StopReason = keyof typeof STOP_REASONS;

/** Whether somebody failed to attend, or could not (在线诉讼规则§25), is the court's finding; the log holds the facts. */
export const BREAK_CAUSES = {
  network: "网络故障",
  device: "设备损坏",
  power: "电力中断",
  force_majeure: "不可抗力",
  left: "自行离开",
  other: "其他",
} as const;
export type BreakCause = keyof typeof BREAK_CAUSES;

/** 合成; without the programs for it there are only the files of each person. */
export const FILM_STATES = {
  making: "正在合成",
  made: "已合成",
  failed: "未能合成，请使用各人的原始文件",
} as const;
export type FilmState = keyof typeof FILM_STATES;

export const BREAK_SOURCES = { silence: "系统记录", page: "本人页面报告", court: "法庭记录" } as const;
export type BreakSource = keyof typeof BREAK_SOURCES;

const BENCH: readonly SeatRole[] = ["presiding", "judge", "assessor", "clerk", "receiver"];
export const videoRole = (role: SeatRole): VideoRole =>
  BENCH.includes(role) ? "bench" : role === "witness" ? "witness" : "party";

/** What the room's sentences say of a sitting, and of a session in its stead; the longer words first. */
const SPOKEN: Readonly<Record<SessionKind, readonly (readonly [string, string])[]>> = {
  petition: [
    ["按传票到法庭参加，或者与书记员联系", "与法院联系，另约时间"],
    ["宣布开庭", "开始接访"],
    ["闭庭", "结束接访"],
    ["庭审", "接访"],
    ["开庭", "接访"],
    ["候审", "候访"],
    ["法庭", "接访人员"],
    ["在庭", "接访中"],
  ],
  questioning: [
    ["按传票到法庭参加，或者与书记员联系", "与书记员联系"],
    ["宣布开庭", "开始提讯"],
    ["闭庭", "结束提讯"],
    ["庭审", "提讯"],
    ["开庭", "提讯"],
    ["候审", "等候"],
    ["法庭", "审判人员"],
    ["在庭", "提讯中"],
  ],
};
export const spoken = (kind: HearingKind, text: string): string =>
  isSession(kind) ? SPOKEN[kind].reduce((said, [of, instead]) => said.replaceAll(of, instead), text) : text;

/** 接访, 提讯: nobody watches and no witness waits. */
const SESSION_RULES: readonly string[] = [
  "请在安静、光线充足的地方参加，保持画面清楚，不要中途离开。",
  "全程录音录像。未经法院许可，任何人不得录制、截取、传播画面和声音。",
  "画面上有姓名和时间水印，系统记录进出和断线时间。",
  "网络断开的，请尽快重新进入；不能恢复的，请电话联系法院。",
];
export const rulesOf = (kind: HearingKind): readonly string[] => (isSession(kind) ? SESSION_RULES : RULES);

/** 庭审纪律 (在线诉讼规则§24, §27; 法庭规则§17): shown before anybody enters. */
const RULES: readonly string[] = [
  "请在安静、封闭、光线充足的地方参加庭审，保持画面清楚，不要中途离开。",
  "未经法院许可，任何人不得录制、截取、传播庭审的画面和声音。违反的依法处理。",
  "画面上有您的姓名和时间水印，系统记录您的进出和断线时间。",
  "证人在作证以前不得旁听，轮到作证时由法庭请入。",
  "因网络、设备、停电等原因断开的，请尽快重新进入；不能恢复的，请立即电话联系书记员。",
];
