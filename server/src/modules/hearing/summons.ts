import { SYSTEM } from "#core/actor.ts";
import { addDays, courtDayOf } from "#core/period.ts";
import { describeAccounts } from "#modules/account/index.ts";
import { findCaseRow, listCaseParties, SIDES } from "#modules/case/index.ts";
import { findCourt } from "#modules/court/index.ts";
import type { SummonsPaper } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { findCause } from "#modules/reference/index.ts";
import { type Summoning, serveSummons } from "#modules/service/index.ts";
import { listResources } from "./resources.ts";
import { noticeDays } from "./slots-notice.ts";
import { findHearing, type HearingRow, seatsOf } from "./store.ts";
import { HEARING_KINDS } from "./workflow.ts";

/**
 * Summons every party of a sitting that was notified: as a paper of their own, through the room of service. Told again it finds them
 * served; where the sitting has become another one meanwhile, nobody is summoned to the old one.
 */
export async function summonParties(means: Means, hearingId: string): Promise<void> {
  const hearing = await findHearing(means.database, SYSTEM, hearingId);
  if (hearing.state !== "notified" || !hearing.notifiedAt) return;
  for (const one of await drawSummonses(means, hearing)) await serveSummons(means, hearing.caseId, one);
}

async function drawSummonses(means: Means, hearing: HearingRow): Promise<Summoning[]> {
  const { database, vault } = means;
  const [startsAt, endsAt] = [hearing.startsAt as Date, hearing.endsAt as Date];
  const courtCase = await findCaseRow(database, SYSTEM, hearing.caseId);
  const [parties, seats, court, rooms] = await Promise.all([
    listCaseParties(database, vault, courtCase),
    seatsOf(database, hearing.id),
    findCourt(hearing.courtCode),
    listResources(database, { ids: hearing.roomId === null ? [] : [hearing.roomId] }),
  ]);
  const bench = seats.filter(({ partyKey, accountId }) => partyKey === null && accountId !== null);
  const people = await describeAccounts(bench.flatMap(({ accountId }) => accountId ?? []));
  const named = (role: string): string =>
    people.get(bench.find((one) => one.role === role)?.accountId ?? "")?.displayName ?? "";
  const replaced = await replacedTime(means, hearing);
  const room = rooms[0]?.name ?? "本院（到院后请看诉讼服务大厅公告）";
  const place = court.address ? `${room}，${court.address}` : room;
  const dueOn = addDays(courtDayOf(startsAt), -noticeDays(hearing.kind, courtCase.trialProcedure));
  return parties.map(({ key: partyKey, side, name }): Summoning => {
    const online = seats.some((seat) => seat.partyKey === partyKey && seat.mode === "online");
    const paper: SummonsPaper = {
      courtName: court.name,
      caseNumber: courtCase.number,
      cause: findCause(courtCase.causeCode).name,
      summoned: name,
      side: SIDES[side] ?? "当事人",
      matter: HEARING_KINDS[hearing.kind],
      time: writtenTime(startsAt),
      duration: writtenMinutes((endsAt.getTime() - startsAt.getTime()) / 60_000),
      place: online ? "在线法庭（本平台，在“我的庭期”中进入）" : place,
      online,
      judge: named("presiding"),
      courtClerk: named("clerk"),
      replaces: replaced === null ? null : writtenTime(replaced),
      isPlaintiff: side === "plaintiff",
      interpreter: hearing.interpreter,
      url: `${means.settings.publicUrl}/#/pages/hearing/detail?id=${hearing.id}`,
      issuedOn: courtDayOf(hearing.notifiedAt as Date),
    };
    return { source: sourceOf(hearing), partyKey, dueOn, paper };
  });
}

/** What a summons is about, and which one of a sitting that was moved. */
export const sourceOf = ({ id, notifiedAt }: Pick<HearingRow, "id" | "notifiedAt">): string =>
  `hearing:${id}:${notifiedAt?.getTime()}`;

/** The time of the last summons that this one takes the place of, from what was told when it was moved. */
async function replacedTime({ database }: Means, hearing: HearingRow): Promise<Date | null> {
  const [row] = await database.read<{ startsAt: Date }>(
    `SELECT starts_at AS startsAt FROM hearing_summoned WHERE hearing_id IN (?, ?) AND starts_at <> ? ORDER BY at DESC LIMIT 1`,
    [hearing.id, hearing.previousId ?? hearing.id, hearing.startsAt],
  );
  return row?.startsAt ?? null;
}

const WEEKDAYS = ["日", "一", "二", "三", "四", "五", "六"];
/** `2026年3月16日（星期一）9时00分`, Shanghai time. */
export function writtenTime(at: Date): string {
  const local = new Date(at.getTime() + 8 * 3_600_000);
  const minutes = String(local.getUTCMinutes()).padStart(2, "0");
  return `${local.getUTCFullYear()}年${local.getUTCMonth() + 1}月${local.getUTCDate()}日（星期${WEEKDAYS[local.getUTCDay()]}）${local.getUTCHours()}时${minutes}分`;
}
export function writtenMinutes(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 ? `${hours}小时` : "", rest > 0 ? `${rest}分钟` : ""].join("");
}
