import { addDays, courtDayOf } from "#core/period.ts";
import { key } from "../filings.ts";
import { idNumberOf } from "../people.ts";
import { benched } from "./authorisation.hearing.ts";
import type { Plan } from "./authorisation.plan.ts";
import type { World } from "./world.ts";

let made = 0;
const places = new WeakMap<World, Promise<string>>();

/** How questionings are asked: of the owner's case, by its bench; the owner themselves has no part in one. */
export const questioningPlans: Readonly<Record<string, Plan>> = {
  "GET /cases/:id/questioning-choices": { standing: benched },
  "POST /cases/:id/questionings": {
    standing: benched,
    headers: key(),
    body: () => ({ ...WORDS, ...at("1") }),
    fresh: async (world) => ({ body: { ...WORDS, ...at(await placeOf(world)) }, headers: key() }),
  },
  "GET /questionings/:id": { standing: asked },
  "POST /questionings/:id/moves": {
    standing: asked,
    headers: key(),
    body: () => ({ action: "cancel", reason: "不再需要" }),
    fresh: async (world) => ({ id: await asked(world), headers: key() }),
  },
  "POST /questionings/:id/links": { standing: asked, body: () => ({ name: "白民警", badge: "370112" }) },
  "POST /questioning-links/open": {
    body: () => ({ word: "x".repeat(43), badge: "370112" }),
    async publicly(world) {
      const id = await asked(world);
      const link = { name: "白民警", badge: "370112" };
      const { path } = good(await world.staff.judge.ask("POST", `/questionings/${id}/links`, link), 201).json;
      return { body: { word: path.split("word=")[1], badge: link.badge } };
    },
  },
  "POST /custody-places": { body: () => place(), fresh: async () => ({ body: place() }) },
  "PUT /custody-places/:id": {
    standing: newPlace,
    headers: { "if-match": '"1"' },
    body: () => place(),
    fresh: async (world) => ({ id: await newPlace(world), body: place() }),
  },
};

const WORDS = { nature: "civil", name: "在押人", idNumber: idNumberOf("在押人"), matter: "核对案件事实" };
const at = (placeId: string) => {
  made += 1;
  return { placeId, placeRoom: "一室", startsAt: `${day()}T09:00:00+08:00`, minutes: 15 };
};
const day = (): string => addDays(courtDayOf(new Date()), 200 + made);
const place = () => {
  made += 1;
  return { kind: "detention", name: `第${made}看守所`, phone: "0531-110", hours: "08:00-18:00", rooms: ["一室"] };
};

const good = <T extends { status: number; text: string }>(answer: T, status: number): T => {
  if (answer.status !== status) throw new Error(`${answer.status}: ${answer.text}`);
  return answer;
};
async function newPlace({ staff }: World): Promise<string> {
  return good(await staff.admin.ask("POST", "/custody-places", place()), 201).json.id;
}
function placeOf(world: World): Promise<string> {
  const known = places.get(world) ?? newPlace(world);
  places.set(world, known);
  return known;
}
async function asked(world: World): Promise<string> {
  const body = { ...WORDS, ...at(await placeOf(world)) };
  const caseId = await benched(world);
  return good(await world.staff.judge.ask("POST", `/cases/${caseId}/questionings`, body, key()), 201).json.id;
}
