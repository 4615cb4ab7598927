import { courtDayOf } from "#core/period.ts";
import { key } from "../filings.ts";
import { caseOf, made, type Plan } from "./authorisation.plan.ts";
import { alike, type World } from "./world.ts";

/** How the routes of cases and who takes part in them are asked. */
export const casePlans: Readonly<Record<string, Plan>> = {
  "GET /cases/:id": caseOf,
  "GET /cases/:id/timeline": caseOf,
  "POST /inner-events/replay": {
    headers: key(),
    body: () => ({ after: null }),
    fresh: async () => ({ headers: key() }),
  },
  "GET /cases/:id/time-limit": caseOf,
  "POST /cases/:id/time-limit/moves": {
    ...caseOf,
    headers: key(),
    body() {
      const today = courtDayOf(new Date());
      return { action: "deduct", kind: "settlement", from: today, to: today };
    },
    fresh: async () => ({ headers: key() }),
  },
  "POST /cases/join": { body: joining, fresh: async (world) => ({ body: joining(world) }) },
  "POST /cases/agents": {
    body: agency,
    fresh: async (world, persona) => ({ body: agency(world), token: (await alike(world.app, persona)).token }),
  },
  "GET /cases/:id/participants": caseOf,
  "POST /cases/:id/participants/:participantId/moves": {
    standing: newAgency,
    headers: key(),
    body: () => ({ action: "refuse", reason: "没有委托过此人" }),
    fresh: async (world) => ({ id: await newAgency(world), headers: key() }),
  },
  "GET /cases/:id/languages": caseOf,
  "PUT /cases/:id/languages": {
    ...caseOf,
    body: () => ({ partyKey: "p1", language: "mn", interpreter: false }),
  },
  "POST /cases/:id/languages/moves": {
    ...caseOf,
    body: () => ({ action: "arrange", partyKey: "p1" }),
    fresh: async ({ people, caseId }) => {
      for (const interpreter of [false, true])
        await people.owner.ask("PUT", `/cases/${caseId}/languages`, { partyKey: "p1", language: "bo", interpreter });
      return {};
    },
  },
  "GET /interpreter-needs": {},
  "GET /cases/:id/access-codes": caseOf,
  "POST /cases/:id/access-codes": { ...caseOf, body: () => ({ partyKey: "d1" }) },
  "POST /cases/:id/moves": {
    ...caseOf,
    headers: key(),
    body: () => ({ action: "assign", procedure: "summary" }),
    fresh: async () => ({ headers: key() }),
  },
};

function joining({ caseNumber }: World) {
  return { number: caseNumber };
}
function agency({ caseNumber }: World) {
  return { number: caseNumber, partyName: "沈青", agent: { kind: "relative", powers: "general" } };
}
/** Somebody who asked to act for the owner in their case, and waits. */
async function newAgency(world: World): Promise<string> {
  const one = await alike(world.app, "stranger");
  return `${world.caseId}/${await made(one.ask("POST", "/cases/agents", agency(world)))}`;
}
