import type { Role } from "#core/actor.ts";
import { problems } from "#core/problem.ts";

export interface Move<State extends string> {
  readonly label: string;
  readonly from: readonly State[];
  readonly to: State;
  readonly by: readonly Role[];
}

export interface WorkflowTable<State extends string, Action extends string> {
  readonly start: NoInfer<State>;
  readonly states: Readonly<Record<State, string>>;
  readonly moves: Readonly<Record<Action, Move<NoInfer<State>>>>;
}

const problem = problems({
  "workflow.wrong_state": [409, "当前状态下不能进行此操作，请刷新后查看最新进展"],
  "workflow.wrong_role": [403, "您的账号不能进行此操作"],
});

/**
 * Reads a table of states and moves. The table is the whole truth: the server obeys it, the clients draw their
 * buttons from `open`, and the docs print it with `mermaid`.
 */
export function workflow<const State extends string, const Action extends string>(table: WorkflowTable<State, Action>) {
  const moves = Object.entries(table.moves) as [Action, Move<State>][];
  return {
    ...table,

    /** The state that `action` leads to, or the reason why it may not be taken (`workflow.wrong_state`, `wrong_role`). */
    next(from: State, action: Action, role: Role): State {
      const move = table.moves[action];
      if (!move.by.includes(role)) throw problem("workflow.wrong_role");
      if (!move.from.includes(from)) {
        throw problem("workflow.wrong_state", {
          detail: `目前为“${table.states[from]}”，不能“${move.label}”。请刷新后查看最新进展。`,
          members: { state: { code: from, label: table.states[from] } },
        });
      }
      return move.to;
    },

    /** What `role` may do next, in the order of the table. */
    open(from: State, role: Role): { action: Action; label: string }[] {
      return moves
        .filter(([, move]) => move.from.includes(from) && move.by.includes(role))
        .map(([action, { label }]) => ({ action, label }));
    },

    present: (state: State): { code: State; label: string } => ({ code: state, label: table.states[state] }),

    /** True where no move leaves the state. */
    isFinal: (state: State): boolean => moves.every(([, move]) => !move.from.includes(state)),

    /** A state diagram for the docs. */
    mermaid(): string {
      const names = Object.entries(table.states).map(([state, label]) => `  ${state}: ${label}`);
      const lines = moves.flatMap(([, { from, to, label }]) => from.map((state) => `  ${state} --> ${to}: ${label}`));
      return ["stateDiagram-v2", ...names, `  [*] --> ${table.start}`, ...lines].join("\n");
    },
  };
}
