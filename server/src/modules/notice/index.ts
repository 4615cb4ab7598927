import { countUnreadBy } from "#modules/account/index.ts";
import type { Module } from "#modules/module.ts";
import { noticeSubscribers } from "./listen.ts";
import { defineMessage } from "./model.ts";
import { countUnread, noticePolicy, noticeRoutes } from "./routes.ts";

/** 通知: what happened, told to those it concerns. In-app messages; every text stands in `catalogue.ts`. */
export const notice: Module = {
  name: "notice",
  define: defineMessage,
  policy: noticePolicy,
  routes(means) {
    countUnreadBy((accountId) => countUnread(means, accountId));
    return noticeRoutes(means);
  },
  subscribers: noticeSubscribers,
};

export { catalogue } from "./catalogue.ts";
