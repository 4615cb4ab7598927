import { ROLE_LABELS } from "#core/actor.ts";
import { listOf } from "#core/fields.ts";
import { type AnyRoute, ok, type Policy, route } from "#http/route.ts";
import { type AccountDescription, describeAccounts } from "#modules/account/index.ts";
import type { Means } from "#modules/module.ts";
import { type AuditRow, listEntries } from "./read.ts";
import { auditQuery, auditView, verdictView, verification } from "./schema.ts";
import { FLAWS, verifyChain } from "./verify.ts";

export const auditPolicy: Policy = {
  "GET /audit": ["auditor"],
  "POST /audit/verify": ["auditor"],
};

export const auditRoutes = ({ database, settings }: Means): readonly AnyRoute[] => [
  route({
    method: "GET",
    path: "/audit",
    tag: "audit",
    summary: "查看审计记录",
    description: "最新的在前。法院的审计员只看到本院的记录。",
    query: auditQuery,
    answers: { 200: listOf(auditView) },
    async handle({ actor, query }) {
      const { items, nextCursor } = await listEntries(database, actor, query);
      const people = await describeAccounts(items.map(({ actorId }) => String(actorId)));
      return ok({ items: items.map((row) => present(row, people)), nextCursor });
    },
  }),
  route({
    method: "POST",
    path: "/audit/verify",
    tag: "audit",
    summary: "核验审计链",
    description: "逐条核对校验值、衔接与签名锚点，指出第一条有问题的记录。",
    body: verification,
    answers: { 200: verdictView },
    limit: "costly",
    // Changes nothing; POST because it is work.
    async handle({ body }) {
      const { firstBad, ...verdict } = await verifyChain({ database, auditSecret: settings.auditSecret }, body);
      return ok({
        ...verdict,
        firstBad: firstBad && { seq: firstBad.seq, code: firstBad.flaw, message: FLAWS[firstBad.flaw] },
      });
    },
  }),
];

function present(row: AuditRow, people: ReadonlyMap<string, AccountDescription>) {
  const actorId = String(row.actorId);
  return {
    seq: String(row.seq),
    at: row.at.toISOString(),
    actor: { id: actorId, name: nameOf(actorId, row, people), role: row.role, roleLabel: ROLE_LABELS[row.role] },
    name: row.name,
    about: row.about,
    courtCode: row.courtCode,
    facts: JSON.parse(row.payload) as Record<string, unknown>,
    requestId: row.requestId,
    hash: row.hash,
  };
}

/** Account 0 is the application where its role says so, and somebody who had not signed in yet otherwise. */
function nameOf(actorId: string, { role }: AuditRow, people: ReadonlyMap<string, AccountDescription>): string {
  if (actorId === "0" && role !== "system") return "未登录";
  return people.get(actorId)?.displayName ?? "用户";
}
