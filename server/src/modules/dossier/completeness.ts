import type { Actor } from "#core/actor.ts";
import { type CaseRow, hasAgents } from "#modules/case/index.ts";
import { dueFen, listFeeNotices } from "#modules/fee/index.ts";
import type { Means } from "#modules/module.ts";
import { PAPER_CODES, PAPERS, type Paper } from "./papers.ts";
import { findStanding } from "./reading.ts";
import { listItems, openWord } from "./store.ts";

export const PRESENCE = { present: "已有", missing: "缺少", later: "尚未形成", not_applicable: "不适用" } as const;
type Absence = { readonly state: Exclude<keyof typeof PRESENCE, "present">; readonly why: string };

/** What decides whether a paper must be there. */
export interface Facts {
  readonly state: CaseRow["state"];
  readonly outcome: CaseRow["outcome"];
  readonly procedure: CaseRow["trialProcedure"];
  readonly hasAgents: boolean;
  readonly feeDue: boolean;
  readonly held: ReadonlySet<Paper>;
}

const missing = (why: string): Absence => ({ state: "missing", why });
const later = (why: string): Absence => ({ state: "later", why });
const needless = (why: string): Absence => ({ state: "not_applicable", why });
const isOpen = ({ state }: Facts): boolean => state === "accepted";
const isTried = ({ outcome }: Facts): boolean => outcome === "judgment" || outcome === "mediation";

/** What to say of a paper that is not there. */
const ABSENT: Readonly<Record<Paper, (facts: Facts) => Absence>> = {
  complaint: () => missing("请归入起诉状；口头起诉的，归入笔录"),
  answer: (facts) =>
    isOpen(facts) ? later("被告可以在答辩期内提交") : needless("被告没有提交，不影响审理（民事诉讼法第一百二十八条）"),
  identity: () => missing("请归入各方当事人的身份证明"),
  mandate: (facts) => (facts.hasAgents ? missing("本案有委托代理人，请归入授权委托书") : needless("没有委托代理人")),
  evidence: () => missing("请归入当事人提交的证据"),
  inquiry(facts) {
    if (facts.held.has("trial")) return needless("已在审理中询问，见审理笔录");
    if (isOpen(facts)) return later("询问当事人后形成");
    return isTried(facts) ? missing("请归入询问笔录或者审理笔录") : needless("没有审理即结案");
  },
  trial(facts) {
    if (isOpen(facts)) return later("开庭或者调解后形成");
    return isTried(facts) ? missing("请归入庭审或者调解笔录") : needless("没有审理即结案");
  },
  judgment: (facts) => (isOpen(facts) ? later("结案时形成") : missing("请归入裁判文书或者调解协议")),
  service: () => missing("请归入送达回证；宣判的，归入宣判笔录"),
  execution: (facts) =>
    isOpen(facts) || isTried(facts) ? later("裁判履行或者执行后归入") : needless("没有需要执行的内容"),
  receipt: (facts) => (facts.feeDue ? missing("交费后自动归入") : needless("没有应交的诉讼费")),
  small: ({ procedure }) =>
    procedure === "small" ? missing("请归入适用小额诉讼程序的告知书") : needless("没有适用小额诉讼程序"),
};
export const absenceOf = (paper: Paper, facts: Facts): Absence => ABSENT[paper](facts);

/** 归档清单: what the 正卷 must hold, what of it is there, what is missing and what does not apply, for the court's people. */
export async function presentCompleteness(means: Means, actor: Actor, caseId: string) {
  const { courtCase, standing } = await findStanding(means, actor, caseId);
  const [items, agents, notices] = await Promise.all([
    listItems(means.database, actor, standing, courtCase.id),
    hasAgents(means.database, courtCase.id),
    listFeeNotices(means.database, courtCase.id),
  ]);
  const facts: Facts = {
    state: courtCase.state,
    outcome: courtCase.outcome,
    procedure: courtCase.trialProcedure,
    hasAgents: agents,
    feeDue: notices.some((notice) => notice.state !== "closed" && dueFen(notice) > 0),
    held: new Set(items.flatMap(({ paper }) => paper ?? [])),
  };
  const rows = PAPER_CODES.map((code) => {
    const held = items.filter(({ paper }) => paper === code);
    const { state, why } = held.length > 0 ? { state: "present" as const, why: "" } : absenceOf(code, facts);
    return {
      code,
      label: PAPERS[code].label,
      sections: PAPERS[code].sections,
      state: { code: state, label: PRESENCE[state] },
      why,
      items: held.map((item) => ({ id: item.id, title: openWord(means.vault, item, "title", item.title) })),
    };
  });
  return { items: rows, missing: rows.filter(({ state }) => state.code === "missing").length };
}
