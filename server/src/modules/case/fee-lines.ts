import { SYSTEM } from "#core/actor.ts";
import { readableYuan } from "#core/money.ts";
import type { Subscribers } from "#core/outbox.ts";
import type { Work } from "#core/work.ts";
import { dueFen, findNoticeRow, kindOfSource, showSource } from "#modules/fee/index.ts";
import type { Means } from "#modules/module.ts";
import { CaseEvent, CourtCase } from "./model.ts";
import { type CaseState, caseWorkflow } from "./workflow.ts";

interface Line {
  readonly kind: string;
  /** Once for each. */
  readonly source: string;
  readonly title: string;
  readonly detail: string;
}
type NoticeEvent = { readonly noticeId: string; readonly caseId: string; readonly source: string };

/** What happens to the fees of a case, as lines of its timeline; 按撤诉处理 of the claim itself moves the case. */
export function feeLines(means: Means): Subscribers {
  const { database, transact, vault } = means;
  const write = async (work: Work, row: CourtCase, { detail, ...line }: Line, at: Date): Promise<void> => {
    const known = await CaseEvent.count({ where: { caseId: row.id, source: line.source }, transaction: work.tx });
    if (known > 0) return;
    const sealed = vault.seal(detail, `case ${row.sealRef}`);
    await CaseEvent.create({ caseId: row.id, ...line, detail: sealed, at }, { transaction: work.tx });
  };
  const tell = (caseId: string, at: Date, line: Line, then?: (work: Work, row: CourtCase) => Promise<void>) =>
    transact(
      SYSTEM,
      async (work) => {
        const row = await CourtCase.findByPk(caseId, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
        // A fee of a case that is not one of ours concerns nobody here.
        if (!row) return;
        await write(work, row, line, at);
        await then?.(work, row);
      },
      { repeatable: true },
    );
  const labelOf = ({ source }: NoticeEvent): string => showSource(source).label;
  const noticeOf = ({ noticeId }: NoticeEvent) => findNoticeRow(database, SYSTEM, noticeId);

  return {
    async "fee.issued"(event, { at }) {
      const notice = await noticeOf(event);
      await tell(event.caseId, at, {
        kind: "fee_issued",
        source: `fee_issued:${event.noticeId}`,
        title: "发出交费通知",
        detail: `${labelOf(event)}${readableYuan(notice.assessedFen)}，编号 ${notice.number}`,
      });
    },
    async "fee.paid"(event, { at, eventId }) {
      await tell(event.caseId, at, {
        kind: "fee_paid",
        source: `fee_paid:${eventId}`,
        title: "费用已交清",
        detail: `${labelOf(event)}${readableYuan(event.dueFen)}`,
      });
    },
    async "fee.changed"(event, { at }) {
      const tellsItself = event.reason === "deemed_withdrawn" || event.reason === "cancelled";
      if (tellsItself || event.beforeFen === event.afterFen) return;
      await tell(event.caseId, at, {
        kind: "fee_changed",
        source: `fee_changed:${event.changeId}`,
        title: "费用变更",
        detail: `${labelOf(event)}由${readableYuan(event.beforeFen)}变更为${readableYuan(event.afterFen)}`,
      });
    },
    async "fee.relief_decided"(event, { at }) {
      // Somebody else's hardship is nobody's business.
      if (kindOfSource(event.source) !== "acceptance") return;
      const notice = await noticeOf(event);
      const granted = event.state === "refused" ? "未获准许" : "已获准许";
      await tell(event.caseId, at, {
        kind: "fee_relief_decided",
        source: `fee_relief:${event.reliefId}`,
        title: "救助申请有了决定",
        detail: `${labelOf(event)}的救助申请${granted}，应交${readableYuan(dueFen(notice))}`,
      });
    },
    async "fee.closed"(event, { at }) {
      await tell(event.caseId, at, {
        kind: "fee_cancelled",
        source: `fee_cancelled:${event.noticeId}`,
        title: "交费通知已撤销",
        detail: `${labelOf(event)}不需要交纳`,
      });
    },
    async "fee.deemed_withdrawn"(event, { at }) {
      const isClaim = kindOfSource(event.source) === "acceptance";
      const line = {
        kind: "fee_deemed_withdrawn",
        source: `fee_deemed_withdrawn:${event.noticeId}`,
        title: isClaim ? "按撤诉处理" : "按撤回处理",
        detail: `${labelOf(event)}逾期未交`,
      };
      await tell(event.caseId, at, line, async (work, row) => {
        if (!isClaim || row.state !== "accepted") return;
        const state = caseWorkflow.next(row.state as CaseState, "deem_withdrawn", work.actor.role);
        await row.update({ state }, { transaction: work.tx });
        const caseId = String(row.id);
        await work.emit({ name: "case.deemed_withdrawn", about: `case:${caseId}`, courtCode: row.courtCode, caseId });
      });
    },
  };
}
