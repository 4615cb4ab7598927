import { createHash, randomUUID } from "node:crypto";
import type { Role } from "#core/actor.ts";
import { Problem } from "#core/problem.ts";
import type { TestApp } from "../app.ts";
import {
  accepting,
  COURT,
  claimed,
  type Filed,
  key,
  PRIVATE_LOAN,
  picture,
  readyDraft,
  seedCourtsAndRules,
  submitted,
  upload,
} from "../filings.ts";
import { idNumberOf, type Person, person, type StaffPerson, staffMember } from "../people.ts";
import type { Persona } from "./authorisation.table.ts";

export const FAR_COURT = "鲁0103";
type Staff = Exclude<Persona, "anonymous" | "owner" | "stranger" | "lawyer">;
const STAFF: Readonly<Record<Staff, readonly [Role, string]>> = {
  clerk: ["clerk", COURT],
  farClerk: ["clerk", FAR_COURT],
  supervisor: ["supervisor", COURT],
  judge: ["judge", COURT],
  courtClerk: ["court_clerk", COURT],
  admin: ["admin", COURT],
  auditor: ["auditor", COURT],
};
export const isStaffPersona = (persona: Persona): persona is Staff => persona in STAFF;

let made = 0;
const unique = (): number => {
  made += 1;
  return made;
};

/** Two courts with their people, three people of the public, and the owner's filings in several states. */
export async function makeWorld(app: TestApp) {
  // Nothing may change between two looks by itself: WeChat Pay's own notices wait, and tests bring those they mean.
  app.sandbox.wechatPay.behave({ hold: true });
  await seedCourtsAndRules(app);
  const staff = {} as Record<Staff, StaffPerson>;
  for (const [persona, [role, courtCode]] of Object.entries(STAFF) as [Staff, readonly [Role, string]][]) {
    staff[persona] = await staffMember(app, { username: `${persona}-edges`, role, courtCode });
  }
  const draft = await readyDraft(app, "沈青");
  const [signature] = (await draft.owner.ask("GET", draft.path)).json.materials;
  const waiting = await submitted(app, "沈青", { defendant: "何远" });
  const strangers = await submitted(app, "顾言", { defendant: "魏来", courtCode: FAR_COURT });
  const lawyer = await newLawyer(app, "陆鸣律师");
  const lawyers = await submitted(app, "陆鸣律师", { defendant: "程新" });
  const people: Record<Exclude<Persona, "anonymous">, Person> = {
    owner: draft.owner,
    stranger: strangers.owner,
    lawyer,
    ...staff,
  };

  const accepted = await decided(app, staff.clerk, "白川", (fence) => accepting(fence));
  const correction = await decided(app, staff.clerk, "白川", (fence) => ({
    action: "return",
    fence,
    defects: [{ code: "facts_unclear", pointer: "/facts", note: "请写明借款在哪里交付" }],
    dueDays: 7,
  }));
  const [message] = (await people.owner.ask("GET", "/messages")).json.items;
  const [queue] = (await staff.clerk.ask("GET", "/intake/queues")).json.items;
  const items = (await staff.clerk.ask("GET", "/intake/items?limit=100")).json.items as {
    id: string;
    filingId: string;
  }[];
  const item = items.find(({ filingId }) => filingId === waiting.id);
  const [filedMaterial] = (await people.owner.ask("GET", waiting.path)).json.materials;
  const [courtCase] = (await people.owner.ask("GET", "/cases")).json.items;

  return {
    app,
    people,
    staff,
    draft,
    waiting,
    accepted,
    correction,
    lawyers,
    strangers,
    caseId: courtCase.id as string,
    caseNumber: courtCase.number as string,
    messageId: message.id as string,
    queueId: queue.id as string,
    itemId: item?.id as string,
    draftMaterialId: signature.id as string,
    filedMaterialId: filedMaterial.id as string,
    /** Makes a filing of the owner's, handed in, its item waiting in the court's queue; gives the item's id. */
    async newItem(): Promise<{ itemId: string; filing: Filed }> {
      const filing = await submitted(app, "沈青", { defendant: `被告${unique()}` });
      // That was one more sign-in, and an account's oldest session makes room: go on with the newest.
      people.owner = filing.owner;
      const found = (await staff.supervisor.ask("GET", "/intake/items?limit=100")).json.items as {
        id: string;
        filingId: string;
      }[];
      return { filing, itemId: found.find(({ filingId }) => filingId === filing.id)?.id as string };
    },
    newDraft: (): Promise<string> => newDraft(people.owner),
    newMaterial: (filingId: string): Promise<string> => announce(people.owner, filingId),
    /** A picture that was looked through. */
    newPicture: async (filingId: string, text: string): Promise<string> => {
      const id = await upload(app, people.owner, filingId, "evidence", await picture(`${text}${unique()}`));
      await app.settle();
      return id;
    },
    /** What our own code failed at; a service that is switched off is no failure. */
    bugs: () => app.unexpected.filter((error) => !(error instanceof Problem && error.status === 503)),
  };

  /** A filing of the owner's with a decision on it. */
  async function decided(
    testApp: TestApp,
    by: StaffPerson,
    defendant: string,
    decision: (fence: number) => object,
  ): Promise<Filed> {
    const filing = await submitted(testApp, "沈青", { defendant: `${defendant}${unique()}` });
    const { item: path, fence } = await claimed(by, filing);
    const answer = await by.ask("POST", `${path}/moves`, decision(fence), key());
    if (answer.status !== 200) throw new Error(`not decided: ${answer.text}`);
    await testApp.settle();
    return filing;
  }
}
export type World = Awaited<ReturnType<typeof makeWorld>>;

