import "./events.ts";
import { isStaff } from "#core/actor.ts";
import { within } from "#core/within.ts";
import { registerOwner } from "#modules/material/index.ts";
import type { Means, Module } from "#modules/module.ts";
import { contactSubscribers } from "./listen.ts";
import { defineContact } from "./model.ts";
import { contactPolicy, contactRoutes } from "./routes.ts";
import { findThread, holdThread, listMessages, materialsOf } from "./store.ts";

const VOICE_BYTES = 10 * 1024 ** 2;

/** 联系法官: questions to a court and to those who try a case, each with an owner, a due time and who is awaited. */
export const contact: Module = {
  name: "contact",
  define: defineContact,
  policy: contactPolicy,
  routes: contactRoutes,
  subscribers(means) {
    answerForMaterials(means);
    return contactSubscribers(means);
  },
};

/** Photographs, files and voice notes belong to the thread; what went with a message stays as it was sent. */
function answerForMaterials({ database }: Means): void {
  registerOwner("thread", {
    async find(actor, threadId, work) {
      const row = work ? await holdThread(work, threadId) : await findThread(database, actor, threadId);
      const messages = await listMessages(work ? within(work, database) : database, threadId);
      const kept = new Set(messages.flatMap(materialsOf));
      return {
        editable: !isStaff(actor) && actor.role !== "system",
        courtCode: row.courtCode,
        accountId: String(row.accountId),
        round: 1,
        kept,
        // Picked, and not sent: a draft of whoever picked it.
        hides: ({ id, accountId }) => !kept.has(id) && accountId !== actor.accountId && actor.role !== "system",
        mediaBytes: VOICE_BYTES,
      };
    },
  });
}

export { findThread, openSubject, type ThreadRow } from "./store.ts";
export { threadWorkflow } from "./workflow.ts";
