import { z } from "zod";
import { itemsOf, line, momentView } from "#core/fields.ts";
import { type AnyRoute, created, noContent, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { listApiTokens, makeApiToken, revokeApiToken, SCOPES, type Scope } from "./api-tokens.ts";
import { byId } from "./schema.ts";

const scopes = Object.keys(SCOPES) as [Scope, ...Scope[]];
const scopeView = z.array(z.object({ code: z.string(), label: z.string() }));
const making = z.strictObject({
  name: line(40, 1),
  scopes: z.array(z.enum(scopes)).min(1, "请至少选择一项权限").max(scopes.length),
  days: z.number("请填写有效天数").int().min(1, "至少一天").max(365, "最长一年").default(90),
});
const tokenView = z.object({
  id: z.string(),
  name: z.string(),
  scopes: scopeView,
  createdAt: momentView,
  expiresAt: momentView,
  usedAt: momentView.nullable(),
});
const madeView = z.object({ id: z.string(), token: z.string(), expiresAt: momentView });
const labelled = (codes: string) => codes.split(" ").map((code) => ({ code, label: SCOPES[code as Scope] ?? code }));

/** Tokens for a law firm's own programs: few scopes, for reading only, shown once, gone at a word. */
export function apiTokenRoutes({ database }: Means): readonly AnyRoute[] {
  return [
    route({
      method: "GET",
      path: "/me/tokens",
      tag: "account",
      summary: "我的访问令牌（不含令牌本身）",
      answers: { 200: itemsOf(tokenView) },
      async handle({ actor }) {
        const rows = await listApiTokens(database, actor.accountId);
        const items = rows.map(({ id, name, scopes: codes, createdAt, expiresAt, usedAt }) => ({
          id: String(id),
          name,
          scopes: labelled(codes),
          createdAt: createdAt.toISOString(),
          expiresAt: expiresAt.toISOString(),
          usedAt: usedAt?.toISOString() ?? null,
        }));
        return ok({ items });
      },
    }),
    route({
      method: "POST",
      path: "/me/tokens",
      tag: "account",
      summary: "生成访问令牌（只显示这一次）",
      body: making,
      answers: { 201: madeView },
      async handle({ body, work }) {
        // No key is taken: the first answer, kept for repeats, would keep the token in the clear.
        const made = await work((one) => makeApiToken(one, body));
        return created({ ...made, expiresAt: made.expiresAt.toISOString() });
      },
    }),
    route({
      method: "DELETE",
      path: "/me/tokens/:id",
      tag: "account",
      summary: "撤销访问令牌，立即生效",
      params: byId,
      answers: { 204: null },
      async command(work, { params: { id } }) {
        await revokeApiToken(work, id);
        return noContent();
      },
    }),
  ];
}
