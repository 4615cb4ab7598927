import sharp from "sharp";
import { COURT, key, PRIVATE_LOAN, privateLoan } from "../filings.ts";
import { idNumberOf, type Person } from "../people.ts";
import type { Plan } from "./authorisation.plan.ts";
import { alike, type World } from "./world.ts";

const AGENCY = { kind: "agency", partyKey: "p1", agentKey: "a1" } as const;
const OWNER = "沈青";

/** A draft in which that plaintiff is represented: what a confirmation is asked for. */
async function draftWithAgent(who: Person, plaintiff: string, idNumber: string): Promise<string> {
  const { id, version } = (await who.ask("POST", "/filings", { courtCode: COURT, causeCode: PRIVATE_LOAN })).json;
  const whole = privateLoan(plaintiff);
  const agent = { key: "a1", kind: "relative", name: "代理某", powers: "general" };
  const parties = whole.parties.map((party) => (party.key === "p1" ? { ...party, idNumber, agents: [agent] } : party));
  const content = { ...whole, parties };
  const saved = await who.ask("PUT", `/filings/${id}`, { content }, { "if-match": `"${version}"` });
  if (saved.status !== 200) throw new Error(`no draft with an agent: ${saved.text}`);
  return id;
}

const offered = async (who: Person, filingId: string): Promise<{ id: string; token: string }> => {
  const { status, text, json } = await who.ask("POST", `/filings/${filingId}/confirmations`, AGENCY);
  if (status !== 201) throw new Error(`not offered: ${text}`);
  return { id: json.id, token: json.url.split("token=")[1] };
};

/** Somebody else's draft in which the owner is the plaintiff, and the link that asks the owner. */
async function asked(world: World): Promise<{ id: string; token: string }> {
  const filer = await alike(world.app, "stranger");
  return offered(filer, await draftWithAgent(filer, OWNER, idNumberOf(OWNER)));
}

/** The same, opened by the owner, so that it waits for their answer. */
async function opened(world: World): Promise<string> {
  const { id, token } = await asked(world);
  await world.people.owner.ask("POST", "/confirmations/lookup", { token });
  return id;
}

/** The owner's own draft with what they confirmed themselves, as a plaintiff who has somebody to speak for them. */
async function confirmed({ people: { owner } }: World): Promise<string> {
  const filingId = await draftWithAgent(owner, OWNER, idNumberOf(OWNER));
  const { id, token } = await offered(owner, filingId);
  await owner.ask("POST", "/confirmations/lookup", { token });
  const ink = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80"><path d="M20 60 L90 15 L180 50" fill="none" stroke="#000" stroke-width="6"/></svg>`;
  const signature = (await sharp(Buffer.from(ink)).png().toBuffer()).toString("base64");
  const answer = await owner.ask("POST", `/confirmations/${id}/moves`, { action: "confirm", signature }, key());
  if (answer.status !== 200) throw new Error(`not confirmed: ${answer.text}`);
  return `${filingId}/${id}`;
}

export const confirmationPlans: Readonly<Record<string, Plan>> = {
  "POST /filings/:id/confirmations | draft": {
    standing: ({ people: { owner } }) => draftWithAgent(owner, OWNER, idNumberOf(OWNER)),
    body: () => AGENCY,
  },
  "POST /filings/:id/confirmations | submitted": { standing: ({ waiting }) => waiting.id, body: () => AGENCY },
  "GET /filings/:id/own-details": { standing: ({ draft }) => draft.id },
  "GET /filings/:id/confirmations | draft": { standing: ({ draft }) => draft.id },
  "GET /filings/:id/confirmations | submitted": { standing: ({ waiting }) => waiting.id },
  "GET /filings/:id/confirmations/:confirmationId/mandate.pdf": { standing: confirmed },
  "POST /confirmations/lookup": {
    // A link nobody sent opens nothing; what is sent to the owner opens for the owner. A link in the wrong hands: the road test.
    body: () => ({ token: "x".repeat(43) }),
    fresh: async (world) => ({ body: { token: (await asked(world)).token } }),
  },
  "POST /confirmations/:id/moves": {
    standing: opened,
    body: () => ({ action: "decline", note: "我没有委托过他" }),
    fresh: async (world) => ({ id: await opened(world) }),
  },
};
