import { listOf } from "#core/fields.ts";
import type { Voice } from "#gateways/voice/port.ts";
import { type AnyRoute, ok, type Policy, route } from "#http/route.ts";
import type { Module } from "#modules/module.ts";
import { parseCaseNumber } from "./case-number.ts";
import { listCaseTypes } from "./case-types.ts";
import { type Cause, findCause, listCauses, searchCauses } from "./causes.ts";
import { computeDeadline } from "./deadlines.ts";
import type { CourtFeeParameters } from "./fee-parameters.ts";
import { quoteFee } from "./fees.ts";
import { findForm, listForms } from "./forms.ts";
import { listCourtDays } from "./holidays.ts";
import { checkIdentityNumber } from "./identity-number.ts";
import { adviseJurisdiction, type JurisdictionQuestion } from "./jurisdiction.ts";
import { problem } from "./problems.ts";
import * as schema from "./schema.ts";
import { computeServiceEffect } from "./service-effect.ts";
import { speechRoute } from "./speech.ts";

/** What the calculators ask of the directory of courts; without it they answer with codes and the law's own figures. */
export interface CourtDirectory {
  courtName(code: string): Promise<string | null>;
  feeParameters(code: string): Promise<CourtFeeParameters | null>;
}

/** The reference data and calculators as a module. Nobody has to sign in; nothing here is stored. */
export function referenceModule(directory?: CourtDirectory): Module {
  return {
    name: "reference",
    routes: ({ gateways }) => referenceRoutes(directory, gateways.voice),
    policy: referencePolicy,
  };
}

export const referencePolicy: Policy = {
  "GET /causes": "public",
  "GET /forms": "public",
  "GET /forms/:id": "public",
  "GET /case-types": "public",
  "GET /court-days": "public",
  "POST /fees/quote": "public",
  "POST /deadlines/compute": "public",
  "POST /service-effects/compute": "public",
  "POST /case-numbers/parse": "public",
  "POST /identity-numbers/check": "public",
  "POST /jurisdiction/advise": "public",
  "POST /speech": "public",
};

export function referenceRoutes(directory?: CourtDirectory, voice?: Voice): readonly AnyRoute[] {
  return [
    route({
      method: "GET",
      path: "/causes",
      tag: "reference",
      summary: "查找案由",
      description:
        "query 可以是案由名称、日常说法（如“借钱不还”）、拼音或者首字母；parent 列出下一级；都不填时列出第一级。",
      query: schema.causeQuery,
      answers: { 200: listOf(schema.causeView) },
      handle: async ({ query }) => ok(cut(causesFor(query), query, query.query ? 20 : 100)),
    }),
    route({
      method: "GET",
      path: "/forms",
      tag: "reference",
      summary: "诉状表格",
      query: schema.listQuery,
      answers: { 200: listOf(schema.formSummaryView) },
      handle: async ({ query }) => ok(cut(listForms(), query)),
    }),
    route({
      method: "GET",
      path: "/forms/:id",
      tag: "reference",
      summary: "诉状表格的全部要素",
      params: schema.formParams,
      answers: { 200: schema.formView },
      handle: async ({ params }) => ok(findForm(params.id)),
    }),
    route({
      method: "GET",
      path: "/case-types",
      tag: "reference",
      summary: "案件类型及其代字",
      query: schema.listQuery,
      answers: { 200: listOf(schema.caseTypeView) },
      handle: async ({ query }) => ok(cut(listCaseTypes(), query)),
    }),
    route({
      method: "GET",
      path: "/court-days",
      tag: "reference",
      summary: "法院工作日",
      query: schema.courtDayQuery,
      answers: { 200: schema.courtDaysView },
      handle: async ({ query }) => ok(listCourtDays(query.from, query.to)),
    }),
    route({
      method: "POST",
      path: "/fees/quote",
      tag: "reference",
      summary: "计算诉讼费用",
      body: schema.feeQuestion,
      answers: { 200: schema.feeView },
      async handle({ body: { kind, input, courtCode } }) {
        const parameters = courtCode === undefined ? null : await directory?.feeParameters(courtCode);
        return ok(quoteFee(kind, input, parameters ?? {}));
      },
    }),
    route({
      method: "POST",
      path: "/deadlines/compute",
      tag: "reference",
      summary: "计算期限",
      body: schema.deadlineQuestion,
      answers: { 200: schema.deadlineView },
      handle: async ({ body: { eventDate, eventDatetime, ...rest } }) =>
        ok(computeDeadline({ ...rest, eventDate: eventDate ?? eventDatetime! })),
    }),
    route({
      method: "POST",
      path: "/service-effects/compute",
      tag: "reference",
      summary: "判断送达何时生效",
      body: schema.serviceQuestion,
      answers: { 200: schema.serviceView },
      handle: async ({ body }) => ok(computeServiceEffect(body.input)),
    }),
    route({
      method: "POST",
      path: "/case-numbers/parse",
      tag: "reference",
      summary: "识别案号",
      body: schema.caseNumberQuestion,
      answers: { 200: schema.caseNumberView },
      handle: async ({ body }) => ok(parseCaseNumber(body.text)),
    }),
    route({
      method: "POST",
      path: "/identity-numbers/check",
      tag: "reference",
      summary: "核对证件号码的格式和校验位",
      body: schema.identityQuestion,
      answers: { 200: schema.identityView },
      handle: async ({ body }) => ok(checkIdentityNumber(body.type, body.value)),
    }),
    route({
      method: "POST",
      path: "/jurisdiction/advise",
      tag: "reference",
      summary: "可以向哪些法院起诉",
      body: schema.jurisdictionQuestion,
      answers: { 200: schema.jurisdictionView },
      handle: async ({ body }) => ok(await advise(body, directory)),
    }),
    speechRoute(voice),
  ];
}

function causesFor({ query, parent }: { query?: string | undefined; parent?: string | undefined }): Cause[] {
  if (!query?.trim()) return listCauses(parent || null);
  const within = parent ? findCause(parent) : null;
  const found = searchCauses(query, 200);
  return within === null
    ? found
    : found.filter(
        (cause) => cause.code !== within.code && within.path.every((name, index) => cause.path[index] === name),
      );
}

/** Asks first which courts come into question, then for their names. */
async function advise(question: JurisdictionQuestion, directory: CourtDirectory | undefined) {
  const advice = adviseJurisdiction(question);
  if (directory === undefined) return advice;
  const codes = [...new Set([...advice.courts.map((court) => court.code), ...(question.courtCandidates ?? [])])];
  const names = new Map(await Promise.all(codes.map(async (code) => [code, await directory.courtName(code)] as const)));
  return adviseJurisdiction(question, (code) => {
    const name = names.get(code);
    return name ? { name } : null;
  });
}

/** A page of a list that lies in memory; the cursor is the number of items before it. */
function cut<T>(
  all: readonly T[],
  { cursor, limit }: { cursor?: string | undefined; limit?: number | undefined },
  most = all.length,
): { items: readonly T[]; nextCursor: string | null } {
  if (cursor !== undefined && !/^\d{1,6}$/.test(cursor))
    throw problem("reference.cursor", {
      errors: [{ pointer: "?cursor", code: "invalid", message: "翻页标记无效，请从第一页重新查看" }],
    });
  const start = Number(cursor ?? 0);
  const end = start + (limit ?? most);
  return { items: all.slice(start, end), nextCursor: end < all.length ? String(end) : null };
}
