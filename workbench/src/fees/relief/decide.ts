import type { Relief } from "@/api/contract.ts";
import { ratioOf } from "../money-text.ts";
import { reliefTemplates } from "../words.ts";

export type ReliefChoice = "full" | "part" | "defer" | "refuse";
export interface ReliefDraft {
  choice: ReliefChoice | null;
  percent: string;
  deferUntil: string;
  reason: string;
}
export const emptyReliefDraft = (): ReliefDraft => ({ choice: null, percent: "", deferUntil: "", reason: "" });

export interface ChoiceWords {
  choice: ReliefChoice;
  label: string;
  says: string;
}

/** What may be decided on this application, by what was asked for; §44: only natural persons are exempted. */
export function choicesFor(relief: Relief): ChoiceWords[] {
  const may = (action: string) => relief.moves.some((move) => move.action === action);
  const grant: ChoiceWords[] = [];
  if (may("grant") && relief.kind.code === "exempt") {
    if (payerOf(relief).kind === "natural") grant.push({ choice: "full", label: "准予免交", says: "全部免除（§45）" });
    grant.push({ choice: "part", label: "部分准予", says: "改为减交，不少于 30%（§46）" });
  }
  if (may("grant") && relief.kind.code === "reduce")
    grant.push({ choice: "part", label: "准予减交", says: "不少于 30%（§46）" });
  if (may("grant"))
    grant.push({
      choice: "defer",
      label: relief.kind.code === "defer" ? "准予缓交" : "改为缓交",
      says: "金额不变，另定期限（§47）",
    });
  if (relief.kind.code === "defer") grant.reverse();
  return may("refuse") ? [...grant, { choice: "refuse", label: "不予准许", says: "须书面说明理由（§48）" }] : grant;
}

/** What is still missing of a decision, as one sentence; empty when it may be sent. `today` is a court day. */
export function missingInRelief(draft: ReliefDraft, today: string): string {
  if (!draft.choice) return "请选择决定";
  if (draft.choice === "part" && ratioOf(draft.percent) === null)
    return "减交比例填 30 至 99 的整数（诉讼费用交纳办法§46：不得低于 30%）";
  if (draft.choice === "defer" && !draft.deferUntil) return "请填写缓交到哪一天";
  if (draft.choice === "defer" && draft.deferUntil <= today) return "缓交期限须在今天以后";
  const text = tidy(draft.reason);
  if (!text) return "请写明理由，理由会写入决定书";
  return /〔|〕/.test(text) ? "请把理由中〔 〕处补写完整" : "";
}

export const tidy = (text: string): string => text.replace(/\s+/g, " ").trim();

/** The move as it goes to the server. */
export function moveOf(draft: ReliefDraft): Record<string, unknown> {
  const reason = tidy(draft.reason);
  if (draft.choice === "refuse") return { action: "refuse", reason };
  if (draft.choice === "part") return { action: "grant", reduceBy: ratioOf(draft.percent), reason };
  if (draft.choice === "defer") return { action: "grant", deferUntil: draft.deferUntil, reason };
  return { action: "grant", reason };
}

/** Templates of reasons with the ground of this application filled in. */
export function templatesFor(relief: Relief, draft: ReliefDraft): string[] {
  const name = ({ full: "grant", part: "part", defer: "defer", refuse: "refuse" } as const)[draft.choice ?? "refuse"];
  const filled = (text: string) =>
    text
      .replaceAll("〔{ground}〕", relief.ground.title)
      .replaceAll("{ground}", relief.ground.title)
      .replaceAll("{basis}", relief.ground.basis)
      .replaceAll("{percent}", draft.percent || "〔比例〕")
      .replaceAll("{until}", draft.deferUntil || "〔日期〕");
  const natural = payerOf(relief).kind === "natural";
  return reliefTemplates[name].filter((text) => !natural || !text.includes("不是自然人")).map(filled);
}

export const payerOf = (relief: Relief) => relief.notice.payer;
