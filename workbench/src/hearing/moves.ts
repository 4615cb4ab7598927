import type { HearingDetail, Slot } from "./contract.ts";

/** 延期开庭的情形 (民诉法§149). */
export const ADJOURN_REASONS = [
  ["absent", "必须到庭的当事人和其他诉讼参与人有正当理由没有到庭"],
  ["recusal", "当事人临时提出回避申请"],
  ["evidence", "需要通知新的证人到庭，调取新的证据，重新鉴定、勘验，或者需要补充调查"],
  ["other", "其他应当延期的情形"],
] as const;

export interface MoveForm {
  /** Ordinal of an offered date; -1: another one; 0: nothing chosen yet. */
  option: number;
  reason: string;
  reasonCode: string;
  withDate: boolean;
  /** Why it may not be held online, as the court finds. */
  bars: string[];
}

/** Whether a date has to be looked for. */
export const needsSlot = (action: string, form: MoveForm): boolean =>
  action === "reschedule" || (action === "fix" && form.option === -1) || (action === "adjourn" && form.withDate);

/** What is still to be filled in, in words; empty when it can be sent. */
export function missingOf(action: string, form: MoveForm, chosen: readonly Slot[]): string {
  if (action === "fix" && form.option === 0) return "请选择时间";
  if (action === "adjourn" && !form.reasonCode) return "请选择延期的理由";
  if (["adjourn", "reschedule", "cancel"].includes(action) && form.reason.trim() === "") return "请写明理由";
  return needsSlot(action, form) && chosen.length === 0 ? "请选择时间" : "";
}

export function moveBody(action: string, form: MoveForm, [slot]: readonly Slot[]): Record<string, unknown> {
  const place =
    slot && needsSlot(action, form) ? { startsAt: slot.startsAt, ...(slot.room ? { roomId: slot.room.id } : {}) } : {};
  const reason = form.reason.trim();
  if (action === "fix") return form.option > 0 ? { action, option: form.option } : { action, ...place };
  if (action === "adjourn") return { action, reasonCode: form.reasonCode, note: reason, ...place };
  if (action === "reschedule") return { action, ...place, reason };
  if (action === "bar_online") return { action, bars: form.bars };
  return action === "cancel" ? { action, reason } : { action };
}

/** Which parties have struck an offered date. */
export function cannotCome(
  { negotiation, consents }: Pick<HearingDetail, "negotiation" | "consents">,
  ordinal: number,
): string[] {
  const keys = (negotiation?.strikes ?? []).filter((each) => each.ordinal === ordinal).map(({ partyKey }) => partyKey);
  return keys.map((key) => sideOf({ consents }, key));
}

/** "原告 王芳" for the key of a party. */
export function sideOf({ consents }: Pick<HearingDetail, "consents">, key: string): string {
  const party = consents.find((each) => each.party.key === key)?.party;
  return party ? `${party.sideLabel} ${party.name}` : key;
}
