import type { LiveState, TicketOf } from "@/platform/live";

/** WeChat's own pusher and players in Tencent's room: what they are told, and what is made of what they say. */

/** Entered by the pusher, also by who only watches and sends nothing; as trtc-wx-sdk writes it. */
export function pusherUrl({ sdkAppId, room, userId, userSig, privateMapKey }: TicketOf<"trtc">): string {
  const told = {
    sdkappid: sdkAppId,
    strroomid: room,
    userid: userId,
    usersig: userSig,
    appscene: "videocall",
    encsmall: 0,
    cloudenv: "PRO",
    privatemapkey: privateMapKey,
    recvmode: 1,
  };
  return `room://cloud.tencent.com/rtc?${Object.entries(told)
    .map((pair) => pair.join("="))
    .join("&")}`;
}

export interface Player {
  id: string;
  person: string;
  src: string;
  seen: boolean;
  heard: boolean;
}
export interface TrtcRoom {
  line: LiveState;
  /** Why this phone cannot take part; empty while it can. */
  refused: "" | "devices" | "room";
  /** Must be entered anew, with a ticket that is good again. */
  again: boolean;
  failures: number;
  players: Player[];
}
export const OUTSIDE: TrtcRoom = { line: "connecting", refused: "", again: false, failures: 0, players: [] };

const MOST_FAILURES = 3;
/** The camera or the microphone is not lent. */
const NO_DEVICES = new Set([10001, 10002, -1301, -1302]);
/** The room was not entered, or the way to it broke. */
const BROKEN = new Set([-1307, -3301, -100006, -100015, -100018]);
const [ENTERED, LEFT, OTHER_NETWORK] = [1018, 1019, 1021];
const [COME, GONE, PICTURE, SOUND] = [1031, 1032, 1033, 1034];

interface Said {
  userid?: string;
  playurl?: string;
  streamtype?: string;
  hasvideo?: boolean;
  hasaudio?: boolean;
}

/** What the room is after the pusher said this. */
export function heard(room: TrtcRoom, code: number, message: unknown): TrtcRoom {
  if (code === ENTERED) return { ...room, line: "in", again: false, failures: 0 };
  // Left in good order says so; anything else is the court that took them out.
  if (code === LEFT) return String(message).includes("reason[0]") ? room : { ...OUTSIDE, line: "out" };
  if (code === OTHER_NETWORK) return { ...OUTSIDE, line: "lost", again: true };
  if (NO_DEVICES.has(code)) return { ...OUTSIDE, line: "out", refused: "devices" };
  if (BROKEN.has(code)) return broken(room);
  if (code < COME || code > SOUND) return room;
  return usersOf(message).reduce((now, user) => withUser(now, code, user), room);
}

/** Not entered within its time, or entered and lost: after some tries the person is told where to go instead. */
export function broken({ failures }: TrtcRoom): TrtcRoom {
  if (failures + 1 >= MOST_FAILURES) return { ...OUTSIDE, line: "out", refused: "room" };
  return { ...OUTSIDE, line: "lost", again: true, failures: failures + 1 };
}

function withUser(room: TrtcRoom, code: number, { userid = "", streamtype = "main", ...user }: Said): TrtcRoom {
  if (code === COME || userid === "") return room;
  if (code === GONE) return { ...room, players: room.players.filter(({ person }) => person !== personOf(userid)) };
  const id = `${userid}_${code === SOUND ? "main" : streamtype}`;
  const known = room.players.find((player) => player.id === id);
  const player = { id, person: personOf(userid), src: user.playurl ?? "", seen: false, heard: false, ...known };
  if (code === PICTURE) player.seen = user.hasvideo === true;
  else player.heard = user.hasaudio === true;
  const others = room.players.filter((one) => one.id !== id);
  return { ...room, players: player.seen || player.heard ? [...others, player] : others };
}

function usersOf(message: unknown): Said[] {
  try {
    const { userlist } = JSON.parse(String(message)) as { userlist?: unknown };
    return Array.isArray(userlist) ? (userlist as Said[]) : [];
  } catch {
    return [];
  }
}

/** The court names a person there by hearing and number: `h12-p34`. */
const personOf = (userId: string): string => userId.slice(userId.indexOf("-p") + 2);
