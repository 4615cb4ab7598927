import { workflow } from "#core/workflow.ts";

export const PARTIES = ["litigant", "lawyer"] as const;
/** Who of the court answers: clerks on duty for questions before a case, judges and court clerks in a case. */
export const BENCH = ["clerk", "judge", "court_clerk", "supervisor"] as const;

/** 联系法官: open until either side closes it or an answer is followed by silence; a new message takes it up again. */
export const threadWorkflow = workflow({
  start: "open",
  states: { open: "进行中", closed: "已结束" },
  moves: {
    close: { label: "结束", from: ["open"], to: "closed", by: [...PARTIES, ...BENCH, "system"] },
    reassign: { label: "转交", from: ["open"], to: "open", by: BENCH },
    escalate: { label: "上报", from: ["open"], to: "open", by: BENCH },
    reopen: { label: "继续留言", from: ["closed"], to: "open", by: [...PARTIES, ...BENCH] },
    rate: { label: "评价", from: ["closed"], to: "closed", by: PARTIES },
  },
});
export type ThreadState = keyof typeof threadWorkflow.states;
export type ThreadAction = keyof typeof threadWorkflow.moves;
export type Awaiting = "court" | "party" | "nobody";
