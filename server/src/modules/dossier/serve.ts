import { SYSTEM } from "#core/actor.ts";
import { Problem } from "#core/problem.ts";
import { type CaseRow, listCaseParties } from "#modules/case/index.ts";
import { watermark } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { paperRefused } from "#modules/service/index.ts";
import { readLeaf } from "./reading.ts";
import { type ItemRow, listItems } from "./store.ts";

/**
 * A paper of the 正卷 to be served on a party: one that is open to all who take part, or that party's own. What is still kept
 * from them (identity papers, evidence before the exchange, 保全) is served on nobody. Of the 副卷 this file knows nothing.
 */
export async function paperToServe(
  means: Means,
  courtCase: CaseRow,
  itemId: string,
  partyKey: string,
): Promise<Buffer> {
  const items = await listItems(means.database, SYSTEM, { mine: [], needsApproval: false }, courtCase.id);
  const item = items.find(({ id }) => id === itemId);
  if (!item) throw paperRefused("unknown", "请选择本案正卷中的一份材料");
  const parties = await listCaseParties(means.database, means.vault, courtCase);
  const side = parties.find(({ key }) => key === partyKey)?.side;
  if (!isTheirs(item, partyKey, side)) throw paperRefused("not_open", "这份材料还没有对受送达人公开，不能送达");
  try {
    const leaf = await readLeaf(means, item);
    // A photograph becomes a page; a PDF goes out byte for byte.
    return leaf.kind === "pdf" ? leaf.bytes : await watermark({ leaf, lines: [] }, means.clock.now());
  } catch (error) {
    throw error instanceof Problem ? paperRefused("no_pages", "这份材料不是可以分页阅读的文件，不能送达") : error;
  }
}

const isTheirs = ({ openAt, partyKey: whose, side }: ItemRow, partyKey: string, own: string | undefined): boolean =>
  openAt !== null || whose === partyKey || (whose === null && side !== null && side === own);
