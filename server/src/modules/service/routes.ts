import { isStaff, PUBLIC_ROLES } from "#core/actor.ts";
import { DEFAULT_LIMIT, page } from "#core/fields.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type AnyRoute, created, ok, type Policy, route } from "#http/route.ts";
import { findCaseRow, holdCaseFor } from "#modules/case/index.ts";
import { answerPaper, PDF } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { addressing, confirmAddress, presentAddresses } from "./address.ts";
import { printCertificate } from "./certificate.ts";
import { createServices, prepareServices } from "./create.ts";
import { drawService, moveService, noteRead } from "./move.ts";
import { drawPart, listParts, readPdf } from "./parts.ts";
import { presentService, presentServices } from "./present.ts";
import { problem } from "./problems.ts";
import {
  addressesView,
  createdView,
  idParams,
  keyView,
  moving,
  ordering,
  partQuery,
  serviceDetail,
  serviceList,
  serviceQuery,
} from "./schema.ts";
import { publicKeyOf, signingKey } from "./seal.ts";
import { findService, listServices, placeOf } from "./store.ts";
import { attachTranslation, drawTranslation, listTranslations, translating } from "./translation.ts";
import { COURT } from "./workflow.ts";

const TAG = "service";
const READERS = [...PUBLIC_ROLES, ...COURT] as const;

export const servicePolicy: Policy = {
  "GET /services": READERS,
  "GET /services/:id": READERS,
  "POST /cases/:id/services": COURT,
  "POST /services/:id/moves": READERS,
  "PUT /services/:id/translations": COURT,
  "GET /services/:id/document.pdf": READERS,
  "GET /services/:id/certificate.pdf": READERS,
  "GET /service-certificates/key": "public",
  "GET /cases/:id/service-address": READERS,
  "PUT /cases/:id/service-address": PUBLIC_ROLES,
};

export function serviceRoutes(means: Means): readonly AnyRoute[] {
  const { database } = means;
  const presentWritten = async (work: Work, id: string) => {
    const inside = { ...means, database: within(work, database) };
    return presentService(inside, work.actor, await findService(inside.database, work.actor, id));
  };
  return [
    route({
      method: "GET",
      path: "/services",
      tag: TAG,
      summary: "送达：等待处理的在前；当事人看到送达给自己一方的",
      query: serviceQuery,
      answers: { 200: serviceList },
      async handle({ actor, query: { caseId, state, cursor, limit = DEFAULT_LIMIT } }) {
        const rows = await listServices(database, actor, { caseId, state, after: cursor, limit });
        const { items, nextCursor } = page(rows, limit, placeOf);
        return ok({ items: await presentServices(means, actor, items), nextCursor });
      },
    }),
    route({
      method: "GET",
      path: "/services/:id",
      tag: TAG,
      summary: "一份送达：文书、每一次送达、送达日期及依据、异议",
      params: idParams,
      answers: { 200: serviceDetail },
      async handle({ actor, params }) {
        return ok(await presentService(means, actor, await findService(database, actor, params.id)));
      },
    }),
    route({
      method: "POST",
      path: "/cases/:id/services",
      tag: TAG,
      summary: "送达文书；写明送达方式的立即发出，否则列入待送达",
      key: "required",
      params: idParams,
      body: ordering,
      answers: { 201: createdView },
      before: async ({ actor, params, body }) =>
        prepareServices(means, await findCaseRow(database, actor, params.id), body),
      async command(work, { params, body }, prepared) {
        await holdCaseFor(work, params.id);
        const courtCase = await findCaseRow(within(work, database), work.actor, params.id);
        const laid = await createServices(work, means, courtCase, body, prepared);
        return created({ items: laid.map(({ id, partyKey }) => ({ id: String(id), partyKey })) });
      },
    }),
    route({
      method: "POST",
      path: "/services/:id/moves",
      tag: TAG,
      summary: "确认收到、提出异议、索要纸质文书；法院送达、登记送达情况、改用其他方式、审查异议、撤销",
      key: "required",
      params: idParams,
      body: moving,
      answers: { 200: serviceDetail },
      async before({ actor, params, body }) {
        if (body.action === "send" && isStaff(actor)) return drawService(means, actor, params.id);
        await findService(database, actor, params.id);
        return new Map();
      },
      async command(work, { params, body }, drawn) {
        await moveService(work, means, params.id, body, drawn);
        // What was cancelled before it was sent is the court's alone, and still shown to it.
        return ok(await presentWritten(work, params.id));
      },
    }),
    route({
      method: "PUT",
      path: "/services/:id/translations",
      tag: TAG,
      summary: "给本院写成的文书附译文（藏文、蒙古文、维吾尔文）；机器翻译的逐页标明",
      limit: "costly",
      params: idParams,
      body: translating,
      answers: { 200: serviceDetail },
      before: ({ actor, params, body }) => drawTranslation(means, actor, params.id, body),
      async command(work, { params, body }, drawn) {
        await attachTranslation(work, params.id, body, drawn);
        return ok(await presentWritten(work, params.id));
      },
    }),
    route({
      method: "GET",
      path: "/services/:id/document.pdf",
      tag: TAG,
      summary: "送达的文书；受送达人打开即记录阅知时间",
      params: idParams,
      query: partQuery,
      limit: "costly",
      answers: { 200: PDF },
      async handle({ actor, params, query: { part = "1", language }, work }) {
        const row = await findService(database, actor, params.id);
        const found = (await listParts(database, row.id)).find(({ position }) => position === Number(part));
        if (!found) throw problem("service.not_found");
        const beside = language
          ? (await listTranslations(database, row.id)).find(
              (one) => one.position === found.position && one.language === language,
            )
          : found;
        if (!beside) throw problem("service.not_found");
        const pdf = beside.fileKey
          ? await readPdf(means, row, beside.fileKey)
          : await drawPart(means, await findCaseRow(database, actor, row.caseId), row, found);
        if (!isStaff(actor)) await work((own) => noteRead(own, means, row.id));
        return answerPaper(pdf, `${found.title} ${row.number}`);
      },
    }),
    route({
      method: "GET",
      path: "/services/:id/certificate.pdf",
      tag: TAG,
      summary: "送达回证（附送达信息和数字签名，可离线核验）",
      params: idParams,
      limit: "costly",
      answers: { 200: PDF },
      async handle({ actor, params }) {
        const row = await findService(database, actor, params.id);
        return answerPaper(await printCertificate(means, actor, row), `送达回证 ${row.number}`);
      },
    }),
    route({
      method: "GET",
      path: "/service-certificates/key",
      tag: TAG,
      summary: "核验送达回证的公钥（Ed25519）",
      answers: { 200: keyView },
      handle: async () => ok({ algorithm: "Ed25519", ...publicKeyOf(signingKey(means.settings.certificateSeed)) }),
    }),
    route({
      method: "GET",
      path: "/cases/:id/service-address",
      tag: TAG,
      summary: "送达地址确认书：本人一方的；法院看到各方的（已遮盖）",
      params: idParams,
      answers: { 200: addressesView },
      handle: async ({ actor, params }) => ok(await presentAddresses(means, actor, params.id)),
    }),
    route({
      method: "PUT",
      path: "/cases/:id/service-address",
      tag: TAG,
      summary: "确认或者变更送达地址",
      params: idParams,
      body: addressing,
      ifMatch: true,
      answers: { 200: addressesView },
      async command(work, { params, body, ifMatch }) {
        await confirmAddress(work, means, params.id, body, ifMatch);
        return ok(await presentAddresses({ ...means, database: within(work, database) }, work.actor, params.id));
      },
    }),
  ];
}
