import { type Actor, isStaff } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { describeAccounts } from "#modules/account/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Bundle, ComplaintPaper, CourtPaper, ReceiptPaper } from "#modules/document/index.ts";
import { listReleased, type ReleasedFile } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { GENERAL_FORM } from "#modules/reference/index.ts";
import { mandatesOf, signaturesOf } from "./confirmation-paper.ts";
import { maskContent } from "./masked.ts";
import { causeOf } from "./precheck.ts";
import { listDocuments } from "./present.ts";
import { problem } from "./problems.ts";
import { type FilingRow, openContent, openTitle } from "./store.ts";

/** What the papers of a filing are made of. Who may read the filing was asked before. */
type Row = FilingRow & { content: Buffer };

/** 起诉状. The court's people see personal fields masked here as well. */
export async function complaintOf(
  means: Means,
  actor: Actor,
  row: Row,
  files: readonly ReleasedFile[],
  masked = isStaff(actor),
): Promise<ComplaintPaper> {
  const { content: whole } = openContent(means.vault, row);
  const content = masked ? maskContent(whole) : whole;
  const signature = files.find(({ id, family }) => id === content.signature.materialId && family === "picture");
  const { signer, coSignatures } = await signaturesOf(means, row, whole);
  return {
    formId: content.formId ?? GENERAL_FORM,
    causeName: causeOf(content.causeCode)?.name ?? null,
    courtName: await nameOfCourt(row.courtCode),
    receiptNumber: row.receiptNumber,
    masked,
    parties: content.parties,
    claims: content.claims,
    amountFen: content.amountFen,
    facts: content.facts,
    // An answer that was taken back is none.
    answers: Object.fromEntries(
      Object.entries(content.answers).filter(
        (answer): answer is [string, Exclude<(typeof answer)[1], null>] => answer[1] !== null,
      ),
    ) as ComplaintPaper["answers"],
    service: content.service,
    mediation: content.mediation,
    evidence: files.filter(({ kind }) => kind === "evidence"),
    signature: {
      picture: (await signature?.read()) ?? null,
      signedOn: content.signature.signedOn,
      ...(signer === "" ? {} : { signer }),
    },
    coSignatures,
  };
}

/** 收件凭证, for what has been handed in. Throws `filing.no_receipt`. */
export async function receiptOf(means: Means, row: Row): Promise<ReceiptPaper> {
  const { receiptNumber, submittedAt } = row;
  if (receiptNumber === null || submittedAt === null) throw problem("filing.no_receipt");
  const [files, rounds, people, courtName] = await Promise.all([
    listReleased(means, "filing", row.id),
    means.database.read<{ round: number; contentHash: string; materialIds: string; at: Date }>(
      "SELECT round, content_hash AS contentHash, material_ids AS materialIds, at FROM filing_submission WHERE filing_id = ? ORDER BY round",
      [row.id],
    ),
    describeAccounts([row.accountId]),
    nameOfCourt(row.courtCode),
  ]);
  const handedIn = new Set(rounds.flatMap(({ materialIds }) => JSON.parse(materialIds) as string[]));
  return {
    courtName,
    receiptNumber,
    title: openTitle(means.vault, row),
    submitter: people.get(String(row.accountId))?.displayName ?? "",
    receivedAt: courtMoment(submittedAt),
    rounds: rounds.map(({ round, contentHash, at }) => ({ round, contentHash, at: courtMoment(at) })),
    materials: files
      .filter(({ id }) => handedIn.has(id))
      .map(({ name, kindLabel, pages, bytes, sha256 }) => ({ name, kind: kindLabel, pages, bytes, sha256 })),
    today: writtenDay(courtDayOf(means.clock.now())),
  };
}

/** The text of a decision as it was sent. Throws 404 for what this filing does not have. */
export async function documentOf(means: Means, row: Row, documentId: string): Promise<CourtPaper> {
  const found = (await listDocuments(means, row)).find(({ id }) => String(id) === documentId);
  if (!found) throw problem("filing.not_found");
  return {
    courtName: await nameOfCourt(row.courtCode),
    title: found.title,
    number: row.caseNumber ?? row.receiptNumber,
    text: found.text,
  };
}

/** Reading too much at once would take the node's memory: so many bytes and files fit in one bundle. */
const MOST_BYTES = 80 * 1024 ** 2;

/** 合订本. Throws `filing.bundle_too_large`. */
export async function bundleOf(means: Means, actor: Actor, row: Row, files: readonly ReleasedFile[]): Promise<Bundle> {
  const bound = files.filter(({ kind }) => kind !== "signature");
  const bytes = bound
    .filter(({ family }) => family === "pdf" || family === "picture")
    .reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > MOST_BYTES) throw problem("filing.bundle_too_large");
  return {
    courtName: await nameOfCourt(row.courtCode),
    title: openTitle(means.vault, row),
    receiptNumber: row.receiptNumber,
    complaint: await complaintOf(means, actor, row, files),
    materials: [
      ...(await mandatesOf(means, actor, row)),
      ...bound.map(({ name, kindLabel, purpose, family, sha256, read }) => ({
        name,
        kind: kindLabel,
        purpose,
        family,
        sha256,
        read,
      })),
    ],
  };
}

const writtenDay = (day: string): string => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日");
/** A moment in the court's own time, to the second. */
const courtMoment = (at: Date): string =>
  `${writtenDay(courtDayOf(at))} ${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(11, 19)}`;
