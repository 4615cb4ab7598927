import type { OutsideChannel } from "#gateways/messages/port.ts";
import type { TemplateName } from "./catalogue.ts";

/** How a message climbs from channel to channel, as data. The message inside the app is always there, on rung 0. */
export type Channel = "inapp" | OutsideChannel;

/** What people choose by. `legal` is what the law wants told; `work` is for the court's own people. */
export const GROUPS = {
  legal: { label: "依法必须告知的事项", note: "补正、裁定、交费期限等，关系到您的诉讼权利" },
  progress: { label: "立案和案件进展", note: "法院收到、审查、调解等每一步的提醒" },
  money: { label: "交费和退款", note: "缴费结果、退款到账等提醒" },
  work: { label: "工作提醒", note: "只在工作台显示" },
} as const;
export type Group = keyof typeof GROUPS;

export interface Rung {
  readonly channel: OutsideChannel;
  /** After the event; for `sent` the rungs above the first wait until the one below has failed. */
  readonly afterMinutes: number;
}
export interface Ladder {
  readonly group: Group;
  /** `read`: the law needs the person to see it, so it climbs until it was read. `sent`: one channel is enough. */
  readonly until: "read" | "sent";
  readonly rungs: readonly Rung[];
  /** Not urgent: SMS and WeChat wait until the morning. */
  readonly canWait: boolean;
}

const by = (...rungs: readonly [OutsideChannel, number][]): readonly Rung[] =>
  rungs.map(([channel, afterMinutes]) => ({ channel, afterMinutes }));

export const LADDERS = {
  legal: { group: "legal", until: "read", rungs: by(["wechat", 0], ["sms", 10], ["email", 60]), canWait: true },
  progress: { group: "progress", until: "sent", rungs: by(["wechat", 0], ["sms", 0], ["email", 0]), canWait: true },
  /** The answer to what the person has just done: they are awake, and WeChat is enough. */
  answer: { group: "progress", until: "sent", rungs: by(["wechat", 0]), canWait: false },
  /** Good to know, and of no consequence: never by SMS. */
  light: { group: "progress", until: "sent", rungs: by(["wechat", 0]), canWait: true },
  money: { group: "money", until: "sent", rungs: by(["wechat", 0], ["sms", 0], ["email", 0]), canWait: true },
  paid: { group: "money", until: "sent", rungs: by(["wechat", 0]), canWait: false },
  /** An hour is left: nothing waits for the morning, and the next channel follows at once. */
  soon: { group: "legal", until: "read", rungs: by(["wechat", 0], ["sms", 5]), canWait: false },
  work: { group: "work", until: "sent", rungs: [], canWait: true },
} as const satisfies Record<string, Ladder>;

/** What nobody can switch off: for these the SMS goes out whatever was chosen. */
export const LEGAL_MINIMUM: Readonly<Partial<Record<Group, readonly OutsideChannel[]>>> = { legal: ["sms"] };

/** What makes a sound: these wait for the morning. */
export const QUIET_CHANNELS: readonly Channel[] = ["wechat", "sms"];

