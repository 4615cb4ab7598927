import { SYSTEM } from "#core/actor.ts";
import type { Means } from "#modules/module.ts";
import { printCertificate } from "./certificate.ts";
import { documentKind } from "./kinds.ts";
import { listParts, readPdf } from "./parts.ts";
import { findService } from "./store.ts";

/** What was served on one party, for the dossier. Who may read it is asked there. */
export interface ServedPapers {
  readonly caseId: string;
  readonly courtCode: string;
  readonly number: string;
  readonly partyKey: string;
  readonly effectiveOn: string | null;
  /** 裁判文书 and 调解书: every party gets the same. */
  readonly isJudgment: boolean;
  /** Each party's own copy stays with them: the others may not know of it yet. */
  readonly quiet: boolean;
  /** What the court wrote for it; the pleading and its annexes stand in the dossier already. */
  readonly documents: readonly { readonly title: string; readonly sha256: string; read(): Promise<Buffer> }[];
  /** 送达回证 as it stands now. */
  certificate(): Promise<Buffer>;
}

export async function servedPapers(means: Means, serviceId: string): Promise<ServedPapers> {
  const row = await findService(means.database, SYSTEM, serviceId);
  const parts = await listParts(means.database, row.id);
  return {
    caseId: String(row.caseId),
    courtCode: row.courtCode,
    number: row.number,
    partyKey: row.partyKey,
    effectiveOn: row.effectiveOn,
    isJudgment: documentKind(row.documentKind).judgment,
    quiet: documentKind(row.documentKind).quiet,
    documents: parts.flatMap(({ title, source, fileKey, sha256 }) =>
      source === "complaint" || source === "material" || source === "dossier" || fileKey === null || sha256 === null
        ? []
        : [{ title, sha256, read: () => readPdf(means, row, fileKey) }],
    ),
    certificate: () => printCertificate(means, SYSTEM, row),
  };
}
