import { SYSTEM } from "#core/actor.ts";
import { readableYuan } from "#core/money.ts";
import type { Subscribers } from "#core/outbox.ts";
import type { Work } from "#core/work.ts";
import { dueFen, findNoticeRow, kindOfSource, showSource } from "#modules/fee/index.ts";
import type { Means } from "#modules/module.ts";
import { CourtCase } from "./model.ts";
import { participantsOf } from "./powers.ts";
import { writeCaseEvent } from "./timeline.ts";
import { type CaseState, caseWorkflow } from "./workflow.ts";

interface Line {
  readonly kind: string;
  /** Once for each. */
  readonly source: string;
  readonly title: string;
  readonly detail: string;
}
/** Of a case's fees those that tell what the other side must not know yet (审判流程公开规定§8). */
const KEPT: readonly string[] = ["preservation"];
type NoticeEvent = {
  readonly noticeId: string;
  readonly caseId: string;
  readonly accountId: string;
  readonly source: string;
};

/** What happens to the fees of a case, as lines of its timeline; 按撤诉处理 of the claim itself moves the case. */
export function feeLines(means: Means): Subscribers {
  const { database, transact, vault } = means;
  const write = async (work: Work, row: CourtCase, of: NoticeEvent, line: Line, at: Date): Promise<void> => {
    const party = KEPT.includes(kindOfSource(of.source)) ? await partyOf(work, of) : null;
    await writeCaseEvent(work, vault, row, { ...line, partyKey: party }, at);
  };
  const tell = (of: NoticeEvent, at: Date, line: Line, then?: (work: Work, row: CourtCase) => Promise<void>) =>
    transact(
      SYSTEM,
      async (work) => {
        const row = await CourtCase.findByPk(of.caseId, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
        // A fee of a case that is not one of ours concerns nobody here.
        if (!row) return;
        await write(work, row, of, line, at);
        await then?.(work, row);
      },
      { repeatable: true },
    );
  const labelOf = ({ source }: NoticeEvent): string => showSource(source).label;
  const noticeOf = ({ noticeId }: NoticeEvent) => findNoticeRow(database, SYSTEM, noticeId);

  return {
    async "fee.issued"(event, { at }) {
      const notice = await noticeOf(event);
      await tell(event, at, {
        kind: "fee_issued",
        source: `fee_issued:${event.noticeId}`,
        title: "发出交费通知",
        detail: `${labelOf(event)}${readableYuan(notice.assessedFen)}，编号 ${notice.number}`,
      });
    },
    async "fee.paid"(event, { at, eventId }) {
      await tell(event, at, {
        kind: "fee_paid",
        source: `fee_paid:${eventId}`,
        title: "费用已交清",
        detail: `${labelOf(event)}${readableYuan(event.dueFen)}`,
      });
    },
    async "fee.changed"(event, { at }) {
      const tellsItself = event.reason === "deemed_withdrawn" || event.reason === "cancelled";
      if (tellsItself || event.beforeFen === event.afterFen) return;
      await tell(event, at, {
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
      await tell(event, at, {
        kind: "fee_relief_decided",
        source: `fee_relief:${event.reliefId}`,
        title: "救助申请有了决定",
        detail: `${labelOf(event)}的救助申请${granted}，应交${readableYuan(dueFen(notice))}`,
      });
    },
    async "fee.closed"(event, { at }) {
      await tell(event, at, {
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
      await tell(event, at, line, async (work, row) => {
        if (!isClaim || row.state !== "accepted") return;
        const state = caseWorkflow.next(row.state as CaseState, "deem_withdrawn", work.actor.role);
        await row.update({ state }, { transaction: work.tx });
        const caseId = String(row.id);
        await work.emit({ name: "case.deemed_withdrawn", about: `case:${caseId}`, courtCode: row.courtCode, caseId });
      });
    },
  };
}

/** Whose fee it is; nobody's but the court's where who pays takes no part. */
async function partyOf(work: Work, { caseId, accountId }: NoticeEvent): Promise<string> {
  const payer = (await participantsOf(work, caseId)).find((one) => one.accountId === accountId);
  return payer?.partyKey ?? "-";
}
