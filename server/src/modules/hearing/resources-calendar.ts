import { createHash } from "node:crypto";
import type { Actor } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import { listCases } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { writeFeed } from "./feed-ics.ts";
import { resourceOf } from "./leave.ts";
import { problem } from "./problems.ts";
import { listResources } from "./resources.ts";
import { readBusy } from "./resources-ics.ts";
import { asSitting, HEARING_COLUMNS, type HearingRow } from "./store.ts";
import { HEARING_KINDS } from "./workflow.ts";

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;
const BACK_DAYS = 30;
const AHEAD_DAYS = 366;

/** The sittings of a room or of one of the court's people as a calendar: case numbers, no names. Throws `resource.not_found`. */
export async function printCalendar({ database, vault, settings, clock }: Means, actor: Actor, id: string) {
  const [resource] = await listResources(database, { courtCode: actor.courtCode ?? "", ids: [id] });
  if (!resource) throw problem("resource.not_found");
  const now = clock.now().getTime();
  const between = [now - BACK_DAYS * DAY_MS, now + AHEAD_DAYS * DAY_MS].map((at) => Math.floor(at / QUARTER_MS));
  const found = await database.read<HearingRow>(
    `SELECT ${HEARING_COLUMNS} FROM hearing h WHERE h.id IN
       (SELECT b.hearing_id FROM hearing_booking b WHERE b.resource_id = ? AND b.quarter BETWEEN ? AND ?)
     ORDER BY h.order_at, h.id LIMIT 2000`,
    [id, ...between],
  );
  const rows = found.map(asSitting);
  const cases = await listCases(
    database,
    vault,
    rows.flatMap(({ caseId }) => caseId ?? []),
  );
  const rooms = await listResources(database, { ids: rows.flatMap(({ roomId }) => roomId ?? []) });
  const courtName = await nameOfCourt(actor.courtCode ?? "");
  return writeFeed(
    new URL(settings.publicUrl).host,
    resource.name || courtName,
    rows.map((row) => ({
      id: row.id,
      caseNumber: cases.get(row.caseId ?? "")?.number ?? "",
      courtName,
      kind: HEARING_KINDS[row.kind],
      place: row.mode === "online" ? "在线" : (rooms.find((room) => room.id === row.roomId)?.name ?? ""),
      startsAt: row.startsAt as Date,
      endsAt: row.endsAt as Date,
      version: row.version,
      changedAt: row.notifiedAt ?? row.createdAt,
      state: "fixed" as const,
    })),
  );
}

/**
 * Takes the busy times of another calendar over, in the place of those taken over before: importing again changes nothing twice.
 * Gives how many lie ahead. Titles and places stay where they are. Throws what `resourceOf` and `readBusy` throw.
 */
export async function importCalendar(work: Work, id: string, text: string): Promise<number> {
  const resource = await resourceOf(work, id);
  const busy = readBusy(text, work.at, new Date(work.at.getTime() + AHEAD_DAYS * DAY_MS));
  const once = new Map(busy.map((one) => [`${one.from.toISOString()} ${one.to.toISOString()}`, one]));
  await work.change("DELETE FROM resource_absence WHERE resource_id = ? AND kind = 'imported' AND to_at > ?", [
    resource.id,
    work.at,
  ]);
  for (const [times, { from, to }] of once)
    await work.change(
      `INSERT INTO resource_absence (resource_id, from_at, to_at, kind, source, by_id, at) VALUES (?, ?, ?, 'imported', ?, ?, ?)
       ON DUPLICATE KEY UPDATE at = VALUES(at)`,
      [resource.id, from, to, createHash("sha256").update(times).digest("hex"), work.actor.accountId, work.at],
    );
  await work.emit({
    name: "resource.calendar_imported",
    about: `resource:${resource.id}`,
    courtCode: resource.courtCode,
    resourceId: resource.id,
    count: once.size,
  });
  return once.size;
}
