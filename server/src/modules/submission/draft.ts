import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { isDuplicate } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { type Handler, hasPower, holdCaseFor, mayHandle, POWERS } from "#modules/case/index.ts";
import { type Kind, type Side, termsOf } from "./applications.ts";
import { Submission } from "./model.ts";
import { problem } from "./problems.ts";
import type { Content } from "./schema.ts";
import { holdSubmission, mayWrite, openContent, partiesOf, sealContent, withMandate } from "./store.ts";
import { submissionWorkflow } from "./workflow.ts";

export interface Opening {
  readonly kind: Kind;
  readonly application?: string | undefined;
  readonly partyKey?: string | undefined;
  readonly content: Content;
}

/** Why one who acts for a party may not hand this in, in words; null where they may. */
export function barredFrom(one: Handler, kind: Kind, application: string | null): string | null {
  if (!mayHandle(one, "draft")) return "律师没有让您起草材料";
  const { sides, power } = termsOf(kind, application);
  if (!sides.includes(one.side as Side)) return "您一方的诉讼地位不能提出此项";
  if (power && !hasPower(one, power)) return `须有当事人“${POWERS[power]}”的特别授权，或者由当事人本人提出`;
  return null;
}

/** Begins a submission in a running case. Throws 404 for whoever takes no part, 403 for a side or an agent that may not. */
export async function openSubmission(work: Work, vault: Vault, caseId: string, given: Opening): Promise<Submission> {
  const row = await holdCaseFor(work, caseId);
  if (row.state !== "accepted") throw problem("submission.case_over");
  const { kind, application = null } = given;
  const mine = await partiesOf(work, work.actor, String(row.id));
  const able = mine.filter((one) => barredFrom(one, kind, application) === null);
  const wanted = given.partyKey === undefined ? able : able.filter(({ partyKey }) => partyKey === given.partyKey);
  const [first] = mine;
  if (wanted.length === 0) {
    const detail = first ? `${barredFrom(first, kind, application) ?? "请选择您代表的当事人"}。` : undefined;
    throw problem("submission.not_for_you", detail ? { detail } : {});
  }
  if (new Set(wanted.map(({ partyKey }) => partyKey)).size > 1) throw problem("submission.which_party");
  const one = wanted[0] as Handler;
  const { partyKey } = one;
  if (one.rights !== null) leaveSignature(given.content, null);
  const sealRef = randomBytes(16).toString("hex");
  try {
    return await Submission.create(
      {
        sealRef,
        caseId: String(row.id),
        courtCode: row.courtCode,
        accountId: work.actor.accountId,
        partyKey,
        kind,
        application,
        queue: termsOf(kind, application).queue,
        state: submissionWorkflow.start,
        // One answer, and one counterclaim, of a party at a time; an application of one kind at a time.
        openOf: kind === "evidence" || kind === "opinion" ? null : `${application ?? kind}:${partyKey}`,
        content: sealContent(vault, { sealRef }, given.content),
        createdAt: work.at,
        updatedAt: work.at,
      },
      { transaction: work.tx },
    );
  } catch (error) {
    if (isDuplicate(error)) throw problem("submission.open_already");
    throw error;
  }
}

export const EDITABLE: readonly string[] = ["draft", "returned"];

/** Writes the whole content of one that is not handed in, or came back. Throws 409, 412 for another version. */
export async function replaceContent(
  work: Work,
  vault: Vault,
  id: string,
  { kind, content, version }: { kind: Kind; content: Content; version: number },
): Promise<Submission> {
  const { held, mine } = await holdSubmission(work, id);
  if (!mayWrite(mine, held.partyKey)) throw problem("submission.not_found");
  if (held.kind !== kind) throw problem("submission.other_kind");
  if (!EDITABLE.includes(held.state)) throw problem("submission.not_editable");
  if (held.version !== version) throw problem("submission.stale");
  if (!withMandate(mine, held.partyKey)) leaveSignature(content, openContent(vault, held));
  await held.update(
    { content: sealContent(vault, held, content), version: version + 1, updatedAt: work.at },
    { transaction: work.tx },
  );
  return held;
}

/** Who drafts for the lawyer signs nothing: what stands there is the lawyer's and the party's. Throws `submission.not_for_you`. */
function leaveSignature(content: Content, known: Content | null): void {
  const signatureOf = (one: Content | null): unknown =>
    one !== null && "signature" in one ? one.signature : { materialId: null, signedOn: null };
  if (isDeepStrictEqual(signatureOf(content), signatureOf(known))) return;
  throw problem("submission.not_for_you", { detail: "签名由当事人或者其代理律师办理，请不要改动签名。" });
}
