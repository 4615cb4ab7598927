import type { AnyContent } from "@/api/case-types";
import { getSubmission, listSubmissions } from "@/api/cases";

export interface OtherEvidence {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  readonly contentType: string;
  /** Whose: side and name. */
  readonly from: string;
}

/** The evidence that others have handed in and this reader may see; or this reader's own side's. */
export async function otherEvidence(caseId: string, own = false): Promise<OtherEvidence[]> {
  const { items } = await listSubmissions(caseId);
  const theirs = items.filter(
    (each) => each.mine === own && ["evidence", "answer", "counterclaim", "application"].includes(each.kind.code),
  );
  const details = await Promise.all(theirs.map(({ id }) => getSubmission<AnyContent>(id)));
  return details.flatMap(({ materials, party }) =>
    materials
      .filter(({ kind }) => kind !== "signature")
      .map(({ id, name, purpose, contentType }) => ({
        id,
        name,
        purpose: purpose ?? "",
        contentType,
        from: `${party.sideLabel}${party.name}`,
      })),
  );
}
