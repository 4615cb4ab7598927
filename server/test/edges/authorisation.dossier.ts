import { randomBytes } from "node:crypto";
import { forgetDirectory } from "#modules/court/index.ts";
import { COURT, key } from "../filings.ts";
import { orderOf, pdf } from "../material-files.ts";
import { sendBytes } from "../send-material.ts";
import type { Plan } from "./authorisation.plan.ts";
import type { World } from "./world.ts";

const caseOf = { standing: ({ caseId }: World) => caseId };
const TEXT = { title: "庭审笔录", text: "法庭宣布开庭。", formedOn: "2026-11-20" };

/** How the routes of the dossier are asked: an item of the owner's case, one of its 副卷, a request of the owner's. */
export const dossierPlans: Readonly<Record<string, Plan>> = {
  "GET /cases/:id/dossier": caseOf,
  "GET /cases/:id/dossier.pdf": caseOf,
  "GET /cases/:id/dossier/search": { ...caseOf, query: `?query=${encodeURIComponent("借款")}` },
  "GET /cases/:id/dossier/readings": caseOf,
  "POST /cases/:id/dossier-items": { ...caseOf, body: () => ({ ...TEXT, section: "hearing" }) },
  "GET /dossier-items/:id/content": { standing: complaintItem },
  "PUT /dossier-items/:id/place": { standing: complaintItem, body: () => ({ section: "complaint", after: null }) },
  "GET /cases/:id/dossier/completeness": caseOf,
  "POST /cases/:id/dossier-scans": { ...caseOf, body: scanOrder },
  "POST /cases/:id/inner-dossier-scans": { ...caseOf, body: scanOrder },
  "POST /dossier-scans/:id/complete": { standing: newScan },
  "POST /cases/:id/dossier-requests": {
    ...caseOf,
    body: () => ({ purpose: "准备开庭" }),
    async fresh(world) {
      await needApproval(world, true);
      await withdrawOpen(world);
      return { headers: key() };
    },
  },
  "GET /cases/:id/dossier-requests": caseOf,
  "POST /dossier-requests/:id/moves": {
    standing: newRequest,
    headers: key(),
    body: () => ({ action: "refuse", note: "材料正在装订" }),
    fresh: async (world, persona) => ({
      id: await newRequest(world),
      headers: key(),
      ...(persona === "owner" ? { body: { action: "withdraw" } } : {}),
    }),
  },
  "GET /cases/:id/inner-dossier": caseOf,
  "POST /cases/:id/inner-dossier": { ...caseOf, body: () => ({ ...TEXT, section: "deliberation" }) },
  "GET /inner-dossier-items/:id/content": { standing: innerItem },
  "PUT /inner-dossier-items/:id/place": { standing: innerItem, body: () => ({ section: "report", after: null }) },
};

function scanOrder() {
  const content = randomBytes(16);
  return orderOf(content, { name: "扫描件.pdf", kind: "other", contentType: "application/pdf" });
}

async function newScan({ app, staff, caseId }: World): Promise<string> {
  const bytes = await pdf();
  const order = orderOf(bytes, { name: "扫描件.pdf", kind: "other", contentType: "application/pdf" });
  const { material, upload } = (await staff.judge.ask("POST", `/cases/${caseId}/dossier-scans`, order)).json;
  await sendBytes(app, upload, bytes);
  return material.id;
}

async function complaintItem({ people, caseId }: World): Promise<string> {
  const { sections } = (await people.owner.ask("GET", `/cases/${caseId}/dossier`)).json;
  return sections[0].items[0].id;
}

async function innerItem({ staff, caseId }: World): Promise<string> {
  const body = { ...TEXT, section: "report" };
  return (await staff.judge.ask("POST", `/cases/${caseId}/inner-dossier`, body)).json.id;
}

async function needApproval({ app }: World, wanted: boolean): Promise<void> {
  await app.database.read(
    "REPLACE INTO court_parameter (court_code, name, value, valid_from, changed_by, changed_at) VALUES (?, 'dossier_needs_approval', ?, '2020-01-01', 1, UTC_TIMESTAMP(3))",
    [COURT, wanted ? "1" : "0"],
  );
  forgetDirectory();
}

async function withdrawOpen({ people, caseId }: World): Promise<void> {
  const { items } = (await people.owner.ask("GET", `/cases/${caseId}/dossier-requests`)).json;
  for (const { id, state } of items)
    if (state.code === "asked")
      await people.owner.ask("POST", `/dossier-requests/${id}/moves`, { action: "withdraw" }, key());
}

/** Asked for while the court wants approval; reading itself is free again afterwards. */
async function newRequest(world: World): Promise<string> {
  await needApproval(world, true);
  await withdrawOpen(world);
  const made = await world.people.owner.ask("POST", `/cases/${world.caseId}/dossier-requests`, { purpose: "准备开庭" });
  await needApproval(world, false);
  if (made.status !== 201) throw new Error(`no request: ${made.text}`);
  return made.json.id;
}
