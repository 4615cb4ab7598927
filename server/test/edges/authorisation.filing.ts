import { COURT, key, PRIVATE_LOAN, privateLoan } from "../filings.ts";
import type { Person } from "../people.ts";
import { filedMaterial, type Plan, submittedOf } from "./authorisation.plan.ts";
import { alike, announcement, newDraft, type World } from "./world.ts";

const draftOf = { standing: (world: World) => world.draft.id };
const acceptedOf = { standing: (world: World) => world.accepted.id };
const correctionOf = { standing: (world: World) => world.correction.id };
const draftMaterial = { standing: (world: World) => world.draftMaterialId };
const edits = { edits: [{ path: "/facts", value: "2025年3月5日，被告向原告借款。", baseVersion: 100 }] };
const announced = async (world: World) => world.newMaterial(await world.newDraft());

/** How the routes of filings, their materials, helpers and bulk jobs are asked. */
export const filingPlans: Readonly<Record<string, Plan>> = {
  "POST /filings": { body: () => ({ courtCode: COURT, causeCode: PRIVATE_LOAN }) },
  "GET /filings/:id | draft": draftOf,
  "GET /filings/:id | submitted": submittedOf,
  "GET /filings/:id | correction": correctionOf,
  "GET /filings/:id | accepted": acceptedOf,
  "PUT /filings/:id | draft": {
    ...draftOf,
    headers: { "if-match": '"1"' },
    body: () => ({ content: privateLoan("沈青") }),
    async fresh({ people, draft }) {
      const { version } = (await people.owner.ask("GET", draft.path)).json;
      return { headers: { "if-match": `"${version}"` } };
    },
  },
  "PUT /filings/:id | submitted": {
    ...submittedOf,
    headers: { "if-match": '"1"' },
    body: () => ({ content: privateLoan("沈青") }),
  },
  "POST /filings/:id/edits | draft": { ...draftOf, body: () => edits },
  "POST /filings/:id/edits | submitted": { ...submittedOf, body: () => edits },
  "POST /filings/:id/precheck | draft": draftOf,
  "POST /filings/:id/precheck | submitted": submittedOf,
  "POST /filings/:id/moves | draft": {
    ...draftOf,
    body: () => ({ action: "withdraw", note: "双方已经和解" }),
    fresh: async (world) => ({ id: await world.newDraft() }),
  },
  "POST /filings/:id/moves | accepted": { ...acceptedOf, headers: key(), body: () => ({ action: "submit" }) },
  "POST /filings/:id/sources": {
    ...draftOf,
    body: () => ({ sources: [{ pointer: "/parties/p1/name", materialId: "999999", field: "name" }] }),
  },
  "GET /filings/:id/sources | draft": draftOf,
  "GET /filings/:id/sources | submitted": submittedOf,
  "GET /filings/:id/clock | draft": draftOf,
  "GET /filings/:id/clock | submitted": submittedOf,
  "GET /filings/:id/steps | draft": draftOf,
  "GET /filings/:id/steps | submitted": submittedOf,
  "GET /filings/:id/corrections": correctionOf,
  "GET /filings/:id/documents": acceptedOf,
  "GET /filings/:id/documents/:documentId.pdf": {
    async standing({ accepted, people }) {
      const { items } = (await people.owner.ask("GET", `/filings/${accepted.id}/documents`)).json;
      return `${accepted.id}/${items[0].id}`;
    },
  },
  "GET /filings/:id/receipt.pdf | draft": draftOf,
  "GET /filings/:id/receipt.pdf | submitted": submittedOf,
  "GET /filings/:id/complaint.pdf | draft": draftOf,
  "GET /filings/:id/complaint.pdf | submitted": submittedOf,
  "GET /filings/:id/complaint.docx | draft": draftOf,
  "GET /filings/:id/complaint.docx | submitted": submittedOf,
  "GET /filings/:id/bundle.pdf | draft": draftOf,
  "GET /filings/:id/bundle.pdf | submitted": submittedOf,
  "GET /forms/:id/bulk-template.xlsx": { standing: () => "09" },
  "POST /filings/bulk": { headers: key(), body: bulkOrder },
  "GET /jobs/:id": { standing: newJob },
  "GET /jobs/:id/rows": { standing: newJob },
  "GET /jobs/:id/result.xlsx": { standing: newJob },
  "POST /jobs/:id/moves": { standing: newJob, headers: key(), body: () => ({ action: "cancel" }) },
  "POST /jobs/:id/signature": {
    async standing(world) {
      const id = await newJob(world);
      await world.people.owner.ask("POST", `/jobs/${id}/moves`, { action: "cancel" }, key());
      return id;
    },
    body: () => ({ bytes: 1000, sha256: announcement().sha256, contentType: "image/png" }),
  },
  "POST /filings/:id/helpers | draft": { ...draftOf, body: () => ({ minutes: 30 }) },
  "POST /filings/:id/helpers | submitted": { ...submittedOf, body: () => ({ minutes: 30 }) },
  "POST /helpers/join": {
    body: () => ({ code: "12345678" }),
    fresh: async (world) => ({ body: { code: (await newHelp(await alike(world.app, "stranger"))).code } }),
  },
  "GET /filings/:id/helpers": draftOf,
  "GET /filings/:id/helper-edits": draftOf,
  "POST /filings/:id/helpers/:helperId/moves": {
    standing: async (world) => (await newHelp(world.people.owner)).path,
    body: () => ({ action: "end" }),
  },
  "POST /filings/:id/reveal | draft": {
    ...draftOf,
    body: () => ({ pointer: "/parties/p1/idNumber", reason: "核对身份证明" }),
  },
  "POST /filings/:id/reveal | submitted": {
    ...submittedOf,
    body: () => ({ pointer: "/parties/p1/idNumber", reason: "核对身份证明" }),
  },
  "POST /filings/:id/materials | draft": {
    ...draftOf,
    body: announcement,
    fresh: async (world) => ({ id: await world.newDraft() }),
  },
  "POST /filings/:id/materials | submitted": { ...submittedOf, body: announcement },
  "POST /filings/:id/materials/combine": {
    ...draftOf,
    headers: key(),
    body: ({ draftMaterialId }) => ({ ids: [draftMaterialId, "999999999"], name: "聊天记录", kind: "evidence" }),
    async fresh(world) {
      const id = await world.newDraft();
      const ids = [await world.newPicture(id, "一"), await world.newPicture(id, "二")];
      return { id, body: { ids, name: "聊天记录", kind: "evidence" } };
    },
  },
  "PUT /filings/:id/materials/order": {
    ...draftOf,
    body: ({ draftMaterialId }) => ({ ids: [draftMaterialId] }),
    async fresh(world) {
      const id = await world.newDraft();
      return { id, body: { ids: [await world.newMaterial(id)] } };
    },
  },
  "POST /materials/:id/upload": { standing: announced },
  "POST /materials/:id/complete": draftMaterial,
  "GET /materials/:id | draftMaterial": draftMaterial,
  "GET /materials/:id | filedMaterial": filedMaterial,
  "PUT /materials/:id | draftMaterial": { ...draftMaterial, body: () => ({ purpose: "证明借款已经交付" }) },
  "PUT /materials/:id | filedMaterial": { ...filedMaterial, body: () => ({ purpose: "证明借款已经交付" }) },
  "DELETE /materials/:id | announcedMaterial": { standing: announced },
  "DELETE /materials/:id | filedMaterial": filedMaterial,
  "GET /materials/:id/content | draftMaterial": draftMaterial,
  "GET /materials/:id/content | filedMaterial": filedMaterial,
  "POST /materials/:id/ocr | draftMaterial": draftMaterial,
  "POST /materials/:id/ocr | filedMaterial": filedMaterial,
  "GET /materials/:id/reading | draftMaterial": draftMaterial,
  "GET /materials/:id/reading | filedMaterial": filedMaterial,
  "GET /materials/:id/reading/:field/crop.png": filedMaterial,
};

/** A draft of that person's for which help is asked. */
async function newHelp(who: Person): Promise<{ path: string; code: string }> {
  const filingId = await newDraft(who);
  const { status, text, json } = await who.ask("POST", `/filings/${filingId}/helpers`, { minutes: 30 });
  if (status !== 201) throw new Error(`no help offered: ${text}`);
  return { path: `${filingId}/${json.id}`, code: json.code };
}
function bulkOrder() {
  const { sha256 } = announcement();
  return { formId: "09", courtCode: COURT, sheet: { name: "批量.xlsx", bytes: 1000, sha256 } };
}
async function newJob({ people }: World): Promise<string> {
  return (await people.owner.ask("POST", "/filings/bulk", bulkOrder(), key())).json.job.id;
}
