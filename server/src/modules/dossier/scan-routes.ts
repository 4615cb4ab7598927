import { type AnyRoute, created, noContent, ok, type Policy, route } from "#http/route.ts";
import {
  addMaterial,
  completeMaterial,
  findMaterial,
  materialOrder,
  materialView,
  planUpload,
  presentMaterial,
  presentUpload,
} from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { presentCompleteness } from "./completeness.ts";
import { placeItem } from "./place.ts";
import type { ScanFor } from "./scans.ts";
import { completenessView, idParams, placing, scanView } from "./schema.ts";

const TAG = "dossier";
const BENCH = ["judge", "court_clerk"] as const;

export const scanPolicy: Policy = {
  "POST /cases/:id/dossier-scans": BENCH,
  "POST /cases/:id/inner-dossier-scans": BENCH,
  "POST /dossier-scans/:id/complete": BENCH,
  "PUT /dossier-items/:id/place": BENCH,
  "GET /cases/:id/dossier/completeness": ["clerk", "supervisor", ...BENCH],
};

/** What the bench does to make a dossier ready for the archive: scans, the order of the catalogue, the list of what must be there. */
export function scanRoutes(means: Means): readonly AnyRoute[] {
  const scanning = (ownerKind: ScanFor, path: string, summary: string): AnyRoute =>
    route({
      method: "POST",
      path,
      tag: TAG,
      summary,
      description: "传完后调用 POST /dossier-scans/{id}/complete；检查通过后归入卷宗。",
      params: idParams,
      body: materialOrder,
      answers: { 201: scanView },
      async before({ actor, params, body, work }) {
        const added = await work((own) => addMaterial(means, own, { ownerKind, ownerId: params.id }, body));
        return { ...added, upload: await planUpload(means, actor, added.material, false) };
      },
      async command(work, { actor }, { material: { id }, upload }) {
        const { material } = await findMaterial({ ...means, work }, actor, id);
        return created({
          material: presentMaterial(material, { editable: true, role: actor.role }),
          upload: presentUpload(upload),
        });
      },
    });
  return [
    scanning("dossier_scan", "/cases/:id/dossier-scans", "登记一份要归入正卷的扫描件，取得直传地址"),
    scanning("inner_scan", "/cases/:id/inner-dossier-scans", "登记一份要归入副卷的扫描件，取得直传地址"),
    route({
      method: "POST",
      path: "/dossier-scans/:id/complete",
      tag: TAG,
      summary: "扫描件已传完，开始检查",
      description: "可以重复调用。小文件当场给出结果；其余为 scanning，稍后再次调用即可。",
      params: idParams,
      answers: { 200: materialView },
      before: ({ actor, params }) => completeMaterial(means, actor, params.id),
      async command(work, { actor, params }) {
        const { material, owner } = await findMaterial({ ...means, work }, actor, params.id);
        return ok(presentMaterial(material, { editable: owner.editable, role: actor.role }));
      },
    }),
    route({
      method: "PUT",
      path: "/dossier-items/:id/place",
      tag: TAG,
      summary: "调整正卷材料的类别和次序",
      params: idParams,
      body: placing,
      answers: { 204: null },
      async command(work, { params, body }) {
        await placeItem(work, means, params.id, body);
        return noContent();
      },
    }),
    route({
      method: "GET",
      path: "/cases/:id/dossier/completeness",
      tag: TAG,
      summary: "归档清单：正卷必备的材料已有、缺少、尚未形成还是不适用",
      params: idParams,
      answers: { 200: completenessView },
      handle: async ({ actor, params }) => ok(await presentCompleteness(means, actor, params.id)),
    }),
  ];
}
