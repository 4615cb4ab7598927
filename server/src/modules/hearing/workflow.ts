import { workflow } from "#core/workflow.ts";

export const PARTIES = ["litigant", "lawyer"] as const;
/** Who settles dates: those who try the case and keep its record, and whoever answers for the court's time. */
export const SCHEDULERS = ["judge", "court_clerk", "supervisor"] as const;
/** Of the court, who reads of sittings. */
export const STAFF_READERS = ["clerk", ...SCHEDULERS] as const;
const BY = [...SCHEDULERS, "system"] as const;

/** 开庭: proposed while dates are struck, fixed once everybody's time is kept for it, notified once all were summoned. */
export const hearingWorkflow = workflow({
  start: "proposed",
  states: {
    proposed: "商定时间中",
    fixed: "已排期",
    notified: "已通知",
    held: "已开庭",
    adjourned: "已延期",
    cancelled: "已取消",
  },
  moves: {
    fix: { label: "确定时间", from: ["proposed"], to: "fixed", by: BY },
    notify: { label: "发出传票和通知", from: ["fixed"], to: "notified", by: BY },
    hold: { label: "记录已开庭", from: ["fixed", "notified"], to: "held", by: BY },
    // 改期: another time for the same sitting; who was summoned is summoned anew.
    reschedule: { label: "改期", from: ["fixed", "notified"], to: "fixed", by: BY },
    // 延期开庭 (民诉法§149): counted, a new sitting of the same round follows.
    adjourn: { label: "延期开庭", from: ["fixed", "notified"], to: "adjourned", by: BY },
    cancel: { label: "取消", from: ["proposed", "fixed", "notified"], to: "cancelled", by: BY },
  },
});
export type HearingState = keyof typeof hearingWorkflow.states;
export type HearingAction = keyof typeof hearingWorkflow.moves;

/** Somebody's time is kept for it, or is about to be. */
export const LIVE: readonly HearingState[] = ["proposed", "fixed", "notified"];

export const HEARING_KINDS = {
  trial: "开庭审理",
  pretrial: "庭前会议",
  mediation: "调解",
  pronouncement: "宣判",
  petition: "远程接访",
  questioning: "远程提讯",
} as const;
export type HearingKind = keyof typeof HEARING_KINDS;
/** They stand beside the trial of cases: only those who have a place in one see it. */
export const SESSION_KINDS = ["petition", "questioning"] as const satisfies HearingKind[];
export type SessionKind = (typeof SESSION_KINDS)[number];
export type SittingKind = Exclude<HearingKind, SessionKind>;
export const isSession = (kind: HearingKind): kind is SessionKind =>
  (SESSION_KINDS as readonly HearingKind[]).includes(kind);

export const HEARING_MODES = { in_person: "到庭", online: "在线", mixed: "部分在线" } as const;
export type HearingMode = keyof typeof HEARING_MODES;

/** 不公开审理 (民诉法§137): the first three by law, the others where a party asks. */
export const CLOSED_REASONS = {
  state_secret: "涉及国家秘密",
  privacy: "涉及个人隐私",
  other_law: "法律另有规定",
  divorce: "离婚案件当事人申请不公开",
  trade_secret: "涉及商业秘密，当事人申请不公开",
  minors: "涉及未成年人",
} as const;
export type ClosedReason = keyof typeof CLOSED_REASONS;

export const SEAT_ROLES = {
  presiding: "审判长（独任法官）",
  judge: "审判员",
  assessor: "人民陪审员",
  clerk: "书记员",
  plaintiff: "原告",
  defendant: "被告",
  third_party: "第三人",
  agent: "代理人",
  witness: "证人",
  interpreter: "翻译",
  receiver: "接访法官",
  petitioner: "来访人",
  questioned: "被提讯人",
  officer: "羁押场所民警",
  counsel: "律师",
  guardian: "法定代理人、合适成年人",
} as const;
export type SeatRole = keyof typeof SEAT_ROLES;

export const RESOURCE_KINDS = {
  judge: "法官",
  assessor: "人民陪审员",
  clerk: "书记员",
  courtroom: "法庭",
  online_room: "在线法庭",
  custody_room: "提讯室",
  interpreter: "翻译",
  person: "诉讼参与人",
} as const;
export type ResourceKind = keyof typeof RESOURCE_KINDS;
