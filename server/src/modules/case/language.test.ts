import { afterAll, beforeAll, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import {
  accepting,
  COURT,
  claimed,
  clerk,
  type Filed,
  key,
  privateLoan,
  seedCourtsAndRules,
  submitted,
} from "#test/filings.ts";
import { type Person, person, type StaffPerson, staffMember } from "#test/people.ts";

let app: TestApp;
let staff: StaffPerson;
let judge: StaffPerson;
beforeAll(async () => {
  app = await startApp("languages");
  await seedCourtsAndRules(app);
  staff = await clerk(app);
  judge = await staffMember(app, { username: "judge-languages", role: "judge", courtCode: COURT });
});
afterAll(() => app.stop());

async function opened(
  name: string,
  options: Parameters<typeof submitted>[2] = {},
): Promise<Filed & { caseId: string }> {
  const filing = await submitted(app, name, options);
  const { item, fence } = await claimed(staff, filing);
  const answer = await staff.ask("POST", `${item}/moves`, accepting(fence), key());
  expect(answer.status, answer.text).toBe(200);
  await app.settle();
  return { ...filing, caseId: (await filing.owner.ask("GET", filing.path)).json.caseId };
}
const languages = async (who: Person | StaffPerson, caseId: string) =>
  (await who.ask("GET", `/cases/${caseId}/languages`)).json;
const choose = (who: Person | StaffPerson, caseId: string, partyKey: string, language: string, interpreter = false) =>
  who.ask("PUT", `/cases/${caseId}/languages`, { partyKey, language, interpreter });
const told = async (name: string, caseId: string): Promise<number> => {
  const [row] = await app.database.read<{ n: number }>(
    "SELECT COUNT(*) AS n FROM outbox WHERE name = ? AND payload LIKE ?",
    [name, `%"caseId":"${caseId}"%`],
  );
  return Number(row?.n);
};

it("what the one who filed said about language goes into the case; the court reads it before and after", async () => {
  const { service } = privateLoan("艾力", "李强");
  const one = await opened("艾力", { change: { service: { ...service, language: "ug", interpreter: true } } });
  expect((await one.owner.ask("GET", one.path)).json.content.service).toMatchObject({
    language: "ug",
    interpreter: true,
  });
  const seen = await languages(judge, one.caseId);
  expect(seen.items).toMatchObject([
    { party: { key: "p1", name: "艾力" }, language: { code: "ug", label: "维吾尔语" }, interpreter: true },
    { party: { key: "d1", name: "李强" }, language: null, interpreter: false, chosenAt: null },
  ]);
  expect(seen.note).toContain("不收费");
  expect(await told("case.interpreter_asked", one.caseId)).toBe(1);
  const { items: lines } = (await judge.ask("GET", `/cases/${one.caseId}/timeline`)).json;
  expect(lines).toContainEqual(
    expect.objectContaining({ title: "当事人需要翻译", detail: "维吾尔语；由法院提供，不收费" }),
  );
});

it("a filing that says nothing leaves nothing behind", async () => {
  const one = await opened("赵敏");
  expect((await languages(one.owner, one.caseId)).items).toMatchObject([{ party: { key: "p1" }, language: null }]);
  expect(await told("case.language_chosen", one.caseId)).toBe(0);
});

it("a party chooses for itself alone and sees nobody else's; the court for all; the same again tells nobody", async () => {
  const one = await opened("巴特尔", { defendant: "郑海" });
  const { owner, caseId } = one;
  const chosen = await choose(owner, caseId, "p1", "mn", true);
  expect(chosen.status, chosen.text).toBe(200);
  expect(chosen.json.items).toMatchObject([{ party: { key: "p1" }, language: { code: "mn" }, interpreter: true }]);
  expect(chosen.json.items).toHaveLength(1);
  expect((await choose(owner, caseId, "p1", "mn", true)).status).toBe(200);
  expect(await told("case.interpreter_asked", caseId)).toBe(1);
  expect((await choose(owner, caseId, "d1", "bo")).json.code).toBe("case.not_yours_to_decide");
  expect((await choose(owner, caseId, "d9", "bo")).json.code).toBe("case.no_party");
  expect((await choose(owner, caseId, "p1", "en")).status).toBe(422);
  expect((await choose(judge, caseId, "d1", "bo")).status).toBe(200);
  const stranger = await person(app, "周生", { verified: true });
  expect((await choose(stranger, caseId, "p1", "zh-CN")).status).toBe(404);
  expect((await languages(owner, caseId)).items.map(({ party }: { party: { key: string } }) => party.key)).toEqual([
    "p1",
  ]);
  expect(
    (await languages(judge, caseId)).items.map(({ language }: { language: { code: string } }) => language.code),
  ).toEqual(["mn", "bo"]);
  // Back to Chinese: no interpreter, and the court is not asked again.
  expect((await choose(owner, caseId, "p1", "zh-CN")).json.items[0]).toMatchObject({
    language: { code: "zh-CN" },
    interpreter: false,
  });
  expect(await told("case.interpreter_asked", caseId)).toBe(1);
});

it("waits in the court's list until somebody says that an interpreter was found; the bench and the party hear of it", async () => {
  const one = await opened("乌云", {
    change: { service: { ...privateLoan("乌云", "李强").service, language: "mn", interpreter: true } },
  });
  const { caseId, owner } = one;
  const scribe = await staffMember(app, { username: "scribe-languages", role: "court_clerk", courtCode: COURT });
  const assigned = { action: "assign", judgeId: judge.accountId, clerkId: scribe.accountId };
  const needs = async (who: StaffPerson, query = "") =>
    ((await who.ask("GET", `/interpreter-needs${query}`)).json.items as { case: { id: string } }[]).filter(
      (need) => need.case.id === caseId,
    );
  expect(await needs(staff)).toMatchObject([
    { party: { key: "p1", sideLabel: "原告", name: "乌云" }, language: { code: "mn", label: "蒙古语" } },
  ]);
  expect(await needs(scribe, "?mine=true")).toEqual([]);
  expect((await staff.ask("POST", `/cases/${caseId}/moves`, assigned, key())).status).toBe(200);
  expect(await needs(scribe, "?mine=true")).toHaveLength(1);
  const far = await staffMember(app, { username: "far-languages", role: "judge", courtCode: "鲁0103" });
  expect(await needs(far)).toEqual([]);

  const arrange = (who: Person | StaffPerson) =>
    who.ask("POST", `/cases/${caseId}/languages/moves`, { action: "arrange", partyKey: "p1" });
  expect((await languages(owner, caseId)).items[0].moves).toEqual([]);
  expect((await arrange(owner)).status).toBe(403);
  const [row] = (await languages(scribe, caseId)).items;
  expect(row).toMatchObject({ arrangedAt: null, moves: [{ action: "arrange" }] });
  const done = await arrange(scribe);
  expect(done.status, done.text).toBe(200);
  expect(done.json.items[0]).toMatchObject({ moves: [], arrangedAt: expect.any(String) });
  expect((await arrange(scribe)).json.code).toBe("case.no_interpreter_waited_for");
  expect(await needs(staff)).toEqual([]);
  await app.settle();
  const messages = (await owner.ask("GET", "/messages?limit=50")).json.items as { title: string; body: string }[];
  expect(messages.find(({ title }) => title === "法院已为您安排翻译")?.body).toContain("蒙古语翻译，不收费用");

  // Another language is another interpreter.
  expect((await choose(owner, caseId, "p1", "bo", true)).status).toBe(200);
  expect(await needs(staff)).toMatchObject([{ language: { code: "bo" } }]);
  await app.settle();
  const told = (await scribe.ask("GET", "/messages?limit=50")).json.items as { title: string; body: string }[];
  expect(told.find(({ title }) => title === "有当事人需要翻译")?.body).toContain("原告通用藏语");
});

it("the language of the screens stays with the account", async () => {
  const one = await person(app, "次仁");
  expect((await one.ask("GET", "/me")).json.language).toBe("zh-CN");
  expect((await one.ask("PUT", "/me/language", { language: "bo" })).json.language).toBe("bo");
  expect((await one.ask("GET", "/me")).json.language).toBe("bo");
  expect((await one.ask("PUT", "/me/language", { language: "ko" })).status).toBe(422);
});
