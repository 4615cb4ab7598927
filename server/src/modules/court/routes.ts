import { DEFAULT_LIMIT, page } from "#core/fields.ts";
import { courtDayOf } from "#core/period.ts";
import { problem as refuse } from "#core/problem.ts";
import { type AnyRoute, ok, type Policy, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { changeParameters, mustBeOwnCourt, readSheet } from "./change-parameters.ts";
import { directory, findCourt, forgetDirectory } from "./directory.ts";
import { courtParameters } from "./parameters.ts";
import { presentCourt, presentCourtInFull, presentSheet } from "./present.ts";
import { courtDetail, courtList, courtParams, courtsQuery, parameterChange, sheetView } from "./schema.ts";
import { listCourts } from "./search.ts";

export const courtPolicy: Policy = {
  "GET /courts": "public",
  "GET /courts/:code": "public",
  "GET /courts/:code/parameters": ["admin"],
  "PUT /courts/:code/parameters": ["admin"],
};

export const courtRoutes = ({ database, clock }: Means): readonly AnyRoute[] => [
  route({
    method: "GET",
    path: "/courts",
    tag: "court",
    summary: "查找法院",
    query: courtsQuery,
    answers: { 200: courtList },
    async handle({ query: { cursor, limit = DEFAULT_LIMIT, ...wanted } }) {
      const found = await listCourts({ ...wanted, after: cursor === undefined ? "" : readCursor(cursor), limit });
      const { items, nextCursor } = page(found, limit, ({ place }) => Buffer.from(place).toString("base64url"));
      return ok({ items: items.map(({ court }) => presentCourt(court)), nextCursor });
    },
  }),
  route({
    method: "GET",
    path: "/courts/:code",
    tag: "court",
    summary: "查看法院及其在法定幅度内自定的事项",
    params: courtParams,
    answers: { 200: courtDetail },
    async handle({ params: { code } }) {
      const court = await findCourt(code);
      const above = court.parentCode === null ? undefined : (await directory()).byCode.get(court.parentCode);
      return ok(presentCourtInFull(court, above?.name ?? null, await courtParameters(code)));
    },
  }),
  route({
    method: "GET",
    path: "/courts/:code/parameters",
    tag: "court",
    summary: "查看本院的设置",
    params: courtParams,
    answers: { 200: sheetView },
    async handle({ actor, params: { code } }) {
      mustBeOwnCourt(actor, code);
      return ok(presentSheet(await readSheet(database.read, code, courtDayOf(clock.now()))));
    },
  }),
  route({
    method: "PUT",
    path: "/courts/:code/parameters",
    tag: "court",
    summary: "修改本院的设置",
    description: "只写要改的事项；自 validFrom 起适用，此前的费用和期限不受影响。",
    params: courtParams,
    body: parameterChange,
    ifMatch: true,
    answers: { 200: sheetView },
    // Not a command: this node's copy may be thrown away only after the commit.
    async handle({ params: { code }, body, ifMatch, work }) {
      const sheet = await work((unit) => changeParameters(unit, code, ifMatch, body));
      forgetDirectory();
      return ok(presentSheet(sheet));
    },
  }),
];

function readCursor(cursor: string): string {
  const place = Buffer.from(cursor, "base64url").toString();
  if (/^\d\.\d{2,6}$/.test(place)) return place;
  throw refuse("request.invalid", {
    errors: [{ pointer: "?cursor", code: "invalid", message: "翻页标记无效，请从第一页重新查看" }],
  });
}
