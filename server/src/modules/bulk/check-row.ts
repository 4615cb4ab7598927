import type { Actor } from "#core/actor.ts";
import { causeOf, type FilingContent, type Finding, precheckPlanned, titleOf } from "#modules/filing/index.ts";
import type { Means } from "#modules/module.ts";
import type { Form } from "#modules/reference/index.ts";
import { businessKey } from "./business-key.ts";
import { columnsOf } from "./columns.ts";
import { aboutRow, gravestFirst, type RowFinding } from "./finding.ts";
import { keyAt } from "./place.ts";
import { readRow } from "./read-row.ts";
import type { Letters, RowCells, RowText } from "./row-cells.ts";
import { type Signer, signingFault } from "./signer.ts";
import { type FileIndex, type PlannedFile, planFiles, plannedFacts } from "./wanted-files.ts";

/** What the whole batch has in common. */
export interface Batch {
  readonly actor: Actor;
  readonly courtCode: string;
  readonly form: Form;
  readonly letters: Letters;
  readonly files: FileIndex;
  readonly signer: Signer;
}
export interface CheckedRow {
  readonly content: FilingContent | null;
  readonly files: readonly PlannedFile[];
  readonly findings: readonly RowFinding[];
  readonly title: string;
  readonly businessKey: string | null;
}

/** Done later, or by the job itself. */
const LATER = new Set(["signature.missing"]);
/** Papers have a column of their own where the rule pack only says "among the materials". */
const PAPER_COLUMNS: Readonly<Record<string, string>> = {
  "material.identity_missing": "files.identity",
  "material.business_licence_missing": "files.business_license",
  "material.representative_certificate_missing": "files.legal_rep_certificate",
  "material.evidence_missing": "files.evidence",
};

/** Looks at one row with the eyes of the schema and of the rule pack that single filings go through. Writes nothing. */
export async function checkRow(means: Means, batch: Batch, row: RowText, number: number): Promise<CheckedRow> {
  const { cells, content, files: wanted, reference } = readRow(batch.form, row, number, batch.letters);
  const files = planFiles(wanted, batch.files, cells);
  if (!content) return { content, files, findings: gravestFirst(cells.findings), title: "", businessKey: null };
  const { accountId } = batch.actor;
  const facts = plannedFacts(files);
  const ruled = await precheckPlanned(means, { accountId, courtCode: batch.courtCode }, content, batch.actor, facts);
  const signing = signingFault(batch.signer, content, (facts.byKind["power_of_attorney"] ?? 0) > 0);
  const findings = [
    ...cells.findings,
    ...ruled.filter(({ code }) => !LATER.has(code)).map((finding) => placed(finding, batch, cells)),
    ...(signing ? [signing] : []),
    ...personal(batch, content),
  ];
  return {
    content,
    files,
    findings: gravestFirst(onceEach(findings)),
    title: titleOf(content, causeOf(content.causeCode)?.name ?? null),
    businessKey: businessKey(means.vault, batch.courtCode, content, reference),
  };
}

/** One agent speaks for every plaintiff, and is found wanting once for each: said once. */
function onceEach(findings: readonly RowFinding[]): RowFinding[] {
  const known = new Map(findings.map((finding) => [`${finding.cell} ${finding.code} ${finding.message}`, finding]));
  return [...known.values()];
}

/** A finding of the rule pack, at the cell it came from. What only papers can mend does not stop the draft. */
function placed(finding: Finding, { form }: Batch, cells: RowCells): RowFinding {
  const { code, severity, pointer, message, fix, basis } = finding;
  const isPaper =
    pointer === "/materials" || pointer === "/signature" || pointer === "/identity" || pointer === "/courtCode";
  const key = PAPER_COLUMNS[code] ?? (isPaper || pointer === "" ? null : keyAt(pointer, columnsOf(form)));
  const place = key ? cells.placeOf(key) : { cell: null, column: null };
  return { ...place, severity: severity === "block" && !isPaper ? "error" : severity, code, message, fix, basis };
}

/** Bulk filing is for lawyers and for organisations: a litigant's own rows are those of an organisation. */
function personal({ actor }: Batch, content: FilingContent): RowFinding[] {
  const plaintiffs = content.parties.filter(({ side }) => side === "plaintiff");
  const isOpen = actor.role === "lawyer" || plaintiffs.every(({ kind }) => kind === "organisation");
  return isOpen
    ? []
    : [
        aboutRow(
          "error",
          "bulk.person",
          "批量立案供律师和单位使用，这一件的原告是个人",
          "个人的案件请在“我要立案”中逐件填写；您是律师的，请先完成律师认证。",
        ),
      ];
}
