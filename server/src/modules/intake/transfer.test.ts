import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addPeriod, courtDayOf } from "#core/period.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { startApp, type TestApp } from "#test/app.ts";
import {
  COURT,
  claimed,
  clerk,
  type Filed,
  key,
  picture,
  privateLoan,
  seedCourtsAndRules,
  submitted,
  supervisor,
} from "#test/filings.ts";
import { type Person, person, type StaffPerson } from "#test/people.ts";

const FAR = "鲁0103";
const WISH = { change: { mediation: { understood: true, wish: "yes" } } };

describe("on to another court, to mediation, in from the window", () => {
  let app: TestApp;
  let wang: StaffPerson;
  let far: StaffPerson;
  beforeAll(async () => {
    app = await startApp("transfer");
    await seedCourtsAndRules(app);
  });
  beforeEach(async () => {
    app.clock.shiftMs += 120_000;
    [wang, far] = [await clerk(app), await clerk(app, "far1", FAR)];
  });
  afterAll(() => app.stop());
  const today = () => courtDayOf(app.clock.now());
  const decide = (who: StaffPerson, item: string, body: object) => who.ask("POST", `${item}/moves`, body, key());
  const sevenDays = (day: string) => addPeriod(courtCalendar, day, { unit: "day", amount: 7, roll: true }).lastDay;

  it("a filing that is handed over stands in the other court's queue, with its papers and its first receipt", {
    timeout: 90_000,
  }, async () => {
    const filing = await submitted(app, "移一");
    const before = (await filing.owner.ask("GET", filing.path)).json;
    app.pass(3);
    [wang, far] = [await clerk(app), await clerk(app, "far1", FAR)];
    const owner = await person(app, "移一");
    const { item, fence } = await claimed(wang, filing);
    const note = "被告住所地在市中区";
    const preview = await wang.ask("POST", `${item}/preview`, { action: "transfer", courtCode: FAR, note });
    expect((await decide(wang, item, { action: "transfer", fence, courtCode: FAR, note })).status).toBe(200);
    await app.settle();

    const source = (await owner.ask("GET", filing.path)).json;
    expect(source).toMatchObject({
      state: { code: "transferred" },
      transfer: { from: null, to: { court: { code: FAR } } },
    });
    expect(source.documents.at(-1).text).toBe(preview.json.text);
    expect(preview.json.text).toContain("您不需要重新提交");
    const moved = (await owner.ask("GET", `/filings/${source.transfer.to.filingId}`)).json;
    expect(moved).toMatchObject({
      state: { code: "submitted" },
      court: { code: FAR },
      channel: "transfer",
      transfer: { from: { filingId: filing.id, court: { code: COURT }, originallyReceivedAt: before.submittedAt } },
      clock: { startedOn: today(), dueOn: sevenDays(today()) },
    });
    expect(moved.receiptNumber).toMatch(/^收鲁0103-/);
    expect(moved.clock.segments[0].note).toContain(`原收件日 ${courtDayOf(new Date(before.submittedAt))} 保留`);
    expect(moved.materials.map(({ kind }: { kind: string }) => kind)).toEqual(
      before.materials.map(({ kind }: { kind: string }) => kind),
    );
    const signature = moved.materials.find(({ kind }: { kind: string }) => kind === "signature");
    expect(moved.content.signature.materialId).toBe(signature.id);
    const file = await far.ask("GET", `/materials/${signature.id}/content?variant=original`);
    expect(file.status).toBe(302);
    const bytes = await fetch(new URL(file.headers.get("location") as string, app.origin));
    expect([bytes.status, (await bytes.arrayBuffer()).byteLength]).toEqual([200, signature.bytes]);
    // Each court sees its own; the person sees both, and was told.
    expect((await wang.ask("GET", `/filings/${moved.id}`)).status).toBe(404);
    expect((await far.ask("GET", filing.path)).status).toBe(404);
    expect((await wang.ask("GET", item)).json).toMatchObject({
      state: { code: "decided" },
      decision: { action: "transfer" },
    });
    const titles = (await owner.ask("GET", "/messages")).json.items.map(({ title }: { title: string }) => title);
    expect(titles.slice(0, 2).sort()).toEqual(["受移送的法院已收到您的材料", "本院没有管辖权"].sort());

    // Back and forth is the supervisor's, here and onward (民诉法§37).
    const there = await claimed(far, { id: moved.id, owner, path: "" });
    const back = await decide(far, there.item, { action: "transfer", fence: there.fence, courtCode: COURT, note });
    expect([back.status, back.json.code, back.json.courtsBefore]).toEqual([403, "intake.transfer_again", [COURT]]);
    expect(back.json.detail).toContain("第三十七条");
    await far.ask("POST", `${there.item}/moves`, { action: "release", fence: there.fence });
    const chief = await supervisor(app, "farchief", FAR);
    const again = await claimed(chief, { id: moved.id, owner, path: "" });
    expect(
      (await decide(chief, again.item, { action: "transfer", fence: again.fence, courtCode: COURT, note })).status,
    ).toBe(200);
    const home = (
      await owner.ask("GET", `/filings/${(await owner.ask("GET", `/filings/${moved.id}`)).json.transfer.to.filingId}`)
    ).json;
    expect(home.transfer.from).toMatchObject({
      court: { code: FAR },
      originalCourt: { code: COURT },
      originallyReceivedAt: before.submittedAt,
    });
  });

  const mediating = async (name: string): Promise<{ filing: Filed; id: string; dueOn: string }> => {
    const filing = await submitted(app, name, WISH);
    const { item, fence } = await claimed(wang, filing);
    expect((await decide(wang, item, { action: "mediate", fence })).status).toBe(200);
    await app.settle();
    const { items } = (await wang.ask("GET", "/intake/mediations?limit=100")).json;
    const found = items.find(({ filingId }: { filingId: string }) => filingId === filing.id);
    return { filing, id: found.id, dueOn: found.dueOn };
  };
  const move = (id: string, body: object) => wang.ask("POST", `/intake/mediations/${id}/moves`, body, key());

  it("mediation is extended by consent of both, and then does not come back on the old day", async () => {
    const { filing, id, dueOn } = await mediating("调一");
    const until = addPeriod(courtCalendar, dueOn, { unit: "day", amount: 10, roll: false }).lastDay;
    const one = await move(id, { action: "extend", until, consents: { plaintiff: true, defendant: false } });
    expect([one.status, one.json.code]).toEqual([422, "mediation.consent"]);
    const far31 = addPeriod(courtCalendar, dueOn, { unit: "day", amount: 31, roll: false }).lastDay;
    expect(
      (await move(id, { action: "extend", until: far31, consents: { plaintiff: true, defendant: true } })).json.code,
    ).toBe("mediation.too_long");
    const extended = await move(id, { action: "extend", until, consents: { plaintiff: true, defendant: true } });
    expect(extended.json).toMatchObject({ dueOn: until, extended: true });
    expect(
      (await far.ask("POST", `/intake/mediations/${id}/moves`, { action: "fail", note: "不是本院" }, key())).status,
    ).toBe(404);
    app.pass(32);
    await app.settle();
    let owner = await person(app, "调一");
    expect((await owner.ask("GET", filing.path)).json.state.code).toBe("in_mediation");
    app.pass(10);
    await app.settle();
    owner = await person(app, "调一");
    expect((await owner.ask("GET", filing.path)).json.state.code).toBe("submitted");
    wang = await clerk(app);
    expect((await move(id, { action: "fail", note: "已经期满" })).json).toMatchObject({ code: "mediation.over" });
    const { items } = (await wang.ask("GET", "/intake/mediations?state=expired")).json;
    expect(items.map((one2: { id: string }) => one2.id)).toContain(id);
  });

  it("mediation succeeds, with the day by which confirmation may be asked; or fails and comes back", async () => {
    const won = await mediating("调二");
    const settled = await move(won.id, { action: "settle", note: "被告分两期归还", confirmation: true });
    expect(settled.json).toMatchObject({ state: { label: "调解成功" }, confirmation: true, moves: [] });
    await app.settle();
    const seen = (await won.filing.owner.ask("GET", won.filing.path)).json;
    expect([seen.state.code, seen.clock.state.code]).toEqual(["withdrawn", "stopped"]);
    expect(seen.documents.at(-1)).toMatchObject({ title: "诉前调解结果告知书" });
    expect(seen.documents.at(-1).text).toContain("民事诉讼法第二百零五条");
    const { items } = (await wang.ask("GET", "/intake/items?state=decided&limit=100")).json;
    expect(items.find(({ filingId }: { filingId: string }) => filingId === won.filing.id).decision.label).toBe(
      "诉前调解成功",
    );
    const lost = await mediating("调三");
    expect((await move(lost.id, { action: "fail", note: "双方分歧较大" })).status).toBe(200);
    await app.settle();
    const back = (await lost.filing.owner.ask("GET", lost.filing.path)).json;
    expect([back.state.code, back.clock.state.code]).toEqual(["submitted", "running"]);
    // Two at once: one ends it, the other hears so.
    const raced = await mediating("调四");
    const answers = await Promise.all([
      move(raced.id, { action: "settle", note: "达成协议" }),
      move(raced.id, { action: "fail", note: "未达成协议" }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it("a refusal says until when it may be appealed", async () => {
    const filing = await submitted(app, "拒一");
    const { item, fence } = await claimed(wang, filing);
    await decide(wang, item, { action: "refuse", fence, groundCode: "arbitration", note: "合同第八条约定仲裁" });
    const { appeal } = (await filing.owner.ask("GET", filing.path)).json;
    expect(appeal).toMatchObject({
      days: 10,
      servedOn: today(),
      until: addPeriod(courtCalendar, today(), { unit: "day", amount: 10, roll: true }).lastDay,
    });
    const post = await submitted(app, "拒二", {
      change: { service: { ...privateLoan("拒二").service, electronic: false } },
    });
    const second = await claimed(wang, post);
    await decide(wang, second.item, {
      action: "refuse",
      fence: second.fence,
      groundCode: "arbitration",
      note: "合同第八条约定仲裁",
    });
    expect((await post.owner.ask("GET", post.path)).json.appeal).toMatchObject({ servedOn: null, until: null });
  });

  it("paper from the window: number, day of receipt, scans, the same queue and decision", {
    timeout: 60_000,
  }, async () => {
    const registered = async (body: object, who: Person = wang) =>
      who.ask("POST", "/intake/paper-filings", body, key());
    const parties = [
      { key: "p1", side: "plaintiff", kind: "natural", name: "纸上甲" },
      { key: "d1", side: "defendant", kind: "natural", name: "纸上乙" },
    ];
    const yesterday = courtDayOf(new Date(app.clock.now().getTime() - 86_400_000));
    const tomorrow = courtDayOf(new Date(app.clock.now().getTime() + 86_400_000));
    const early = await registered({ receivedOn: tomorrow, content: { parties } });
    expect([early.status, early.json.code]).toEqual([422, "paper.received_on"]);
    expect((await registered({ receivedOn: yesterday, content: {} })).json.code).toBe("paper.parties");
    expect(
      (await registered({ receivedOn: yesterday, accountId: wang.accountId, content: { parties } })).json.code,
    ).toBe("paper.no_account");
    const made = await registered({
      receivedOn: yesterday,
      sheets: 12,
      content: { parties, causeCode: "CIV2025:108(3)", formId: "09" },
    });
    expect(made.status, made.text).toBe(201);
    expect(made.json).toMatchObject({
      receiptNumber: expect.stringMatching(`^收鲁0102-${yesterday.replaceAll("-", "")}-`),
      dueOn: sevenDays(yesterday),
    });
    await app.settle();

    const bytes = await picture("扫描件");
    const order = {
      name: "起诉状.jpg",
      kind: "complaint",
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      contentType: "image/jpeg",
    };
    const planned = await wang.ask("POST", `/intake/paper-filings/${made.json.filingId}/materials`, order);
    expect(planned.status, planned.text).toBe(201);
    const { material, upload } = planned.json;
    await fetch(new URL(upload.url, app.origin), {
      method: "PUT",
      headers: upload.headers,
      body: new Uint8Array(bytes),
    });
    expect((await wang.ask("POST", `/intake/paper-materials/${material.id}/complete`)).status).toBe(200);
    expect((await far.ask("POST", `/intake/paper-filings/${made.json.filingId}/materials`, order)).status).toBe(404);
    const online = await submitted(app, "线上");
    expect((await wang.ask("POST", `/intake/paper-filings/${online.id}/materials`, order)).status).toBe(409);
    await app.settle();

    const { item, fence } = await claimed(wang, { id: made.json.filingId, owner: wang, path: "" });
    const detail = (await wang.ask("GET", item)).json;
    expect(detail.filing).toMatchObject({ channel: "paper", documents: [{ title: "收件凭证" }] });
    expect(detail.filing.materials).toHaveLength(1);
    const accepted = await decide(wang, item, {
      action: "accept",
      fence,
      causeCode: "CIV2025:108(3)",
      caseTypeCode: "0301",
    });
    expect(accepted.status, accepted.text).toBe(200);
    await app.settle();
    const owner = await person(app, "有账号", { verified: true });
    const theirs = await registered({ receivedOn: today(), accountId: owner.accountId, content: { parties } });
    await app.settle();
    expect((await owner.ask("GET", `/filings/${theirs.json.filingId}`)).json).toMatchObject({
      state: { code: "submitted" },
      channel: "paper",
    });
    expect(app.unexpected).toEqual([]);
  });
});
