import type { VerifiedIdentity } from "#modules/account/index.ts";
import type { FilingContent } from "#modules/filing/index.ts";
import { aboutRow, type RowFinding } from "./finding.ts";

/** The one whose signature a batch carries. */
export type Signer = Pick<VerifiedIdentity, "name" | "idNumber" | "practice">;

/**
 * Why this person may not sign for the plaintiffs of a filing; null where they may. An agent needs to be named in it with
 * a power of attorney among the papers (民诉法§62、解释§88); an organisation is signed for by its representative; a
 * person signs for themselves.
 */
export function signingFault(signer: Signer, content: FilingContent, hasPower: boolean): RowFinding | null {
  const plaintiffs = content.parties.filter(({ side }) => side === "plaintiff");
  const isTheirs = plaintiffs.every(
    ({ kind, name, idNumber, legalRepresentative }) =>
      (kind === "organisation" && legalRepresentative === signer.name) ||
      (kind === "natural" && name === signer.name && idNumber === signer.idNumber),
  );
  if (plaintiffs.length > 0 && isTheirs) return null;
  const isAgent = plaintiffs.every(({ agents }) =>
    agents.some(
      ({ kind, name }) => name === signer.name && (kind === "lawyer" ? signer.practice !== null : kind === "employee"),
    ),
  );
  if (!isAgent)
    return aboutRow(
      "block",
      "signature.no_power",
      "您不是这一件的代理人或原告的法定代表人，不能用您的签名提交",
      "请在代理人栏填写您本人（与实名一致）并附授权委托书；或建立草稿后由原告本人签名提交。",
    );
  return hasPower
    ? null
    : aboutRow(
        "block",
        "signature.power_missing",
        "材料中没有授权委托书，不能用代理人的签名提交",
        "请把授权委托书放进压缩包并填写文件名；或在草稿中补传后再提交。",
      );
}