export async function newDraft(who: Person): Promise<string> {
  const opened = await who.ask("POST", "/filings", { courtCode: COURT, causeCode: PRIVATE_LOAN });
  if (opened.status !== 201) throw new Error(`no draft: ${opened.text}`);
  return opened.json.id;
}

export const announcement = () => ({
  name: "转账凭证.jpg",
  kind: "evidence",
  bytes: 1000,
  sha256: createHash("sha256").update(randomUUID()).digest("hex"),
  contentType: "image/jpeg",
});

/** A material that is announced and not yet uploaded. */
export async function announce(who: Person, filingId: string): Promise<string> {
  const answer = await who.ask("POST", `/filings/${filingId}/materials`, announcement());
  if (answer.status !== 201) throw new Error(`not announced: ${answer.text}`);
  return answer.json.material.id;
}

export const practice = () => ({
  licenseNumber: `137012020101${String(10_000 + unique())}`,
  firm: "山东明德律师事务所",
});

async function newLawyer(app: TestApp, name: string): Promise<Person> {
  const one = await person(app, name, { verified: true });
  const answer = await one.ask("PUT", "/me/practice", practice());
  if (answer.json?.role !== "lawyer") throw new Error(`${name} is no lawyer: ${answer.text}`);
  return one;
}

/** Somebody else of the same kind, for what a persona does to themselves. */
export async function alike(app: TestApp, persona: Exclude<Persona, "anonymous">, verified = true): Promise<Person> {
  if (isStaffPersona(persona)) {
    const [role, courtCode] = STAFF[persona];
    return staffMember(app, { username: `${persona}-${unique()}`, role, courtCode });
  }
  return persona === "lawyer" ? newLawyer(app, `律师${unique()}`) : person(app, `某某${unique()}`, { verified });
}

/** Somebody whose real-name check failed and who asked the court to look; gives the review's id. */
export async function newReview(world: World): Promise<string> {
  const name = `不符${unique()}`;
  const one = await person(world.app, name);
  await one.ask("PUT", "/me/identity", {
    name,
    idType: "resident_id",
    idNumber: idNumberOf(name),
    phone: "13800138000",
  });
  const asked = await one.ask("POST", "/me/identity/review", { courtCode: COURT, note: "请核对证件原件" });
  if (asked.status !== 200) throw new Error(`no review: ${asked.text}`);
  const listed = (await world.staff.clerk.ask("GET", "/identity-reviews?state=open&limit=100")).json.items;
  return listed.find(({ accountId }: { accountId: string }) => accountId === one.accountId).id;
}
