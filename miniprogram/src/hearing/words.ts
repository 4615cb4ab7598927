import type { Hearing } from "@/api/hearing-types";

/** How far before it begins the door of the online court stands open. */
export const DOOR_OPENS_MS = 2 * 60 * 60_000;

export const isOver = ({ state }: Pick<Hearing, "state">): boolean =>
  ["held", "adjourned", "cancelled"].includes(state.code);
export const isWaiting = ({ state }: Pick<Hearing, "state">): boolean => state.code === "proposed";

export const toneOf = ({ state }: Pick<Hearing, "state">): string =>
  ({ proposed: "amber", fixed: "", notified: "green", held: "grey", adjourned: "amber", cancelled: "grey" })[
    state.code
  ] ?? "";

/** How one takes part, as a person would say it. */
export const WAYS: Readonly<Record<string, string>> = {
  in_person: "到法院开庭",
  online: "在线开庭",
  mixed: "有人到法院，有人在线",
};

/** What is brought along, by how one comes. */
export function thingsToBring(isOnline: boolean): string[] {
  return isOnline
    ? [
        "身份证，进入法庭前要再核对一次",
        "有摄像头和话筒的手机或电脑，电量充足或接好电源",
        "证据原件放在手边，法官要看时能拿给镜头看",
        "安静、明亮的房间，只有您（和代理人）在场",
      ]
    : ["身份证原件", "传票（手机上打开也可以）", "证据的原件和复印件", "有代理人的，带上授权委托书"];
}