const LADDER_OF = {
  "filing.submitted": "answer",
  "filing.resubmitted": "answer",
  "filing.under_review": "progress",
  "filing.correction_required": "legal",
  "filing.accepted": "legal",
  "filing.refused": "legal",
  "filing.transferred": "legal",
  "filing.received": "progress",
  "filing.registered": "progress",
  "filing.settled": "progress",
  "filing.mediation_extended": "progress",
  "filing.in_mediation": "progress",
  "filing.resumed": "progress",
  "filing.withdrawn": "answer",
  "filing.lapsed": "legal",
  "confirmation.confirmed": "progress",
  "confirmation.declined": "progress",
  "confirmation.withdrawn": "progress",
  "intake.escalated": "work",
  "thread.asked": "work",
  "thread.escalated": "work",
  "thread.reassigned": "work",
  "thread.answered": "progress",
  "thread.shared": "progress",
  "thread.closed": "light",
  "case.assigned": "progress",
  "case.limit_changed": "progress",
  "case.closed": "progress",
  "case.ended_unpaid": "progress",
  "case.admitted": "progress",
  "case.joined": "progress",
  "case.left": "progress",
  "case.colleague_left": "light",
  "case.agency_asked": "progress",
  "case.agency_waiting": "work",
  "case.interpreter_asked": "work",
  "case.interpreter_arranged": "progress",
  "case.agency_refused": "progress",
  "period.set": "progress",
  "submission.filed": "progress",
  "submission.opened": "progress",
  "submission.received": "light",
  "submission.returned": "legal",
  "submission.granted": "legal",
  "submission.refused": "legal",
  "submission.decided": "progress",
  "submission.withdrawn": "light",
  "submission.waiting": "work",
  "dossier.requested": "work",
  "dossier.request_late": "work",
  "dossier.request_granted": "progress",
  "dossier.request_refused": "progress",
  "dossier.request_ended": "progress",
  "identity.approved": "progress",
  "identity.rejected": "progress",
  "identity.unbound": "legal",
  "practice.verified": "light",
  "practice.rejected": "progress",
  "fee.issued": "legal",
  "fee.served": "legal",
  "fee.due_soon": "legal",
  "fee.overdue": "legal",
  "fee.changed": "money",
  "fee.changed_more": "legal",
  "fee.changed_back": "money",
  "fee.relief_requested": "work",
  "fee.relief_granted": "money",
  "fee.relief_granted_in_part": "legal",
  "fee.relief_refused": "legal",
  "fee.deemed_withdrawn": "legal",
  "fee.closed": "money",
  "payment.succeeded": "paid",
  "payment.duplicate": "money",
  "refund.requested": "work",
  "refund.approved": "money",
  "refund.succeeded": "money",
  "refund.failed": "money",
  "payment.quarantined": "work",
  "delegation.accepted_stand_in": "light",
  "delegation.accepted_assistant": "light",
  "delegation.declined": "light",
  "delegation.ended_stand_in": "light",
  "delegation.ended_assistant": "light",
  "webhook.paused": "light",
  "case.delegated": "progress",
  "case.delegation_ended": "progress",
  "obligation.due_soon": "legal",
  "obligation.changed": "legal",
  "obligation.expired": "legal",
  "service.sent": "legal",
  "service.effective": "legal",
  "service.effect_changed": "legal",
  "service.effect_lost": "legal",
  "service.contest_refused": "legal",
  "service.contested": "work",
  "service.failed": "work",
  "service.proposed": "work",
  "service.cancelled": "progress",
  "service.paper_asked": "work",
  "hearing.proposed": "legal",
  "hearing.change_asked": "legal",
  "hearing.fixed": "legal",
  "hearing.notified": "legal",
  "hearing.changed": "legal",
  "hearing.mode_changed": "legal",
  "hearing.adjourned": "legal",
  "hearing.cancelled": "legal",
  "hearing.reminder": "legal",
  "hearing.reminder_now": "soon",
  "hearing.reminder_bench": "work",
  "hearing.undecided": "work",
  "hearing.room_needed": "work",
  "hearing.settled": "work",
  "reception.booked": "legal",
  "reception.changed": "legal",
  "reception.reminder": "legal",
  "reception.referred": "legal",
  "reception.received": "progress",
  "reception.missed": "progress",
  "reception.answered": "legal",
  "reception.assigned": "work",
  "reception.without_upper": "progress",
  "reception.declined": "work",
  "reception.called_off": "work",
  "reception.overdue": "work",
  "questioning.confirmed": "legal",
  "questioning.declined": "work",
  "questioning.called_off": "legal",
} as const satisfies Record<TemplateName, keyof typeof LADDERS>;

export const ladderOf = (template: string): Ladder => LADDERS[LADDER_OF[template as TemplateName] ?? "work"];

/** The templates of the court's own people, which tell nothing of whether somebody was reached. */
export const WORK_TEMPLATES: readonly string[] = Object.entries(LADDER_OF)
  .filter(([, ladder]) => ladder === "work")
  .map(([template]) => template);

const DAY_MS = 86_400_000;
const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** When it is quiet now (`22:00-08:00`, Shanghai time), the moment it ends; null otherwise. */
export function quietUntil(at: Date, hours: string): Date | null {
  const local = new Date(at.getTime() + 8 * 3_600_000);
  const minutes = local.getUTCHours() * 60 + local.getUTCMinutes();
  const [from = 0, to = 0] = hours.split("-").map(minutesOf);
  const overNight = from > to;
  const isQuiet = overNight ? minutes >= from || minutes < to : minutes >= from && minutes < to;
  if (!isQuiet) return null;
  const midnight = at.getTime() - (local.getTime() % DAY_MS);
  return new Date(midnight + to * 60_000 + (overNight && minutes >= from ? DAY_MS : 0));
}
