import { addDays, courtDayOf } from "#core/period.ts";
import { COURT, key } from "../filings.ts";
import type { Person } from "../people.ts";
import type { Plan } from "./authorisation.plan.ts";
import { isStaffPersona, type World } from "./world.ts";

const ICS = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//ZH", "END:VCALENDAR", ""].join("\r\n");
const IMPORT = { ics: ICS };
/** One sitting of a kind is open at a time: each who may fix one takes the next kind, on the next day. */
const KINDS = ["mediation", "pronouncement", "pretrial"] as const;
let kinds = 0;
let days = 20;
let rooms = 100;

/** How the tables of hearings are asked: the owner's case, tried by the judge and recorded by the court clerk of the table. */
export const hearingPlans: Readonly<Record<string, Plan>> = {
  "GET /hearings/:id": { standing: newHearing },
  "POST /cases/:id/hearings": {
    standing: benched,
    headers: key(),
    body: (world) => ({ kind: KINDS[0], mode: "online", minutes: 60, startsAt: nextTime(world) }),
    async fresh(world) {
      const kind = KINDS[kinds % KINDS.length];
      kinds += 1;
      return { body: { kind, mode: "online", minutes: 60, startsAt: nextTime(world) }, headers: key() };
    },
  },
  "GET /hearings/slots": {
    query: ({ caseId }) => `?caseId=${caseId}&mode=online&minutes=60`,
    async fresh(world) {
      await benched(world);
      return {};
    },
  },
  "POST /hearings/plan": { body: ({ caseId }) => ({ caseIds: [caseId], mode: "online", kind: "pretrial" }) },
  "GET /hearing-resources/:id/sittings": {
    standing: newRoom,
    query: () => `?from=${courtDayOf(new Date())}&to=${courtDayOf(new Date())}`,
  },
  "POST /hearings/reschedule": {
    body: (world) => away(world, "1"),
    fresh: async (world) => ({ body: away(world, await newRoom(world)) }),
  },
  "POST /hearings/:id/responses": {
    standing: newHearing,
    headers: key(),
    body: () => ({ consentOnline: "yes" }),
    fresh: async () => ({ headers: key() }),
  },
  "POST /hearings/:id/moves": {
    standing: newHearing,
    headers: key(),
    body: () => ({ action: "bar_online", bars: [] }),
    fresh: async () => ({ headers: key() }),
  },
  "POST /me/calendar": {},
  "DELETE /me/calendar": {},
  "GET /calendar/:token.ics": { standing: ({ people }) => calendarOf(people.owner), publicly: async () => ({}) },
  "GET /announcements/hearings": {
    query: `?court=${encodeURIComponent(COURT)}&date=2026-03-02`,
    publicly: async () => ({}),
  },
  "POST /hearing-resources": {
    body: () => ({ kind: "courtroom", name: "不该有的法庭" }),
    fresh: async () => ({ body: { kind: "courtroom", name: nextRoom() } }),
  },
  "PUT /hearing-resources/:id": {
    standing: newRoom,
    headers: { "if-match": '"1"' },
    body: () => ({ name: nextRoom() }),
    fresh: async (world) => ({ id: await newRoom(world) }),
  },
  "GET /hearing-resources/:id/calendar.ics": { standing: newRoom },
  "POST /hearing-resources/:id/calendar | room": { standing: newRoom, body: () => IMPORT },
  "POST /hearing-resources/:id/calendar | judgeTime": {
    standing: ({ staff }) => timeOf(staff.judge),
    body: () => IMPORT,
  },
  "POST /hearing-resources/:id/calendar | recordTime": {
    standing: ({ staff }) => timeOf(staff.courtClerk),
    body: () => IMPORT,
  },
  "POST /hearing-absences": {
    body: span,
    async fresh(world, persona) {
      const isKeeper = persona === "supervisor" || persona === "admin";
      return { body: { ...span(world), ...(isKeeper ? { resourceId: await newRoom(world) } : {}) } };
    },
  },
  "DELETE /hearing-absences/:id": {
    standing: ({ people, ...world }) => newAbsence({ people, ...world }, people.owner),
    async fresh(world, persona) {
      const who = isStaffPersona(persona) ? world.staff[persona] : world.people[persona];
      return { id: await newAbsence(world, who) };
    },
  },
};

const nextRoom = (): string => {
  rooms += 1;
  return `第${rooms}法庭`;
};
const good = <T extends { status: number; text: string }>(answer: T, status: number): T => {
  if (answer.status !== status) throw new Error(`${answer.status}: ${answer.text}`);
  return answer;
};

/** Gives the owner's case its judge and court clerk. */
export async function benched({ staff, caseId }: World): Promise<string> {
  const body = { action: "assign", judgeId: staff.judge.accountId, clerkId: staff.courtClerk.accountId };
  good(await staff.clerk.ask("POST", `/cases/${caseId}/moves`, body, key()), 200);
  return caseId;
}

/** A sitting of the owner's case; the one that is open already where there is one. */
export async function newHearing(world: World): Promise<string> {
  await benched(world);
  const { staff, caseId } = world;
  const order = { kind: "trial", mode: "online", minutes: 60, startsAt: nextTime(world) };
  const made = await staff.judge.ask("POST", `/cases/${caseId}/hearings`, order, key());
  if (made.json?.code !== "hearing.open_already") return good(made, 201).json.id;
  const { items } = (await staff.judge.ask("GET", `/hearings?caseId=${caseId}`)).json;
  const open = ["proposed", "fixed", "notified"];
  return items.find(
    ({ kind, state }: { kind: { code: string }; state: { code: string } }) =>
      kind.code === "trial" && open.includes(state.code),
  ).id;
}

/** Each on a day of its own. */
function nextTime({ app }: World): string {
  days += 1;
  return `${addDays(courtDayOf(app.clock.now()), days)}T09:00:00+08:00`;
}

function away({ app }: World, resourceId: string) {
  const from = addDays(courtDayOf(app.clock.now()), 100);
  return { resourceId, from, to: from, reason: "法庭检修" };
}

function span({ app }: World) {
  const day = addDays(courtDayOf(app.clock.now()), 15);
  return { from: `${day}T09:00:00+08:00`, to: `${day}T12:00:00+08:00` };
}

async function newRoom({ staff }: World): Promise<string> {
  const body = { kind: "courtroom", name: nextRoom() };
  return good(await staff.admin.ask("POST", "/hearing-resources", body), 201).json.id;
}

async function timeOf(who: Person): Promise<string> {
  const { items } = good(await who.ask("GET", "/hearing-resources"), 200).json;
  return items.find(({ mine }: { mine: boolean }) => mine).id;
}

const newAbsence = async (world: World, who: Person): Promise<string> =>
  good(await who.ask("POST", "/hearing-absences", span(world)), 201).json.id;

/** The secret of somebody's calendar. */
async function calendarOf(who: Person): Promise<string> {
  const { icsUrl } = good(await who.ask("POST", "/me/calendar", undefined, key()), 201).json;
  return new URL(icsUrl).pathname.replace(/^.*\/(.+)\.ics$/, "$1");
}
