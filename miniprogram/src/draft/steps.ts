import type { Content, Material } from "@/api/types";
import { STAGES } from "./content";
import { partsOf } from "./pointer";

export interface WizardStep {
  id: string;
  label: string;
  url: string;
}

/** The way from "I want to file" to the receipt, one topic a screen. */
export const STEPS: readonly WizardStep[] = [
  { id: "cause", label: "是什么事", url: "/pages/wizard/cause" },
  { id: "court", label: "去哪个法院", url: "/pages/wizard/court" },
  { id: "parties", label: "双方是谁", url: "/pages/wizard/parties" },
  { id: "claims", label: "要求什么", url: "/pages/wizard/claims" },
  { id: "facts", label: "事情经过", url: "/pages/wizard/facts" },
  { id: "evidence", label: "证据材料", url: "/pages/wizard/evidence" },
  { id: "service", label: "怎么联系您", url: "/pages/wizard/service" },
  { id: "consents", label: "在线办理", url: "/pages/wizard/consents" },
  { id: "check", label: "检查一遍", url: "/pages/wizard/check" },
  { id: "sign", label: "签名提交", url: "/pages/wizard/sign" },
];

/** The page of a step; `extra` are further query fields. */
export function stepUrl(stepId: string, draftId: string, extra: Record<string, string> = {}): string {
  const step = STEPS.find((each) => each.id === stepId) ?? STEPS[0]!;
  const query = Object.entries({ id: draftId, ...extra }).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  return `${step.url}?${query.join("&")}`;
}

/** Where on the screen a place of the draft is filled in: what "去修改" opens. */
export function locate(pointer: string, draftId: string, extra: Record<string, string> = {}): string {
  const [first = "", second, third, fourth] = partsOf(pointer);
  switch (first) {
    case "causeCode":
    case "formId":
      return stepUrl("cause", draftId, extra);
    case "courtCode":
      return stepUrl("court", draftId, extra);
    case "parties":
      if (second && third === "agents" && fourth)
        return `/pages/wizard/agents?id=${draftId}&party=${second}${suffix(extra)}`;
      return second
        ? `/pages/wizard/party?id=${draftId}&party=${second}${third ? `&field=${encodeURIComponent(third)}` : ""}${suffix(extra)}`
        : stepUrl("parties", draftId, extra);
    case "claims":
    case "amountFen":
      return stepUrl("claims", draftId, {
        ...extra,
        ...(second ? { field: second } : first === "amountFen" ? { field: "amountFen" } : {}),
      });
    case "answers":
    case "facts":
      return stepUrl("facts", draftId, { ...extra, field: first === "facts" ? "facts" : (second ?? "") });
    case "materials":
      return stepUrl("evidence", draftId, { ...extra, ...(second ? { field: second } : {}) });
    case "service":
      return stepUrl("service", draftId, { ...extra, ...(second ? { field: second } : {}) });
    case "consents":
    case "mediation":
      return stepUrl("consents", draftId, { ...extra, ...(second ? { field: second } : {}) });
    case "helper-edits":
      return `/pages/helper/review?id=${draftId}`;
    case "signature":
      return stepUrl("sign", draftId, extra);
    default:
      return stepUrl("check", draftId, extra);
  }
}

/** The first step that still wants something: where a draft opened again goes on. */
export function firstOpenStep(content: Content, courtCode: string | null, materials: readonly Material[]): string {
  if (!content.causeCode) return "cause";
  if (!courtCode) return "court";
  const sides = new Set(content.parties.filter((party) => party.name !== "").map((party) => party.side));
  if (!sides.has("plaintiff") || !sides.has("defendant")) return "parties";
  if (!content.claims.some((claim) => claim.text !== "")) return "claims";
  if (content.facts === "" && Object.keys(content.answers).length === 0) return "facts";
  if (materials.length === 0) return "evidence";
  if (!content.service.confirmed) return "service";
  if (STAGES.some((stage) => content.consents[stage] === null)) return "consents";
  return "check";
}

function suffix(extra: Record<string, string>): string {
  return Object.entries(extra)
    .map(([name, value]) => `&${name}=${encodeURIComponent(value)}`)
    .join("");
}
