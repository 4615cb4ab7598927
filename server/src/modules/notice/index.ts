import { inBites } from "#core/database.ts";
import { countUnreadBy } from "#modules/account/index.ts";
import type { Means, Module } from "#modules/module.ts";
import { choiceRoutes } from "./choice-routes.ts";
import { noticeSubscribers } from "./listen.ts";
import { defineMessage } from "./model.ts";
import { reachedRoutes } from "./reached-routes.ts";
import { receiptRoutes } from "./receipt-routes.ts";
import { noticePolicy, noticeRoutes, UNREAD } from "./routes.ts";
import { sendNotices } from "./send.ts";

/**
 * 通知: what happened, told to those it concerns. Every text stands in `catalogue.ts`; inside the app it is there at once, and
 * from there it climbs the channels of its ladder (`ladders.ts`).
 */
export const notice: Module = {
  name: "notice",
  define: defineMessage,
  policy: noticePolicy,
  routes(means) {
    countUnreadBy(UNREAD);
    return [...noticeRoutes(means), ...choiceRoutes(means), ...reachedRoutes(means), ...receiptRoutes(means)];
  },
  subscribers: noticeSubscribers,
  jobs: (means) => [{ name: "send-notices", everySeconds: 1, run: async () => void (await sendNotices(means)) }],
};

/** Where a message went is of no use once nobody asks any more whether it came. */
export const forgetAddresses = ({ database }: Means, before: Date): Promise<number> =>
  inBites(database, "UPDATE notice_delivery SET address = NULL WHERE address IS NOT NULL AND created_at < ?", [before]);

export { catalogue } from "./catalogue.ts";
export { sendNotices } from "./send.ts";
