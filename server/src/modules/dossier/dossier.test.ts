import { createHash } from "node:crypto";
import { PDFDocument } from "pdf-lib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forgetDirectory } from "#modules/court/index.ts";
import { renderPdf } from "#modules/document/index.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { COURT, clerk, key, type RunningCase, runningCase, seedCourtsAndRules } from "#test/filings.ts";
import { pdfText, plain } from "#test/pdf-text.ts";
import { idNumberOf, type Person, person, type StaffPerson, staffMember } from "#test/people.ts";
import { readNextText } from "./text.ts";

interface Item {
  readonly id: string;
  readonly title: string;
  readonly section: string;
  readonly pages: number | null;
  readonly moves: readonly { action: string }[];
  readonly isNew: boolean;
  readonly readAt: string | null;
}

describe("the dossier of a case", () => {
  let app: TestApp;
  let staff: StaffPerson;
  let judge: StaffPerson;
  let farJudge: StaffPerson;
  beforeAll(async () => {
    app = await startApp("dossier");
    await seedCourtsAndRules(app);
    staff = await clerk(app);
    judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT });
    farJudge = await staffMember(app, { username: "judge2", role: "judge", courtCode: "鲁0103" });
  });
  afterAll(() => app.stop());

  const running = (name: string, other: string) => runningCase(app, staff, name, other);
  const dossierOf = async (who: Person, { caseId }: RunningCase) => {
    const answer = await who.ask("GET", `/cases/${caseId}/dossier`);
    expect(answer.status, answer.text).toBe(200);
    return answer.json as {
      sections: { code: string; label: string; items: Item[] }[];
      moves: { action: string }[];
      newItems: number;
      pages: number;
      request: { id: string; state: { code: string } } | null;
    };
  };
  const itemsOf = async (who: Person, one: RunningCase): Promise<Item[]> =>
    (await dossierOf(who, one)).sections.flatMap(({ items }) => items);
  const titles = async (who: Person, one: RunningCase) => (await itemsOf(who, one)).map(({ title }) => title);
  const pdfOf = async (who: Person, path: string): Promise<Buffer> => {
    const answer = await fetch(`${app.origin}/api/v1${path}`, { headers: { authorization: `Bearer ${who.token}` } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.status, bytes.toString("utf8").slice(0, 300)).toBe(200);
    return bytes;
  };
  async function attach(who: Person, id: string, kind: string, bytes: Buffer, name: string, contentType: string) {
    const order = {
      name,
      kind,
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      contentType,
    };
    const announced = await who.ask("POST", `/submissions/${id}/materials`, order);
    expect(announced.status, announced.text).toBe(201);
    const { material, upload } = announced.json;
    const put = await fetch(new URL(upload.url, app.origin), {
      method: "PUT",
      headers: upload.headers,
      body: new Uint8Array(bytes),
    });
    expect(put.ok).toBe(true);
    expect((await who.ask("POST", `/materials/${material.id}/complete`)).status).toBe(200);
    await app.settle();
    return material.id as string;
  }
  const evidencePdf = (words: string) =>
    renderPdf("court-paper", { courtName: "某银行", title: "转账记录", number: null, text: words });
  async function evidence(who: Person, { caseId }: RunningCase, words: string, name: string): Promise<string> {
    const { id } = (await who.ask("POST", `/cases/${caseId}/submissions`, { kind: "evidence" })).json;
    await attach(who, id, "evidence", await evidencePdf(words), name, "application/pdf");
    const sent = await who.ask("POST", `/submissions/${id}/moves`, { action: "submit" }, key());
    expect(sent.status, sent.text).toBe(200);
    await app.settle();
    return id;
  }
  const needApproval = async (wanted: boolean) => {
    await app.database.read(
      "REPLACE INTO court_parameter (court_code, name, value, valid_from, changed_by, changed_at) VALUES (?, 'dossier_needs_approval', ?, '2020-01-01', 1, UTC_TIMESTAMP(3))",
      [COURT, wanted ? "1" : "0"],
    );
    forgetDirectory();
  };
  const readTexts = async ({ caseId }: RunningCase) => {
    await app.database.read("DELETE FROM dossier_text WHERE case_id <> ?", [caseId]);
    while (await readNextText(app));
  };

  it("is there when the case opens, in the court's order; papers that show who somebody is stay with their side", async () => {
    const one = await running("王芳", "李强");
    const { sections, pages } = await dossierOf(one.plaintiff, one);
    expect(sections.map(({ code }) => code).slice(0, 3)).toEqual(["complaint", "filing", "fee"]);
    expect(sections.map(({ code }) => code)).toContain("identity");
    expect(pages).toBeGreaterThan(5);
    const own = await titles(one.plaintiff, one);
    expect(own).toEqual(
      expect.arrayContaining(["起诉状", "收件凭证", "受理案件通知书", "交费通知书", "identity.jpg", "evidence.jpg"]),
    );
    expect(own).not.toContain("signature.jpg");
    const theirs = await titles(one.defendant, one);
    expect(theirs).toEqual(expect.arrayContaining(["起诉状", "evidence.jpg"]));
    expect(theirs).not.toContain("identity.jpg");
    expect(theirs).not.toContain("交费通知书");
    expect(await titles(judge, one)).toEqual(expect.arrayContaining(own));
    const identity = (await itemsOf(one.plaintiff, one)).find(({ title }) => title === "identity.jpg") as Item;
    expect((await one.defendant.ask("GET", `/dossier-items/${identity.id}/content`)).status).toBe(404);
    expect((await farJudge.ask("GET", `/dossier-items/${identity.id}/content`)).status).toBe(404);
    const stranger = await person(app, "路人", { verified: true });
    expect((await stranger.ask("GET", `/cases/${one.caseId}/dossier`)).status).toBe(404);
    expect((await stranger.ask("GET", `/dossier-items/${identity.id}/content`)).status).toBe(404);
  });

  it("puts nothing in twice, however often it is told", async () => {
    const one = await running("钱多", "孙立");
    const before = await titles(judge, one);
    await app.database.read("UPDATE outbox SET done_at = NULL, due_at = UTC_TIMESTAMP(3) WHERE about = ?", [
      `case:${one.caseId}`,
    ]);
    await app.settle();
    expect(await titles(judge, one)).toEqual(before);
    const [{ copies } = { copies: 0 }] = await app.database.read<{ copies: number }>(
      "SELECT COUNT(*) AS copies FROM dossier_item WHERE case_id = ? AND material_id IS NOT NULL AND file_key IS NOT NULL",
      [one.caseId],
    );
    expect(Number(copies)).toBe(0);
  });

  it("gives every page with its reader on it, never the file, and writes the reading down", async () => {
    const one = await running("周正", "吴双");
    const items = await itemsOf(one.defendant, one);
    const complaint = items.find(({ title }) => title === "起诉状") as Item;
    expect(complaint.pages).toBeGreaterThan(1);
    const pdf = await pdfOf(one.defendant, `/dossier-items/${complaint.id}/content`);
    const digits = idNumberOf("吴双").slice(-4);
    const pages = await pdfText(pdf);
    expect(pages).toHaveLength(complaint.pages as number);
    for (const page of pages) {
      expect(page).toContain(plain(`吴*尾号${digits}`));
      expect(page).toContain(plain(`${one.number}仅供本案诉讼使用`));
    }
    // What the complaint says of the other side's numbers is masked.
    expect(pages.join("")).not.toContain(idNumberOf("周正"));
    const [second] = await pdfText(await pdfOf(one.defendant, `/dossier-items/${complaint.id}/content?from=2&to=2`));
    // The watermark says the minute, and a minute may have passed.
    const timeless = (page: string | undefined) => page?.replaceAll(/\d\d:\d\d/g, "");
    expect(timeless(second)).toBe(timeless(pages[1]));
    const photo = items.find(({ title }) => title === "evidence.jpg") as Item;
    const drawn = await pdfOf(one.defendant, `/dossier-items/${photo.id}/content`);
    expect((await PDFDocument.load(drawn)).getPageCount()).toBe(1);
    expect((await pdfText(drawn))[0]).toContain("吴*");
    const mine = (await one.defendant.ask("GET", `/cases/${one.caseId}/dossier/readings`)).json.items;
    expect(mine).toMatchObject([
      { title: "evidence.jpg", reader: "吴*", pages: "1" },
      { title: "起诉状", pages: "2" },
      { title: "起诉状", pages: `1–${complaint.pages}` },
    ]);
    expect((await one.plaintiff.ask("GET", `/cases/${one.caseId}/dossier/readings`)).json.items).toEqual([]);
    expect((await judge.ask("GET", `/cases/${one.caseId}/dossier/readings`)).json.items).toHaveLength(3);
    expect((await itemsOf(one.defendant, one)).find(({ id }) => id === photo.id)?.readAt).not.toBeNull();
    const added = await judge.ask("POST", `/cases/${one.caseId}/dossier-items`, {
      section: "hearing",
      title: "庭前会议笔录",
      text: "双方核对证据，没有新的意见。",
      formedOn: "2026-11-22",
    });
    expect(added.status, added.text).toBe(201);
    expect(await dossierOf(one.defendant, one)).toMatchObject({ newItems: 1 });
    expect((await itemsOf(one.defendant, one)).find(({ isNew }) => isNew)?.title).toBe("庭前会议笔录");
  });

  it("lets the other side read exchanged evidence only from the exchange on, and nothing that was taken back", async () => {
    const one = await running("郑和", "冯远");
    const id = await evidence(one.defendant, one, "还款凭证：已还一万元。", "还款凭证.pdf");
    expect(await titles(one.defendant, one)).toContain("还款凭证.pdf");
    expect(await titles(one.plaintiff, one)).not.toContain("还款凭证.pdf");
    expect((await judge.ask("POST", `/submissions/${id}/moves`, { action: "receive" }, key())).status).toBe(200);
    await app.settle();
    expect(await titles(one.plaintiff, one)).toContain("还款凭证.pdf");
    const other = await evidence(one.defendant, one, "另一份凭证", "另一份.pdf");
    expect((await one.defendant.ask("POST", `/submissions/${other}/moves`, { action: "withdraw" }, key())).status).toBe(
      200,
    );
    await app.settle();
    expect(await titles(judge, one)).not.toContain("另一份.pdf");
  });

  it("finds words for those who may read them, and says nothing to others", { timeout: 120_000 }, async () => {
    const one = await running("陈晨", "褚明");
    await evidence(one.defendant, one, "乙方于春风里小区交付现金壹万元整。", "收条.pdf");
    await readTexts(one);
    const search = async (who: Person, query: string) =>
      (await who.ask("GET", `/cases/${one.caseId}/dossier/search?${new URLSearchParams({ query })}`)).json;
    expect((await search(one.defendant, "春风里小区")).items).toMatchObject([
      { title: "收条.pdf", page: 1, found: "春风里小区" },
    ]);
    expect((await search(judge, "春风里")).items).toHaveLength(1);
    const theirs = await search(one.plaintiff, "春风里小区");
    expect(theirs.items).toEqual([]);
    expect(JSON.stringify(theirs)).not.toContain("收条");
    expect((await search(one.plaintiff, "借款本金")).items.length).toBeGreaterThan(0);
    expect((await search(one.plaintiff, "春")).code).toBeDefined();
    const stored = await app.database.read<{ body: Buffer }>("SELECT body FROM dossier_text WHERE body IS NOT NULL");
    expect(stored.length).toBeGreaterThan(3);
    for (const { body } of stored) expect(body.toString("utf8")).not.toContain("小区");
    await needApproval(true);
    try {
      expect((await search(one.plaintiff, "庭")).items ?? []).toEqual([]);
      expect((await search(one.defendant, "借款本金")).items).toEqual([]);
      expect((await search(one.defendant, "春风里小区")).items).toHaveLength(1);
    } finally {
      await needApproval(false);
    }
  });

  it("asks for approval where the court wants it: granted for a time, ended at once, refused with a reason", async () => {
    const one = await running("卫青", "蒋勤");
    await needApproval(true);
    try {
      const closed = await dossierOf(one.defendant, one);
      expect(closed.moves.map(({ action }) => action)).toEqual(["ask"]);
      const complaint = (await itemsOf(one.defendant, one)).find(({ title }) => title === "起诉状") as Item;
      expect(complaint.moves).toEqual([]);
      const path = `/dossier-items/${complaint.id}/content`;
      expect((await one.defendant.ask("GET", path)).json.code).toBe("dossier.needs_approval");
      expect((await one.defendant.ask("GET", `/cases/${one.caseId}/dossier.pdf`)).status).toBe(403);
      expect((await judge.ask("GET", path)).status).toBe(200);
      const asked = await one.defendant.ask("POST", `/cases/${one.caseId}/dossier-requests`, { purpose: "准备答辩" });
      expect(asked.status, asked.text).toBe(201);
      expect(asked.json).toMatchObject({ state: { code: "asked" }, moves: [{ action: "withdraw" }] });
      expect(
        (await one.defendant.ask("POST", `/cases/${one.caseId}/dossier-requests`, { purpose: "再次" })).json.code,
      ).toBe("dossier.request_open");
      const { id } = asked.json;
      const move = (who: Person, body: object) => who.ask("POST", `/dossier-requests/${id}/moves`, body, key());
      expect((await move(one.plaintiff, { action: "withdraw" })).status).toBe(404);
      expect((await move(farJudge, { action: "grant" })).status).toBe(404);
      expect((await move(one.defendant, { action: "grant" })).status).toBe(403);
      const granted = await move(judge, { action: "grant", hours: 2 });
      expect(granted.json).toMatchObject({ state: { code: "granted" } });
      expect((await one.defendant.ask("GET", path)).status).toBe(200);
      expect((await move(judge, { action: "end", note: "阅卷完毕" })).status).toBe(200);
      expect((await one.defendant.ask("GET", path)).status).toBe(403);
      const again = await one.defendant.ask("POST", `/cases/${one.caseId}/dossier-requests`, { purpose: "再看一次" });
      const next = `/dossier-requests/${again.json.id}/moves`;
      expect((await judge.ask("POST", next, { action: "grant", hours: 1 }, key())).status).toBe(200);
      expect((await one.defendant.ask("GET", path)).status).toBe(200);
      await app.database.read("UPDATE dossier_request SET until_at = UTC_TIMESTAMP(3) WHERE id = ?", [again.json.id]);
      expect((await one.defendant.ask("GET", path)).status).toBe(403);
      expect(await dossierOf(one.defendant, one)).toMatchObject({ request: { state: { code: "expired" } } });
    } finally {
      await needApproval(false);
    }
  });

  it("binds the whole into one file: catalogue first, pages numbered through, the reader on every page", async () => {
    const one = await running("沈和", "韩立");
    const items = await itemsOf(one.plaintiff, one);
    const all = items.reduce((sum, { pages }) => sum + (pages ?? 1), 0);
    const pages = await pdfText(await pdfOf(one.plaintiff, `/cases/${one.caseId}/dossier.pdf`));
    expect(pages[0]).toContain("卷内目录");
    expect(pages.length).toBe(all + 1);
    expect(pages.at(-1)).toContain(`第${all}页共${all}页`);
    for (const page of pages) expect(page).toContain("沈*");
    // Every picture is bound; none is replaced by a page that says it is missing.
    expect(pages.join("")).not.toContain("材料说明页");
  });
});
