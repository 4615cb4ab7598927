import { PUBLIC_ROLES } from "#core/actor.ts";
import { itemsOf } from "#core/fields.ts";
import { type AnyRoute, created, noContent, ok, type Policy, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { addMaterial, checkOrder } from "./add.ts";
import { changeMaterial, orderMaterials, removeMaterial } from "./change.ts";
import { combinePictures, retireMaterials } from "./combine.ts";
import { completeMaterial } from "./complete.ts";
import { noteRead, signContent } from "./content.ts";
import { ALLOWED_TYPES, MAX_FILE_BYTES } from "./kinds.ts";
import { mustBeChangeable } from "./owner.ts";
import { listMaterials, presentMaterial, presentUpload, readerOf } from "./present.ts";
import { problem } from "./problems.ts";
import {
  clientConfig,
  contentQuery,
  idParams,
  materialChange,
  materialCombination,
  materialOrder,
  materialSequence,
  materialView,
  orderAnswer,
  uploadAnswer,
} from "./schema.ts";
import { findMaterial } from "./store.ts";
import { planUpload } from "./upload.ts";

const tag = "material";

export const materialPolicy: Policy = {
  "GET /client-config": "public",
  "POST /filings/:id/materials": PUBLIC_ROLES,
  "POST /fee-notices/:id/materials": PUBLIC_ROLES,
  "POST /submissions/:id/materials": PUBLIC_ROLES,
  "POST /threads/:id/materials": PUBLIC_ROLES,
  "POST /receptions/:id/materials": PUBLIC_ROLES,
  "POST /filings/:id/materials/combine": PUBLIC_ROLES,
  "PUT /filings/:id/materials/order": PUBLIC_ROLES,
  "POST /materials/:id/upload": PUBLIC_ROLES,
  "POST /materials/:id/complete": PUBLIC_ROLES,
  "GET /materials/:id": "signed-in",
  "PUT /materials/:id": PUBLIC_ROLES,
  "DELETE /materials/:id": PUBLIC_ROLES,
  "GET /materials/:id/content": "signed-in",
};

export function materialRoutes(means: Means): readonly AnyRoute[] {
  const { demonstration } = means.settings;
  /** Whatever owns materials takes them in the same way. */
  const adding = (ownerKind: string, path: string, summary: string, scope: string): AnyRoute =>
    route({
      method: "POST",
      path,
      tag,
      summary,
      description: `${scope}内容相同的文件只登记一次：再次登记返回已有的材料。upload.parts 为空列表时无须再传，直接完成。`,
      params: idParams,
      body: materialOrder,
      answers: { 201: orderAnswer, 200: orderAnswer },
      // The row comes first, by its own unique key; addresses are made when nothing is locked any more.
      async before({ actor, params, body, work }) {
        checkOrder(body);
        const added = await work((own) => addMaterial(means, own, { ownerKind, ownerId: params.id }, body));
        return { ...added, upload: await planUpload(means, actor, added.material, false) };
      },
      async command(work, { actor }, { material: { id }, isNew, upload }) {
        const { material } = await findMaterial({ ...means, work }, actor, id);
        const body = {
          material: presentMaterial(material, { editable: true, role: actor.role }),
          upload: presentUpload(upload),
        };
        return { status: isNew ? 201 : 200, body };
      },
    });
  return [
    route({
      method: "GET",
      path: "/client-config",
      tag: "operation",
      summary: "客户端启动时所需的设置",
      answers: { 200: clientConfig },
      async handle() {
        return ok({
          demonstration,
          wechat: !demonstration,
          maxUploadBytes: MAX_FILE_BYTES,
          allowedTypes: ALLOWED_TYPES,
        });
      },
    }),
    adding("filing", "/filings/:id/materials", "登记一份材料，取得直传地址", "同一申请中"),
    adding("fee_notice", "/fee-notices/:id/materials", "登记一份缓减免申请的证明材料，取得直传地址", "同一交费通知中"),
    adding(
      "submission",
      "/submissions/:id/materials",
      "登记一份随答辩、申请提交的证据或者签名，取得直传地址",
      "同一份提交中",
    ),
    adding(
      "thread",
      "/threads/:id/materials",
      "登记一份随留言发给法院的照片、文件或者录音，取得直传地址",
      "同一次联系中",
    ),
    adding("reception", "/receptions/:id/materials", "登记一份接访的材料，取得直传地址", "同一次接访中"),

    route({
      method: "POST",
      path: "/filings/:id/materials/combine",
      tag,
      summary: "把几张照片合并为一份 PDF，每张一页",
      description: "按所列次序合并；合并后照片从清单中移去。同样的照片再次合并得到同一份 PDF。",
      params: idParams,
      body: materialCombination,
      answers: { 201: materialView },
      key: "required",
      limit: "costly",
      before: ({ actor, params, body }) => combinePictures(means, actor, params.id, body),
      async command(work, { actor, body }, combined) {
        if (combined === null) throw problem("material.not_found");
        await retireMaterials(work, body.ids);
        const { material, owner } = await findMaterial({ ...means, work }, actor, combined);
        return created(presentMaterial(material, readerOf(owner, actor)));
      },
    }),

    route({
      method: "POST",
      path: "/materials/:id/upload",
      tag,
      summary: "续传：取得新的直传地址",
      params: idParams,
      answers: { 200: uploadAnswer },
      async before({ actor, params }) {
        const { material, owner } = await findMaterial(means, actor, params.id);
        mustBeChangeable(owner, actor, material);
        return planUpload(means, actor, material, true);
      },
      command: async (_work, _call, upload) => ok({ upload: presentUpload(upload) }),
    }),

    route({
      method: "POST",
      path: "/materials/:id/complete",
      tag,
      summary: "文件已传完，开始检查",
      description: "可以重复调用。小文件当场给出结果；其余为 scanning，稍后读取该材料即可。",
      params: idParams,
      answers: { 200: materialView },
      before: ({ actor, params }) => completeMaterial(means, actor, params.id),
      async command(work, { actor, params }) {
        const { material, owner } = await findMaterial({ ...means, work }, actor, params.id);
        return ok(presentMaterial(material, readerOf(owner, actor)));
      },
    }),

    route({
      method: "GET",
      path: "/materials/:id",
      tag,
      summary: "查看材料",
      params: idParams,
      answers: { 200: materialView },
      async handle({ actor, params }) {
        const { material, owner } = await findMaterial(means, actor, params.id);
        return ok(presentMaterial(material, readerOf(owner, actor)));
      },
    }),

    route({
      method: "PUT",
      path: "/materials/:id",
      tag,
      summary: "修改材料的名称、证明目的、来源",
      description: "只改所列各项，未列的不变；文件内容不能修改。",
      params: idParams,
      body: materialChange,
      answers: { 200: materialView },
      async command(work, { actor, params, body }) {
        await changeMaterial(means.vault, work, params.id, body);
        const { material, owner } = await findMaterial({ ...means, work }, actor, params.id);
        return ok(presentMaterial(material, readerOf(owner, actor)));
      },
    }),

    route({
      method: "DELETE",
      path: "/materials/:id",
      tag,
      summary: "删除材料",
      params: idParams,
      answers: { 204: null },
      async command(work, { params }) {
        await removeMaterial(means.vault, work, params.id);
        return noContent();
      },
    }),

    route({
      method: "GET",
      path: "/materials/:id/content",
      tag,
      summary: "打开材料：转到两分钟内有效的地址",
      description: "variant=view（缺省）为供查看的版本，图片已重新绘制；variant=original 为提交的原件。",
      params: idParams,
      query: contentQuery,
      answers: { 302: null },
      async handle({ actor, params, query, work }) {
        const variant = query.variant ?? "view";
        const { material } = await findMaterial(means, actor, params.id);
        const location = await signContent(means, material, variant);
        await work((own) => noteRead(own, material, variant));
        return { status: 302, headers: { location, "referrer-policy": "no-referrer" } };
      },
    }),

    route({
      method: "PUT",
      path: "/filings/:id/materials/order",
      tag,
      summary: "材料排序",
      params: idParams,
      body: materialSequence,
      answers: { 200: itemsOf(materialView) },
      async command(work, { actor, params, body }) {
        await orderMaterials(work, "filing", params.id, body.ids);
        const items = await listMaterials({ ...means, work }, "filing", params.id, {
          editable: true,
          role: actor.role,
        });
        return ok({ items });
      },
    }),
  ];
}
