import type { CalendarEntry } from "./port";

const stamp = (iso: string) => `${new Date(iso).toISOString().replace(/[-:]/g, "").slice(0, 15)}Z`;
const safe = (text: string) => text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\n/g, "\\n");
/** RFC 5545 counts bytes: a line of more than 75 goes on after a blank. */
export function folded(line: string): string {
  const encoder = new TextEncoder();
  const parts: string[] = [];
  let part = "";
  for (const letter of line) {
    if (encoder.encode(part + letter).length > 74) {
      parts.push(part);
      part = "";
    }
    part += letter;
  }
  return [...parts, part].join("\r\n ");
}

/** One entry as a calendar file. Moments are written in UTC: every calendar turns them into its owner's hours. */
export function calendarFile({ id, title, startsAt, endsAt, place }: CalendarEntry, now = new Date()): string {
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Sutong//hearings//ZH",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    `UID:hearing-${id}@${window.location.hostname}`,
    `DTSTAMP:${stamp(now.toISOString())}`,
    `DTSTART:${stamp(startsAt)}`,
    `DTEND:${stamp(endsAt)}`,
    `SUMMARY:${safe(title)}`,
    `LOCATION:${safe(place)}`,
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${safe(title)}`,
    "TRIGGER:-P1D",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ]
    .map(folded)
    .join("\r\n");
}

/** The browser hands the file to the phone's calendar. */
export function addToCalendar(entry: CalendarEntry): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([calendarFile(entry)], { type: "text/calendar;charset=utf-8" }));
  link.download = "开庭.ics";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
