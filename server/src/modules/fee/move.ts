import { SYSTEM } from "#core/actor.ts";
import type { AppEvent } from "#core/outbox.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { FeeDocument, type FeeNotice, FeeStepRow } from "./model.ts";
import { sealWord } from "./store.ts";
import { type FeeAction, feeWorkflow } from "./workflow.ts";

export interface MoveOptions {
  readonly note?: string;
  /** The move follows from what somebody did, and is the application's own (settled, resumed, lapsed). */
  readonly bySystem?: boolean;
  /** Columns that change with the state. */
  readonly set?: Partial<FeeNotice["_attributes"]>;
}

/**
 * The only way a notice changes state: table, row and step in one transaction, and the event that tells of it. The notice
 * must be held (`holdNotice`).
 */
export async function moveNotice(
  work: Work,
  { vault }: Pick<Means, "vault">,
  notice: FeeNotice,
  action: FeeAction,
  event: AppEvent | null,
  { note = "", bySystem = false, set = {} }: MoveOptions = {},
): Promise<void> {
  const actor = bySystem ? SYSTEM : work.actor;
  const to = feeWorkflow.next(notice.state, action, actor.role);
  await writeNotice(work, notice, { ...set, state: to });
  await FeeStepRow.create(
    {
      noticeId: notice.id,
      action,
      toState: to,
      actorId: actor.accountId,
      role: actor.role,
      note: note ? sealWord(vault, notice, "note", note) : null,
      at: work.at,
    },
    { transaction: work.tx },
  );
  if (event) await work.emit(event);
}

/** Changes columns of a held notice that are not its state. */
export async function writeNotice(
  work: Work,
  notice: FeeNotice,
  set: Partial<FeeNotice["_attributes"]>,
): Promise<void> {
  await notice.update({ ...set, version: notice.version + 1, updatedAt: work.at }, { transaction: work.tx });
}

export async function keepDocument(
  work: Work,
  { vault }: Pick<Means, "vault">,
  notice: FeeNotice,
  document: { kind: string; title: string; text: string },
): Promise<void> {
  const { kind, title, text } = document;
  await FeeDocument.create(
    { noticeId: notice.id, kind, title, body: sealWord(vault, notice, "document", text), at: work.at },
    { transaction: work.tx },
  );
}
