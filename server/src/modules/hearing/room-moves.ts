import { Problem } from "#core/problem.ts";
import { mayTakePart } from "./room-enter.ts";
import type { RoomMove } from "./room-schema.ts";
import type { Presence, Recording, Room } from "./room-store.ts";
import { spoken } from "./room-words.ts";

export interface RoomButton {
  readonly action: RoomMove["action"];
  readonly label: string;
}
const LABELS: Readonly<Record<RoomMove["action"], string>> = {
  check_in: "签到",
  ask_to_watch: "申请旁听",
  accept_invitation: "接受邀请",
  open: "宣布开庭",
  invite: "邀请证人、翻译",
  admit: "请入",
  call_witness: "请证人作证",
  send_out: "请出",
  start_record: "开始录音录像",
  stop_record: "停止录音录像",
  break_off: "记录断线",
  back: "恢复",
  leave: "离开",
  end: "闭庭",
};
const button = (action: RoomMove["action"]): RoomButton => ({ action, label: LABELS[action] });

/** What this reader may do in the room now. */
export function myMoves(room: Room, recordings: readonly Recording[], now: Date): RoomButton[] {
  return buttonsFor(room, recordings, now).map(({ action, label }) => ({
    action,
    label: spoken(room.hearing.kind, label),
  }));
}

function buttonsFor(room: Room, recordings: readonly Recording[], now: Date): RoomButton[] {
  const { standing, state, own } = room;
  if (state === "ended") return [];
  if (standing === "stranger") return [button("ask_to_watch")];
  const moves: RoomButton[] = [];
  const isIn = own?.state === "in" || own?.state === "waiting";
  if (!isIn && standing !== "spectator" && refusalOf(room, now) === null) moves.push(button("check_in"));
  const leave = isIn ? [button("leave")] : [];
  if (standing !== "bench") return [...moves, ...leave];
  if (state === "closed") return [...moves, button("open"), button("invite"), ...leave];
  const runs = recordings.some(({ stoppedAt }) => stoppedAt === null);
  return [...moves, button(runs ? "stop_record" : "start_record"), button("invite"), ...leave, button("end")];
}

/** What the bench may do with one person now. */
export function personMoves({ state }: Room, person: Presence | null): RoomButton[] {
  if (state === "ended" || person === null || person.role === "bench" || person.beside !== null) return [];
  const isHere = person.accountId !== null && ["waiting", "out"].includes(person.state);
  const moves: RoomButton[] = [];
  if (state === "open" && isHere) moves.push(button(person.role === "witness" ? "call_witness" : "admit"));
  if (["in", "waiting"].includes(person.state)) moves.push(button("send_out"));
  if (state === "open" && person.state === "in") moves.push(button("break_off"));
  return moves;
}

function refusalOf(room: Room, now: Date): Problem | null {
  try {
    mayTakePart(room, now);
    return null;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/** 下一步: one sentence for whoever looks at the page. */
export const nextWords = (room: Room, driver: string, now: Date): string =>
  spoken(room.hearing.kind, sentenceFor(room, driver, now));

function sentenceFor(room: Room, driver: string, now: Date): string {
  const { standing, state, own } = room;
  if (state === "ended") return "庭审已经结束。笔录需要您核对签名的，请打开笔录。";
  if (driver === "none") return "本院的视频服务暂时不能使用，请按传票到法庭参加，或者与书记员联系。";
  if (standing === "stranger") return "本次开庭公开进行，您可以申请旁听，由法庭决定。";
  if (standing === "court") return "您可以查看到场情况；进入庭审须在参加人名单中。";
  if (own?.state === "in")
    return state === "open" ? "请进入庭审。" : standing === "bench" ? "人员到齐后，请宣布开庭。" : "请等待开庭。";
  if (own?.state === "waiting") {
    if (own.role === "witness") return "请在候审区等待。轮到您作证时，法庭会请您进入；在此以前不能旁听。";
    if (own.role === "spectator") return "已申请旁听，请等待法庭决定。";
    return "已签到，请在候审区等待，法庭会请您进入。";
  }
  if (own?.state === "out")
    return own.role === "witness"
      ? "您的作证已经结束，谢谢。需要您再次作证时会重新请您进入。"
      : "法庭已请您离开。有疑问的，请与书记员联系。";
  const refusal = refusalOf(room, now);
  if (refusal) return `${refusal.message}。`;
  return own?.state === "left" ? "您已离开。需要继续参加的，请重新签到。" : "请先检测设备、核验身份，然后签到。";
}
