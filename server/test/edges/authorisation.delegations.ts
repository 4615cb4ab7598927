import { key } from "../filings.ts";
import type { Person } from "../people.ts";
import type { Plan } from "./authorisation.plan.ts";
import { alike, type World } from "./world.ts";

/** How assistants, hand-overs and programs are asked for: a lawyer of their own gives work to whoever asks. */
export const delegationPlans: Readonly<Record<string, Plan>> = {
  "POST /delegations": { body: () => ({ kind: "assistant", caseIds: null }) },
  "POST /delegations/lookup": {
    body: () => ({ code: "0000000000" }),
    fresh: async (world) => ({ body: { code: await newOffer(world) } }),
  },
  "POST /delegations/decide": {
    body: () => ({ code: "0000000000", decision: "decline" }),
    fresh: async (world) => ({ body: { code: await newOffer(world), decision: "decline" }, headers: key() }),
  },
  "POST /delegations/:id/moves": {
    standing: newDelegation,
    body: () => ({ action: "end" }),
    fresh: async (world) => ({ id: await newDelegation(world), headers: key() }),
  },
  "POST /me/webhooks": { body: () => WEBHOOK },
  "DELETE /me/webhooks/:id": {
    standing: newWebhook,
    fresh: async (world) => ({ id: await newWebhook(world), headers: key() }),
  },
  "POST /me/webhooks/:id/moves": { standing: newWebhook, body: () => ({ action: "pause" }) },
  "POST /me/webhooks/:id/secret": { standing: newWebhook },
  "GET /me/webhooks/:id/deliveries": { standing: newWebhook },
};

const WEBHOOK = { name: "律所系统", url: "http://127.0.0.1:9/hook", kinds: ["case"] };
/** The owner's only one: what stands there from before goes. */
async function newWebhook({ people: { owner } }: World): Promise<string> {
  for (const { id } of (await owner.ask("GET", "/me/webhooks")).json.items)
    await owner.ask("DELETE", `/me/webhooks/${id}`, undefined, key());
  const made = await owner.ask("POST", "/me/webhooks", WEBHOOK);
  if (made.status !== 201) throw new Error(`no webhook: ${made.text}`);
  return made.json.id;
}

async function newOffer({ app }: World): Promise<string> {
  const lawyer: Person = await alike(app, "lawyer");
  const made = await lawyer.ask("POST", "/delegations", { kind: "assistant", caseIds: null });
  if (made.status !== 201) throw new Error(`no offer: ${made.text}`);
  return made.json.code;
}

/** Some lawyer's, with the owner as assistant. */
async function newDelegation(world: World): Promise<string> {
  const code = await newOffer(world);
  const taken = await world.people.owner.ask("POST", "/delegations/decide", { code, decision: "accept" }, key());
  if (taken.status !== 200) throw new Error(`not taken: ${taken.text}`);
  return taken.json.id;
}
