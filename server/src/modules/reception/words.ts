import { courtDayOf } from "#core/period.ts";
import type { Session } from "#modules/hearing/index.ts";
import type { Place, Turn } from "./queue.ts";
import type { ReceptionRow } from "./store.ts";

/** What one should know before asking; said in the client as it stands here. */
export const HELP: readonly string[] = [
  "不用到法院，用手机就能和接访法官当面说。先写清楚要反映的问题，法院会约定时间。",
  "正在审理、执行的案件，办案期限照常计算；能通过上诉、申请再审、执行异议解决的，接访时会告诉您怎么办。",
  "五人以上反映同一问题的，请推选代表，代表不超过五人。",
  "全程录音录像，接访后有笔录请您核对签名，办理结果书面答复您。不收任何费用。",
];

export const STANDS = { expected: "未签到", waiting: "已签到，候访", in: "接访中", over: "已结束" } as const;

/** How one who is booked stands in the queue of the day. */
export function standOf({ state, accountId }: ReceptionRow, session: Session | undefined): Turn["stand"] {
  if (state !== "booked" || !session || session.room === "ended") return "over";
  const own = session.people.find((one) => one.accountId === accountId);
  return own?.state === "in" || own?.state === "waiting" ? own.state : "expected";
}

interface Looking {
  readonly row: ReceptionRow;
  readonly stand: Turn["stand"];
  readonly place: Place | { readonly ahead: number } | null;
  readonly now: Date;
  readonly isStaff: boolean;
  readonly transcript: Session["transcript"];
}
/** 下一步: one sentence for whoever looks at the page. */
export function nextWords({ row, stand, place, now, isStaff, transcript }: Looking): string {
  const due = spokenDay(row.dueAt);
  switch (row.state) {
    case "asked":
      return isStaff
        ? `请在 ${due}前约定时间、书面答复或者转送。`
        : `法院会在 ${due}前约定时间或者答复您，有结果马上通知。`;
    case "missed":
      return isStaff
        ? "来访人没有参加，可以另约时间，也可以书面答复。"
        : "这次没有参加。法院会另约时间或者书面答复您。";
    case "received":
      if (transcript === "offered" && !isStaff) return "请打开笔录，逐页核对、签名。";
      return isStaff ? `请在 ${due}前书面答复。` : `法院会在 ${due}前书面答复您。`;
    case "answered":
      return isStaff ? "已经答复。" : "法院已经答复，请查看答复意见书。";
    case "referred":
      return "已经转送，由新的法院办理。";
    case "withdrawn":
      return "已经撤回。";
    case "booked":
      if (isStaff && row.declined) return "上级法院的接访法官不能参加：到时间请单独接访，或者改约时间另请一位。";
      return isStaff ? "到时间请打开接访室。" : bookedWords(row, stand, place, now);
  }
}

function bookedWords({ startsAt }: ReceptionRow, stand: Turn["stand"], place: Looking["place"], now: Date): string {
  if (stand === "in") return "正在接访，请进入接访室。";
  if (stand === "waiting")
    return place && place.ahead > 0 ? `已签到，前面还有 ${place.ahead} 人，请不要走开。` : "已签到，下一个就是您。";
  if (!startsAt || courtDayOf(startsAt) !== courtDayOf(now))
    return "请记住时间，当天提前进入接访室签到，需要核对身份证号后六位。";
  return "今天接访，开始前两小时可以签到，请提前检查手机的摄像头和麦克风。";
}

function spokenDay(at: Date): string {
  const [, month, day] = courtDayOf(at).split("-").map(Number);
  return `${month}月${day}日`;
}
