import { courtDayOf } from "#core/period.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { type FeeBillPaper, type FeeNoticePaper, renderPdf } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import type { FeeStep } from "#modules/reference/index.ts";
import { netPaidFen, outstandingFen } from "./ledger.ts";
import { listDocuments } from "./present.ts";
import { problem } from "./problems.ts";
import { receiptsOf } from "./receipts.ts";
import { showSource } from "./sources.ts";
import { type NoticeRow, openWord } from "./store.ts";
import { PAYABLE } from "./workflow.ts";

/** The pages of the litigants' web client that the QR codes on paper lead to. */
const home = (publicUrl: string): string => publicUrl.replace(/\/$/, "");
const payPage = (publicUrl: string, code: string): string => `${home(publicUrl)}/#/pages/fee/code?code=${code}`;
const verifyPage = (publicUrl: string, number: string, code: string): string =>
  `${home(publicUrl)}/#/pages/verify/index?number=${encodeURIComponent(number)}&code=${encodeURIComponent(code)}`;

/** 交费通知书, as it stands today: what was paid and granted since is on it. */
export async function printNotice(means: Means, row: NoticeRow): Promise<Buffer> {
  const owedFen = PAYABLE.includes(row.state) ? outstandingFen(row) : 0;
  const data: FeeNoticePaper = {
    ...(await headOf(means, row)),
    steps: JSON.parse(row.steps) as FeeStep[],
    assessedFen: row.assessedFen,
    reliefFen: row.reliefFen,
    paidFen: netPaidFen(row),
    outstandingFen: owedFen,
    dueOn: row.dueOn,
    deferred: row.deferredOn !== null,
    pay: owedFen > 0 ? { url: payPage(means.settings.publicUrl, row.payCode), code: row.payCode } : null,
    issuedOn: courtDayOf(row.issuedAt),
  };
  return renderPdf("fee-notice", data, row.issuedAt);
}

/** 诉讼费收款凭证 of what was received for a notice. Throws `fee.no_receipt` where nothing was. */
export async function printBill(means: Means, row: NoticeRow): Promise<Buffer> {
  const receipts = await receiptsOf(means, row.id);
  const [first] = receipts;
  const last = receipts.at(-1);
  if (!first || !last) throw problem("fee.no_receipt");
  const sum = (pick: (receipt: (typeof receipts)[number]) => number): number =>
    receipts.reduce((total, receipt) => total + pick(receipt), 0);
  const data: FeeBillPaper = {
    ...(await headOf(means, row)),
    receipts: receipts.map(({ number, paidAt, channel, amountFen, refundedFen }) => ({
      number,
      paidOn: courtDayOf(paidAt),
      channel,
      amountFen,
      refundedFen,
    })),
    receivedFen: sum(({ amountFen }) => amountFen),
    refundedFen: sum(({ refundedFen }) => refundedFen),
    verifyUrl: verifyPage(means.settings.publicUrl, first.number, first.code),
    issuedOn: courtDayOf(last.paidAt),
  };
  return renderPdf("fee-bill", data, last.paidAt);
}

/** 补交通知书, 救助决定书, 裁定书 as it was written. Throws `fee.not_found`. */
export async function printDocument(
  means: Means,
  row: NoticeRow,
  documentId: string,
): Promise<{ title: string; bytes: Buffer }> {
  const found = (await listDocuments(means, row)).find(({ id }) => id === documentId);
  if (!found) throw problem("fee.not_found");
  const { title, text, at } = found;
  // The paper says the number of the notice in its head, below which the text says it for the screen.
  const body = text.replace(`\n（${row.number}）`, "");
  const courtName = await nameOfCourt(row.courtCode);
  const mark = `交费通知书编号 ${row.number}`;
  const paper = { courtName, title, number: row.caseNumber, mark, text: body };
  return { title, bytes: await renderPdf("court-paper", paper, new Date(at)) };
}

async function headOf({ vault }: Means, row: NoticeRow) {
  return {
    courtName: await nameOfCourt(row.courtCode),
    number: row.number,
    caseNumber: row.caseNumber,
    payer: openWord(vault, row, "payer", row.payer),
    matter: openWord(vault, row, "title", row.title),
    feeName: showSource(row.source).label,
  };
}
