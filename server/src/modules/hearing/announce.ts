import { addDays } from "#core/period.ts";
import { describeAccounts } from "#modules/account/index.ts";
import { type CaseFacts, listCaseFacts } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { findCause } from "#modules/reference/index.ts";
import { announcedNames } from "./announce-names.ts";
import { listResources } from "./resources.ts";
import { inWords } from "./slots-words.ts";
import { asHearing, HEARING_COLUMNS, type HearingRow, seatsOf } from "./store.ts";
import { HEARING_KINDS, HEARING_MODES, hearingWorkflow } from "./workflow.ts";

/** What the public may come to, and is told of (民诉法§139, §151). */
const ANNOUNCED = ["trial", "pronouncement"] as const;
/** What may not even be named where it is secret by law. */
const SECRET = "state_secret";
const MOST = 500;

const SIDES = [
  ["plaintiff", "原告"],
  ["defendant", "被告"],
  ["third_party", "第三人"],
] as const;

/**
 * 开庭公告 and cause list of one court and day: what everybody was summoned to, by the hour; what was put off or called off stands in it
 * as such. Of a sitting that is not public only that there is one: number, time and courtroom, no name and no cause.
 */
export async function announcements(means: Means, court: string, day: string) {
  const { database, vault } = means;
  const courtName = await nameOfCourt(court);
  const beginOf = (one: string): Date => new Date(`${one}T00:00:00+08:00`);
  const found = await database.read<HearingRow>(
    `SELECT ${HEARING_COLUMNS} FROM hearing h
     WHERE h.court_code = ? AND h.order_at >= ? AND h.order_at < ? AND h.kind IN (${ANNOUNCED.map(() => "?").join(",")})
       AND h.notified_at IS NOT NULL AND h.starts_at IS NOT NULL AND h.state IN ('notified', 'held', 'adjourned', 'cancelled')
       AND (h.closed_reason IS NULL OR h.closed_reason <> ?)
     ORDER BY h.order_at, h.id LIMIT ${MOST}`,
    [court, beginOf(day), beginOf(addDays(day, 1)), ...ANNOUNCED, SECRET],
  );
  const rows = found.map(asHearing);
  const [facts, rooms, seats] = await Promise.all([
    listCaseFacts(
      database,
      vault,
      rows.map(({ caseId }) => caseId),
    ),
    listResources(database, { ids: rows.flatMap(({ roomId }) => roomId ?? []) }),
    seatsOf(database, ...rows.map(({ id }) => id)),
  ]);
  const judges = await describeAccounts(
    seats.flatMap(({ role, accountId }) => (role === "presiding" && accountId ? [accountId] : [])),
  );
  return {
    court: { code: court, name: courtName },
    date: day,
    items: rows.map((row) => {
      const own = facts.get(row.caseId);
      const isOpen = row.isPublic && own !== undefined;
      const presiding = seats.find((seat) => seat.hearingId === row.id && seat.role === "presiding");
      return {
        id: row.id,
        caseNumber: own?.number ?? "",
        kind: { code: row.kind, label: HEARING_KINDS[row.kind] },
        cause: isOpen ? findCause(own.causeCode).name : null,
        parties: isOpen ? sidesOf(own) : null,
        isPublic: row.isPublic,
        startsAt: (row.startsAt as Date).toISOString(),
        endsAt: (row.endsAt as Date).toISOString(),
        timeText: inWords(row.startsAt as Date, row.endsAt as Date),
        room: rooms.find(({ id }) => id === row.roomId)?.name ?? null,
        mode: { code: row.mode, label: HEARING_MODES[row.mode] },
        judge: judges.get(presiding?.accountId ?? "")?.displayName ?? null,
        state: hearingWorkflow.present(row.state),
      };
    }),
  };
}

/** `原告王芳；被告李强、赵敏`. */
function sidesOf(facts: CaseFacts): string {
  const names = announcedNames(facts);
  return SIDES.flatMap(([side, label]) => {
    const own = facts.parties.filter((one) => one.side === side).map(({ key }) => names.get(key) ?? "");
    return own.length > 0 ? [`${label}${own.join("、")}`] : [];
  }).join("；");
}
