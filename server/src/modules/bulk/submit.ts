import { type Actor, SYSTEM } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { Problem } from "#core/problem.ts";
import { findIdentity } from "#modules/account/index.ts";
import {
  type FilingContent,
  type Finding,
  findFilingRow,
  openContent,
  replaceContent,
  submitFiling,
} from "#modules/filing/index.ts";
import { copyMaterial, type MaterialFacts, materialFacts, readMaterial } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { aboutRow, gravestFirst, type RowFinding } from "./finding.ts";
import { BulkRow } from "./model.ts";
import { type Signer, signingFault } from "./signer.ts";
import type { Outcome } from "./step.ts";
import { findingsSeal, holdRow, isStill, type JobRow, nextRows } from "./store.ts";
import { SUBMITTABLE } from "./workflow.ts";

/** Files are looked into within seconds; where that takes longer, the row is handed in another time. */
const PATIENCE_MS = 10 * 60_000;
const ROWS_AT_ONCE = 500;

/** One step of 提交: every row whose draft has nothing left that blocks is handed in, each in a work of its own. */
export async function submitSome(means: Means, job: JobRow, actor: Actor, hasTime: () => boolean): Promise<Outcome> {
  const identity = await findIdentity(means.vault, actor.accountId);
  const signer = identity?.state === "verified" ? identity : null;
  const ids = await nextRows(means.database, job.id, SUBMITTABLE, ROWS_AT_ONCE, { untried: true });
  let waiting = 0;
  for (const id of ids) {
    if (!hasTime()) return "more";
    const outcome = await submitRow(means, job, actor, signer, id);
    if (outcome === "stopped") return "finished";
    if (outcome === "waits") waiting += 1;
  }
  return waiting > 0 ? "wait" : "finished";
}

type RowOutcome = "done" | "waits" | "stopped";

async function submitRow(
  means: Means,
  job: JobRow,
  actor: Actor,
  signer: Signer | null,
  rowId: string,
): Promise<RowOutcome> {
  const row = await BulkRow.findByPk(rowId);
  if (!row?.filingId || !SUBMITTABLE.includes(row.state)) return "done";
  const filingId = String(row.filingId);
  const filing = await findFilingRow(means.database, actor, filingId);
  // Handed in or withdrawn by hand meanwhile: the row is told of it by the filing itself.
  if (filing.state !== "draft") return hold(means, job, rowId, []);
  // What could not be put in is for its owner to add: nothing is handed in without it behind their back.
  const lacking = lackingOf(means, row);
  if (lacking.length > 0) return hold(means, job, rowId, lacking);
  const { content } = openContent(means.vault, filing);
  const before = await materialFacts(means.database, "filing", filingId);
  const signed = await signatureFor({ means, job, actor, signer, filingId, content, facts: before });
  if (Array.isArray(signed)) return hold(means, job, rowId, signed);

  const facts = await materialFacts(means.database, "filing", filingId);
  if (facts.scanning > 0 && !isOverdue(means, job)) return "waits";
  if (facts.refused > 0)
    return hold(means, job, rowId, [
      aboutRow(
        "block",
        "file.refused",
        `有 ${facts.refused} 份材料没有通过检查`,
        "请打开草稿查看原因，换一份后再提交。",
      ),
    ]);
  try {
    return await means.transact(
      actor,
      async (work) => {
        if (!(await isStill(work, job.id, "submitting"))) return "stopped" as const;
        const held = await holdRow(work, rowId);
        if (!held || !SUBMITTABLE.includes(held.state)) return "done" as const;
        if (content.signature.materialId === null && signed)
          await replaceContent(work, means, filingId, filing.version, {
            ...content,
            signature: { materialId: signed, signedOn: courtDayOf(work.at) },
          });
        const { receiptNumber } = await submitFiling(work, means, filingId);
        await held.update(
          { state: "submitted", receiptNumber, findings: null, triedAt: work.at, updatedAt: work.at },
          { transaction: work.tx },
        );
        return "done" as const;
      },
      { repeatable: true },
    );
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    return hold(means, job, rowId, missingOf(error));
  }
}

function lackingOf({ vault }: Means, row: BulkRow): RowFinding[] {
  const findings = row.findings ? findingsSeal.open(vault, row, row.findings) : [];
  return findings
    .filter(({ code }) => code === "file.not_taken")
    .map((finding) => ({ ...finding, fix: "请打开草稿补传这个文件，并在草稿中签名提交。" }));
}

const isOverdue = ({ clock }: Means, { phaseAt }: JobRow): boolean =>
  phaseAt !== null && clock.now().getTime() - phaseAt.getTime() > PATIENCE_MS;

interface Signing {
  readonly means: Means;
  readonly job: JobRow;
  readonly actor: Actor;
  readonly signer: Signer | null;
  readonly filingId: string;
  readonly content: FilingContent;
  readonly facts: MaterialFacts;
}

/** The signature this draft is handed in with: its own, or the batch's where its signer has the power; else what is missing. */
async function signatureFor(signing: Signing): Promise<string | RowFinding[] | null> {
  const { means, job, actor, signer, filingId, content, facts } = signing;
  if (content.signature.materialId !== null) return content.signature.materialId;
  const missing = (text: string, fix: string) => [aboutRow("block", "signature.missing", text, fix)];
  const picture = job.signatureId ? await readMaterial(means, String(job.signatureId)) : null;
  if (picture?.state !== "ready" || picture.removedAt)
    return missing("还没有签名", "请在批量任务中签一次名后再提交；或在草稿中逐件签名。");
  const fault = signer
    ? signingFault(signer, content, (facts.byKind["power_of_attorney"] ?? 0) > 0)
    : aboutRow("block", "filer.unverified", "您还没有通过实名核验", "请在“我的—实名核验”完成核验后再提交。");
  if (fault) return [fault];
  return copyMaterial(means, actor, picture, { ownerKind: "filing", ownerId: filingId });
}

/** The draft stays as it is, and the row says what is missing. */
async function hold(
  { transact, vault }: Means,
  job: JobRow,
  rowId: string,
  findings: readonly RowFinding[],
): Promise<RowOutcome> {
  return transact(
    SYSTEM,
    async (work) => {
      if (!(await isStill(work, job.id, "submitting"))) return "stopped" as const;
      const row = await holdRow(work, rowId);
      if (!row || !SUBMITTABLE.includes(row.state)) return "done" as const;
      await row.update(
        {
          state: "held",
          findings: findingsSeal.seal(vault, row, gravestFirst(findings)),
          triedAt: work.at,
          updatedAt: work.at,
        },
        { transaction: work.tx },
      );
      return "done" as const;
    },
    { repeatable: true },
  );
}

/** What a refusal to take the filing names, finding by finding. */
function missingOf({ code, message, extras }: Problem): RowFinding[] {
  const findings = (extras.members?.["findings"] ?? []) as readonly Finding[];
  const blocks = findings.filter(({ severity }) => severity === "block");
  if (blocks.length === 0) return [aboutRow("block", code, message, extras.detail ?? "请打开草稿处理后再提交。")];
  return blocks.map(({ code: own, message: text, fix, basis }) => ({ ...aboutRow("block", own, text, fix), basis }));
}
