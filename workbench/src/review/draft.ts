import type { Cause, Court, Defect, Filing, Finding, Ground, ReviewItem } from "@/api/contract.ts";

export const decisionActions = ["accept", "return", "refuse", "transfer", "mediate"] as const;
export type DecisionAction = (typeof decisionActions)[number];
export const isDecision = (action: string): action is DecisionAction =>
  (decisionActions as readonly string[]).includes(action);

export interface DefectLine {
  code: string;
  pointer: string;
  note: string;
}

/** What the decision dialog holds while the clerk fills it; one form for the five decisions. */
export interface Draft {
  cause: Pick<Cause, "code" | "name"> | null;
  caseType: { code: string; name: string } | null;
  lines: DefectLine[];
  dueDays: number;
  overrideReason: string;
  ground: Ground | null;
  court: (Pick<Court, "code" | "name"> & { open?: boolean }) | null;
  note: string;
}

export function emptyDraft(item: ReviewItem | null, correctionDays = 15): Draft {
  const suggested = item?.suggestion.caseTypeCode;
  const cause = item?.filing.cause ?? null;
  return {
    cause: cause ? { code: cause.code, name: cause.name } : null,
    caseType: suggested ? { code: suggested, name: suggested } : null,
    lines: [],
    dueDays: correctionDays,
    overrideReason: "",
    ground: null,
    court: null,
    note: "",
  };
}

/** A second return may not raise what was visible in the first, unless a supervisor says why. */
export const isSecondReturn = (filing: Pick<Filing, "corrections">): boolean => filing.corrections.length > 0;

/** What is still missing, as one sentence; empty when the decision can be read over. */
export function missingIn(action: DecisionAction, draft: Draft, filing: Pick<Filing, "corrections">): string {
  switch (action) {
    case "accept":
      if (!draft.cause) return "请选择案由。";
      return draft.caseType ? "" : "请选择案件类型。";
    case "return":
      if (draft.lines.length === 0) return "请至少选择一项补正事项。";
      if (draft.lines.some((line) => !line.code)) return "有补正事项还没有选定目录条目。";
      if (!Number.isInteger(draft.dueDays) || draft.dueDays < 1) return "请填写补正期限（日）。";
      return isSecondReturn(filing) && !draft.overrideReason.trim() ? "再次补正须写明督办批准的理由。" : "";
    case "refuse":
      if (!draft.ground) return "请选择不予受理的事由。";
      return draft.note.trim() ? "" : "请写明具体理由。";
    case "transfer":
      if (!draft.court) return "请选择受移送法院。";
      return draft.note.trim() ? "" : "请写明移送理由。";
    case "mediate":
      return "";
  }
}

/** The body the server takes; nothing that does not belong to this decision. */
export function bodyOf(
  action: DecisionAction,
  draft: Draft,
  fence: number,
): { action: string; fence: number } & Record<string, unknown> {
  const note = draft.note.trim();
  switch (action) {
    case "accept":
      return {
        action,
        fence,
        causeCode: draft.cause!.code,
        caseTypeCode: draft.caseType!.code,
        ...(note ? { note } : {}),
      };
    case "return": {
      const overrideReason = draft.overrideReason.trim();
      const defects = draft.lines.map((line) => ({ code: line.code, pointer: line.pointer, note: line.note.trim() }));
      return { action, fence, defects, dueDays: draft.dueDays, ...(overrideReason ? { overrideReason } : {}) };
    }
    case "refuse":
      return { action, fence, groundCode: draft.ground!.code, note };
    case "transfer":
      return { action, fence, courtCode: draft.court!.code, note };
    case "mediate":
      return { action, fence, note };
  }
}

/** The catalogue entry that fits a place: the finding's own code if it is one, else the only entry written for such a place. */
export function defectFor(catalogue: Defect[], pointer: string, finding?: Finding): string {
  const byCode = finding && catalogue.find((each) => each.code === finding.code);
  if (byCode) return byCode.code;
  const fitting = fittingDefects(catalogue, pointer);
  return fitting.length === 1 ? fitting[0]!.code : "";
}

/** Entries written for this place, or for the list it stands in. More than one means: the clerk chooses. */
export function fittingDefects(catalogue: Defect[], pointer: string): Defect[] {
  return catalogue.filter((each) => each.pointer && isAt(each.pointer, pointer));
}

function isAt(place: string, pointer: string): boolean {
  return pointer === place || pointer.startsWith(`${place}/`);
}
