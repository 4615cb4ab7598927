import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from "ical-generator";

/** One hearing as a calendar shows it: the case number and the court, no name of anybody, no cause. */
export interface FeedEvent {
  readonly id: string;
  readonly caseNumber: string;
  readonly courtName: string;
  /** 开庭审理, 调解 … */
  readonly kind: string;
  /** Where to be: the courtroom, or that one takes part online. */
  readonly place: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Grows with every change, so that a calendar takes the newer one. */
  readonly version: number;
  readonly changedAt: Date;
  readonly state: "planned" | "fixed" | "cancelled";
}

const STATUS = {
  planned: ICalEventStatus.TENTATIVE,
  fixed: ICalEventStatus.CONFIRMED,
  cancelled: ICalEventStatus.CANCELLED,
} as const;
const HOUR_SECONDS = 3600;
/** How often calendars are asked to look again, in seconds. */
const REFRESH_SECONDS = 900;

/**
 * The hearings of one person as RFC 5545 text. All moments are UTC: a zone would make the library write the host's hours
 * (a host on UTC shifted every hearing by eight hours).
 */
export function writeFeed(host: string, name: string, events: readonly FeedEvent[]): string {
  const feed = ical({ name, prodId: { company: "Sutong", product: "hearings", language: "ZH" }, ttl: REFRESH_SECONDS });
  feed.method(ICalCalendarMethod.PUBLISH);
  for (const one of events) {
    const { id, caseNumber, courtName, kind, place, state } = one;
    const event = feed.createEvent({
      id: `hearing-${id}@${host}`,
      start: one.startsAt,
      end: one.endsAt,
      stamp: one.changedAt,
      lastModified: one.changedAt,
      sequence: one.version,
      summary: `${state === "cancelled" ? "已取消：" : state === "planned" ? "待定：" : ""}${kind} ${caseNumber}`,
      location: place === "" ? courtName : `${courtName} ${place}`,
      status: STATUS[state],
    });
    if (state === "fixed") event.createAlarm({ type: ICalAlarmType.display, trigger: HOUR_SECONDS });
  }
  return feed.toString();
}
