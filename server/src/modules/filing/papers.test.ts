import { PDFDocument } from "pdf-lib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { docxText } from "#test/docx-text.ts";
import {
  accepting,
  claimed,
  clerk,
  type Filed,
  key,
  picture,
  readyDraft,
  seedCourtsAndRules,
  submitted,
  upload,
} from "#test/filings.ts";
import { pdfText } from "#test/pdf-text.ts";
import { idNumberOf, type Person, person, type StaffPerson } from "#test/people.ts";

describe("papers of a filing", () => {
  let app: TestApp;
  let wang: StaffPerson;
  let filing: Filed;
  beforeAll(async () => {
    app = await startApp("papers");
    await seedCourtsAndRules(app);
    wang = await clerk(app);
    filing = await submitted(app, "王芳");
  });
  afterAll(() => app.stop());

  async function fetched(who: Person | StaffPerson, path: string) {
    const response = await fetch(`${app.origin}/api/v1${path}`, { headers: { authorization: `Bearer ${who.token}` } });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, bytes };
  }
  const read = async (who: Person | StaffPerson, path: string): Promise<string[]> => {
    const { status, bytes } = await fetched(who, path);
    expect(status, bytes.toString("utf8").slice(0, 300)).toBe(200);
    return pdfText(bytes);
  };

  it("the pleading says what was filled in, under its Chinese name, and is not kept by anybody on the way", async () => {
    const { status, headers, bytes } = await fetched(filing.owner, `${filing.path}/complaint.pdf`);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/pdf");
    expect(headers.get("cache-control")).toBe("no-store");
    const disposition = headers.get("content-disposition") ?? "";
    expect(disposition).toMatch(/^inline; filename="paper\.pdf"; filename\*=UTF-8''%E8%B5%B7%E8%AF%89%E7%8A%B6/);
    expect(decodeURIComponent(disposition.split("''")[1] ?? "")).toBe("起诉状 王芳 诉 李强 民间借贷纠纷.pdf");
    const text = (await pdfText(bytes)).join("");
    for (const said of [
      "民事起诉状（民间借贷纠纷）",
      "姓名：王芳",
      `证件号码：${idNumberOf("王芳")}`,
      "1.请求判令被告归还借款本金50000元（金额：50,000.00元（人民币伍万元整））",
      "标的总额50,000.00元",
      "到期后经多次催要，被告至今未还。",
      "收件编号收鲁0102-",
    ])
      expect(text).toContain(said);
  });

  it("a clerk's copy is masked, and that it was taken is written down", async () => {
    const text = (await read(wang, `${filing.path}/complaint.pdf`)).join("");
    expect(text).toContain("姓名：王芳");
    expect(text).not.toContain(idNumberOf("王芳"));
    expect(text).toContain("审查用，个人信息已部分遮盖");
    const [told] = await app.database.read<{ told: string }>(
      "SELECT COUNT(*) AS told FROM outbox WHERE name = 'filing.printed' AND about = ?",
      [`filing:${filing.id}`],
    );
    expect(Number(told?.told)).toBe(1);
  });

  it("the receipt names the moment and every file with its hash; a draft has none", async () => {
    const text = (await read(filing.owner, `${filing.path}/receipt.pdf`)).join("");
    const { materials, receiptNumber } = (await filing.owner.ask("GET", filing.path)).json;
    expect(text).toContain(receiptNumber);
    expect(materials.length).toBe(3);
    for (const { sha256 } of materials) expect(text).toContain(sha256);
    expect(text).toMatch(/收到时间20\d\d年\d+月\d+日\d\d:\d\d:\d\d/);
    const draft = await readyDraft(app, "张草稿");
    const refused = await draft.owner.ask("GET", `${draft.path}/receipt.pdf`);
    expect([refused.status, refused.json.code]).toEqual([409, "filing.no_receipt"]);
  });

  it("the bundle holds the pleading and every page of every material, numbered as the catalogue says", async () => {
    const draft = await readyDraft(app, "赵合订");
    const turned = await PDFDocument.create();
    for (const angle of [0, 90, 180, 270]) {
      const page = turned.addPage([500, 700]);
      page.drawText(`leaf ${angle}`, { x: 50, y: 350 });
      page.setRotation({ type: "degrees", angle } as never);
    }
    const pdf = Buffer.from(await turned.save());
    await upload(app, draft.owner, draft.id, "evidence", pdf, "四页.pdf", "application/pdf");
    await upload(app, draft.owner, draft.id, "evidence", await picture("another"), "转账截图.jpg");
    await app.settle();
    const { bytes } = await fetched(draft.owner, `${draft.path}/bundle.pdf`);
    const [catalogue = "", ...pages] = await pdfText(bytes);
    const pleading = (await read(draft.owner, `${draft.path}/complaint.pdf`)).length;
    expect(catalogue).toContain("材料目录");
    expect(catalogue).toContain(`1民事起诉状起诉状1–${pleading}`);
    expect(catalogue).toContain(`四页.pdf证据${pleading + 3}–${pleading + 6}`);
    expect(catalogue).toContain(`转账截图.jpg证据${pleading + 7}`);
    expect(catalogue).toContain(`共5份，${pages.length}页`);
    expect(pages.length).toBe(pleading + 7);
    pages.forEach((page, at) => {
      expect(page).toContain(`草稿，尚未提交第${at + 1}页共${pages.length}页`);
    });
    expect(pages.slice(pleading + 2, pleading + 6).map((page) => /leaf\d+/.exec(page)?.[0])).toEqual([
      "leaf0",
      "leaf90",
      "leaf180",
      "leaf270",
    ]);
  });

  it("what cannot be bound has a page that says so", async () => {
    const draft = await readyDraft(app, "钱录音");
    const { owner, id, path } = draft;
    const listed = (await owner.ask("GET", path)).json.materials;
    expect(listed.length).toBe(3);
    const evidence = listed.find(({ kind }: { kind: string }) => kind === "evidence");
    // The way a recording stands in the table; the examination of recordings has its own tests.
    await app.transact({ accountId: "0", role: "system", courtCode: null, sessionId: null }, (work) =>
      work.change("UPDATE material SET detected_type = 'm4a' WHERE id = ? AND owner_id = ?", [evidence.id, id]),
    );
    const text = (await read(owner, `${path}/bundle.pdf`)).join("");
    expect(text).toContain("材料说明页");
    expect(text).toContain("这是录音、录像，不能印在纸上");
    expect(text).toContain(evidence.sha256);
  });

  it("decisions are printed as they were sent; those of other filings are not there", async () => {
    const accepted = await submitted(app, "孙受理");
    const { item, fence } = await claimed(wang, accepted);
    expect((await wang.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    const { documents, caseNumber } = (await accepted.owner.ask("GET", accepted.path)).json;
    const [document] = documents;
    const text = (await read(accepted.owner, `${accepted.path}/documents/${document.id}.pdf`)).join("");
    expect(text).toContain("受理案件通知书");
    expect(text).toContain(caseNumber);
    expect(text).toContain("孙受理：");
    const foreign = await filing.owner.ask("GET", `${filing.path}/documents/${document.id}.pdf`);
    expect([foreign.status, foreign.json.code]).toEqual([404, "filing.not_found"]);
  });

  it("a name that cannot be drawn is refused, and said", async () => {
    const owner = await person(app, "周生僻", { verified: true });
    const { id } = (await owner.ask("POST", "/filings", { courtCode: "鲁0102" })).json;
    const edits = [{ path: "/facts", value: "对方自称王𪛐。", baseVersion: 0 }];
    expect((await owner.ask("POST", `/filings/${id}/edits`, { edits })).status).toBe(200);
    const { status, json } = await owner.ask("GET", `/filings/${id}/complaint.pdf`);
    expect([status, json.code, json.characters]).toEqual([422, "document.unprintable", ["𪛐"]]);
    expect(json.detail).toContain("𪛐");
    expect(app.unexpected).toEqual([]);
  });

  it("the DOCX holds the same words", async () => {
    const { status, headers, bytes } = await fetched(filing.owner, `${filing.path}/complaint.docx`);
    expect(status).toBe(200);
    expect(headers.get("content-disposition")).toMatch(/^attachment; .*\.docx$/);
    const text = docxText(bytes);
    for (const said of ["民事起诉状", "姓名：王芳", "请求判令被告归还借款本金50000元", "到期后经多次催要"])
      expect(text).toContain(said);
  });
});
