import { addWorkdays, type Calendar, courtDayOf } from "#core/period.ts";
import { BAR_BASIS, ONLINE_BARS, type OnlineBarCode, STAGES, type Stage } from "./consent-bars.ts";

/** Something a party said, or the court wrote down for it. */
export interface Said {
  readonly partyKey: string;
  readonly stage: Stage;
  readonly answer: "yes" | "no";
  readonly at: Date;
  /** A refusal with a reason the court has found right bars the other side from the screen too (§21第一款第一项). */
  readonly justified?: boolean;
}
export type Stand = "yes" | "no" | "silent";
export type HearingMode = "in_person" | "online" | "mixed";

/**
 * Where a party stands in a stage: its last word in this very stage. Words on another stage count for nothing, and saying nothing
 * is no consent (在线诉讼规则§4第二款第四项, §10第三款).
 */
export function standOf(said: readonly Said[], partyKey: string, stage: Stage): Stand {
  const own = said.filter((one) => one.partyKey === partyKey && one.stage === stage);
  return own.reduce<Said | null>((last, one) => (last && last.at > one.at ? last : one), null)?.answer ?? "silent";
}

export interface Settled {
  readonly mode: HearingMode;
  /** How each party takes part. */
  readonly parties: ReadonlyMap<string, "in_person" | "online">;
  /** Why not wholly online, in words with the article; empty where it is. */
  readonly reasons: readonly { readonly code: string; readonly text: string }[];
}

/**
 * How a hearing is held (在线诉讼规则§4, §21): online where every party agrees and nothing bars it; those who agree on the screen
 * and the others in the courtroom where some do not; in the courtroom where nobody agrees or the law bars the screen. What the
 * court wanted in person stays so: consent permits, it does not demand.
 */
export function settleMode(
  wanted: HearingMode,
  parties: readonly string[],
  stage: Stage,
  said: readonly Said[],
  bars: readonly OnlineBarCode[] = [],
): Settled {
  const inPerson = (code: string, text: string): Settled => ({
    mode: "in_person",
    parties: new Map(parties.map((key) => [key, "in_person"])),
    reasons: [{ code, text }],
  });
  if (wanted === "in_person") return { ...inPerson("wanted", ""), reasons: [] };
  const [bar] = bars;
  if (bar) return inPerson(`bar.${bar}`, `${ONLINE_BARS[bar].words}，不得在线进行（${BAR_BASIS}）。`);
  const stands = new Map(parties.map((key) => [key, standOf(said, key, stage)]));
  const justified = said.some(
    ({ partyKey, answer, justified: right }) => right && answer === "no" && stands.get(partyKey) === "no",
  );
  if (justified)
    return inPerson("bar.refused", `一方当事人不同意在线进行且有正当理由，全案线下进行（${BAR_BASIS}第一项）。`);
  const agreed = [...stands.values()].filter((stand) => stand === "yes").length;
  if (parties.length === 0 || agreed === 0) {
    const refused = parties.length > 0 && [...stands.values()].every((stand) => stand === "no");
    return refused
      ? inPerson("bar.refused", `${ONLINE_BARS.refused.words.split("，")[0]}，线下进行（${BAR_BASIS}第一项）。`)
      : inPerson("silent", `没有当事人同意${STAGES[stage]}在线进行，线下进行（人民法院在线诉讼规则第四条、第十条）。`);
  }
  const modes = new Map([...stands].map(([key, stand]) => [key, stand === "yes" ? "online" : "in_person"] as const));
  if (agreed === parties.length && wanted === "online") return { mode: "online", parties: modes, reasons: [] };
  if (agreed === parties.length) return { mode: "mixed", parties: modes, reasons: [] };
  return {
    mode: "mixed",
    parties: modes,
    reasons: [
      {
        code: "mixed",
        text: "部分当事人同意在线，同意的一方在线参加，没有同意的一方到法庭参加（人民法院在线诉讼规则第四条第二款第三项）。",
      },
    ],
  };
}

/** 反悔须在合理期限内提出 (§5第二款): the rule names no number; the house takes the end of the day one working day before. */
const REASONABLE_WORKDAYS = 1;

export type ChangeOfMind =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly code: "late" | "reason"; readonly text: string };

/**
 * Whether a party that agreed may now refuse. Before a reasonable time and with a reason it may; later it asks the court, which looks
 * whether the proceedings are being dragged out. Agreeing after a refusal is open until the hearing begins.
 */
export function mayChangeMind(
  calendar: Calendar,
  {
    before,
    after,
    reason,
    startsAt,
    now,
  }: {
    readonly before: Stand;
    readonly after: "yes" | "no";
    readonly reason: string;
    readonly startsAt: Date | null;
    readonly now: Date;
  },
): ChangeOfMind {
  if (startsAt !== null && now >= startsAt)
    return { allowed: false, code: "late", text: "庭审已经开始，请当庭向法官提出。" };
  if (before !== "yes" || after !== "no") return { allowed: true };
  if (startsAt !== null && !isReasonableTime(calendar, startsAt, now))
    return {
      allowed: false,
      code: "late",
      text: "离开庭已经不足一个工作日，改为线下参加请在“联系法官”中说明理由，由法官审查决定（人民法院在线诉讼规则第五条）。",
    };
  if (reason.trim() === "")
    return {
      allowed: false,
      code: "reason",
      text: "您之前同意在线参加，改变决定请写明理由（人民法院在线诉讼规则第五条）。",
    };
  return { allowed: true };
}

/** True while at least one whole working day lies between now and the day of the hearing. */
function isReasonableTime(calendar: Calendar, startsAt: Date, now: Date): boolean {
  const earliest = addWorkdays(calendar, courtDayOf(now), REASONABLE_WORKDAYS).day;
  return earliest < courtDayOf(startsAt);
}
