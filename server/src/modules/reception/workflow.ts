import { PUBLIC_ROLES } from "#core/actor.ts";
import { workflow } from "#core/workflow.ts";

/** 来访窗口: who takes requests, and who answers for them. */
export const DESK = ["clerk", "supervisor"] as const;
/** Who of the court has to do with receptions at all. */
export const COURT = [...DESK, "judge", "court_clerk"] as const;
const RECEIVING = [...DESK, "judge"] as const;

/** 远程接访: asked for, booked, received, answered; or answered in writing at once, or referred to the court whose it is. */
export const receptionWorkflow = workflow({
  start: "asked",
  states: {
    asked: "待安排",
    booked: "已约定时间",
    missed: "未按时参加",
    received: "已接谈，待答复",
    answered: "已答复",
    referred: "已转送",
    withdrawn: "已撤回",
  },
  moves: {
    book: { label: "约定时间", from: ["asked", "missed"], to: "booked", by: DESK },
    rebook: { label: "改约", from: ["booked"], to: "booked", by: DESK },
    decline: { label: "不能参加", from: ["booked"], to: "booked", by: ["judge"] },
    refer: { label: "转送其他法院", from: ["asked"], to: "referred", by: DESK },
    receive: { label: "接谈结束", from: ["booked"], to: "received", by: ["system"] },
    miss: { label: "记为未参加", from: ["booked"], to: "missed", by: [...COURT, "system"] },
    answer: { label: "书面答复", from: ["asked", "missed", "received"], to: "answered", by: RECEIVING },
    withdraw: { label: "撤回", from: ["asked", "booked", "missed"], to: "withdrawn", by: PUBLIC_ROLES },
    rate: { label: "评价", from: ["answered"], to: "answered", by: PUBLIC_ROLES },
  },
});
export type ReceptionState = keyof typeof receptionWorkflow.states;
export type ReceptionAction = keyof typeof receptionWorkflow.moves;

/** The court still has something to do. */
export const OPEN: readonly ReceptionState[] = ["asked", "booked", "missed", "received"];

export const TOPICS = {
  filing: "立案、材料",
  trial: "审判过程",
  judgment: "对裁判不理解",
  enforcement: "执行",
  other: "其他",
} as const;
export type Topic = keyof typeof TOPICS;

export const PLACES = { home: "在家或者其他安静的地方", court: "到本院接访室" } as const;
export type Place = keyof typeof PLACES;

/** 处理意见 (诉访分离): what can be settled by procedure goes there. */
export const OUTCOMES = {
  explained: "已说明、解释",
  procedure: "请通过诉讼程序解决",
  followed_up: "本院继续办理",
  unsupported: "诉求依据不足，不予支持",
} as const;
export type Outcome = keyof typeof OUTCOMES;
