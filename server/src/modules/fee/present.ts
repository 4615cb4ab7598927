import { type Actor, isStaff } from "#core/actor.ts";
import { readableYuan } from "#core/money.ts";
import { courtDayOf, daysBetween } from "#core/period.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { type FeeFacts, type FeeStep, maskName } from "#modules/reference/index.ts";
import { listChanges } from "./changes-list.ts";
import { spokenDay } from "./documents.ts";
import { dueFen, netPaidFen, outstandingFen } from "./ledger.ts";
import { presentReliefs } from "./relief-present.ts";
import { latestReliefs } from "./relief-store.ts";
import { showSource } from "./sources.ts";
import { type NoticeRow, openWord } from "./store.ts";
import { type FeeAction, feeWorkflow, offeredAs, PAYABLE, showState } from "./workflow.ts";

/** Who takes money at the counter. */
const COUNTER = ["clerk", "court_clerk", "supervisor"];

export const isPaying = (row: NoticeRow, now: Date): boolean => row.payingUntil !== null && row.payingUntil > now;

export async function presentNotices(means: Means, actor: Actor, rows: readonly NoticeRow[]) {
  const now = means.clock.now();
  const today = courtDayOf(now);
  const ids = rows.map(({ id }) => id);
  const [reliefs, changes] = await Promise.all([latestReliefs(means.database, ids), listChanges(means, rows)]);
  const byNotice = new Map(rows.map((row) => [row.id, row]));
  const views = await presentReliefs(means, actor, [...reliefs.values()], byNotice);
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      version: row.version,
      number: row.number,
      court: { code: row.courtCode, name: await nameOfCourt(row.courtCode) },
      caseId: row.caseId,
      caseNumber: row.caseNumber,
      title: openWord(means.vault, row, "title", row.title),
      source: showSource(row.source),
      payer: { name: openWord(means.vault, row, "payer", row.payer), kind: row.payerKind },
      mine: row.accountId === actor.accountId,
      // What a change starts from; it says nothing to anybody else.
      facts: isStaff(actor) ? (JSON.parse(row.facts) as FeeFacts) : null,
      state: showState(row.state, isPaying(row, now)),
      moves: movesOf(actor, row),
      assessedFen: row.assessedFen,
      reliefFen: row.reliefFen,
      dueFen: dueFen(row),
      paidFen: row.paidFen,
      refundedFen: row.refundedFen,
      outstandingFen: owedFen(row),
      steps: JSON.parse(row.steps) as FeeStep[],
      basis: JSON.parse(row.basis) as string[],
      issuedAt: row.issuedAt.toISOString(),
      servedOn: row.servedOn,
      presumed: row.presumed,
      dueOn: row.dueOn,
      nominalDueOn: row.nominalDueOn,
      provisional: row.provisional,
      daysLeft: row.state === "open" && row.dueOn ? Math.max(0, daysBetween(today, row.dueOn)) : null,
      deferredOn: row.deferredOn,
      payCode: owedFen(row) > 0 ? row.payCode : null,
      next: nextFor(row, isPaying(row, now)),
      relief: views.find(({ noticeId }) => noticeId === row.id) ?? null,
      changes: changes.get(row.id) ?? [],
    })),
  );
}

export async function presentLookup(means: Means, row: NoticeRow) {
  return {
    id: row.id,
    number: row.number,
    court: { code: row.courtCode, name: await nameOfCourt(row.courtCode) },
    caseNumber: row.caseNumber,
    payer: { name: maskName(openWord(means.vault, row, "payer", row.payer)) },
    outstandingFen: owedFen(row),
    state: showState(row.state, isPaying(row, means.clock.now())),
    dueOn: row.dueOn,
  };
}

/** What was sent about a notice, in its order. */
export async function listDocuments({ database, vault }: Means, notice: NoticeRow) {
  const rows = await database.read<{ id: string; kind: string; title: string; body: Buffer; at: Date }>(
    "SELECT id, kind, title, body, at FROM fee_document WHERE notice_id = ? ORDER BY id",
    [notice.id],
  );
  return rows.map(({ id, kind, title, body, at }) => ({
    id: String(id),
    kind,
    title,
    text: openWord(vault, notice, "document", body),
    at: at.toISOString(),
  }));
}

/** What is still owed; nothing on a notice that is done with. */
const owedFen = (row: NoticeRow): number => (PAYABLE.includes(row.state) ? outstandingFen(row) : 0);

/** What this reader may do now. `pay` and `ask_relief` have routes of their own. */
export function movesOf(actor: Actor, row: NoticeRow): { action: string; label: string }[] {
  const mine = row.accountId === actor.accountId;
  const moves: { action: FeeAction; label: string }[] = feeWorkflow.open(row.state, actor.role);
  const open = moves.filter(({ action }) => {
    if (action === "serve") return row.servedOn === null;
    if (action === "ask_relief") return mine && owedFen(row) > 0;
    if (action === "close") return netPaidFen(row) === 0;
    return true;
  });
  const shown = open.flatMap(({ action, label }) => {
    const offered = offeredAs(action);
    return offered === null ? [] : [{ action: offered, label }];
  });
  if (owedFen(row) === 0) return shown;
  if (mine) return [{ action: "pay", label: "去支付" }, ...shown];
  if (isStaff(actor) && COUNTER.includes(actor.role)) return [{ action: "pay", label: "扫码收款" }, ...shown];
  return shown;
}

/** One sentence to the payer: what happens now, or what to do next. */
function nextFor(row: NoticeRow, paying: boolean): string {
  const owed = readableYuan(owedFen(row));
  const halved = (JSON.parse(row.facts) as FeeFacts).category === "labor" ? LABOUR : "";
  switch (row.state) {
    case "open":
      if (paying) return "正在确认支付结果，请不要重复支付；结果会自动更新。";
      if (row.dueOn === null)
        return `请交纳${owed}。收到交费通知的次日起 7 日内交纳；可以在线支付，也可以申请缓交、减交或者免交。${halved}`;
      if (row.deferredOn !== null) return `法院已准予缓交，请最迟在${spokenDay(row.dueOn)}交纳${owed}。`;
      return `请最迟在${spokenDay(row.dueOn)}交纳${owed}；交费有困难的，可以在此之前申请缓交、减交或者免交。${halved}`;
    case "relief_pending":
      return "法院正在审查您的救助申请，审查期间不计入交费期限，有决定会立即通知您。";
    case "paid":
      return netPaidFen(row) > dueFen(row)
        ? `费用已交清。多交的${readableYuan(netPaidFen(row) - dueFen(row))}会原路退回，不需要您再办手续。`
        : "费用已交清，可以查看票据。";
    case "exempted":
      return "法院已准予免交，不需要交费。";
    case "overdue":
      return `交费期限已过。请尽快交纳${owed}，现在支付仍然有效；法院作出按撤诉处理的决定后不再收取。`;
    case "closed":
      return netPaidFen(row) > dueFen(row)
        ? `这份交费通知已了结。应退的${readableYuan(netPaidFen(row) - dueFen(row))}会原路退回。`
        : "这份交费通知已了结，不需要再交费。";
  }
}
const LABOUR = "追索劳动报酬的，可以不预交，请联系承办人员。";
