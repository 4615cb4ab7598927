import { key } from "../filings.ts";
import { caseOf, type Plan } from "./authorisation.plan.ts";
import { announcement, type World } from "./world.ts";

const announcementFee = { category: "public_notice", amountFen: null, halvings: [] };
const RELIEF = { kind: "reduce", ground: "reduce_other", statement: "家庭困难，无力负担。", materials: [] };
const feeNoticeOf = { standing: newNotice };

/** How the routes of fees and relief are asked. */
export const feePlans: Readonly<Record<string, Plan>> = {
  "GET /fee-notices/:id": feeNoticeOf,
  "POST /fee-notices/lookup": {
    body: () => ({ payCode: "0000000000000000" }),
    async publicly(world) {
      const { json } = await world.staff.clerk.ask("GET", `/fee-notices/${await newNotice(world)}`);
      return { body: { payCode: json.payCode } };
    },
    async fresh(world) {
      const { json } = await world.staff.clerk.ask("GET", `/fee-notices/${await newNotice(world)}`);
      return { body: { payCode: json.payCode } };
    },
  },
  "POST /fee-notices/:id/moves": {
    ...feeNoticeOf,
    headers: key(),
    body: () => ({ action: "change", reason: "correction", facts: announcementFee }),
    fresh: async (world) => ({ id: await newNotice(world), headers: key() }),
  },
  "POST /fee-notices/:id/materials": {
    ...feeNoticeOf,
    body: announcement,
    fresh: async (world) => ({ id: await newNotice(world) }),
  },
  "GET /fee-notices/:id/documents": feeNoticeOf,
  "GET /fee-notices/:id/documents/:documentId.pdf": {
    async standing(world) {
      const id = await newNotice(world);
      const { items } = (await world.staff.clerk.ask("GET", `/fee-notices/${id}/documents`)).json;
      return `${id}/${items[0].id}`;
    },
  },
  "POST /fee-notices/:id/preview": { ...feeNoticeOf, body: () => ({ action: "deem_withdrawn" }) },
  "GET /fee-notices/:id/notice.pdf": feeNoticeOf,
  "GET /fee-notices/:id/bill.pdf": feeNoticeOf,
  "POST /cases/:id/fee-notices": {
    ...caseOf,
    headers: key(),
    body: ({ people }) => ({ source: "other", facts: announcementFee, payerAccountId: people.owner.accountId }),
    fresh: async () => ({ headers: key() }),
  },
  "POST /fee-notices/:id/relief": {
    ...feeNoticeOf,
    headers: key(),
    body: () => RELIEF,
    fresh: async (world) => ({ id: await newNotice(world), headers: key() }),
  },
  "GET /fee-reliefs/:id": { standing: newRelief },
  "POST /fee-reliefs/:id/preview": {
    standing: newRelief,
    body: () => ({ action: "refuse", reason: "未提交证明材料。" }),
  },
  "POST /fee-reliefs/:id/moves": {
    standing: newRelief,
    headers: key(),
    body: () => ({ action: "refuse", reason: "未提交证明材料。" }),
    // Who asked may take it back; who decides, decides.
    fresh: async (world, persona) => ({
      id: await newRelief(world),
      headers: key(),
      ...(persona === "owner" ? { body: { action: "withdraw" } } : {}),
    }),
  },
};

/** A notice of the owner's, in their accepted case. */
async function newNotice({ staff, people, caseId }: World): Promise<string> {
  const body = { source: "other", facts: announcementFee, payerAccountId: people.owner.accountId };
  const issued = await staff.clerk.ask("POST", `/cases/${caseId}/fee-notices`, body, key());
  if (issued.status !== 201) throw new Error(`no notice: ${issued.text}`);
  return issued.json.id;
}
/** A request of the owner's that waits for a decision. */
async function newRelief(world: World): Promise<string> {
  const asked = await world.people.owner.ask("POST", `/fee-notices/${await newNotice(world)}/relief`, RELIEF, key());
  if (asked.status !== 201) throw new Error(`no relief: ${asked.text}`);
  return asked.json.id;
}
