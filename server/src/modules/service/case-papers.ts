import type { CaseRow } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { problem } from "./problems.ts";

/** A paper that lies in the case's 正卷 and that this party may be given: an answer, evidence, a transcript. */
type Finder = (means: Means, courtCase: CaseRow, itemId: string, partyKey: string) => Promise<Buffer>;

let finder: Finder | null = null;
/** `dossier` stands below this module and says here how its papers are found. */
export function casePapersBy(find: Finder): void {
  finder = find;
}
/** The pages of a paper, as they stand. Throws `service.no_document`, `service.paper_not_open`. */
export const casePaper: Finder = async (means, courtCase, itemId, partyKey) => {
  if (!finder) throw problem("service.no_document");
  return finder(means, courtCase, itemId, partyKey);
};
