import { z } from "zod";
import { dayField, idField, momentView } from "#core/fields.ts";
import { within } from "#core/within.ts";
import { type AnyRoute, created, ok, route } from "#http/route.ts";
import { filingContent, listClockEvents, registerPaper } from "#modules/filing/index.ts";
import {
  addMaterial,
  completeMaterial,
  findMaterial,
  materialOrder,
  materialView,
  planUpload,
  presentMaterial,
  presentUpload,
  uploadView,
} from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";

const TAG = "intake";
const idParams = z.strictObject({ id: idField });

const paper = z.strictObject({
  receivedOn: dayField.meta({ description: "窗口收到的日期，不晚于今天" }),
  accountId: idField.optional().meta({ description: "当事人账号；没有账号的不填" }),
  content: filingContent.meta({ description: "最少只填原告、被告的姓名或名称，其余可以稍后从材料中核对" }),
  sheets: z.number().int().min(0).max(10_000).optional().meta({ description: "收到的纸质材料页数" }),
});
const paperView = z.object({
  filingId: z.string(),
  receiptNumber: z.string(),
  receivedAt: momentView,
  dueOn: z.string().nullable(),
});

/** 纸质收件: scanned at the window into the same queue. */
export function paperRoutes(means: Means): readonly AnyRoute[] {
  return [
    route({
      method: "POST",
      path: "/intake/paper-filings",
      tag: TAG,
      summary: "登记窗口收到的纸质起诉材料，取得收件编号",
      key: "required",
      body: paper,
      answers: { 201: paperView },
      async command(work, { body: { receivedOn, accountId = null, content, sheets = null } }) {
        const filing = await registerPaper(work, means, { receivedOn, accountId, content, sheets });
        const events = (await listClockEvents(within(work, means.database), [filing.id])).get(String(filing.id));
        return created({
          filingId: String(filing.id),
          receiptNumber: filing.receiptNumber,
          receivedAt: filing.submittedAt?.toISOString(),
          dueOn: events?.at(-1)?.dueOn ?? null,
        });
      },
    }),
    route({
      method: "POST",
      path: "/intake/paper-filings/:id/materials",
      tag: TAG,
      summary: "登记一份扫描件，取得直传地址",
      description: "只限本院窗口收件、尚未办结的申请。传完后调用 POST /intake/paper-materials/{id}/complete。",
      params: idParams,
      body: materialOrder,
      answers: { 201: z.object({ material: materialView, upload: uploadView }) },
      async before({ actor, params, body, work }) {
        const added = await work((own) => addMaterial(means, own, { ownerKind: "filing", ownerId: params.id }, body));
        return { ...added, upload: await planUpload(means, actor, added.material, false) };
      },
      async command(work, { actor }, { material: { id }, upload }) {
        const { material } = await findMaterial({ ...means, work }, actor, id);
        return created({
          material: presentMaterial(material, { editable: true, role: actor.role }),
          upload: presentUpload(upload),
        });
      },
    }),
    route({
      method: "POST",
      path: "/intake/paper-materials/:id/complete",
      tag: TAG,
      summary: "扫描件已传完，开始检查",
      params: idParams,
      answers: { 200: materialView },
      before: ({ actor, params }) => completeMaterial(means, actor, params.id),
      async command(work, { actor, params }) {
        const { material, owner } = await findMaterial({ ...means, work }, actor, params.id);
        return ok(presentMaterial(material, { editable: owner.editable, role: actor.role }));
      },
    }),
  ];
}
