import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { ARTICLES } from "#test/declaration.ts";
import { accepting, claimed, clerk, key, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { pdfText } from "#test/pdf-text.ts";
import { type Person, person, type StaffPerson } from "#test/people.ts";
import { checkCertificate, readPublicKey } from "./seal.ts";

/** 民诉法§11: who does not read Chinese is served with the text they read beside it. */
describe("the translation of what is served", () => {
  let app: TestApp;
  let staff: StaffPerson;
  let defendant: Person;
  let caseId: string;
  beforeAll(async () => {
    app = await startApp("translations");
    await seedCourtsAndRules(app);
    staff = await clerk(app);
    const filing = await submitted(app, "钟译", { defendant: "阿依古丽" });
    const { item, fence } = await claimed(staff, filing);
    expect((await staff.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    const accepted = (await filing.owner.ask("GET", filing.path)).json;
    caseId = accepted.caseId;
    const { code: accessCode } = (await staff.ask("POST", `/cases/${caseId}/access-codes`, { partyKey: "d1" })).json;
    defendant = await person(app, "阿依古丽", { verified: true });
    const joining = { number: accepted.caseNumber, accessCode };
    expect((await defendant.ask("POST", "/cases/join", joining)).status).toBe(200);
  });
  afterAll(() => app.stop());

  const bytesOf = async (who: Person | StaffPerson, path: string): Promise<Buffer> => {
    const answer = await fetch(`${app.origin}/api/v1${path}`, { headers: { authorization: `Bearer ${who.token}` } });
    expect(answer.status, path).toBe(200);
    return Buffer.from(await answer.arrayBuffer());
  };
  const seen = async (who: Person | StaffPerson, id: string) => (await who.ask("GET", `/services/${id}`)).json;
  const uyghur = { part: 1, language: "ug", title: ARTICLES.ug.title, text: ARTICLES.ug.text, source: "machine" };
  const attach = (who: Person | StaffPerson, id: string, change: object = {}) =>
    who.ask("PUT", `/services/${id}/translations`, { ...uyghur, ...change });

  it("is sent with the paper, read beside it, marked where a machine made it, and named by the certificate", async () => {
    const order = { documentKind: "notice", title: "通知书", text: ARTICLES["zh-CN"].text, recipients: ["d1"] };
    const made = await staff.ask("POST", `/cases/${caseId}/services`, order, key());
    const [{ id }] = made.json.items;
    expect((await seen(staff, id)).documents[0]).toMatchObject({ moves: [{ action: "translate" }], translations: [] });
    expect((await attach(defendant, id)).status).toBe(403);
    expect((await attach(staff, id, { language: "kk" })).status).toBe(422);
    expect((await attach(staff, id, { part: 2 })).json.code).toBe("service.untranslatable");
    expect((await attach(staff, id, { text: `${ARTICLES.ug.text} ꦲ` })).json.code).toBe("document.unprintable");
    const added = await attach(staff, id);
    expect(added.status, added.text).toBe(200);
    // By a person, and once more: the later one takes the place of the one before.
    expect((await attach(staff, id, { language: "mn", title: ARTICLES.mn.title, text: ARTICLES.mn.text })).status).toBe(
      200,
    );
    const mongolian = { language: "mn", title: ARTICLES.mn.title, text: ARTICLES.mn.text };
    expect((await attach(staff, id, { ...mongolian, source: "human", translator: "乌兰" })).status).toBe(200);

    expect((await staff.ask("POST", `/services/${id}/moves`, { action: "send", channel: "inapp" }, key())).status).toBe(
      200,
    );
    await app.settle();
    const [document] = (await seen(defendant, id)).documents;
    expect(document).toMatchObject({
      moves: [],
      translations: [
        { language: { code: "mn", label: "蒙古语" }, machine: false, translator: "乌兰" },
        {
          language: { code: "ug", label: "维吾尔语" },
          machine: true,
          title: expect.stringContaining("机器翻译，仅供参考"),
        },
      ],
    });
    const [, machine] = document.translations;
    const pdf = await bytesOf(defendant, machine.path);
    expect(createHash("sha256").update(pdf).digest("hex")).toBe(machine.sha256);
    for (const page of await pdfText(pdf)) expect(page).toContain("机器翻译，仅供参考，以汉文为准");
    await app.settle();
    // Who has read it beside the translation has read it.
    const { attempts, state, certificate } = await seen(defendant, id);
    expect(attempts[0].readAt).not.toBeNull();
    expect(state.code).toBe("effective");
    const sealed = await bytesOf(defendant, certificate);
    const publicKey = readPublicKey((await defendant.ask("GET", "/service-certificates/key")).json.publicKey);
    const checked = checkCertificate(sealed, publicKey);
    expect(JSON.stringify(checked)).toContain(machine.sha256);
    expect(JSON.stringify(checked)).toContain("通知书（维吾尔语译文；机器翻译，仅供参考，以汉文为准）");
    // What the certificate names stays as it is.
    expect((await attach(staff, id)).json.code).toBe("service.untranslatable");
    expect((await seen(staff, id)).documents[0].moves).toEqual([]);
    expect(app.unexpected).toEqual([]);
  });
});
