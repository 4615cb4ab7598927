import { addDays, courtDayOf } from "#core/period.ts";
import { COURT, key } from "../filings.ts";
import type { Plan } from "./authorisation.plan.ts";
import type { Persona } from "./authorisation.table.ts";
import type { World } from "./world.ts";

const MATTER = "判决生效已经一年，对方一直没有履行，请问执行进行到哪一步了。";
const ANSWER = { action: "answer", outcome: "explained", text: "本院已经查控被执行人的财产，特此答复。" };
let days = 40;

/** How receptions are asked: the owner's, received by the judge and recorded by the court clerk of the table. */
export const receptionPlans: Readonly<Record<string, Plan>> = {
  "GET /reception-options": { publicly: async () => ({}) },
  "POST /receptions": {
    body: () => ({ courtCode: COURT, topic: "trial", matter: MATTER }),
    headers: key(),
    fresh: async () => ({ headers: key() }),
  },
  "GET /receptions/:id": { standing: booked },
  "GET /receptions/:id/choices": { standing: booked },
  "GET /receptions/:id/answer.pdf": { standing: answered },
  "POST /receptions/:id/materials": {
    standing: asked,
    body: () => ({ name: "凭证.jpg", kind: "other", bytes: 2048, sha256: "c".repeat(64), contentType: "image/jpeg" }),
  },
  "POST /receptions/:id/moves": {
    standing: booked,
    headers: key(),
    body: () => ({ action: "withdraw" }),
    async fresh(world, persona) {
      const ofBench = persona === "judge" || persona === "courtClerk";
      const id = ofBench ? await begun(world) : await asked(world);
      return { id, headers: key(), body: bodyOf(persona) };
    },
  },
};

const bodyOf = (persona: Persona): object =>
  persona === "owner"
    ? { action: "withdraw" }
    : persona === "judge" || persona === "courtClerk"
      ? { action: "miss" }
      : ANSWER;

const good = <T extends { status: number; text: string }>(answer: T, status: number): T => {
  if (answer.status !== status) throw new Error(`${answer.status}: ${answer.text}`);
  return answer;
};

/** One at a time is open for a matter: what was asked before is over. */
async function asked({ app, people }: World): Promise<string> {
  await app.database.read("UPDATE reception SET state = 'withdrawn' WHERE state IN ('asked', 'booked', 'missed')");
  const order = { courtCode: COURT, topic: "other", matter: MATTER };
  return good(await people.owner.ask("POST", "/receptions", order, key()), 201).json.id;
}

async function booked(world: World): Promise<string> {
  const { app, staff } = world;
  const id = await asked(world);
  days += 1;
  const body = {
    action: "book",
    startsAt: `${addDays(courtDayOf(app.clock.now()), days)}T09:00:00+08:00`,
    minutes: 30,
    receiverId: staff.judge.accountId,
    clerkId: staff.courtClerk.accountId,
  };
  good(await staff.clerk.ask("POST", `/receptions/${id}/moves`, body, key()), 200);
  return id;
}

async function begun(world: World): Promise<string> {
  const id = await booked(world);
  await world.app.database.read("UPDATE reception SET starts_at = ? WHERE id = ?", [
    new Date(world.app.clock.now().getTime() - 60_000),
    id,
  ]);
  return id;
}

async function answered(world: World): Promise<string> {
  const id = await begun(world);
  await world.app.database.read("UPDATE reception SET state = 'received' WHERE id = ?", [id]);
  good(await world.staff.clerk.ask("POST", `/receptions/${id}/moves`, ANSWER, key()), 200);
  return id;
}
