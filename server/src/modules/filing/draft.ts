import { problem as http } from "#core/problem.ts";
import type { Work } from "#core/work.ts";
import { findCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { suggestForm } from "#modules/reference/index.ts";
import { type FilingContent, filingContent, titleOf } from "./content.ts";
import { changedPaths, type Edit, type Merged, mergeEdits } from "./edits.ts";
import { type Help, holdWithHelp, leaveToOwner } from "./helper-access.ts";
import { alterationsOf } from "./helper-change.ts";
import { keepHelperEdits, keepWhatIsOwners } from "./helper-edits.ts";
import { Filing, FilingStep } from "./model.ts";
import { causeOf } from "./precheck.ts";
import { problem } from "./problems.ts";
import { holdFiling, newSealRef, openContent, sealContent, sealTitle, type Written } from "./store.ts";
import { EDITABLE, filingWorkflow } from "./workflow.ts";

const MOST_DRAFTS = 50;

export interface Opening {
  readonly courtCode: string;
  readonly causeCode?: string | null | undefined;
  readonly formId?: string | null | undefined;
  /** What is known already; else the draft begins empty. */
  readonly content?: FilingContent;
  /** How many unsent drafts the account may have: many where they are made in bulk. */
  readonly mostDrafts?: number;
}

/** A new draft for a court. Throws 404 for an unknown court, 422 for an unknown cause, form, or a court not yet online. */
export async function openDraft(
  work: Work,
  means: Means,
  { courtCode, causeCode = null, formId = null, content: known, mostDrafts = MOST_DRAFTS }: Opening,
): Promise<Filing> {
  const court = await findCourt(courtCode);
  if (!court.open) throw problem("filing.court_closed");
  const [row] = await work.query<{ drafts: string }>(
    "SELECT COUNT(*) AS drafts FROM filing WHERE account_id = ? AND state = 'draft'",
    [work.actor.accountId],
  );
  if (Number(row?.drafts) >= mostDrafts) throw problem("filing.too_many");
  const content =
    known ?? filingContent.parse({ causeCode, formId: formId ?? (causeCode ? suggestForm(causeCode) : null) });
  const sealRef = newSealRef();
  const filing = await Filing.create(
    {
      sealRef,
      accountId: work.actor.accountId,
      courtCode,
      state: filingWorkflow.start,
      ...projected(means, { sealRef }, { content, versions: {} }),
      createdAt: work.at,
      updatedAt: work.at,
    },
    { transaction: work.tx },
  );
  await FilingStep.create(
    {
      filingId: filing.id,
      action: "open",
      toState: "draft",
      actorId: work.actor.accountId,
      role: work.actor.role,
      note: null,
      at: work.at,
    },
    { transaction: work.tx },
  );
  await work.emit({ name: "filing.opened", about: `filing:${filing.id}`, courtCode, filingId: filing.id });
  return filing;
}

/** The whole content at once, on the version the writer saw; 412 where somebody was quicker. */
export async function replaceContent(
  work: Work,
  means: Means,
  id: string,
  version: number,
  content: FilingContent,
): Promise<Filing> {
  const filing = await holdEditable(work, id);
  if (filing.version !== version) throw http("request.precondition", { members: { version: filing.version } });
  const before = openContent(means.vault, filing);
  const versions: Record<string, number> = { ...before.versions };
  for (const path of changedPaths(before.content, content)) versions[path] = version + 1;
  return write(work, means, filing, { content, versions });
}

export interface Edited extends Merged {
  readonly filing: Filing;
}

/**
 * Field edits, merged with what other devices wrote (see `mergeEdits`). The court may be changed while it is a draft. Whoever
 * helps writes here too, and everything they change is kept under their name; throws `helper.owner_only` for the rest.
 */
export async function editContent(work: Work, means: Means, id: string, given: readonly Edit[]): Promise<Edited> {
  const { filing, help } = await holdWithHelp(work, id);
  mustBeEditable(filing);
  if (help) leaveToOwner(given.map(({ path }) => path));
  const courtBefore = filing.courtCode;
  const before = openContent(means.vault, filing);
  const edits = help ? [...given, ...unconfirming(before, filing.version, given)] : given;
  const courtEdit = edits.findLast(({ path }) => path === "/courtCode");
  if (courtEdit) await changeCourt(work, filing, courtEdit.value);
  const merged = mergeEdits(
    before.content,
    before.versions,
    edits.filter(({ path }) => path !== "/courtCode"),
    filing.version + 1,
  );
  const applied = courtEdit ? ["/courtCode", ...merged.applied] : merged.applied;
  if (applied.length > 0) await write(work, means, filing, merged);
  if (help) await noteHelp(work, means, filing, help, { court: courtBefore, content: before.content }, merged.content);
  return { ...merged, applied, filing };
}

async function noteHelp(
  work: Work,
  { vault }: Means,
  filing: Filing,
  help: Help,
  before: { readonly court: string; readonly content: FilingContent },
  content: FilingContent,
): Promise<void> {
  const alterations = alterationsOf(before.content, content);
  await keepWhatIsOwners(work, vault, filing, alterations);
  const court = { path: "/courtCode", before: before.court, after: filing.courtCode };
  await keepHelperEdits(work, vault, filing, help, [...(court.before === court.after ? [] : [court]), ...alterations]);
}

/** An address that somebody else has changed is no longer the one that was confirmed (解释§137). */
function unconfirming({ content }: Written, version: number, edits: readonly Edit[]): Edit[] {
  const touched = edits.some(({ path }) => path.startsWith("/service/"));
  return touched && content.service.confirmed
    ? [{ path: "/service/confirmed", value: false, baseVersion: version }]
    : [];
}

async function holdEditable(work: Work, id: string): Promise<Filing> {
  const filing = await holdFiling(work, id);
  if (String(filing.accountId) !== work.actor.accountId) throw problem("filing.not_found");
  return mustBeEditable(filing);
}

function mustBeEditable(filing: Filing): Filing {
  if (!EDITABLE.includes(filing.state))
    throw problem("filing.not_editable", {
      detail: `目前为“${filingWorkflow.states[filing.state]}”，不能修改。需要改动的，请等待法院通知补正，或撤回后重新提交。`,
    });
  return filing;
}

async function changeCourt(work: Work, filing: Filing, value: unknown): Promise<void> {
  if (filing.state !== "draft" || typeof value !== "string")
    throw problem("filing.not_editable", { detail: "提交以后不能更换法院；需要更换的，请撤回后重新提交。" });
  const court = await findCourt(value);
  if (!court.open) throw problem("filing.court_closed");
  await filing.update({ courtCode: court.code }, { transaction: work.tx });
}

async function write(work: Work, means: Means, filing: Filing, written: Written): Promise<Filing> {
  return filing.update(
    { ...projected(means, filing, written), version: filing.version + 1, updatedAt: work.at },
    { transaction: work.tx },
  );
}

/** The sealed content, and the few columns that lists and queues need. */
function projected({ vault }: Means, row: { sealRef: string }, { content, versions }: Written) {
  return {
    causeCode: content.causeCode,
    formId: content.formId,
    amountFen: content.amountFen,
    content: sealContent(vault, row, { content, versions }),
    summary: sealTitle(vault, row, titleOf(content, causeOf(content.causeCode)?.name ?? null)),
  };
}
