import ICAL from "ical.js";
import { problem } from "./problems.ts";
import { problem as slotsProblem } from "./slots-problems.ts";

export interface BusyTime {
  readonly from: Date;
  readonly to: Date;
}

/** What a rule of repetition may say; others are told apart rather than guessed at, or run without end. */
const KNOWN_PARTS = new Set(["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", "BYMONTHDAY"]);
const KNOWN_FREQUENCIES = new Set(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]);
const SHANGHAI = new Set(["Asia/Shanghai", "Asia/Chongqing", "PRC", "China Standard Time", "Asia/Hong_Kong"]);
const MOST_STEPS = 20_000;
const MOST_TIMES = 1000;

/**
 * The busy times of a calendar between two moments. What is shown as free or was cancelled keeps nobody; whole days, and times
 * without a zone, are Shanghai's own, whatever the zone of the machine. Throws 422 `resource.calendar`,
 * `resource.calendar_rule`, `resource.absence_many`.
 */
export function readBusy(text: string, from: Date, to: Date): BusyTime[] {
  const events = parse(text).getAllSubcomponents("vevent");
  const found: BusyTime[] = [];
  for (const component of events) {
    if (word(component, "transp") === "TRANSPARENT" || word(component, "status") === "CANCELLED") continue;
    if (component.hasProperty("recurrence-id")) continue;
    for (const one of timesOf(component, from, to)) {
      found.push(one);
      if (found.length > MOST_TIMES) throw problem("resource.absence_many");
    }
  }
  return found;
}

function parse(text: string): ICAL.Component {
  try {
    const root = new ICAL.Component(ICAL.parse(text));
    if (root.name !== "vcalendar") throw new Error("not a calendar");
    return root;
  } catch {
    throw problem("resource.calendar");
  }
}

const word = (component: ICAL.Component, name: string): string =>
  String(component.getFirstPropertyValue(name) ?? "").toUpperCase();

function* timesOf(component: ICAL.Component, from: Date, to: Date): Generator<BusyTime> {
  const inside = (start: ICAL.Time, end: ICAL.Time): BusyTime | null => {
    const [begin, stop] = [instantOf(start), instantOf(end)];
    return stop > from && begin < to && stop > begin ? { from: begin, to: stop } : null;
  };
  mustBeKnown(component);
  let event: ICAL.Event;
  try {
    event = new ICAL.Event(component);
    if (!event.startDate) throw new Error("no start");
  } catch {
    throw problem("resource.calendar");
  }
  if (!event.isRecurring()) {
    const one = inside(event.startDate, event.endDate);
    if (one) yield one;
    return;
  }
  const steps = event.iterator();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const next = steps.next();
    if (!next || instantOf(next) >= to) return;
    const { startDate, endDate, item } = event.getOccurrenceDetails(next);
    const one = inside(startDate, endDate);
    if (one && word(item.component, "status") !== "CANCELLED") yield one;
  }
}

function mustBeKnown(component: ICAL.Component): void {
  for (const property of component.getAllProperties("rrule")) {
    const rule = String(property.getFirstValue()).split(";");
    const parts = rule.map((part) => part.split("=")[0] ?? "");
    const frequency = rule.find((part) => part.startsWith("FREQ="))?.slice(5) ?? "";
    if (!KNOWN_FREQUENCIES.has(frequency) || parts.some((part) => !KNOWN_PARTS.has(part)))
      throw slotsProblem("resource.calendar_rule");
  }
  for (const name of ["dtstart", "dtend"]) {
    const property = component.getFirstProperty(name);
    const zone = String(property?.getFirstParameter("tzid") ?? "");
    const time = property?.getFirstValue() as ICAL.Time | undefined;
    if (zone !== "" && time && isFloating(time) && !SHANGHAI.has(zone)) throw slotsProblem("resource.calendar_rule");
  }
}

const isFloating = (time: ICAL.Time): boolean => time.isDate || time.zone === ICAL.Timezone.localTimezone;

function instantOf(time: ICAL.Time): Date {
  if (!isFloating(time)) return new Date(time.toUnixTime() * 1000);
  return new Date(Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second) - 8 * 3_600_000);
}
