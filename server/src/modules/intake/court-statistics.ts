import type { Actor } from "#core/actor.ts";
import { addDays, weekdayOf } from "#core/period.ts";
import { describeAccounts } from "#modules/account/index.ts";
import { defectKind } from "#modules/filing/index.ts";
import type { Means } from "#modules/module.ts";
import { findCause, isCauseCode } from "#modules/reference/index.ts";
import { type Compared, compareShares, percentile } from "./consistency.ts";
import { refusalGround } from "./grounds.ts";

export interface Span {
  readonly from: string;
  readonly until: string;
  readonly by: "day" | "week" | "month";
}

/** Everything is counted by one covering index over court and day; no filing, no item is read. */
export const STATISTICS_SQL = {
  days: `SELECT on_day AS onDay, action, round > 1 AS again, COUNT(*) AS n, SUM(late) AS late FROM intake_record
    WHERE court_code = ? AND on_day >= ? AND on_day <= ? GROUP BY on_day, action, round > 1`,
  causes: `SELECT cause_code AS causeCode, action, round > 1 AS again, COUNT(*) AS n FROM intake_record
    WHERE court_code = ? AND on_day >= ? AND on_day <= ? GROUP BY cause_code, action, round > 1`,
  hours: `SELECT hours, COUNT(*) AS n FROM intake_record
    WHERE court_code = ? AND on_day >= ? AND on_day <= ? AND action <> 'arrive' GROUP BY hours`,
  rounds: `SELECT round, COUNT(*) AS n FROM intake_record
    WHERE court_code = ? AND on_day >= ? AND on_day <= ? AND action = 'accept' GROUP BY round`,
  clerks: `SELECT staff_id AS staffId, action, COUNT(*) AS n FROM intake_record
    WHERE court_code = ? AND on_day >= ? AND on_day <= ? AND action <> 'arrive' GROUP BY staff_id, action`,
  codes: `SELECT action, code, staff_id AS staffId, COUNT(*) AS n FROM intake_record_code
    WHERE court_code = ? AND on_day >= ? AND on_day <= ? GROUP BY action, code, staff_id`,
} as const;

interface Counted {
  readonly action: string;
  readonly again: number;
  readonly n: string;
}

/** What came in and what became of it: by period and by cause, first-pass acceptance, rounds, time to decision. */
export async function courtStatistics({ database }: Means, actor: Actor, { from, until, by }: Span) {
  const values = [actor.courtCode, from, until];
  const [days, causes, hours, rounds] = await Promise.all([
    database.read<Counted & { onDay: string; late: string }>(STATISTICS_SQL.days, values),
    database.read<Counted & { causeCode: string }>(STATISTICS_SQL.causes, values),
    database.read<{ hours: number; n: string }>(STATISTICS_SQL.hours, values),
    database.read<{ round: number; n: string }>(STATISTICS_SQL.rounds, values),
  ]);
  const periods = new Map<string, (typeof days)[number][]>();
  for (let day = from; day <= until; day = addDays(day, 1)) periods.set(beginOf(day, by), []);
  for (const row of days) periods.get(beginOf(row.onDay, by))?.push(row);
  const byCause = new Map<string, Counted[]>();
  for (const row of causes) byCause.set(row.causeCode, [...(byCause.get(row.causeCode) ?? []), row]);
  const counted = hours.map(({ hours: value, n }) => [value, Number(n)] as const);
  const accepted = rounds.reduce((sum, { n }) => sum + Number(n), 0);
  return {
    from,
    until,
    totals: {
      ...summed(days),
      late: days.reduce((sum, { late }) => sum + Number(late), 0),
      medianHours: percentile(counted, 0.5),
      p90Hours: percentile(counted, 0.9),
      meanRounds:
        accepted === 0 ? null : round2(rounds.reduce((sum, { round, n }) => sum + round * Number(n), 0) / accepted),
    },
    periods: [...periods].map(([begins, rows]) => ({ begins, ...summed(rows) })),
    causes: [...byCause]
      .map(([code, rows]) => ({
        cause: { code, name: code === "" ? "（未填）" : isCauseCode(code) ? findCause(code).name : code },
        ...summed(rows),
      }))
      .sort((a, b) => b.received - a.received || b.decided - a.decided),
  };
}

