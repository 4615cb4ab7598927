import { courtDayOf } from "#core/period.ts";
import { key } from "../filings.ts";
import type { Plan } from "./authorisation.plan.ts";
import type { World } from "./world.ts";

/** How the routes of the desk are asked: a duty of the owner's party, and what the periods of their case depend on. */
export const deskPlans: Readonly<Record<string, Plan>> = {
  "POST /changes/acknowledge": { body: () => ({ through: "1" }) },
  "POST /obligations/:id/moves": {
    standing: newDuty,
    body: () => ({ action: "done" }),
    fresh: async (world) => ({ id: await newDuty(world), headers: key() }),
  },
  "POST /me/tokens": { body: () => ({ name: "律所系统", scopes: ["changes:read"] }) },
  "DELETE /me/tokens/:id": {
    standing: newToken,
    fresh: async (world) => ({ id: await newToken(world), headers: key() }),
  },
  "GET /cases/:id/periods": { standing: ({ caseId }) => caseId },
  "PUT /cases/:id/periods": {
    standing: ({ caseId }) => caseId,
    headers: { "if-match": '"0"' },
    body: () => ({
      evidenceDays: null,
      answerDays: null,
      abroad: [],
      effectiveOn: null,
      performBy: null,
      entitled: [],
      preservations: [],
      reason: "经核对",
    }),
    async fresh({ people, caseId }) {
      const { version } = (await people.owner.ask("GET", `/cases/${caseId}/periods`)).json;
      return { headers: { "if-match": `"${version}"` } };
    },
  },
};

async function newToken({ people }: World): Promise<string> {
  const made = await people.owner.ask("POST", "/me/tokens", { name: "律所系统", scopes: ["changes:read"] });
  if (made.status !== 201) throw new Error(`no token: ${made.text}`);
  return made.json.id;
}

/** A judgment was served on the owner: their time to appeal runs. */
async function newDuty({ app, people, staff, caseId }: World): Promise<string> {
  const { items: parties } = (await people.owner.ask("GET", `/cases/${caseId}/participants`)).json;
  const partyKey = parties.find(({ mine }: { mine: boolean }) => mine).party.key as string;
  const order = {
    documentKind: "judgment",
    title: "民事判决书",
    text: "判决如下。",
    recipients: [partyKey],
    channel: "post",
  };
  const laid = await staff.clerk.ask("POST", `/cases/${caseId}/services`, order, key());
  if (laid.status !== 201) throw new Error(`no service: ${laid.text}`);
  const [{ id }] = laid.json.items;
  const facts = { signedOn: courtDayOf(app.clock.now()), signedBy: "本人" };
  const body = { action: "record", channel: "post", facts };
  const signed = await staff.clerk.ask("POST", `/services/${id}/moves`, body, key());
  if (signed.status !== 200) throw new Error(`not served: ${signed.text}`);
  await app.settle();
  const [row] = await app.database.read<{ id: string }>("SELECT id FROM obligation WHERE source = ?", [
    `service:${id}`,
  ]);
  return String(row?.id);
}
