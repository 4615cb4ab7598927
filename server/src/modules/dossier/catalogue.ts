import { type Actor, isStaff } from "#core/actor.ts";
import { describeAccounts } from "#modules/account/index.ts";
import { type CaseRow, listCaseParties, SIDES } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { findCaseType } from "#modules/reference/index.ts";
import { findStanding, listReadings } from "./reading.ts";
import { listRequests, type RequestRow } from "./request.ts";
import { orderOf, SECTIONS } from "./sections.ts";
import { type ItemRow, listItems, openWord } from "./store.ts";
import { requestWorkflow } from "./workflow.ts";

/** In the order of the catalogue; under a heading as the court put them, the others by the day they were formed. */
export function sortedItems(courtCase: CaseRow, items: readonly ItemRow[]): ItemRow[] {
  const order = orderOf(findCaseType(courtCase.caseTypeCode).token);
  return [...items].sort((a, b) => order.indexOf(a.section) - order.indexOf(b.section) || byPlace(a, b));
}

export const byPlace = (a: Placed, b: Placed): number =>
  (a.position ?? UNPLACED) - (b.position ?? UNPLACED) ||
  a.formedOn.localeCompare(b.formedOn) ||
  Number(BigInt(a.id) - BigInt(b.id));
type Placed = Pick<ItemRow, "position" | "formedOn" | "id">;
const UNPLACED = Number.MAX_SAFE_INTEGER;

/** 卷内目录 as this reader finds it, what came in since they last read, and whether they may read. */
export async function presentDossier(means: Means, actor: Actor, caseId: string) {
  const { courtCase, standing } = await findStanding(means, actor, caseId);
  const [rows, parties, own, requests] = await Promise.all([
    listItems(means.database, actor, standing, courtCase.id),
    listCaseParties(means.database, means.vault, courtCase),
    means.database.read<{ itemId: string | null; at: Date }>(
      "SELECT item_id AS itemId, MAX(at) AS at FROM dossier_reading WHERE case_id = ? AND account_id = ? GROUP BY item_id",
      [courtCase.id, actor.accountId],
    ),
    isStaff(actor) ? [] : listRequests(means.database, actor, { caseId: courtCase.id }),
  ]);
  const isBench = actor.role === "judge" || actor.role === "court_clerk";
  const readAt = new Map(own.map(({ itemId, at }) => [itemId === null ? null : String(itemId), at]));
  const wholeAt = readAt.get(null);
  const last = own.reduce<Date | null>((latest, { at }) => (latest === null || at > latest ? at : latest), null);
  const items = sortedItems(courtCase, rows).map((row) => {
    const read = [readAt.get(row.id), wholeAt !== undefined && wholeAt > row.createdAt ? wholeAt : undefined]
      .filter((at) => at !== undefined)
      .sort((a, b) => b.getTime() - a.getTime())[0];
    const from = parties.find(({ key }) => key === row.partyKey);
    return {
      id: row.id,
      section: row.section,
      title: openWord(means.vault, row, "title", row.title),
      formedOn: row.formedOn,
      from: from ? `${SIDES[from.side] ?? ""}${from.name}` : row.side ? (SIDES[row.side] ?? "") : "法院",
      media: row.media,
      pages: row.pages,
      sha256: row.sha256,
      addedAt: row.createdAt.toISOString(),
      readAt: read?.toISOString() ?? null,
      /** 上次阅卷以后新增 */
      isNew: last !== null && row.createdAt > last,
      open: row.openAt !== null,
      moves: [
        ...(row.readable && row.media !== "none" ? [{ action: "read", label: "阅读" }] : []),
        ...(isBench ? [{ action: "place", label: "调整次序" }] : []),
      ],
    };
  });
  const order = orderOf(findCaseType(courtCase.caseTypeCode).token);
  const request = requests[0];
  const waits = rows.some(({ readable }) => !readable);
  const pending = requests.some(({ state }) => state === "asked");
  return {
    caseId: courtCase.id,
    caseNumber: courtCase.number,
    pages: items.reduce((sum, { pages }) => sum + (pages ?? 0), 0),
    newItems: items.filter(({ isNew }) => isNew).length,
    lastReadAt: last?.toISOString() ?? null,
    needsApproval: standing.needsApproval && !isStaff(actor),
    request: request ? presentRequest(means, actor, request, "") : null,
    moves: [
      ...(waits && !pending ? [{ action: "ask", label: "申请阅卷" }] : []),
      ...(items.length > 0 && !waits ? [{ action: "export", label: "导出全卷" }] : []),
      ...(isBench ? [{ action: "add", label: "添加卷宗材料" }] : []),
    ],
    sections: order
      .map((code) => ({ code, label: SECTIONS[code], items: items.filter(({ section }) => section === code) }))
      .filter((section) => section.items.length > 0),
  };
}

export function presentRequest({ vault }: Means, actor: Actor, row: RequestRow, reader: string) {
  const over = row.state === "granted" && !row.running;
  return {
    id: row.id,
    caseId: row.caseId,
    state: over ? { code: "expired", label: "阅卷时间已到" } : requestWorkflow.present(row.state),
    moves: over ? [] : requestWorkflow.open(row.state, actor.role),
    reader,
    purpose: openWord(vault, row, "purpose", row.purpose),
    note: row.note === null ? "" : openWord(vault, row, "note", row.note),
    askedAt: row.askedAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    until: row.untilAt?.toISOString() ?? null,
  };
}

export async function presentRequests(means: Means, actor: Actor, rows: readonly RequestRow[]) {
  const people = await describeAccounts(rows.map(({ accountId }) => accountId));
  return rows.map((row) => presentRequest(means, actor, row, people.get(row.accountId)?.displayName ?? "用户"));
}

/** 阅卷记录, newest first; titles only of what this reader finds in the catalogue. */
export async function presentReadings(
  means: Means,
  actor: Actor,
  caseId: string,
  paging: { readonly before?: string | undefined; readonly limit: number },
) {
  const { courtCase, standing } = await findStanding(means, actor, caseId);
  const [rows, items] = await Promise.all([
    listReadings(means.database, actor, courtCase.id, paging),
    listItems(means.database, actor, standing, courtCase.id),
  ]);
  const people = await describeAccounts(rows.map(({ accountId }) => String(accountId)));
  const titles = new Map(items.map((item) => [item.id, openWord(means.vault, item, "title", item.title)]));
  return rows.map(({ id, itemId, accountId, pageFrom, pageTo, at }) => ({
    id: String(id),
    itemId: itemId === null ? null : String(itemId),
    title: itemId === null ? "全卷" : (titles.get(String(itemId)) ?? "已撤下的材料"),
    reader: people.get(String(accountId))?.displayName ?? "用户",
    pages: Number(pageFrom) === Number(pageTo) ? `${pageFrom}` : `${pageFrom}–${pageTo}`,
    at: at.toISOString(),
  }));
}
