import { SYSTEM } from "#core/actor.ts";
import { readableYuan } from "#core/money.ts";
import { listStaffOf } from "#modules/account/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { dueFen, findNoticeRow, netPaidFen, openNoticeWord, outstandingFen, showSource } from "#modules/fee/index.ts";
import type { Means } from "#modules/module.ts";
import type { Facts, TemplateName } from "./catalogue.ts";
import { type Hearers, type Occasion, tell } from "./tell.ts";

/** Who owes, and has no account here, is told by other ways. */
const NOBODY = "0";

/** What a payer hears of a fee, and the court's people of who asks for relief. What was paid is told by `payment`. */
export function feeMessages(means: Means): Hearers {
  const tellPayer = async (noticeId: string, told: Occasion, template: TemplateName, more: Partial<Facts> = {}) => {
    const { notice, facts } = await ofNotice(means, noticeId);
    if (notice.accountId === NOBODY || !notice.payerStays) return;
    const link = { kind: "fee_notice", id: noticeId };
    await tell(means, { ...told, accountId: notice.accountId, template, facts: { ...facts, ...more }, link });
  };
  return {
    "fee.issued": ({ noticeId }, told) => tellPayer(noticeId, told, "fee.issued"),
    async "fee.served"({ noticeId, dueOn, why }, told) {
      // The other periods begin with something that is told of itself.
      if (why === "service") await tellPayer(noticeId, told, "fee.served", { dueOn });
    },
    async "fee.due_soon"({ noticeId, dueOn }, told) {
      const { notice } = await ofNotice(means, noticeId);
      if (notice.state === "open" && notice.dueOn === dueOn) await tellPayer(noticeId, told, "fee.due_soon", { dueOn });
    },
    "fee.overdue": ({ noticeId, dueOn }, told) => tellPayer(noticeId, told, "fee.overdue", { dueOn }),
    async "fee.changed"({ noticeId, reason, beforeFen, afterFen }, told) {
      // The end of a case, and money that goes back, have messages of their own.
      if (beforeFen === afterFen || ["deemed_withdrawn", "cancelled", "returned"].includes(reason)) return;
      const { notice } = await ofNotice(means, noticeId);
      const back = netPaidFen(notice) > dueFen(notice);
      const template = outstandingFen(notice) > 0 ? "fee.changed_more" : back ? "fee.changed_back" : "fee.changed";
      await tellPayer(noticeId, told, template);
    },
    async "fee.relief_requested"({ noticeId, reliefId, courtCode }, told) {
      const { facts } = await ofNotice(means, noticeId);
      const link = { kind: "fee_relief", id: reliefId };
      for (const { id } of await listStaffOf(courtCode ?? "", ["supervisor"]))
        await tell(means, { ...told, accountId: id, template: "fee.relief_requested", facts, link });
    },
    async "fee.relief_decided"({ noticeId, state }, told) {
      const template =
        state === "refused"
          ? "fee.relief_refused"
          : state === "granted"
            ? "fee.relief_granted"
            : "fee.relief_granted_in_part";
      await tellPayer(noticeId, told, template);
    },
    "fee.deemed_withdrawn": ({ noticeId }, told) => tellPayer(noticeId, told, "fee.deemed_withdrawn"),
    "fee.closed": ({ noticeId }, told) => tellPayer(noticeId, told, "fee.closed"),
  };
}

async function ofNotice({ database, vault }: Means, noticeId: string) {
  const notice = await findNoticeRow(database, SYSTEM, noticeId);
  const facts: Facts = {
    matter: openNoticeWord(vault, notice, "title", notice.title),
    courtName: await nameOfCourt(notice.courtCode),
    receiptNumber: "",
    caseNumber: notice.caseNumber,
    dueOn: notice.dueOn ?? "",
    round: 0,
    feeName: showSource(notice.source).label,
    money: readableYuan(outstandingFen(notice)),
  };
  return { notice, facts };
}
