import type { ChangeReason, FeeFacts, FeeNotice, Halving } from "@/api/contract.ts";
import { fenText } from "@/style/format.ts";
import { yuanOf } from "./money-text.ts";
import { amountLabels } from "./words.ts";

/** What the dialog asks besides the reason. */
export interface ChangeDraft {
  reason: ChangeReason | null;
  /** The facts as they are now; typed by hand where the notice does not tell them. */
  facts: FeeFacts;
  amountFen: number | null;
  afterInquiry: boolean;
  note: string;
}

export const asksAmount = (reason: ChangeReason | null): boolean =>
  reason === "claim_increased" || reason === "claim_reduced";

/** The whole facts from now on. A reason to halve is noted once; the law halves once whatever the number (民诉法解释§206). */
export function factsAfter({ reason, facts, amountFen, afterInquiry }: ChangeDraft): FeeFacts {
  const { afterInquiry: _, ...rest } = facts;
  const halvings = new Set<Halving>(facts.halvings);
  if (reason === "halved") halvings.add("summary");
  if (reason === "mediated" || reason === "withdrawn") halvings.add(reason);
  if (reason === "to_ordinary") halvings.delete("summary");
  const next: FeeFacts = { ...rest, halvings: [...halvings] };
  if (asksAmount(reason)) next.amountFen = amountFen;
  if (reason === "claim_reduced" && afterInquiry) next.afterInquiry = true;
  return next;
}

/** What is still missing or cannot be so, as one sentence; empty when the change may be sent. */
export function missingInChange(draft: ChangeDraft): string {
  const { reason, facts, amountFen, note } = draft;
  if (!reason) return "请选择变动事由";
  if (asksAmount(reason)) {
    if (amountLabels[facts.category] === undefined) return "这类案件按件收费，请求金额变动不影响费用";
    if (amountFen === null) return "请填写变动后的金额";
    if (facts.amountFen !== null && reason === "claim_increased" && amountFen <= facts.amountFen)
      return `增加后的金额须大于原来的 ${fenText(facts.amountFen)}`;
    if (facts.amountFen !== null && reason === "claim_reduced" && amountFen >= facts.amountFen)
      return `减少后的金额须小于原来的 ${fenText(facts.amountFen)}`;
  }
  if (reason === "to_ordinary" && !facts.halvings.includes("summary"))
    return "本案没有按简易程序减半，不需要补交另一半";
  if (reason === "halved" && facts.halvings.includes("summary")) return "本案已按简易程序减半，减半只能一次";
  if ((reason === "mediated" || reason === "withdrawn") && facts.halvings.includes(reason)) return "这项减半已经计入";
  if (reason === "correction" && !note.trim()) return "请写明更正的原因";
  return "";
}

export interface FeeQuestion {
  kind: string;
  input: Record<string, unknown>;
}

const propertyKinds: Record<string, string> = {
  "": "property_first_instance",
  summary: "property_summary_procedure",
  mediated: "property_mediated_ordinary",
  withdrawn: "property_withdrawn_ordinary",
  joined: "third_party_claim_joined",
  "mediated+summary": "property_mediated_in_summary",
  "summary+withdrawn": "property_withdrawn_in_summary",
};
const perPiece: Partial<Record<FeeFacts["category"], string>> = {
  labor: "labor",
  admin_special: "admin_trademark_patent_maritime",
  admin_other: "admin_other",
  free: "special_procedure",
  jurisdiction_objection: "jurisdiction_objection_rejected",
  public_notice: "public_notice",
  arbitration: "arbitration_setaside_or_validity",
  other_non_property: "other_non_property",
};
const halvedPieces = new Set(["labor", "admin_other", "other_non_property"]);

