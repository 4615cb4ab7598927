import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { COURT, clerk, key, picture, runningCase, seedCourtsAndRules } from "#test/filings.ts";
import { pdfText } from "#test/pdf-text.ts";
import { type Person, type StaffPerson, staffMember } from "#test/people.ts";

interface Item {
  readonly id: string;
  readonly title: string;
  readonly section?: string;
}

/** 民诉法§128: the court sends the answer's copy to the plaintiff; evidence and transcripts go the same way. */
describe("papers of the case are served as they lie in the dossier", () => {
  let app: TestApp;
  let staff: StaffPerson;
  let judge: StaffPerson;
  let plaintiff: Person;
  let defendant: Person;
  let caseId: string;
  beforeAll(async () => {
    app = await startApp("serve-papers");
    await seedCourtsAndRules(app);
    staff = await clerk(app);
    judge = await staffMember(app, { username: "judge-serve", role: "judge", courtCode: COURT });
    ({ caseId, plaintiff, defendant } = await runningCase(app, staff, "送副原", "送副被"));

    const { id } = (await defendant.ask("POST", `/cases/${caseId}/submissions`, { kind: "answer" })).json;
    const bytes = await picture("answer signature");
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const order = { name: "签名.jpg", kind: "signature", bytes: bytes.length, sha256, contentType: "image/jpeg" };
    const { material, upload } = (await defendant.ask("POST", `/submissions/${id}/materials`, order)).json;
    await fetch(new URL(upload.url, app.origin), {
      method: "PUT",
      headers: upload.headers,
      body: new Uint8Array(bytes),
    });
    await defendant.ask("POST", `/materials/${material.id}/complete`);
    await app.settle();
    const { version } = (await defendant.ask("GET", `/submissions/${id}`)).json;
    const content = {
      items: [{ key: "facts", objection: "yes", reason: "已经归还三万元" }],
      statement: "请求驳回超出的部分。",
      signature: { materialId: material.id, signedOn: "2026-11-22" },
    };
    const saved = await defendant.ask(
      "PUT",
      `/submissions/${id}`,
      { kind: "answer", content },
      { "if-match": `"${version}"` },
    );
    expect(saved.status, saved.text).toBe(200);
    const handed = await defendant.ask("POST", `/submissions/${id}/moves`, { action: "submit" }, key());
    expect(handed.status, handed.text).toBe(200);
    await app.settle();
  });
  afterAll(() => app.stop());

  const items = async (who: Person): Promise<Item[]> =>
    (await who.ask("GET", `/cases/${caseId}/dossier`)).json.sections.flatMap(
      ({ code, items: inside }: { code: string; items: Item[] }) => inside.map((one) => ({ ...one, section: code })),
    );
  const serve = (dossierItemId: string, recipients: string[], more: object = {}) =>
    staff.ask(
      "POST",
      `/cases/${caseId}/services`,
      { documentKind: "answer_copy", title: "答辩状副本", dossierItemId, recipients, ...more },
      key(),
    );

  /** What stands on the pages the plaintiff was served with. */
  async function textOf(serviceId: string): Promise<string> {
    const served = await fetch(`${app.origin}/api/v1/services/${serviceId}/document.pdf`, {
      headers: { authorization: `Bearer ${plaintiff.token}` },
    });
    expect(served.status).toBe(200);
    return (await pdfText(Buffer.from(await served.arrayBuffer()))).join("");
  }

  it("brings the answer's copy to the plaintiff, the very pages of the dossier; once, without a second item there", async () => {
    const answer = (await items(judge)).find(({ title }) => title.startsWith("答辩状"));
    expect(answer).toBeDefined();
    const before = await items(judge);
    const laid = await serve(answer?.id as string, ["p1"], { channel: "inapp" });
    expect(laid.status, laid.text).toBe(201);
    await app.settle();
    const [{ id }] = laid.json.items;
    expect(await textOf(id)).toContain("已经归还三万元");
    expect((await defendant.ask("GET", `/services/${id}/document.pdf`)).status).toBe(404);
    // What is in the dossier already goes in no second time; the certificate does.
    const added = (await items(judge)).filter(({ id: one }) => !before.some((known) => known.id === one));
    expect(added.map(({ title }) => title.slice(0, 4))).toEqual(["送达回证"]);
  });

  it("is drawn when it is sent, where it was laid down first", async () => {
    const answer = (await items(judge)).find(({ title }) => title.startsWith("答辩状"));
    const laid = await serve(answer?.id as string, ["p1"]);
    const { id } = laid.json.items[0];
    expect((await staff.ask("GET", `/services/${id}`)).json.state.code).toBe("pending");
    const sent = await staff.ask("POST", `/services/${id}/moves`, { action: "send", channel: "inapp" }, key());
    expect(sent.status, sent.text).toBe(200);
    expect((await plaintiff.ask("GET", `/services/${id}/document.pdf`)).status).toBe(200);
  });

  it("refuses what the other side may not have, what is of another case, the 副卷 and two documents at once", async () => {
    const identity = (await items(judge)).find(({ section }) => section === "identity");
    expect(identity).toBeDefined();
    const refused = await serve(identity?.id as string, ["d1"]);
    expect([refused.status, refused.json.errors?.[0].code]).toEqual([422, "not_open"]);
    // Their own they may have back.
    expect((await serve(identity?.id as string, ["p1"])).status).toBe(201);
    const inner = await judge.ask("POST", `/cases/${caseId}/inner-dossier`, {
      section: "deliberation",
      title: "合议笔录",
      text: "合议庭成员的意见。",
      formedOn: "2026-11-20",
    });
    expect(inner.status, inner.text).toBe(201);
    // Ids of the 副卷 are of another table: whatever item of the 正卷 bears that number, it is never the text of the 副卷.
    const tried = await serve(inner.json.id, ["p1"], { channel: "inapp" });
    if (tried.status === 201) expect(await textOf(tried.json.items[0].id)).not.toContain("合议");
    expect((await serve("999999", ["p1"])).json.errors[0].code).toBe("unknown");
    const [any] = await items(judge);
    expect((await serve(any?.id as string, ["p1"], { text: "另有正文" })).json.code).toBe("service.no_document");
    const far = await clerk(app, "clerk-far-serve", "鲁0103");
    const theirs = { documentKind: "other", title: "材料", dossierItemId: any?.id, recipients: ["p1"] };
    expect((await far.ask("POST", `/cases/${caseId}/services`, theirs, key())).status).toBe(404);
  });

  it("fails nowhere by itself", () => expect(app.unexpected).toEqual([]));
});
