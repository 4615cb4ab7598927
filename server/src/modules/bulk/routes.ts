import { DEFAULT_LIMIT, page } from "#core/fields.ts";
import { problem as http } from "#core/problem.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type Answer, type AnyRoute, created, ok, route } from "#http/route.ts";
import { findMaterial, planUpload, presentMaterial, presentUpload } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { findForm } from "#modules/reference/index.ts";
import { announceJob, announceSignature, checkOrder } from "./announce.ts";
import { moveByOwner } from "./move.ts";
import { presentJob, presentJobs, presentRow } from "./present.ts";
import { writeResult } from "./result.ts";
import {
  formParams,
  idParams,
  jobAnswer,
  jobListView,
  jobMove,
  jobOrder,
  jobQuery,
  jobView,
  resultQuery,
  rowListView,
  rowQuery,
  signatureAnswer,
  signatureOrder,
} from "./schema.ts";
import { findJob, listJobs, listRows } from "./store.ts";
import { writeWorkbook, XLSX } from "./template.ts";

const tag = "bulk";

export function bulkRoutes(means: Means): readonly AnyRoute[] {
  const { database } = means;
  /** What was just written, read from inside the work. */
  const inside = (work: Work): Means => ({ ...means, database: within(work, database) });
  return [
    route({
      method: "GET",
      path: "/forms/:id/bulk-template.xlsx",
      tag,
      summary: "批量立案模板",
      params: formParams,
      limit: "costly",
      answers: { 200: XLSX },
      async handle({ params }) {
        const form = findForm(params.id);
        return workbook(await writeWorkbook(form), `批量立案模板-${form.no}-${form.name}.xlsx`);
      },
    }),
    route({
      method: "POST",
      path: "/filings/bulk",
      tag,
      summary: "登记一批立案：表格和证据压缩包，取得直传地址",
      description:
        "表格不超过 5 MB、500 行；压缩包不超过 200 MB、2000 个文件。传完后对每个文件调用 POST /materials/{id}/complete，通过检查后任务变为“已上传”。续传用 POST /materials/{id}/upload。",
      key: "required",
      body: jobOrder,
      answers: { 201: jobAnswer },
      // The rows come first, by the request's own key; addresses are made when nothing is locked any more.
      async before({ actor, body, key, work }) {
        checkOrder(body);
        const announced = await work((own) => announceJob(own, means, body, key ?? ""));
        return {
          ...announced,
          sheetUpload: await planUpload(means, actor, announced.sheet, false),
          archiveUpload: announced.archive ? await planUpload(means, actor, announced.archive, false) : null,
        };
      },
      async command(work, { actor }, { jobId, sheetUpload, archiveUpload }) {
        const job = await presentJob(inside(work), actor, jobId);
        return created({
          job,
          sheet: { material: job.sheet, upload: presentUpload(sheetUpload) },
          archive: archiveUpload ? { material: job.archive, upload: presentUpload(archiveUpload) } : null,
        });
      },
    }),
    route({
      method: "GET",
      path: "/jobs",
      tag,
      summary: "我的批量任务",
      query: jobQuery,
      answers: { 200: jobListView },
      async handle({ actor, query: { cursor, limit = DEFAULT_LIMIT } }) {
        const rows = await listJobs(database, actor, { before: cursor && numberIn(cursor), limit });
        const { items, nextCursor } = page(rows, limit, ({ id }) => id);
        return ok({ items: await presentJobs(means, actor, items), nextCursor });
      },
    }),
    route({
      method: "GET",
      path: "/jobs/:id",
      tag,
      summary: "批量任务的进度",
      params: idParams,
      answers: { 200: jobView },
      handle: async ({ actor, params }) => ok(await presentJob(means, actor, params.id)),
    }),
    route({
      method: "GET",
      path: "/jobs/:id/rows",
      tag,
      summary: "每一行的结果",
      params: idParams,
      query: rowQuery,
      answers: { 200: rowListView },
      async handle({ actor, params, query: { state, cursor, limit = DEFAULT_LIMIT } }) {
        const job = await findJob(database, actor, params.id);
        const after = cursor ? Number(numberIn(cursor)) : 0;
        const rows = await listRows(database, job.id, { states: state && [state], after, limit: limit + 1 });
        const { items, nextCursor } = page(rows, limit, ({ sheetRow }) => String(sheetRow));
        return ok({ items: items.map((row) => presentRow(means, row)), nextCursor });
      },
    }),
    route({
      method: "GET",
      path: "/jobs/:id/result.xlsx",
      tag,
      summary: "带结果的表格；only=bad 只要需要改正的行",
      params: idParams,
      query: resultQuery,
      limit: "costly",
      answers: { 200: XLSX },
      async handle({ actor, params, query: { only } }) {
        const bytes = await writeResult(means, actor, params.id, only === "bad");
        return workbook(bytes, `批量立案${only ? "待改正" : "结果"}-任务${params.id}.xlsx`);
      },
    }),
    route({
      method: "POST",
      path: "/jobs/:id/moves",
      tag,
      summary: "开始核对、建立草稿、提交，或停止",
      key: "required",
      params: idParams,
      body: jobMove,
      answers: { 200: jobView },
      async command(work, { actor, params, body: { action } }) {
        await moveByOwner(work, means, params.id, action);
        return ok(await presentJob(inside(work), actor, params.id));
      },
    }),
    route({
      method: "POST",
      path: "/jobs/:id/signature",
      tag,
      summary: "登记这一批用的签名图片，取得直传地址",
      description: "签一次，用于您有权代签的每一件：您是代理人并附授权委托书，或是原告的法定代表人，或是原告本人。",
      params: idParams,
      body: signatureOrder,
      answers: { 201: signatureAnswer },
      async before({ actor, params, body, work }) {
        const material = await work((own) => announceSignature(own, means, params.id, body));
        return { id: material.id, upload: await planUpload(means, actor, material, false) };
      },
      async command(work, { actor }, { id, upload }) {
        const { material } = await findMaterial({ ...means, work }, actor, id);
        return created({
          material: presentMaterial(material, { editable: true, role: actor.role }),
          upload: presentUpload(upload),
        });
      },
    }),
  ];
}

const workbook = (bytes: Buffer, name: string): Answer => ({
  status: 200,
  bytes,
  headers: {
    "content-type": XLSX,
    "content-disposition": `attachment; filename="sutong.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}`,
    "cache-control": "no-store",
  },
});

function numberIn(cursor: string): string {
  if (/^[1-9]\d{0,15}$/.test(cursor)) return cursor;
  throw http("request.invalid", {
    detail: "翻页标记无效，请从第一页重新查看。",
    errors: [{ pointer: "?cursor", code: "invalid", message: "翻页标记无效" }],
  });
}
