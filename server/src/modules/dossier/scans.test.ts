import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClamdPeer, startClamd } from "#sandbox/clamd.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { COURT, clerk, runningCase, seedCourtsAndRules } from "#test/filings.ts";
import { EICAR, orderOf, pdf } from "#test/material-files.ts";
import { loanPaper } from "#test/paper-pictures.ts";
import { pdfText } from "#test/pdf-text.ts";
import { type Person, type StaffPerson, staffMember } from "#test/people.ts";
import { sendBytes } from "#test/send-material.ts";
import { absenceOf, type Facts } from "./completeness.ts";
import { PAPER_CODES } from "./papers.ts";
import { openFile } from "./store.ts";
import { readNextText } from "./text.ts";

const sheet = (sentence: string) =>
  loanPaper({ title: "询问笔录", lender: "", borrower: "甘凤", sentences: [sentence], date: "2026年11月20日" });

describe("what the bench scans", () => {
  let app: TestApp;
  let clamd: ClamdPeer;
  let staff: StaffPerson;
  let judge: StaffPerson;
  let plaintiff: Person;
  let defendant: Person;
  let caseId = "";
  beforeAll(async () => {
    clamd = await startClamd();
    app = await startApp("scans", { environment: { CLAMD: `${clamd.host}:${clamd.port}` } });
    await seedCourtsAndRules(app);
    staff = await clerk(app, "clerk-scan");
    judge = await staffMember(app, { username: "judge-scan", role: "judge", courtCode: COURT });
    ({ caseId, plaintiff, defendant } = await runningCase(app, staff, "甘凤", "池明"));
  });
  afterAll(async () => {
    expect(app.unexpected).toEqual([]);
    await app.stop();
    await clamd.stop();
  });

  async function announced(bytes: Buffer, name: string, where = "dossier-scans"): Promise<string> {
    const contentType = name.endsWith(".pdf") ? "application/pdf" : "image/png";
    const order = orderOf(bytes, { name, kind: "other", contentType });
    const added = await judge.ask("POST", `/cases/${caseId}/${where}`, order);
    expect(added.status, added.text).toBe(201);
    await sendBytes(app, added.json.upload, bytes);
    return added.json.material.id;
  }
  async function scanned(bytes: Buffer, name: string, where?: string): Promise<string> {
    const id = await announced(bytes, name, where);
    await judge.ask("POST", `/dossier-scans/${id}/complete`, {});
    await app.settle();
    return id;
  }
  const enter = (scans: string[], more: object = {}) =>
    judge.ask("POST", `/cases/${caseId}/dossier-items`, {
      section: "inquiry",
      title: "询问笔录",
      formedOn: "2026-11-20",
      scans,
      ...more,
    });
  const under = async (code: string, who: Person = judge): Promise<{ id: string; title: string; pages: number }[]> => {
    const { sections } = (await who.ask("GET", `/cases/${caseId}/dossier`)).json;
    return sections.find((section: { code: string }) => section.code === code)?.items ?? [];
  };
  const search = async (who: Person, query: string) =>
    (await who.ask("GET", `/cases/${caseId}/dossier/search?${new URLSearchParams({ query })}`)).json.items;

  it("binds photographs into one PDF, after the scanner and not before; its words are read off the pictures and found", {
    timeout: 120_000,
  }, async () => {
    const first = await scanned(await sheet("双方确认借款本金为五万元。"), "第1页.png");
    const second = await announced(await sheet("被告表示愿意分期归还。"), "第2页.png");
    expect((await enter([first, second])).json.code).toBe("dossier.scan_waiting");
    await judge.ask("POST", `/dossier-scans/${second}/complete`, {});
    const entered = await enter([first, second]);
    expect(entered.status, entered.text).toBe(201);
    expect(await under("inquiry", defendant)).toMatchObject([{ title: "询问笔录", pages: 2 }]);
    expect((await enter([first, second])).json.code).toBe("dossier.scan_gone");
    expect((await judge.ask("GET", `/materials/${first}`)).status).toBe(404);

    await app.database.read("DELETE FROM dossier_text WHERE item_id <> ?", [entered.json.id]);
    while (await readNextText(app));
    const [found] = await search(defendant, "分期归还");
    expect(found).toMatchObject({ title: "询问笔录", page: 2 });
    expect((await search(defendant, "借款本金为五万元")).some(({ page }: { page: number }) => page === 1)).toBe(true);
  });

  it("is the bench's alone until it is entered, and nothing that is refused or mixed gets in", async () => {
    const id = await scanned(await pdf({ pages: 3 }), "送达回证.pdf");
    for (const who of [plaintiff, defendant, staff]) {
      expect((await who.ask("GET", `/materials/${id}`)).status).toBe(404);
      expect((await who.ask("GET", `/materials/${id}/content`)).status).toBe(404);
      expect((await who.ask("POST", `/cases/${caseId}/dossier-scans`, orderOf(Buffer.from("x")))).status).toBe(403);
    }
    expect((await judge.ask("GET", `/materials/${id}/content`)).status).toBe(302);
    const far = await staffMember(app, { username: "judge-far-scan", role: "judge", courtCode: "鲁0103" });
    expect((await far.ask("GET", `/materials/${id}`)).status).toBe(404);
    expect((await far.ask("POST", `/dossier-scans/${id}/complete`, {})).status).toBe(404);

    const photo = await scanned(await sheet("另一页。"), "另一页.png");
    expect((await enter([id, photo])).json.code).toBe("dossier.scan_mixed");
    const sick = await scanned(Buffer.concat([await pdf({ packed: false }), Buffer.from(EICAR)]), "带毒.pdf");
    expect((await judge.ask("GET", `/materials/${sick}`)).json.state.code).toBe("refused");
    expect((await enter([sick])).json.code).toBe("dossier.scan_waiting");
    expect((await enter([id], { text: "又写又扫" })).status).toBe(422);
    // What was scanned for the 副卷 gets into no 正卷.
    const inner = await scanned(await pdf(), "合议.pdf", "inner-dossier-scans");
    expect((await enter([inner])).status).toBe(404);

    const entered = await enter([id], {
      section: "identity",
      title: "身份证复印件",
      partyKey: "d1",
      paper: "identity",
    });
    expect(entered.status, entered.text).toBe(201);
    expect((await under("identity", defendant)).map(({ title }) => title)).toContain("身份证复印件");
    expect((await under("identity", plaintiff)).map(({ title }) => title)).not.toContain("身份证复印件");
  });

  it("lies in the 副卷 under a seal of its own: read by the bench, of no words that could be searched", async () => {
    const id = await scanned(await pdf({ pages: 2 }), "合议笔录.pdf", "inner-dossier-scans");
    const entry = { section: "deliberation", title: "合议笔录", formedOn: "2026-11-21", scans: [id] };
    const added = await judge.ask("POST", `/cases/${caseId}/inner-dossier`, entry);
    expect(added.status, added.text).toBe(201);
    const path = `${app.origin}/api/v1/inner-dossier-items/${added.json.id}/content`;
    const drawn = await fetch(path, { headers: { authorization: `Bearer ${judge.token}` } });
    const pages = await pdfText(Buffer.from(await drawn.arrayBuffer()));
    expect(pages).toHaveLength(2);
    for (const page of pages) expect(page).toContain("副卷，不得对外提供");
    const [row] = await app.database.read<{ fileKey: string }>("SELECT file_key AS fileKey FROM dossier_inner_item");
    const chunks: Buffer[] = [];
    for await (const chunk of await app.gateways.files.read(String(row?.fileKey))) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString("latin1")).not.toContain("%PDF");
    expect(() => openFile(app.vault, String(row?.fileKey), Buffer.concat(chunks))).toThrow();
    const report = { section: "report", title: "案情报告", formedOn: "2026-11-20", text: "案情如下。" };
    const second = (await judge.ask("POST", `/cases/${caseId}/inner-dossier`, report)).json.id;
    const titles = async () =>
      (await judge.ask("GET", `/cases/${caseId}/inner-dossier`)).json.items.map(
        ({ title }: { title: string }) => title,
      );
    expect(await titles()).toEqual(["案情报告", "合议笔录"]);
    const place = `/inner-dossier-items/${second}/place`;
    expect((await judge.ask("PUT", place, { section: "deliberation", after: added.json.id })).status).toBe(204);
    expect(await titles()).toEqual(["合议笔录", "案情报告"]);
    expect((await plaintiff.ask("PUT", place, { section: "report", after: null })).status).toBe(403);
  });

  it("stands where the court puts it, for every reader", async () => {
    const text = (title: string, formedOn: string) =>
      judge.ask("POST", `/cases/${caseId}/dossier-items`, { section: "mediation", title, formedOn, text: "调解。" });
    for (const [title, day] of [
      ["甲", "2026-11-01"],
      ["乙", "2026-11-02"],
      ["丙", "2026-11-03"],
    ] as const)
      expect((await text(title, day)).status).toBe(201);
    const titles = async (who?: Person) => (await under("mediation", who)).map(({ title }) => title);
    const [first, second, third] = (await under("mediation")).map(({ id }) => id);
    const place = (id: string | undefined, after: string | null | undefined, section = "mediation") =>
      judge.ask("PUT", `/dossier-items/${id}/place`, { section, after });
    expect((await place(third, null)).status).toBe(204);
    expect(await titles()).toEqual(["丙", "甲", "乙"]);
    expect((await place(first, second)).status).toBe(204);
    expect(await titles(defendant)).toEqual(["丙", "乙", "甲"]);
    expect((await place(second, null, "hearing")).status).toBe(204);
    expect((await place(first, second)).json.code).toBe("dossier.order_changed");
    expect((await text("丁", "2026-10-01")).status).toBe(201);
    expect(await titles()).toEqual(["丙", "甲", "丁"]);
    expect(
      (await plaintiff.ask("PUT", `/dossier-items/${third}/place`, { section: "other", after: null })).status,
    ).toBe(403);
  });

  it("is measured by the list of what must be there", async () => {
    const list = async () => {
      const answer = await judge.ask("GET", `/cases/${caseId}/dossier/completeness`);
      expect(answer.status, answer.text).toBe(200);
      return Object.fromEntries(
        answer.json.items.map(({ code, state }: { code: string; state: { code: string } }) => [code, state.code]),
      );
    };
    expect(await list()).toMatchObject({
      complaint: "present",
      answer: "later",
      identity: "present",
      mandate: "not_applicable",
      evidence: "present",
      inquiry: "present",
      trial: "later",
      judgment: "later",
      service: "missing",
      receipt: "missing",
      small: "not_applicable",
    });
    const record = { section: "hearing", paper: "trial", title: "庭审笔录", formedOn: "2026-11-20", text: "开庭。" };
    expect((await judge.ask("POST", `/cases/${caseId}/dossier-items`, record)).status).toBe(201);
    expect(await list()).toMatchObject({ trial: "present" });
    expect((await plaintiff.ask("GET", `/cases/${caseId}/dossier/completeness`)).status).toBe(403);
  });
});

it("knows what a closed case still lacks, and what it need not have", () => {
  const facts = (more: Partial<Facts>): Facts => ({
    state: "closed",
    outcome: "judgment",
    procedure: "ordinary",
    hasAgents: false,
    feeDue: true,
    held: new Set(),
    ...more,
  });
  const lacking = (more: Partial<Facts>) =>
    PAPER_CODES.filter((code) => absenceOf(code, facts(more)).state === "missing");
  const always = ["complaint", "identity", "evidence"];
  expect(lacking({})).toEqual([...always, "inquiry", "trial", "judgment", "service", "receipt"]);
  expect(lacking({ held: new Set(["trial"]) })).not.toContain("inquiry");
  expect(lacking({ procedure: "small", hasAgents: true })).toEqual(expect.arrayContaining(["mandate", "small"]));
  expect(lacking({ outcome: "withdrawal", feeDue: false })).toEqual([...always, "judgment", "service"]);
  expect(lacking({ state: "accepted", outcome: null })).toEqual([...always, "service", "receipt"]);
});
