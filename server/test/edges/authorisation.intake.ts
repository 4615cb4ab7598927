import { accepting, claimed, FIRST_INSTANCE, key, PRIVATE_LOAN, submitted, supervisor } from "../filings.ts";
import { filedMaterial, made, type Plan, submittedOf } from "./authorisation.plan.ts";
import { announcement, FAR_COURT, type World } from "./world.ts";

const itemOf = { standing: (world: World) => world.itemId };
const assigning = (world: World) => ({ action: "assign", assigneeId: world.staff.clerk.accountId });
/** Two filings of one plaintiff, in the same words, against two people; gives the series they make. */
let batches = 0;
let texts = 0;
const RULE = { priority: 9000, category: "civil", fits: { causeWords: ["不存在的案由"] } };

/** How the routes of intake are asked. */
export const intakePlans: Readonly<Record<string, Plan>> = {
  "GET /intake/items/:id": itemOf,
  "POST /intake/queues/:id/next": {
    standing: ({ queueId }) => queueId,
    async fresh(world) {
      await world.newItem();
      return {};
    },
  },
  "POST /intake/items/:id/moves | item": {
    ...itemOf,
    body: () => ({ action: "claim" }),
    fresh: async (world) => ({ id: (await world.newItem()).itemId }),
  },
  "POST /intake/items/:id/moves | assignableItem": {
    standing: async (world) => (await world.newItem()).itemId,
    body: assigning,
  },
  "POST /intake/items/:id/moves | claimedItem": {
    async standing(world) {
      const { itemId } = await world.newItem();
      await world.staff.clerk.ask("POST", `/intake/items/${itemId}/moves`, { action: "claim" });
      return itemId;
    },
    headers: key(),
    body: () => ({ ...accepting(1), caseTypeCode: FIRST_INSTANCE }),
  },
  "POST /intake/items/:id/preview": {
    ...itemOf,
    body: () => ({ action: "accept", causeCode: PRIVATE_LOAN, caseTypeCode: FIRST_INSTANCE }),
  },
  "GET /intake/series/:id": { standing: newSeries },
  "POST /intake/series/:id/moves": {
    standing: newSeries,
    headers: key(),
    body: () => ({ action: "accept", causeCode: PRIVATE_LOAN, caseTypeCode: FIRST_INSTANCE }),
    fresh: async (world) => ({ id: await newSeries(world), headers: key() }),
  },
  "POST /intake/mediations/:id/moves": {
    standing: newMediation,
    headers: key(),
    body: () => ({ action: "fail", note: "双方分歧较大" }),
    fresh: async (world) => ({ id: await newMediation(world), headers: key() }),
  },
  "POST /intake/paper-filings": { headers: key(), body: () => onPaper(), fresh: async () => ({ headers: key() }) },
  "POST /intake/paper-filings/:id/materials | paperFiling": {
    standing: newPaper,
    body: announcement,
    fresh: async () => ({ body: announcement() }),
  },
  "POST /intake/paper-filings/:id/materials | submitted": { ...submittedOf, body: announcement },
  "POST /intake/paper-materials/:id/complete": filedMaterial,
  "POST /intake/templates": { body: template },
  "PUT /intake/templates/:id | template": { standing: newTemplate, headers: { "if-match": '"1"' }, body: template },
  "PUT /intake/templates/:id | farTemplate": { standing: farTemplate, headers: { "if-match": '"1"' }, body: template },
  "DELETE /intake/templates/:id": { standing: newTemplate },
  "POST /intake/rules": { body: () => RULE },
  "PUT /intake/rules/:id": { standing: newRule, headers: { "if-match": '"1"' }, body: () => RULE },
  "DELETE /intake/rules/:id": { standing: newRule },
  "POST /intake/queues": { body: newCategory },
  "PUT /intake/queues/:id": { standing: newQueue, body: () => ({ name: "改名立案" }) },
  "DELETE /intake/queues/:id": { standing: newQueue },
  "GET /intake/items/:id/difference": itemOf,
  "GET /intake/items/:id/duplicates": itemOf,
};

async function newSeries({ app, staff }: World): Promise<string> {
  batches += 1;
  const plaintiff = `批量原告${"甲乙丙丁戊己庚辛"[batches]}`;
  for (const defendant of ["赵一鸣", "钱二宝"]) await submitted(app, plaintiff, { defendant });
  const { items } = (await staff.clerk.ask("GET", "/intake/series")).json as { items: { id: string; name: string }[] };
  return items.find(({ name }) => name === plaintiff)?.id as string;
}
async function newMediation({ app, staff }: World): Promise<string> {
  const filing = await submitted(app, "沈青", { change: { mediation: { understood: true, wish: "yes" } } });
  const { item, fence } = await claimed(staff.clerk, filing);
  await staff.clerk.ask("POST", `${item}/moves`, { action: "mediate", fence }, key());
  const { items } = (await staff.clerk.ask("GET", "/intake/mediations?limit=100")).json;
  return items.find(({ filingId }: { filingId: string }) => filingId === filing.id).id;
}
function onPaper() {
  return {
    receivedOn: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10),
    content: {
      parties: [
        { key: "p1", side: "plaintiff", kind: "natural", name: "纸上甲" },
        { key: "d1", side: "defendant", kind: "natural", name: "纸上乙" },
      ],
    },
  };
}
function newPaper({ staff }: World): Promise<string> {
  return made(staff.clerk.ask("POST", "/intake/paper-filings", onPaper(), key()), "filingId");
}
function template() {
  texts += 1;
  return { kind: "note", title: `附言${texts}`, body: "请{原告}留意交费通知。" };
}
function newTemplate({ staff }: World): Promise<string> {
  return made(staff.supervisor.ask("POST", "/intake/templates", template()));
}
async function farTemplate({ app }: World): Promise<string> {
  return made((await supervisor(app, "farchief-edges", FAR_COURT)).ask("POST", "/intake/templates", template()));
}
function newRule({ staff }: World): Promise<string> {
  return made(staff.admin.ask("POST", "/intake/rules", RULE));
}
function newCategory() {
  texts += 1;
  const letter = (at: number) => String.fromCharCode(97 + (at % 26));
  return { category: `own_${letter(texts)}${letter(Math.floor(texts / 26))}`, name: "专项立案" };
}
function newQueue({ staff }: World): Promise<string> {
  return made(staff.admin.ask("POST", "/intake/queues", newCategory()));
}
