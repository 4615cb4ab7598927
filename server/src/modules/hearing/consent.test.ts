import { describe, expect, it } from "vitest";
import { courtCalendar } from "#modules/reference/index.ts";
import { mayChangeMind, type Said, settleMode, standOf } from "./consent.ts";
import { COURT_BARS, ONLINE_BARS, type OnlineBarCode, stageOf } from "./consent-bars.ts";

const at = (day: number, hour = 9): Date => new Date(Date.UTC(2026, 2, day, hour - 8));
const said = (partyKey: string, answer: "yes" | "no", day = 2, extra: Partial<Said> = {}): Said => ({
  partyKey,
  stage: "hearing",
  answer,
  at: at(day),
  ...extra,
});
const BOTH = ["p1", "d1"];
const modes = (settled: ReturnType<typeof settleMode>) => [settled.mode, Object.fromEntries(settled.parties)];

describe("在线诉讼规则§21", () => {
  it("has seven bars, six of which the court finds", () => {
    expect(Object.keys(ONLINE_BARS)).toHaveLength(7);
    expect(COURT_BARS).toEqual(["unable", "on_site", "complex", "secret", "attention", "other"]);
  });

  it.each(COURT_BARS)("%s keeps everybody in the courtroom, whoever agreed", (bar: OnlineBarCode) => {
    const settled = settleMode("online", BOTH, "hearing", [said("p1", "yes"), said("d1", "yes")], [bar]);
    expect(modes(settled)).toEqual(["in_person", { p1: "in_person", d1: "in_person" }]);
    expect(settled.reasons[0]?.text).toContain("第二十一条");
  });
});

describe("consent by party and stage (§4)", () => {
  const cases: [string, Said[], string, Record<string, string>][] = [
    ["all agree", [said("p1", "yes"), said("d1", "yes")], "online", { p1: "online", d1: "online" }],
    ["one refuses: mixed", [said("p1", "yes"), said("d1", "no")], "mixed", { p1: "online", d1: "in_person" }],
    ["one is silent: no consent", [said("p1", "yes")], "mixed", { p1: "online", d1: "in_person" }],
    ["nobody says a word", [], "in_person", { p1: "in_person", d1: "in_person" }],
    ["all refuse", [said("p1", "no"), said("d1", "no")], "in_person", { p1: "in_person", d1: "in_person" }],
    [
      "one refuses with a reason that is right: nobody online",
      [said("p1", "yes"), said("d1", "no", 2, { justified: true })],
      "in_person",
      { p1: "in_person", d1: "in_person" },
    ],
    [
      "a reason that was right is gone once the party agrees after all",
      [said("p1", "yes"), said("d1", "no", 2, { justified: true }), said("d1", "yes", 3)],
      "online",
      { p1: "online", d1: "online" },
    ],
    [
      "agreed to mediation online: says nothing of the trial",
      [said("p1", "yes"), said("d1", "yes", 2, { stage: "mediation" })],
      "mixed",
      { p1: "online", d1: "in_person" },
    ],
    [
      "the last word counts, whatever the order of the rows",
      [said("d1", "no", 5), said("p1", "yes"), said("d1", "yes", 3)],
      "mixed",
      { p1: "online", d1: "in_person" },
    ],
  ];
  it.each(cases)("%s", (_name, words, mode, parties) => {
    expect(modes(settleMode("online", BOTH, "hearing", words))).toEqual([mode, parties]);
  });

  it("what the court wants in the courtroom stays there", () => {
    expect(settleMode("in_person", BOTH, "hearing", [said("p1", "yes"), said("d1", "yes")]).mode).toBe("in_person");
    expect(settleMode("mixed", BOTH, "hearing", [said("p1", "yes"), said("d1", "yes")]).mode).toBe("mixed");
  });

  it("knows which stage a kind of hearing is", () => {
    expect(["trial", "pronouncement", "pretrial", "mediation", "questioning", "petition"].map(stageOf)).toEqual([
      "hearing",
      "hearing",
      "evidence",
      "mediation",
      "inquiry",
      "inquiry",
    ]);
    expect(standOf([said("p1", "yes")], "p1", "inquiry")).toBe("silent");
  });
});

describe("change of mind (§5)", () => {
  // 2026-03-13 is a Friday, 03-16 a Monday.
  const monday = at(16, 9);
  const ask = (now: Date, reason = "手机坏了", before: "yes" | "no" | "silent" = "yes", after: "yes" | "no" = "no") => {
    const answer = mayChangeMind(courtCalendar, { before, after, reason, startsAt: monday, now });
    return answer.allowed || answer.code;
  };
  it("is open with a reason while a whole working day lies between", () => {
    expect(ask(at(12, 23))).toBe(true);
    expect(ask(at(13, 0))).toBe("late");
    expect(ask(at(15, 12))).toBe("late");
    expect(ask(at(12), "  ")).toBe("reason");
  });
  it("a first answer and a late yes need no reason, until the hearing begins", () => {
    expect(ask(at(15), "", "silent", "no")).toBe(true);
    expect(ask(at(15), "", "no", "yes")).toBe(true);
    expect(ask(at(16, 9), "", "no", "yes")).toBe("late");
  });
  it("counts working days, not days: a holiday before the hearing closes it earlier", () => {
    // 2026-10-08 is the first working day after the National Day holiday; 10-01 to 10-07 are days of rest.
    const startsAt = new Date("2026-10-08T09:00:00+08:00");
    const given = { before: "yes", after: "no", reason: "出差", startsAt } as const;
    const on = (day: string) =>
      mayChangeMind(courtCalendar, { ...given, now: new Date(`${day}T10:00:00+08:00`) }).allowed;
    expect([on("2026-09-29"), on("2026-09-30"), on("2026-10-05")]).toEqual([true, false, false]);
  });
});
