import { randomUUID } from "node:crypto";
import { COURT, key } from "../filings.ts";
import { benched } from "./authorisation.hearing.ts";
import { caseOf, made, type Plan } from "./authorisation.plan.ts";
import { announcement, type World } from "./world.ts";

/** A question of the owner's in their case, and one before there is a case. */
const QUESTION = { subject: "何时开庭", body: "请问本案何时开庭？" };

/** How the routes of questions to the judge are asked. */
export const contactPlans: Readonly<Record<string, Plan>> = {
  "POST /threads": { body: () => ({ courtCode: COURT, ...QUESTION }) },
  "POST /cases/:id/threads": { ...caseOf, body: () => QUESTION },
  "GET /threads/:id | thread": { standing: newThread },
  "GET /threads/:id | question": { standing: newQuestion },
  "POST /threads/:id/messages | thread": {
    // Those who try the case may answer in it.
    async standing(world) {
      await benched(world);
      return newThread(world);
    },
    body: () => ({ body: "您好" }),
    // Whoever answers first keeps it.
    fresh: async (world) => ({ id: await newThread(world) }),
  },
  "POST /threads/:id/messages | question": { standing: newQuestion, body: () => ({ body: "您好" }) },
  "POST /threads/:id/moves": {
    standing: newThread,
    headers: key(),
    body: () => ({ action: "escalate" }),
    fresh: async (world, persona) => ({
      id: await newThread(world),
      headers: key(),
      ...(persona === "owner" ? { body: { action: "close" } } : {}),
    }),
  },
  "POST /threads/:id/materials": { standing: newThread, body: announcement },
  "GET /threads/:id/notes": { standing: newThread },
  "POST /threads/:id/notes": { standing: newThread, body: () => ({ body: "先问合议庭" }) },
  "POST /contact-templates": { body: () => ({ title: `模板${randomUUID()}`, body: "请您放心。" }) },
  "DELETE /contact-templates/:id": {
    standing: newContactTemplate,
    fresh: async (world) => ({ id: await newContactTemplate(world) }),
  },
  "PUT /contact-duty": { body: () => ({ staffIds: [] }) },
};

/** The clerk is on duty: else it would lie with whoever has least to do. */
async function onDuty({ staff }: World): Promise<void> {
  await staff.supervisor.ask("PUT", "/contact-duty", { staffIds: [staff.clerk.accountId] });
}
async function newThread(world: World): Promise<string> {
  await onDuty(world);
  return made(world.people.owner.ask("POST", `/cases/${world.caseId}/threads`, QUESTION));
}
async function newQuestion(world: World): Promise<string> {
  await onDuty(world);
  return made(world.people.owner.ask("POST", "/threads", { courtCode: COURT, ...QUESTION }));
}
function newContactTemplate({ staff }: World): Promise<string> {
  return made(staff.supervisor.ask("POST", "/contact-templates", { title: `模板${randomUUID()}`, body: "请您放心。" }));
}