function summed(rows: readonly Counted[]) {
  const count = (fits: (row: Counted) => boolean) => rows.filter(fits).reduce((sum, { n }) => sum + Number(n), 0);
  const first = (action: string) => count((row) => row.action === action && Number(row.again) === 0);
  const [accepted, returned, refused] = ["accept", "return", "refuse"].map(first) as [number, number, number];
  const judged = accepted + returned + refused;
  return {
    received: first("arrive"),
    decided: count(({ action }) => action !== "arrive" && action !== "return"),
    accepted: count(({ action }) => action === "accept"),
    returned: count(({ action }) => action === "return"),
    refused: count(({ action }) => action === "refuse"),
    transferred: count(({ action }) => action === "transfer"),
    mediated: count(({ action }) => action === "mediate"),
    /** Of what was judged in its first round, the share that was accepted there and then. */
    firstPass: judged === 0 ? null : round2(accepted / judged),
  };
}

/** Refusals and corrections by code and clerk, each beside the others (see `compareShares`). */
export async function courtConsistency({ database }: Means, actor: Actor, { from, until }: Omit<Span, "by">) {
  const values = [actor.courtCode, from, until];
  const [clerks, codes] = await Promise.all([
    database.read<{ staffId: string; action: string; n: string }>(STATISTICS_SQL.clerks, values),
    database.read<{ action: string; code: string; staffId: string; n: string }>(STATISTICS_SQL.codes, values),
  ]);
  const decisions = new Map<string, number>();
  for (const { staffId, n } of clerks) decisions.set(staffId, (decisions.get(staffId) ?? 0) + Number(n));
  const people = await describeAccounts(decisions.keys());
  const named = ({ staffId, done, of, rate, othersRate, z, flagged }: Compared) => ({
    clerk: { id: staffId, name: people.get(staffId)?.displayName ?? "" },
    done,
    of,
    rate: round4(rate),
    othersRate: round4(othersRate),
    z: z === null ? null : round2(z),
    flagged,
  });
  const measure = (code: string, label: string, rows: readonly { staffId: string; n: string }[]) => ({
    code,
    label,
    clerks: compareShares(
      [...decisions].map(([staffId, of]) => ({
        staffId,
        of,
        done: rows.filter((row) => row.staffId === staffId).reduce((sum, { n }) => sum + Number(n), 0),
      })),
    ).map(named),
  });
  const known = [...new Set(codes.map(({ action, code }) => `${action} ${code}`))].sort();
  return {
    from,
    until,
    measures: [
      measure(
        "return",
        "退回补正",
        clerks.filter(({ action }) => action === "return"),
      ),
      measure(
        "refuse",
        "不予受理",
        clerks.filter(({ action }) => action === "refuse"),
      ),
      ...known.map((key) => {
        const [action = "", code = ""] = key.split(" ");
        const label = (action === "return" ? defectKind(code)?.title : refusalGround(code)?.title) ?? code;
        return measure(
          `${action}:${code}`,
          label,
          codes.filter((row) => row.action === action && row.code === code),
        );
      }),
    ],
    explanation:
      "每名立案人员的比率与本院其他人员合计的比率比较（两比例检验）：相差超过两个标准差的作标记，供复核，不作评价。办结不足 30 件或预期不足 5 件的不作比较。",
  };
}

function beginOf(day: string, by: Span["by"]): string {
  if (by === "month") return `${day.slice(0, 7)}-01`;
  return by === "week" ? addDays(day, -((weekdayOf(day) + 6) % 7)) : day;
}

const round2 = (value: number): number => Math.round(value * 100) / 100;
const round4 = (value: number): number => Math.round(value * 10_000) / 10_000;
