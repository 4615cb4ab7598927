import type { Persona } from "./authorisation.table.ts";
import type { World } from "./world.ts";

/** What differs when the asking is expected to succeed: an object of one's own to spend, or somebody alike to spend it. */
export interface Fresh {
  readonly id?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
}
/** How a route is asked so that only who asks can be the reason of a refusal: a real object, a body that would do. */
export interface Plan {
  /** The object that stays as it is while those who may not are refused. */
  readonly standing?: (world: World) => string | Promise<string>;
  readonly query?: string | ((world: World) => string);
  readonly body?: (world: World) => unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly fresh?: (world: World, persona: Exclude<Persona, "anonymous">) => Promise<Fresh>;
  /** Also for anonymous, where everybody may. */
  readonly publicly?: (world: World) => Promise<Fresh>;
}

export const submittedOf = { standing: (world: World) => world.waiting.id };
export const filedMaterial = { standing: (world: World) => world.filedMaterialId };
export const caseOf = { standing: (world: World) => world.caseId };

/** The id of what was asked to be made; throws where it was not. */
export async function made(
  what: Promise<{ status: number; text: string; json: Record<string, string> }>,
  of = "id",
): Promise<string> {
  const { status, text, json } = await what;
  if (status !== 201) throw new Error(`not made: ${text}`);
  return json[of] as string;
}
