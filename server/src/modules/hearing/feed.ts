import { createHash, randomBytes } from "node:crypto";
import { type Actor, isStaff } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import { describeAccounts } from "#modules/account/index.ts";
import { caseIdsOf, listCases } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { type FeedEvent, writeFeed } from "./feed-ics.ts";
import { problem } from "./problems.ts";
import { listResources } from "./resources.ts";
import { asHearing, HEARING_COLUMNS, type HearingRow, OF_CASES, seatsOf } from "./store.ts";
import { HEARING_KINDS, STAFF_READERS } from "./workflow.ts";

const SECRET_BYTES = 32;
/** A calendar keeps what is past for a while, and looks a year ahead. */
const PAST_DAYS = 60;
const AHEAD_DAYS = 400;
const MOST = 1000;
const DAY_MS = 86_400_000;

/** The secret itself is in the person's calendar and nowhere else. */
const digestOf = (token: string): string => createHash("sha256").update(`calendar ${token}`).digest("hex");
export const addressOf = ({ settings }: Pick<Means, "settings">, token: string): string =>
  `${settings.publicUrl}/api/v1/calendar/${token}.ics`;

/** A new secret; the one before is dead at once. Gives the address, which is not shown again. */
export async function renewFeed(work: Work, means: Pick<Means, "settings">): Promise<string> {
  const token = randomBytes(SECRET_BYTES).toString("base64url");
  await work.change(
    `INSERT INTO calendar_feed (account_id, token_digest, made_at) VALUES (?, ?, ?)
     ON DUPLICATE KEY UPDATE token_digest = VALUES(token_digest), made_at = VALUES(made_at)`,
    [work.actor.accountId, digestOf(token), work.at],
  );
  return addressOf(means, token);
}

export async function endFeed(work: Work): Promise<void> {
  await work.change("DELETE FROM calendar_feed WHERE account_id = ?", [work.actor.accountId]);
}

export async function feedSince({ database }: Pick<Means, "database">, accountId: string): Promise<Date | null> {
  const [row] = await database.read<{ madeAt: Date }>(
    "SELECT made_at AS madeAt FROM calendar_feed WHERE account_id = ?",
    [accountId],
  );
  return row?.madeAt ?? null;
}

/**
 * What a calendar with this secret reads now: asked of the database every time, so that it is never older than the answer, and a
 * secret that was ended opens nothing. Throws 404 `calendar.not_found`.
 */
export async function readFeed(means: Means, token: string): Promise<string> {
  const [row] = await means.database.read<{ accountId: string }>(
    "SELECT account_id AS accountId FROM calendar_feed WHERE token_digest = ?",
    [digestOf(token)],
  );
  if (!row) throw problem("calendar.not_found");
  const accountId = String(row.accountId);
  const account = (await describeAccounts([accountId])).get(accountId);
  if (!account) throw problem("calendar.not_found");
  const host = new URL(means.settings.publicUrl).host;
  const hearings = await hearingsOf(means, accountId, account.role);
  return writeFeed(host, "诉通 我的庭期", await eventsOf(means, accountId, hearings));
}

/** Of the public: the cases they take part in now. Of the court's people: where they sit themselves, in their own court. */
async function hearingsOf(means: Means, accountId: string, role: Actor["role"]): Promise<HearingRow[]> {
  const { database, clock } = means;
  const now = clock.now().getTime();
  const span = [new Date(now - PAST_DAYS * DAY_MS), new Date(now + AHEAD_DAYS * DAY_MS)];
  const known = "h.starts_at IS NOT NULL AND h.order_at >= ? AND h.order_at < ?";
  if (isStaff({ accountId, role, courtCode: null, sessionId: null })) {
    if (!(STAFF_READERS as readonly string[]).includes(role)) return [];
    const rows = await database.read<HearingRow>(
      `SELECT ${HEARING_COLUMNS} FROM hearing_seat s JOIN hearing h ON h.id = s.hearing_id
       WHERE s.account_id = ? AND ${OF_CASES} AND ${known} ORDER BY h.order_at, h.id LIMIT ${MOST}`,
      [accountId, ...span],
    );
    return rows.map(asHearing);
  }
  const ids = await caseIdsOf(database, accountId);
  if (ids.length === 0) return [];
  const rows = await database.read<HearingRow>(
    `SELECT ${HEARING_COLUMNS} FROM hearing h WHERE h.case_id IN (${ids.map(() => "?").join(",")}) AND ${OF_CASES} AND ${known}
     ORDER BY h.order_at, h.id LIMIT ${MOST}`,
    [...ids, ...span],
  );
  return rows.map(asHearing);
}

async function eventsOf(
  { database, vault }: Means,
  accountId: string,
  rows: readonly HearingRow[],
): Promise<FeedEvent[]> {
  const cases = await listCases(
    database,
    vault,
    rows.map(({ caseId }) => caseId),
  );
  const rooms = await listResources(database, { ids: rows.flatMap(({ roomId }) => roomId ?? []) });
  const seats = await seatsOf(database, ...rows.map(({ id }) => id));
  const courts = new Map<string, string>();
  for (const { courtCode } of rows) if (!courts.has(courtCode)) courts.set(courtCode, await nameOfCourt(courtCode));
  return rows.map((row): FeedEvent => {
    const own = seats.find((seat) => seat.hearingId === row.id && seat.accountId === accountId);
    const isOnline = (own?.mode ?? row.mode) === "online";
    return {
      id: row.id,
      caseNumber: cases.get(row.caseId)?.number ?? "",
      courtName: courts.get(row.courtCode) ?? "",
      kind: HEARING_KINDS[row.kind],
      place: isOnline ? "在线法庭" : (rooms.find(({ id }) => id === row.roomId)?.name ?? ""),
      startsAt: row.startsAt as Date,
      endsAt: row.endsAt as Date,
      version: row.version,
      changedAt: row.closedAt ?? row.notifiedAt ?? row.createdAt,
      state: row.state === "adjourned" || row.state === "cancelled" ? "cancelled" : "fixed",
    };
  });
}