/** The question to the fee calculator that gives the fee of these facts, or null where it knows no such kind. */
export function questionOf(facts: FeeFacts): FeeQuestion | null {
  const half = facts.halvings.length > 0;
  const amount = facts.amountFen === null ? null : yuanOf(facts.amountFen);
  const piece = perPiece[facts.category];
  if (piece) {
    if (half && !halvedPieces.has(facts.category) && facts.category !== "free") return null;
    return { kind: half && facts.category !== "free" ? `${piece}_summary` : piece, input: {} };
  }
  switch (facts.category) {
    case "property":
      return amount === null ? null : property(amount, facts.halvings);
    case "ip":
      if (amount !== null)
        return half ? property(amount, facts.halvings) : ask("ip_with_amount", { claim_amount: amount });
      return half ? null : ask("ip_no_amount");
    case "appeal":
      if (amount === null) return null;
      return half ? property(amount, facts.halvings) : ask("appeal_property", { appealed_amount: amount });
    case "divorce":
      return ask(half ? "divorce_summary" : "divorce", { property_total: amount ?? "0" });
    case "personality":
      return ask(half ? "personality_rights_summary" : "personality_rights", { damages: amount ?? "0" });
    case "preservation":
      return half ? null : ask("preservation", { amount: amount ?? "0" });
    case "execution":
      if (half) return null;
      return amount === null ? ask("execution_no_amount") : ask("execution", { amount });
    case "payment_order":
      return amount === null || half ? null : ask("payment_order", { amount });
    case "bankruptcy":
      return amount === null || half ? null : ask("bankruptcy", { estate_total: amount });
    default:
      return null;
  }
}

function property(amount: string, halvings: Halving[]): FeeQuestion {
  // More reasons than the calculator has a name for halve once all the same.
  const kind = propertyKinds[[...halvings].sort().join("+")] ?? "property_summary_procedure";
  return ask(kind, { claim_amount: amount });
}

function ask(kind: string, input: Record<string, unknown> = {}): FeeQuestion {
  return { kind, input };
}

export interface Consequence {
  is: "supplement" | "refund" | "same" | "kept";
  fen: number;
  says: string;
}

/** What a new fee means for the payer, in words: what is still to be paid, what goes back. */
export function consequenceOf(notice: FeeNotice, draft: ChangeDraft, afterFen: number): Consequence {
  if (draft.reason === "claim_reduced" && draft.afterInquiry)
    return {
      is: "kept",
      fen: 0,
      says: "法庭调查终结后减少请求，减少部分的案件受理费由当事人负担，不退（诉讼费用交纳办法§35）。应交金额不变。",
    };
  const dueFen = Math.max(0, afterFen - reliefAfter(notice, afterFen));
  const heldFen = notice.paidFen - notice.refundedFen;
  if (dueFen > heldFen) {
    const fen = dueFen - heldFen;
    if (heldFen === 0) return { is: "supplement", fen, says: `当事人尚未交费，应交金额改为 ${fenText(dueFen)}。` };
    const unpaid =
      draft.reason === "to_ordinary" ? "逾期不补交的，按撤诉处理，已交部分退还一半（民诉法解释§199）。" : "";
    return { is: "supplement", fen, says: `需补交 ${fenText(fen)}，自接到补交通知次日起七日内交纳。${unpaid}` };
  }
  if (heldFen > dueFen) {
    const fen = heldFen - dueFen;
    return {
      is: "refund",
      fen,
      says: `应退还 ${fenText(fen)}。系统随即提出退费，经另一人审批后原路退回（诉讼费用交纳办法§53）。`,
    };
  }
  return { is: "same", fen: 0, says: "已交金额与应交金额一致，不补不退。" };
}

/** Relief keeps its share of a fee that changes, rounded to the fen as the server does. */
export function reliefAfter({ reliefFen, assessedFen }: FeeNotice, afterFen: number): number {
  if (reliefFen === 0 || assessedFen === 0) return 0;
  const whole = BigInt(assessedFen);
  return Number((2n * BigInt(reliefFen) * BigInt(afterFen) + whole) / (2n * whole));
}
