import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { docxText } from "#test/docx-text.ts";
import { clerk, type Filed, key, picture, privateLoan, readyDraft, seedCourtsAndRules, upload } from "#test/filings.ts";
import { pdfText } from "#test/pdf-text.ts";
import { idNumberOf, type Person, person } from "#test/people.ts";

const lawyerOf = (given: Record<string, unknown> = {}) => ({
  key: "a1",
  kind: "lawyer",
  name: "陆鸣",
  firm: "山东明德律师事务所",
  licenseNumber: "13701201010123456",
  phone: "13700137000",
  powers: "special",
  specialPowers: ["admit", "settle"],
  ...given,
});
const ofPlaintiff = (name: string, more: Record<string, unknown> = {}) => ({
  ...(privateLoan(name).parties[0] as Record<string, unknown>),
  ...more,
});
const defendant = privateLoan("某").parties[1] as Record<string, unknown>;

describe("confirmation by link", () => {
  let app: TestApp;
  let mark: string;
  beforeAll(async () => {
    app = await startApp("confirmation");
    await seedCourtsAndRules(app);
    mark = await signature();
  });
  afterAll(() => app.stop());

  /** A draft of somebody's, with these parties; all but the confirmations in order. */
  async function draftOf(filer: string, parties: readonly Record<string, unknown>[], kinds: readonly string[] = []) {
    const filing = await readyDraft(app, filer, { change: { parties } });
    for (const kind of kinds) await upload(app, filing.owner, filing.id, kind, await picture(`${filer} ${kind}`));
    await app.settle();
    return filing;
  }
  const LAWYERS = ["license", "firm_letter"];
  const agency = { kind: "agency", partyKey: "p1", agentKey: "a1" };
  async function offer(filing: Filed, body: object): Promise<string> {
    const answer = await filing.owner.ask("POST", `${filing.path}/confirmations`, body);
    expect(answer.status, answer.text).toBe(201);
    return tokenIn(answer.json.url);
  }
  const look = (who: Person, token: string) => who.ask("POST", "/confirmations/lookup", { token });
  const confirmBy = (who: Person, id: string, body: object = { action: "confirm", signature: mark }) =>
    who.ask("POST", `/confirmations/${id}/moves`, body, key());
  async function confirmed(filing: Filed, who: Person, body: object): Promise<string> {
    const { json } = await look(who, await offer(filing, body));
    const answer = await confirmBy(who, json.id);
    expect(answer.status, answer.text).toBe(200);
    return json.id;
  }
  const blocks = async (filing: Filed): Promise<string[]> =>
    (await filing.owner.ask("POST", `${filing.path}/precheck`)).json.findings
      .filter(({ severity }: { severity: string }) => severity === "block")
      .map(({ code }: { code: string }) => code);
  const change = async (filing: Filed, path: string, value: unknown) => {
    const { version } = (await filing.owner.ask("GET", filing.path)).json;
    const answer = await filing.owner.ask("POST", `${filing.path}/edits`, {
      edits: [{ path, value, baseVersion: version }],
    });
    expect(answer.status, answer.text).toBe(200);
  };
  const fetched = async (who: Person, path: string) => {
    const answer = await fetch(`${app.origin}/api/v1${path}`, { headers: { authorization: `Bearer ${who.token}` } });
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
  };

  it("gives its link in one answer and keeps it nowhere, whatever key is sent along", async () => {
    const filing = await draftOf("陆存", [ofPlaintiff("方存", { agents: [lawyerOf({ name: "陆存" })] }), defendant]);
    const once = key();
    const ask = () => filing.owner.ask("POST", `${filing.path}/confirmations`, agency, once);
    const keptAnswers = async () => (await app.database.read("SELECT id FROM idempotency_key")).length;
    const before = await keptAnswers();
    const [first, second] = [await ask(), await ask()];
    expect([first.status, second.status], first.text).toEqual([201, 201]);
    const tokens = [first, second].map(({ json }) => tokenIn(json.url));
    expect(tokens[1]).not.toBe(tokens[0]);
    expect(await keptAnswers()).toBe(before);
  });

  it("leads from the lawyer's link over the client's phone to a filing that may be handed in", async () => {
    const filing = await draftOf("陆鸣", [ofPlaintiff("方晴", { agents: [lawyerOf()] }), defendant], LAWYERS);
    expect(await blocks(filing)).toEqual(["agent.papers_missing"]);
    const before = (await filing.owner.ask("GET", `${filing.path}/confirmations`)).json;
    expect(before.items).toEqual([]);
    expect(before.askable).toMatchObject([
      { ...agency, partyName: "方晴", agentName: "陆鸣", needed: true, blockedBy: null },
    ]);
    expect(before.askable[0].moves).toEqual([{ action: "offer", label: "发确认链接" }]);

    const token = await offer(filing, agency);
    const client = await person(app, "方晴", { verified: true });
    expect((await client.ask("GET", filing.path)).status).toBe(404);
    const shown = await look(client, token);
    expect(shown.status, shown.text).toBe(200);
    expect(shown.json).toMatchObject({
      kind: "agency",
      capacity: { code: "self" },
      party: { name: "方晴" },
      causeName: "民间借贷纠纷",
      agent: { name: "陆鸣", firm: "山东明德律师事务所", powers: "special" },
      moves: [{ action: "confirm" }, { action: "decline" }],
    });
    const given = shown.json.agent.specialPowers.filter((power: { given: boolean }) => power.given);
    expect(given.map(({ code }: { code: string }) => code)).toEqual(["admit", "settle"]);
    for (const { explanation } of shown.json.agent.specialPowers) expect(explanation).toMatch(/^.{8,40}。$/);

    const answer = await confirmBy(client, shown.json.id);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.json.state.code).toBe("confirmed");
    expect(await blocks(filing)).toEqual([]);
    const [item] = (await filing.owner.ask("GET", `${filing.path}/confirmations`)).json.items;
    expect(item).toMatchObject({ state: { code: "confirmed" }, current: true, partyName: "方晴" });

    // The client reads, and does nothing else.
    expect((await client.ask("GET", filing.path)).json).toMatchObject({ editable: false, moves: [] });
    expect((await client.ask("GET", "/filings")).json.items.map(({ id }: { id: string }) => id)).toEqual([filing.id]);
    const [material] = (await client.ask("GET", filing.path)).json.materials;
    expect((await client.ask("GET", `/materials/${material.id}`)).status).toBe(200);
    const submit = { action: "submit" };
    expect((await client.ask("POST", `${filing.path}/moves`, submit, key())).status).toBe(404);
    const edits = { edits: [{ path: "/facts", value: "改", baseVersion: 100 }] };
    expect((await client.ask("POST", `${filing.path}/edits`, edits)).status).toBe(404);
    expect((await client.ask("POST", `${filing.path}/confirmations`, agency)).status).toBe(404);

    const { status, bytes } = await fetched(filing.owner, `${filing.path}/confirmations/${item.id}/mandate.pdf`);
    expect(status).toBe(200);
    const text = (await pdfText(bytes)).join("");
    for (const said of [
      "授权委托书",
      `证件号码${idNumberOf("方晴")}`,
      "受委托人陆鸣",
      "方晴与李强民间借贷纠纷一案",
      "□一般授权☑特别授权",
      "1代为承认诉讼请求",
      "6提起上诉",
      "没有授予的事项，须由委托人本人决定",
    ])
      expect(text).toContain(said);
    expect(text.match(/☑授予/g)).toHaveLength(2);
    expect(text.match(/□不授予/g)).toHaveLength(4);

    const handed = await filing.owner.ask("POST", `${filing.path}/moves`, submit, key());
    expect(handed.status, handed.text).toBe(200);
    await app.settle();
    const wang = await clerk(app);
    const copy = await fetched(wang, `${filing.path}/confirmations/${item.id}/mandate.pdf`);
    const masked = (await pdfText(copy.bytes)).join("");
    expect(masked).toContain("方晴");
    expect(masked).not.toContain(idNumberOf("方晴"));
    const bundle = (await pdfText((await fetched(filing.owner, `${filing.path}/bundle.pdf`)).bytes)).join("");
    expect(bundle).toContain("方晴委托陆鸣");
    // What was handed in is not shut to the client by who filed.
    const ended = await filing.owner.ask("POST", `/confirmations/${item.id}/moves`, { action: "withdraw" });
    expect([ended.status, ended.json.code]).toEqual([409, "confirmation.over"]);
    expect((await client.ask("GET", filing.path)).status).toBe(200);
  });

  it("is nobody else's: not a stranger's, not the filer's own, not one's without a checked identity", async () => {
    const filing = await draftOf("陆鸣二", [ofPlaintiff("江月", { agents: [lawyerOf()] }), defendant], LAWYERS);
    const token = await offer(filing, agency);
    const stranger = await person(app, "陌路", { verified: true });
    for (const who of [stranger, filing.owner]) {
      const answer = await look(who, token);
      expect([answer.status, answer.json.code]).toEqual([403, "confirmation.not_yours"]);
      expect(answer.text).not.toMatch(/江月|陆鸣|李强|民间借贷/);
    }
    const unchecked = await person(app, "江月");
    const first = await look(unchecked, token);
    expect([first.status, first.json.code]).toEqual([403, "account.unverified"]);
    const nothing = await look(stranger, "x".repeat(43));
    expect([nothing.status, nothing.json.code]).toEqual([404, "confirmation.not_found"]);
    // Opened by the right one, it is still not for others to answer, nor for the filer.
    const client = await person(app, "江月", { verified: true });
    const { id } = (await look(client, token)).json;
    expect((await confirmBy(stranger, id)).status).toBe(404);
    const own = await confirmBy(filing.owner, id);
    expect([own.status, own.json.code]).toEqual([403, "confirmation.not_yours"]);
    expect((await confirmBy(filing.owner, id, { action: "decline", note: "替他拒绝" })).status).toBe(403);
    const empty = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#fff" } })
      .png()
      .toBuffer();
    const blank = await confirmBy(client, id, { action: "confirm", signature: empty.toString("base64") });
    expect([blank.status, blank.json.code]).toEqual([422, "confirmation.signature"]);
    const junk = await confirmBy(client, id, { action: "confirm", signature: "QUJD".repeat(60) });
    expect([junk.status, junk.json.code]).toEqual([422, "confirmation.signature"]);
    expect(await blocks(filing)).toContain("agent.papers_missing");
  });

  it("is declined with a reason that the filer reads, and may be offered again", async () => {
    const filing = await draftOf("陆鸣三", [ofPlaintiff("水生", { agents: [lawyerOf()] }), defendant], LAWYERS);
    const client = await person(app, "水生", { verified: true });
    const token = await offer(filing, agency);
    const { id } = (await look(client, token)).json;
    const answer = await confirmBy(client, id, { action: "decline", note: "上诉的事我要自己决定" });
    expect(answer.json.state).toEqual({ code: "declined", label: "未同意" });
    await app.settle();
    const titles = (await filing.owner.ask("GET", "/messages")).json.items.map(({ title }: { title: string }) => title);
    expect(titles).toEqual(["您发出的确认链接没有得到同意"]);
    const { items, askable } = (await filing.owner.ask("GET", `${filing.path}/confirmations`)).json;
    expect(items[0]).toMatchObject({ state: { code: "declined" }, note: "上诉的事我要自己决定" });
    expect(askable[0]).toMatchObject({
      state: { code: "declined" },
      moves: [{ action: "offer", label: "重新发链接" }],
    });
    expect((await look(client, token)).json.code).toBe("confirmation.over");
    expect((await client.ask("GET", filing.path)).status).toBe(404);
    const again = await offer(filing, agency);
    expect((await look(client, again)).status).toBe(200);
  });

  it("a link lapses after seven days, and the newer link makes the older void", async () => {
    const filing = await draftOf("陆鸣四", [ofPlaintiff("山青", { agents: [lawyerOf()] }), defendant], LAWYERS);
    const client = await person(app, "山青", { verified: true });
    const older = await offer(filing, agency);
    const newer = await offer(filing, agency);
    expect((await look(client, older)).json.code).toBe("confirmation.over");
    const { id } = (await look(client, newer)).json;
    app.pass(7.01);
    try {
      // Sessions have ended meanwhile as well.
      const later = await person(app, "山青", { verified: true });
      const late = await look(later, newer);
      expect([late.status, late.json.code, late.json.state]).toEqual([409, "confirmation.over", "expired"]);
      expect((await confirmBy(later, id)).json.code).toBe("confirmation.over");
      await app.settle();
      const [row] = await app.database.read<{ state: string; live: number | null }>(
        "SELECT state, live FROM filing_confirmation WHERE id = ?",
        [id],
      );
      expect(row).toEqual({ state: "expired", live: null });
    } finally {
      app.pass(-7.01);
    }
  });

  it("counts no more once agent, powers or party were changed, and says so; what was on the screen is what is confirmed", async () => {
    const filing = await draftOf("陆鸣五", [ofPlaintiff("石坚", { agents: [lawyerOf()] }), defendant], LAWYERS);
    const client = await person(app, "石坚", { verified: true });
    const { id } = (await look(client, await offer(filing, agency))).json;
    // Changed between looking and confirming.
    await change(filing, "/parties/p1/agents/a1/specialPowers", ["admit", "settle", "appeal"]);
    const stale = await confirmBy(client, id);
    expect([stale.status, stale.json.code]).toEqual([409, "confirmation.changed"]);
    const confirmedId = await confirmed(filing, client, agency);
    expect(await blocks(filing)).toEqual([]);
    expect((await filing.owner.ask("POST", `${filing.path}/confirmations`, agency)).json.code).toBe(
      "confirmation.already",
    );

    // What is not part of the mandate leaves it standing.
    await change(
      filing,
      "/facts",
      "2025年3月5日，被告因资金周转向原告借款50000元，原告当日转账交付，到期后被告没有归还。",
    );
    await change(filing, "/parties/p1/agents/a1/phone", "13700137001");
    expect(await blocks(filing)).toEqual([]);
    for (const [path, value, back] of [
      ["/parties/p1/agents/a1/specialPowers", ["admit", "settle", "appeal", "waive"], ["appeal", "settle", "admit"]],
      ["/parties/p1/agents/a1/powers", "general", "special"],
      ["/parties/p1/agents/a1/name", "陆明", "陆鸣"],
      ["/parties/p1/name", "石艰", "石坚"],
      ["/parties/d1/name", "李壮", "李强"],
    ] as const) {
      await change(filing, path, value);
      expect(await blocks(filing), path).toContain("agent.confirmation_changed");
      await change(filing, path, back);
      expect(await blocks(filing), path).toEqual([]);
    }
    await change(filing, "/parties/p1/agents/a1/powers", "general");
    const refused = await filing.owner.ask("POST", `${filing.path}/moves`, { action: "submit" }, key());
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("原来的确认不再有效");
    const text = (
      await pdfText((await fetched(client, `${filing.path}/confirmations/${confirmedId}/mandate.pdf`)).bytes)
    ).join("");
    expect(text).toContain("确认以后内容有变更，本委托书不再有效");
    // Confirmed anew, the newer stands alone.
    const anew = await confirmed(filing, client, agency);
    const states = await app.database.read<{ id: string; state: string }>(
      "SELECT id, state FROM filing_confirmation WHERE filing_id = ? AND live IS NOT NULL",
      [filing.id],
    );
    expect(states.map((row) => [String(row.id), row.state])).toEqual([[anew, "confirmed"]]);
    expect(await blocks(filing)).toEqual([]);
  });

  it("taken back, it ends reading at once", async () => {
    const filing = await draftOf("陆鸣六", [ofPlaintiff("木兰", { agents: [lawyerOf()] }), defendant], LAWYERS);
    const client = await person(app, "木兰", { verified: true });
    const id = await confirmed(filing, client, agency);
    const [material] = (await client.ask("GET", filing.path)).json.materials;
    const places = ["", "/steps", "/complaint.pdf", "/confirmations", `/confirmations/${id}/mandate.pdf`];
    for (const place of places) expect((await client.ask("GET", filing.path + place)).status, place).toBe(200);
    expect((await confirmBy(client, id, { action: "withdraw", note: "换律师" })).json.state.code).toBe("withdrawn");
    for (const place of places) expect((await client.ask("GET", filing.path + place)).status, place).toBe(404);
    expect((await client.ask("GET", `/materials/${material.id}`)).status).toBe(404);
    expect((await client.ask("GET", "/filings")).json.items).toEqual([]);
    const findings = (await filing.owner.ask("POST", `${filing.path}/precheck`)).json.findings;
    const codes = findings.map(({ code }: { code: string }) => code);
    expect(codes).toEqual(expect.arrayContaining(["agent.papers_missing", "agent.confirmation_refused"]));
  });

  it("several plaintiffs sign each on their own phone, and all stand under the complaint", async () => {
    const two = ofPlaintiff("云舒", { key: "p2" });
    const filing = await draftOf("云卷", [ofPlaintiff("云卷"), two, defendant]);
    const cosign = { kind: "cosign", partyKey: "p2" };
    expect(await blocks(filing)).toEqual(["signature.cosigner_missing"]);
    const { askable } = (await filing.owner.ask("GET", `${filing.path}/confirmations`)).json;
    expect(askable).toMatchObject([{ kind: "cosign", partyKey: "p2", partyName: "云舒", needed: true }]);
    const other = await person(app, "云舒", { verified: true });
    const shown = (await look(other, await offer(filing, cosign))).json;
    expect(shown).toMatchObject({ kind: "cosign", agent: null, amountFen: 5_000_000 });
    expect(shown.claims[0].text).toContain("50000元");
    expect((await confirmBy(other, shown.id)).status).toBe(200);
    expect(await blocks(filing)).toEqual([]);
    const text = (await pdfText((await fetched(filing.owner, `${filing.path}/complaint.pdf`)).bytes)).join("");
    expect(text).toContain("具状人云卷（签字、盖章）");
    expect(text).toContain("具状人云舒（签字）");
    const docx = docxText((await fetched(filing.owner, `${filing.path}/complaint.docx`)).bytes);
    expect(docx).toContain("具状人云舒（签字）");
    // A word of the complaint changed: they signed another one.
    await change(filing, "/claims/c2/text", "请求判令被告支付自起诉之日起的利息");
    expect(await blocks(filing)).toEqual(["signature.cosigner_missing"]);
    const unsigned = (await pdfText((await fetched(filing.owner, `${filing.path}/complaint.pdf`)).bytes)).join("");
    expect(unsigned).not.toContain("具状人云舒");
    const id = await confirmed(filing, other, cosign);
    const submit = await filing.owner.ask("POST", `${filing.path}/moves`, { action: "submit" }, key());
    expect(submit.status, submit.text).toBe(200);
    const late = await confirmBy(other, id, { action: "withdraw" });
    expect([late.status, late.json.code]).toEqual([409, "confirmation.over"]);
  });

  it("for a child the guardian answers, and nobody in the child's name", async () => {
    const guardian = {
      key: "g1",
      kind: "guardian",
      name: "秦母",
      idNumber: idNumberOf("秦母"),
      idType: "resident_id",
      relation: "母亲",
    };
    const child = ofPlaintiff("秦小", {
      birthDate: "2016-01-01",
      idNumber: idNumberOf("秦小"),
      agents: [guardian, lawyerOf()],
    });
    const filing = await draftOf("陆鸣七", [child, defendant], [...LAWYERS, "kinship"]);
    const token = await offer(filing, agency);
    const stranger = await person(app, "秦某", { verified: true });
    expect((await look(stranger, token)).status).toBe(403);
    const mother = await person(app, "秦母", { verified: true });
    const shown = (await look(mother, token)).json;
    expect(shown.capacity).toEqual({ code: "guardian", label: "法定代理人（监护人）" });
    expect((await confirmBy(mother, shown.id)).status).toBe(200);
    expect((await blocks(filing)).filter((code) => /^(agent|signature)/.test(code))).toEqual([]);
    const path = `${filing.path}/confirmations/${shown.id}/mandate.pdf`;
    const text = (await pdfText((await fetched(mother, path)).bytes)).join("");
    expect(text).toContain("委托人秦小的法定代理人（监护人）秦母（签字）");
  });

  it("an organisation's legal representative confirms, by name", async () => {
    const company = {
      key: "p1",
      side: "plaintiff",
      kind: "organisation",
      name: "济南某某商贸有限公司",
      idType: "uscc",
      idNumber: "91370102MA3CA1XJ6P",
      legalRepresentative: "贺总",
      phone: "13800138000",
      address: "济南市历下区",
      agents: [lawyerOf()],
    };
    const filing = await draftOf("陆鸣八", [company, defendant], LAWYERS);
    const token = await offer(filing, agency);
    expect((await look(await person(app, "贺副总", { verified: true }), token)).status).toBe(403);
    const head = await person(app, "贺总", { verified: true });
    expect((await look(head, token)).json.capacity.code).toBe("representative");
  });

  it("the token is nowhere in clear: not in the database, and not in what is told", async () => {
    const filing = await draftOf("陆鸣九", [ofPlaintiff("隐者", { agents: [lawyerOf()] }), defendant], LAWYERS);
    const answer = await filing.owner.ask("POST", `${filing.path}/confirmations`, agency, key());
    const token = tokenIn(answer.json.url);
    const client = await person(app, "隐者", { verified: true });
    await client.ask("POST", "/confirmations/lookup", { token }, key());
    await app.settle();
    const tables = await app.database.read<{ name: string }>(
      "SELECT DISTINCT TABLE_NAME AS name FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()",
    );
    let seen = 0;
    for (const { name } of tables) {
      const text = JSON.stringify(await app.database.read(`SELECT * FROM \`${name}\``));
      seen += text.length;
      expect(text.includes(token), name).toBe(false);
    }
    expect(seen).toBeGreaterThan(10_000);
    // The same look finds what does stand in clear, so that it would have found the token.
    const rows = JSON.stringify(await app.database.read("SELECT * FROM filing_confirmation"));
    expect(rows).toContain(app.vault.index("confirmation", token));
  });

  it("says what is lacking before a link goes out", async () => {
    const bare = lawyerOf({ powers: "special", specialPowers: [] });
    const filing = await draftOf("陆鸣十", [ofPlaintiff("未央", { agents: [bare] }), defendant], LAWYERS);
    const answer = await filing.owner.ask("POST", `${filing.path}/confirmations`, agency);
    expect([answer.status, answer.json.code]).toEqual([422, "confirmation.not_ready"]);
    expect(answer.json.detail).toContain("逐项勾选");
    const none = await filing.owner.ask("POST", `${filing.path}/confirmations`, { ...agency, agentKey: "a9" });
    expect(none.status).toBe(422);
    expect(app.unexpected).toEqual([]);
  });

  it("the papers of each kind of agent are told to everybody", async () => {
    const { json } = await app.ask("GET", "/agent-papers");
    expect(json.mostAgents).toBe(2);
    const lawyer = json.items.find(({ kind }: { kind: string }) => kind === "lawyer");
    expect(lawyer.papers.map((paper: { kind: string }) => paper.kind)).toEqual([
      "power_of_attorney",
      "license",
      "firm_letter",
    ]);
    expect(json.overseas.text).toMatch(/公证.*认证.*附加证明书/);
    expect(json.specialPowers).toHaveLength(6);
  });
});

const tokenIn = (url: string): string =>
  /#\/pages\/confirm\/index\?token=([A-Za-z0-9_-]{43})$/.exec(url)?.[1] as string;

/** A name as a finger writes it. */
async function signature(): Promise<string> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="220"><rect width="600" height="220" fill="#fff"/><path d="M60 120 C120 20 160 200 220 110 S330 60 360 140 S470 90 520 120" fill="none" stroke="#111" stroke-width="7"/></svg>`;
  return (await sharp(Buffer.from(svg)).png().toBuffer()).toString("base64");
}
