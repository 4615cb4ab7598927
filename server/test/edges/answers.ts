import { expect } from "vitest";
import { z } from "zod";
import { type AnyRoute, routeName } from "#http/route.ts";
import type { Answered, TestApp } from "../app.ts";

/** The route a request reaches; undefined where none does. */
export function routeOf(routes: readonly AnyRoute[], method: string, path: string): AnyRoute | undefined {
  const plain = path.split("?")[0] ?? "";
  const fits = (route: AnyRoute) => new RegExp(`^${route.path.replace(/:\w+/g, "[^/]+")}$`).test(plain);
  const found = routes.filter((route) => route.method === method && fits(route));
  return found.find((route) => route.path === plain) ?? found[0];
}

/** An answer holds what its route declares for the status: every member, of its type, and not one more. */
export function expectDeclared(route: AnyRoute, { status, json, text }: Answered): void {
  const name = routeName(route);
  expect(Object.keys(route.answers), `${name} ${status}`).toContain(String(status));
  const schema = route.answers[status];
  if (!(schema instanceof z.ZodType)) return;
  const read = schema.safeParse(json);
  expect(read.error?.issues ?? [], `${name} in ${text.slice(0, 300)}`).toEqual([]);
  // What the schema does not know it leaves out.
  if (read.success) expect(read.data, `${name}: more than is declared`).toEqual(json);
}

/** The same application, with every successful answer held against its declaration. */
export function declaring(app: TestApp): { app: TestApp; seen: Set<string> } {
  const seen = new Set<string>();
  const ask: TestApp["ask"] = async (method, path, asking) => {
    const answer = await app.ask(method, path, asking);
    const route = routeOf(app.routes, method, path);
    if (route && answer.status < 400) {
      expectDeclared(route, answer);
      seen.add(routeName(route));
    }
    return answer;
  };
  return { app: { ...app, ask }, seen };
}
