import "./events.ts";
import { registerOwner } from "#modules/material/index.ts";
import type { Means, Module } from "#modules/module.ts";
import { feeSubscribers } from "./listen.ts";
import { defineFee, FeeNotice } from "./model.ts";
import { feePolicy } from "./policy.ts";
import { problem } from "./problems.ts";
import { feeRoutes } from "./routes.ts";
import { maySee } from "./store.ts";

/** 诉讼费: what is to be paid for a case, by whom and until when; relief, changes and the ledger. */
export const fee: Module = {
  name: "fee",
  define: defineFee,
  policy: feePolicy,
  routes: feeRoutes,
  subscribers(means) {
    answerForMaterials(means);
    return feeSubscribers(means);
  },
};

/** Papers that go with a request for relief belong to the notice. */
function answerForMaterials({ database }: Means): void {
  registerOwner("fee_notice", {
    async find(actor, ownerId, work) {
      const row = await FeeNotice.findByPk(ownerId, {
        attributes: ["id", "accountId", "courtCode", "state"],
        ...(work ? { transaction: work.tx, lock: work.tx.LOCK.UPDATE } : {}),
      });
      if (!row || !(await maySee(work ?? database, actor, ownerId))) throw problem("fee.not_found");
      return {
        editable: String(row.accountId) === actor.accountId && ["open", "relief_pending"].includes(row.state),
        courtCode: row.courtCode,
        accountId: String(row.accountId),
        round: 1,
      };
    },
  });
}

export { type AcceptanceFee, issueAcceptanceFee } from "./issue.ts";
export { dueFen, netPaidFen, outstandingFen } from "./ledger.ts";
export type { FeeNotice } from "./model.ts";
export { markPaying, receiveMoney, returnMoney } from "./money.ts";
export { printBill, printDocument as printFeeDocument, printNotice } from "./papers.ts";
export { handOnNotices, payersStayBy } from "./payer.ts";
export { listDocuments as listFeeDocuments } from "./present.ts";
export { type Receipt, receiptsBy, receiptsOf } from "./receipts.ts";
export { kindOfSource, showSource } from "./sources.ts";
export {
  findNoticeRow,
  findPayable,
  holdNotice,
  isPayCode,
  listOfCase as listFeeNotices,
  type NoticeRow,
  openWord as openNoticeWord,
} from "./store.ts";
export { feeWorkflow, reliefWorkflow } from "./workflow.ts";
