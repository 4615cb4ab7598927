import "./events.ts";
import { registerOwner } from "#modules/material/index.ts";
import type { Means, Module } from "#modules/module.ts";
import { receptionSubscribers } from "./listen.ts";
import { defineReception } from "./model.ts";
import { mayAdd } from "./present.ts";
import { receptionPolicy, receptionRoutes } from "./routes.ts";
import { findReception, holdReception } from "./store.ts";

/** 远程接访: somebody asks to be heard, by their court and the one above, and is answered. */
export const reception: Module = {
  name: "reception",
  define: defineReception,
  policy: receptionPolicy,
  routes: receptionRoutes,
  subscribers(means) {
    answerForMaterials(means);
    return receptionSubscribers(means);
  },
};

function answerForMaterials({ database }: Means): void {
  registerOwner("reception", {
    async find(actor, id, work) {
      if (work) await holdReception(work, id);
      const row = await findReception(work ? { read: work.query } : database, actor, id);
      return { editable: mayAdd(actor, row), courtCode: row.courtCode, accountId: row.accountId, round: 1 };
    },
  });
}

export { placesOf, type Turn } from "./queue.ts";
export { findReception, type ReceptionRow } from "./store.ts";
export { receptionWorkflow } from "./workflow.ts";
