import type { Actor } from "#core/actor.ts";
import { addDays, courtDayOf } from "#core/period.ts";
import { addResource, scheduleHearing } from "#modules/hearing/index.ts";
import { addPlace, askQuestioning } from "#modules/questioning/index.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import type { App } from "./app.ts";
import { idNumberOf } from "./seed-people.ts";

const DAYS_AHEAD = 8;
const MINUTES = 90;

/**
 * Courtrooms of the demonstration's court, a sitting that is fixed for the week to come, one whose dates the parties are
 * asked for, and a witness in custody who is to be questioned. Safe to run again: what is there stays.
 */
export async function seedHearings(
  { means }: App,
  clerk: Actor,
  keeper: Actor,
  cases: { readonly fixed: string; readonly asked: string },
): Promise<void> {
  const { database, transact } = means;
  const [known] = await database.read("SELECT 1 FROM booking_resource WHERE kind = 'courtroom' LIMIT 1");
  if (known) return;
  const rooms: string[] = [];
  for (const [kind, name] of [
    ["courtroom", "第一法庭"],
    ["courtroom", "第二法庭"],
    ["online_room", "在线一庭"],
  ] as const)
    rooms.push(await transact(keeper, (work) => addResource(work, kind, { name })));
  const [first = "", second = ""] = rooms;
  const days = courtDays(means.clock.now(), 4);
  const at = (n: number, clock: string) => `${days[n]}T${clock}:00+08:00`;
  const plain = { kind: "trial", minutes: MINUTES, isPublic: true } as const;
  await transact(clerk, (work) =>
    scheduleHearing(work, means, cases.fixed, { ...plain, mode: "in_person", startsAt: at(0, "09:30"), roomId: first }),
  );
  await transact(clerk, (work) =>
    scheduleHearing(work, means, cases.asked, {
      ...plain,
      mode: "mixed",
      options: [1, 2, 3].map((n) => ({ startsAt: at(n, "14:30"), roomId: second })),
      expiresAt: at(0, "12:00"),
    }),
  );
  const witness = "栾平";
  const placeId = await transact(keeper, (work) =>
    addPlace(work, {
      kind: "detention",
      name: "济南市看守所",
      phone: "0531-85080110",
      hours: "09:00-12:00,14:00-17:00",
      rooms: ["第一提讯室", "第二提讯室"],
    }),
  );
  await transact(clerk, (work) =>
    askQuestioning(work, means, cases.fixed, {
      nature: "civil",
      name: witness,
      idNumber: idNumberOf(witness),
      minor: false,
      language: "",
      matter: "核对借款交付的经过",
      keptIn: "main",
      placeId,
      placeRoom: "第一提讯室",
      startsAt: at(3, "10:00"),
      minutes: 30,
      counselIds: [],
    }),
  );
}

/** Days of the week to come and after it on which the court works. */
function courtDays(now: Date, count: number): string[] {
  const days: string[] = [];
  for (let day = addDays(courtDayOf(now), DAYS_AHEAD); days.length < count; day = addDays(day, 1))
    if (courtCalendar.statusOf(day).working) days.push(day);
  return days;
}
