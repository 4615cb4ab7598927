import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { describeAccounts } from "#modules/account/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import type { FilingContent } from "./content.ts";
import { paperReceipt } from "./documents.ts";
import { enterFiling, newFiling } from "./enter.ts";
import type { Filing } from "./model.ts";
import { keepDocument } from "./move.ts";
import { problem } from "./problems.ts";

export interface Paper {
  /** When the window took it: today or before (登记立案规定§8 runs from there). */
  readonly receivedOn: string;
  /** Of the person, where they have one: the filing then stands among theirs. */
  readonly accountId: string | null;
  readonly content: FilingContent;
  /** How many sheets were taken, for the receipt. */
  readonly sheets: number | null;
}

/** How far back a receipt may be noted: further back the window's own book counts. */
const BACK_DAYS = 60;

/** 窗口收件: paper enters the same queue with a number of its own. Throws `paper.received_on`, `paper.parties`, `paper.no_account`. */
export async function registerPaper(
  work: Work,
  means: Means,
  { receivedOn, accountId, content, sheets }: Paper,
): Promise<Filing> {
  const today = courtDayOf(work.at);
  const earliest = courtDayOf(new Date(work.at.getTime() - BACK_DAYS * 86_400_000));
  if (receivedOn > today || receivedOn < earliest)
    throw problem("paper.received_on", {
      detail: receivedOn > today ? "收到日期不能晚于今天。" : `收到日期不能早于 ${earliest}。`,
      errors: [{ pointer: "/receivedOn", code: "day", message: "请核对收到日期" }],
    });
  const named = (side: string) => content.parties.some((party) => party.side === side && party.name !== "");
  if (!named("plaintiff") || !named("defendant"))
    throw problem("paper.parties", {
      errors: [{ pointer: "/content/parties", code: "required", message: "请至少填写一名原告和一名被告的姓名或名称" }],
    });
  if (accountId !== null) {
    const role = (await describeAccounts([accountId])).get(accountId)?.role;
    if (role !== "litigant" && role !== "lawyer")
      throw problem("paper.no_account", {
        errors: [{ pointer: "/accountId", code: "unknown", message: "没有这个当事人账号" }],
      });
  }
  const courtCode = work.actor.courtCode ?? "";
  const entering = { accountId: accountId ?? "0", courtCode, channel: "paper" as const };
  const filing = await newFiling(work, means, entering, content);
  await enterFiling(work, means, filing, content, {
    ...entering,
    receivedAt: receivedOn === today ? work.at : new Date(`${receivedOn}T12:00:00+08:00`),
    note: "窗口收件",
    clockNote: (days) => `${receivedOn} 窗口收到纸质起诉材料，次日起算 ${days} 日`,
  });
  const receiptNumber = filing.receiptNumber ?? "";
  await keepDocument(
    work,
    means,
    filing,
    paperReceipt({ courtName: await nameOfCourt(courtCode), receiptNumber, receivedOn, today, sheets, content }),
  );
  return filing;
}
