import type { DefaultContext, ParameterizedContext } from "koa";
import type { Actor } from "#core/actor.ts";

export interface State {
  requestId: string;
  /** The route's name, for logs and metrics; never the path itself, which holds ids. */
  route: string;
  actor: Actor | null;
}
export type Ctx = ParameterizedContext<State, DefaultContext>;
export type Next = () => Promise<unknown>;
