import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, COURT, claimed, clerk, key, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { pdfText, plain } from "#test/pdf-text.ts";
import { type Person, person, type StaffPerson, staffMember } from "#test/people.ts";
import { checkCertificate, documentNamed, readPublicKey } from "./seal.ts";

interface Case {
  readonly caseId: string;
  readonly number: string;
  readonly names: readonly [string, string];
  plaintiff: Person;
  defendant: Person;
}
const ADDRESS = {
  partyKey: "d1",
  recipient: "李强",
  address: "山东省济南市历下区解放路2号",
  phone: "13900139000",
  electronic: true,
  judgments: false,
  stages: ["first"],
  understood: true,
};

describe("service of process", () => {
  let app: TestApp;
  let staff: StaffPerson;
  let judge: StaffPerson;
  beforeAll(async () => {
    app = await startApp("service");
    await seedCourtsAndRules(app);
    staff = await clerk(app);
    judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT });
  });
  afterAll(() => app.stop());

  async function opened(name: string, other: string): Promise<Omit<Case, "defendant">> {
    const filing = await submitted(app, name, { defendant: other });
    const { item, fence } = await claimed(staff, filing);
    expect((await staff.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    const { caseId, caseNumber: number } = (await filing.owner.ask("GET", filing.path)).json;
    return { caseId, number, names: [name, other], plaintiff: filing.owner };
  }
  async function join({ caseId, number }: Omit<Case, "defendant">, other: string): Promise<Person> {
    const { code } = (await staff.ask("POST", `/cases/${caseId}/access-codes`, { partyKey: "d1" })).json;
    const defendant = await person(app, other, { verified: true });
    expect((await defendant.ask("POST", "/cases/join", { number, accessCode: code })).status).toBe(200);
    return defendant;
  }
  async function running(name: string, other: string): Promise<Case> {
    const one = await opened(name, other);
    return { ...one, defendant: await join(one, other) };
  }
  let signIns = 0;
  /** Days go by, and sessions with them: everybody signs in anew. */
  async function pass(days: number, one: Case | null = null): Promise<void> {
    app.pass(days);
    signIns += 1;
    staff = await clerk(app, `clerk1x${signIns}`);
    judge = await staffMember(app, { username: `judge1x${signIns}`, role: "judge", courtCode: COURT });
    if (!one) return;
    one.plaintiff = await person(app, one.names[0]);
    one.defendant = await person(app, one.names[1]);
  }
  const move = (who: Person, id: string, body: object) => who.ask("POST", `/services/${id}/moves`, body, key());
  const done = async (who: Person, id: string, body: object) => {
    const answer = await move(who, id, body);
    expect(answer.status, answer.text).toBe(200);
    await app.settle();
    return answer.json;
  };
  const seen = async (who: Person, id: string) => (await who.ask("GET", `/services/${id}`)).json;
  const proposed = async ({ caseId }: { caseId: string }): Promise<string> => {
    const { items } = (await staff.ask("GET", `/services?caseId=${caseId}&state=pending`)).json;
    return items[0].id;
  };
  const laid = async (one: Case, body: object): Promise<string> => {
    const order = {
      documentKind: "notice",
      title: "通知书",
      text: "李强：\n请按时参加诉讼。",
      recipients: ["d1"],
      ...body,
    };
    const made = await staff.ask("POST", `/cases/${one.caseId}/services`, order, key());
    expect(made.status, made.text).toBe(201);
    await app.settle();
    return made.json.items[0].id;
  };
  const bytesOf = async (who: Person, path: string): Promise<Buffer> => {
    const answer = await fetch(`${app.origin}/api/v1${path}`, { headers: { authorization: `Bearer ${who.token}` } });
    expect(answer.status, path).toBe(200);
    return Buffer.from(await answer.arrayBuffer());
  };
  const today = () => new Date(app.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const dayAfter = (day: string, days: number) =>
    new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
  const told = async (name: string, id: string): Promise<Record<string, unknown>[]> => {
    const rows = await app.database.read<{ payload: string }>(
      "SELECT payload FROM outbox WHERE name = ? AND about = ? ORDER BY id",
      [name, `service:${id}`],
    );
    return rows.map(({ payload }) => JSON.parse(payload));
  };

  it("proposes the complaint's copy and the notice with its code, due in five days, and sends them by post", async () => {
    const one = await opened("王芳", "李强");
    const id = await proposed(one);
    const view = await seen(staff, id);
    expect(view).toMatchObject({
      state: { code: "pending" },
      documentKind: { code: "complaint" },
      recipient: { key: "d1", sideLabel: "被告", name: "李强" },
      dueOn: dayAfter(today(), 5),
      overdue: false,
      suggested: { code: "post" },
      moves: [{ action: "send" }, { action: "cancel" }],
    });
    expect(view.documents.map(({ title }: { title: string }) => title)).toEqual(["起诉状副本", "应诉通知书"]);
    // Told twice, proposed once.
    await app.database.read("UPDATE outbox SET done_at = NULL, due_at = UTC_TIMESTAMP(3) WHERE name = 'case.opened'");
    await app.settle();
    expect((await staff.ask("GET", `/services?caseId=${one.caseId}`)).json.items).toHaveLength(1);

    // The plaintiff's own reading of the case shows nothing of it, nor may they move it.
    for (const path of [`/services/${id}`, `/services/${id}/document.pdf`, `/services/${id}/certificate.pdf`])
      expect((await one.plaintiff.ask("GET", path)).status, path).toBe(404);
    const nobody = await move(staff, id, { action: "send", channel: "inapp" });
    expect([nobody.status, nobody.json.code]).toEqual([409, "service.nobody_there"]);
    const sent = await done(staff, id, { action: "send", channel: "post" });
    expect(sent).toMatchObject({ state: { code: "sent" }, channel: { code: "post" }, effectiveOn: null });
    expect(sent.documents.every(({ sha256 }: { sha256: string | null }) => /^[0-9a-f]{64}$/.test(sha256 ?? ""))).toBe(
      true,
    );
    const complaint = await bytesOf(staff, `/services/${id}/document.pdf?part=1`);
    expect(createHash("sha256").update(complaint).digest("hex")).toBe(sent.documents[0].sha256);
    const text = (await pdfText(complaint)).join("");
    expect(text).toContain(plain("送达用副本"));
    expect(text).not.toContain("13800138000");
    const { code } = (await staff.ask("POST", `/cases/${one.caseId}/access-codes`, { partyKey: "d1" })).json;
    const notice = (await pdfText(await bytesOf(staff, `/services/${id}/document.pdf?part=2`))).join("");
    for (const words of ["应诉通知书", one.number, code, "十五日内提出答辩状"])
      expect(notice, words).toContain(plain(words));

    const early = await move(staff, id, { action: "record", channel: "post", facts: { signedOn: "2026-01-01" } });
    expect([early.status, early.json.code]).toEqual([422, "service.facts_invalid"]);
    await done(staff, id, {
      action: "record",
      channel: "post",
      facts: { trackingNumber: "EMS1234567890CN", tracking: "in_transit" },
    });
    await pass(3);
    one.plaintiff = await person(app, "王芳");
    const served = await done(staff, id, {
      action: "record",
      channel: "post",
      facts: { tracking: "delivered", signedOn: today(), signedBy: "李强" },
    });
    expect(served).toMatchObject({
      state: { code: "effective" },
      effectiveOn: today(),
      presumed: false,
      basis: "民事诉讼法§91",
    });
    expect(served.attempts[0].facts).toContainEqual({ label: "邮件号码", value: "EMS1234567890CN" });
    expect(await told("service.effective", id)).toMatchObject([
      { caseId: one.caseId, partyKey: "d1", documentKind: "complaint", effectiveOn: today() },
    ]);
    const { items: timeline } = (await one.plaintiff.ask("GET", `/cases/${one.caseId}/timeline`)).json;
    expect(timeline.at(-1)).toMatchObject({ title: "文书送达" });
    expect(timeline.at(-1).detail).toContain("被告李强");
  });

  it("takes effect by arriving at a confirmed address, without being opened; otherwise by reading, which is presumed", async () => {
    const one = await running("沈一", "顾二");
    const confirmed = await one.defendant.ask(
      "PUT",
      `/cases/${one.caseId}/service-address`,
      { ...ADDRESS, recipient: "顾二" },
      { "if-match": '"0"' },
    );
    expect(confirmed.status, confirmed.text).toBe(200);
    const stale = await one.defendant.ask("PUT", `/cases/${one.caseId}/service-address`, ADDRESS, {
      "if-match": '"0"',
    });
    expect([stale.status, stale.json.code]).toEqual([412, "service.address_stale"]);
    const foreign = await one.plaintiff.ask("PUT", `/cases/${one.caseId}/service-address`, ADDRESS, {
      "if-match": '"0"',
    });
    expect(foreign.json.code).toBe("service.which_party");
    const shown = (await staff.ask("GET", `/cases/${one.caseId}/service-address`)).json;
    expect(JSON.stringify(shown)).not.toContain("13900139000");
    expect((await one.plaintiff.ask("GET", `/cases/${one.caseId}/service-address`)).json.items).toHaveLength(1);

    const id = await proposed(one);
    expect((await seen(staff, id)).suggested.code).toBe("inapp");
    const sent = await done(staff, id, { action: "send", channel: "inapp" });
    expect(sent).toMatchObject({
      state: { code: "effective" },
      effectiveOn: today(),
      presumed: false,
      basis: "在线诉讼规则§31(1)；民诉法解释§135",
      consent: { code: "address" },
      attempts: [{ readAt: null, confirmed: true }],
    });
    // Reading later is recorded and changes no day.
    await pass(2, one);
    await bytesOf(one.defendant, `/services/${id}/document.pdf`);
    const read = await seen(one.defendant, id);
    expect(read.attempts[0].readAt).not.toBeNull();
    expect(read.effectiveOn).toBe(sent.effectiveOn);
    expect(await told("service.effect_changed", id)).toEqual([]);

    // What is like a judgment was not agreed to: reading makes it presumed.
    const ruling = await laid(one, { documentKind: "ruling", title: "民事裁定书", channel: "inapp" });
    expect(await seen(one.defendant, ruling)).toMatchObject({ state: { code: "sent" }, effectiveOn: null });
    await bytesOf(one.defendant, `/services/${ruling}/document.pdf`);
    await app.settle();
    expect(await seen(one.defendant, ruling)).toMatchObject({
      state: { code: "effective" },
      effectiveOn: today(),
      presumed: true,
      basis: "在线诉讼规则§31(2)2",
    });
    // A reply is better than a reading.
    const replied = await done(one.defendant, ruling, { action: "acknowledge" });
    expect(replied).toMatchObject({ presumed: false, basis: "在线诉讼规则§31(2)1", consent: { code: "conduct" } });
    expect(replied.moves.map(({ action }: { action: string }) => action)).toEqual(["contest", "ask_paper"]);
    const asked = await done(one.defendant, ruling, { action: "ask_paper" });
    expect(asked).toMatchObject({ state: { code: "effective" }, effectiveOn: today() });
    expect((await move(one.defendant, ruling, { action: "ask_paper" })).status).toBe(409);
    const desk = await seen(staff, ruling);
    expect(desk.warnings.join("")).toContain("纸质");
    expect((await done(staff, ruling, { action: "give_paper" })).paper.givenAt).not.toBeNull();
    const plainPaper = await move(one.defendant, id, { action: "ask_paper" });
    expect(plainPaper.json.code).toBe("service.no_paper");
  });

  it("hears the recipient's contest, decides it, and works the day out anew for both sides", async () => {
    const one = await running("韩梅", "杨立");
    const id = await proposed(one);
    await done(staff, id, { action: "send", channel: "post" });
    const first = dayAfter(today(), 1);
    await pass(4, one);
    await done(staff, id, { action: "record", channel: "post", facts: { signedOn: first, signedBy: "门卫" } });
    const wrong = await move(one.defendant, id, { action: "contest", claimedOn: first, note: "日期不对" });
    expect([wrong.status, wrong.json.code]).toEqual([422, "service.claimed_on"]);
    const real = dayAfter(first, 2);
    expect((await move(one.plaintiff, id, { action: "contest", claimedOn: real, note: "x" })).status).toBe(404);
    const contested = await done(one.defendant, id, {
      action: "contest",
      claimedOn: real,
      note: "门卫两天后才转交给我",
    });
    expect(contested).toMatchObject({ state: { code: "contested" }, effectiveOn: first });
    expect((await staff.ask("GET", "/services")).json.items[0].id).toBe(id);
    expect((await move(one.defendant, id, { action: "decide_contest", accept: true, reason: "x" })).status).toBe(403);
    const ahead = dayAfter(today(), 1);
    const beyond = await move(staff, id, {
      action: "decide_contest",
      accept: true,
      effectiveOn: ahead,
      reason: "核实",
    });
    expect(beyond.json.code).toBe("service.ruled_on");
    const answers = await Promise.all([
      move(staff, id, { action: "decide_contest", accept: true, reason: "快递底单显示两日后转交" }),
      move(judge, id, { action: "decide_contest", accept: true, reason: "快递底单显示两日后转交" }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await app.settle();
    const after = await seen(one.defendant, id);
    expect(after.contests[0].state.code).toBe("accepted");
    expect(after.effectiveOn).toBe(real);
    expect(await told("service.effect_changed", id)).toMatchObject([
      { before: first, after: real, documentKind: "complaint" },
    ]);
    const { items } = (await one.plaintiff.ask("GET", "/messages")).json;
    expect(items.map(({ title }: { title: string }) => title)).toContain("送达日期有变更，期限已重新计算");
  });

  it("takes a day away where nothing ever arrived, and goes on by the next way", async () => {
    const one = await running("冯春", "蒋夏");
    const id = await proposed(one);
    await done(staff, id, { action: "send", channel: "post" });
    await pass(2, one);
    await done(staff, id, { action: "record", channel: "post", facts: { signedOn: today(), signedBy: "他人" } });
    const before = today();
    await done(one.defendant, id, { action: "contest", claimedOn: null, note: "不是我签收的，我没有收到" });
    const after = await done(staff, id, { action: "decide_contest", accept: true, reason: "签收人与受送达人无关" });
    expect(after).toMatchObject({ state: { code: "failed" }, effectiveOn: null, suggested: { code: "direct" } });
    expect(await told("service.effect_changed", id)).toMatchObject([{ before, after: null }]);
    expect((await staff.ask("GET", `/services/${id}/certificate.pdf`)).json.code).toBe("service.no_certificate");
    await done(staff, id, { action: "next_channel" });
    const facts = { signedOn: today(), signedBy: "蒋夏" };
    const served = await done(staff, id, { action: "record", channel: "direct", facts });
    expect(served).toMatchObject({ state: { code: "effective" }, basis: "民事诉讼法§87、§88" });
    expect(await told("service.effective", id)).toHaveLength(2);
  });

  it("keeps everything from co-parties, former agents, strangers and other courts", async () => {
    const one = await running("朱秋", "秦冬");
    const agent = await person(app, "许代理", { verified: true });
    const asking = { number: one.number, partyName: "秦冬", agent: { kind: "relative", powers: "general" } };
    const { id: agency } = (await agent.ask("POST", "/cases/agents", asking)).json;
    const to = `/cases/${one.caseId}/participants/${agency}/moves`;
    expect((await one.defendant.ask("POST", to, { action: "confirm" }, key())).status).toBe(200);
    const id = await laid(one, { channel: "inapp" });
    expect((await agent.ask("GET", `/services/${id}`)).status).toBe(200);
    expect((await one.defendant.ask("POST", to, { action: "end", reason: "解除委托" }, key())).status).toBe(200);
    const stranger = await person(app, "路过", { verified: true });
    const far = await staffMember(app, { username: "far1", role: "judge", courtCode: "鲁0103" });
    for (const who of [agent, stranger, far, one.plaintiff]) {
      for (const path of [`/services/${id}`, `/services/${id}/document.pdf`, `/services/${id}/certificate.pdf`])
        expect((await who.ask("GET", path)).status, path).toBe(404);
      const { items } = (await who.ask("GET", "/services")).json;
      expect(items.map((row: { id: string }) => row.id)).not.toContain(id);
    }
    for (const body of [{ action: "acknowledge" }, { action: "contest", claimedOn: null, note: "x" }])
      for (const who of [agent, stranger, one.plaintiff]) expect((await move(who, id, body)).status).toBe(404);
    expect((await move(far, id, { action: "next_channel" })).status).toBe(404);
    const order = { documentKind: "notice", title: "通知", text: "通知", recipients: ["d1"] };
    expect((await far.ask("POST", `/cases/${one.caseId}/services`, order, key())).status).toBe(404);
    expect((await one.defendant.ask("POST", `/cases/${one.caseId}/services`, order, key())).status).toBe(403);
    // A draft of the court's is nobody else's.
    const pending = await laid(one, {});
    expect((await one.defendant.ask("GET", `/services/${pending}`)).status).toBe(404);
  });

  it("bars what the law bars, and waits out a public notice", async () => {
    const one = await running("齐家", "国安");
    const mediation = await laid(one, { documentKind: "mediation", title: "民事调解书" });
    for (const channel of ["leave", "public_notice"]) {
      const barred = await move(staff, mediation, { action: "send", channel });
      expect([barred.status, barred.json.code]).toEqual([409, "service.channel_barred"]);
    }
    const assign = (procedure: string) =>
      judge.ask("POST", `/cases/${one.caseId}/moves`, { action: "assign", procedure }, key());
    expect((await assign("summary")).status).toBe(200);
    const id = await laid(one, { channel: "direct" });
    await done(staff, id, { action: "record", channel: "direct", facts: { refusedOn: today() } });
    expect(await seen(staff, id)).toMatchObject({ state: { code: "failed" }, suggested: { code: "leave" } });
    await done(staff, id, { action: "next_channel" });
    expect((await seen(staff, id)).warnings.join("")).toContain("第一百四十条");
    const barred = await move(staff, id, { action: "next_channel" });
    expect(barred.json.detail).toContain("转为普通程序");
    expect((await assign("ordinary")).status).toBe(200);
    await done(staff, id, { action: "next_channel" });
    const published = today();
    const running30 = await done(staff, id, {
      action: "record",
      channel: "public_notice",
      facts: { lastPublishedOn: published, publishedIn: "人民法院报", reason: "受送达人下落不明" },
    });
    expect(running30).toMatchObject({ state: { code: "sent" }, effectiveOn: dayAfter(published, 30) });
    expect(await told("service.effective", id)).toEqual([]);
    await pass(31, one);
    await app.settle();
    expect(await seen(staff, id)).toMatchObject({ state: { code: "effective" }, effectiveOn: dayAfter(published, 30) });
    expect(await told("service.effective", id)).toMatchObject([{ effectiveOn: dayAfter(published, 30) }]);
  });

  it("gives up an unconfirmed address that nobody answers at", async () => {
    const one = await running("吕安", "施平");
    const id = await laid(one, { channel: "inapp" });
    await pass(5, one);
    await app.settle();
    expect(await seen(staff, id)).toMatchObject({
      state: { code: "failed" },
      effectiveOn: null,
      suggested: { code: "post" },
    });
    expect(await told("service.failed", id)).toMatchObject([{ channel: "inapp" }]);
  });

  it("answers every service vector that is about one service", async () => {
    const { service_vectors: vectors } = JSON.parse(
      readFileSync(new URL("../../../../../shared/vectors/periods.json", import.meta.url), "utf8"),
    ) as { service_vectors: Vector[] };
    const one = await running("孔明", "张飞");
    const email = { ...ADDRESS, email: "zhang@example.com", recipient: "张飞" };
    const confirm = async (electronic: boolean, version: number) => {
      const answer = await one.defendant.ask(
        "PUT",
        `/cases/${one.caseId}/service-address`,
        { ...email, electronic },
        { "if-match": `"${version}"` },
      );
      expect(answer.status, answer.text).toBe(200);
    };
    await confirm(true, 0);
    const withZone = (value: string | null | undefined) =>
      value ? (value.includes("T") ? `${value}:00+08:00` : `${value}T10:00:00+08:00`) : undefined;
    const lay = async () => {
      const id = await laid(one, { title: "传票", documentKind: "summons" });
      await done(staff, id, { action: "send", channel: "direct" });
      return id;
    };
    const record = (id: string, channel: string, facts: object) =>
      done(staff, id, { action: "record", channel, facts });
    const roads: Record<string, (vector: Vector) => Promise<string | null>> = {
      async electronic_confirmed_address({ system_send_success }) {
        return (await record(await lay(), "email", { arrivedAt: withZone(system_send_success) })).effectiveOn;
      },
      async electronic_unconfirmed_address({ replied_at, read_receipt_at }) {
        await confirm(false, 1).catch(() => undefined);
        const id = await lay();
        const facts = { repliedAt: withZone(replied_at), readAt: withZone(read_receipt_at) };
        return (await record(id, "email", facts)).effectiveOn;
      },
      async electronic_multi({ events = [] }) {
        const id = await lay();
        for (const { effective } of events) {
          await record(id, "email", { repliedAt: withZone(effective) });
          // Each further way is an attempt of its own.
          await app.database.read("UPDATE service_attempt SET sent_at = ? WHERE service_id = ? AND channel = 'email'", [
            new Date("2026-01-01"),
            id,
          ]);
          await app.database.read(
            "UPDATE service_attempt SET channel = 'inapp' WHERE service_id = ? AND channel = 'email'",
            [id],
          );
        }
        return (await record(id, "direct", {})).effectiveOn;
      },
      async postal_returned_fault_of_recipient({ returned_at }) {
        const facts = { returnedOn: returned_at, returnReason: "refused", tracking: "returned" };
        return (await record(await lay(), "post", facts)).effectiveOn;
      },
    };
    const met: string[] = [];
    for (const vector of vectors) {
      const road = roads[vector.mode];
      if (!road) continue;
      expect(await road(vector), vector.id).toBe(vector.effective_date);
      met.push(vector.id);
    }
    expect(met).toEqual(expect.arrayContaining(["svc-01", "svc-02", "svc-04", "svc-05", "svc-07"]));
  });

  it("gives a certificate in which any changed byte shows, and which knows its documents", async () => {
    const one = await running("钱多", "孙少");
    const id = await proposed(one);
    await done(staff, id, { action: "send", channel: "post" });
    await done(staff, id, { action: "record", channel: "post", facts: { signedOn: today(), signedBy: "孙少" } });
    const file = await bytesOf(one.defendant, `/services/${id}/certificate.pdf`);
    expect((await bytesOf(staff, `/services/${id}/certificate.pdf`)).equals(file)).toBe(true);
    const text = (await pdfText(file)).join("");
    for (const words of ["送达回证", one.number, "被告", "孙少", "民事诉讼法§91", "起诉状副本", "应诉通知书"])
      expect(text, words).toContain(plain(words));
    const { publicKey, pem } = (await app.ask("GET", "/service-certificates/key")).json;
    for (const shown of [publicKey, pem]) expect(checkCertificate(file, readPublicKey(shown)).genuine).toBe(true);
    const checked = checkCertificate(file, readPublicKey(publicKey));
    if (!checked.genuine) throw new Error(checked.reason);
    expect(checked.facts).toMatchObject({
      caseNumber: one.number,
      recipient: { name: "孙少" },
      effect: { on: today() },
    });
    const document = await bytesOf(one.defendant, `/services/${id}/document.pdf?part=2`);
    expect(documentNamed(checked.facts, document)).toBe("应诉通知书");
    document[document.length >> 1] = (document[document.length >> 1] ?? 0) ^ 1;
    expect(documentNamed(checked.facts, document)).toBeNull();
    // Every byte of the facts and the signature, and every 97th of the page.
    const tail = file.lastIndexOf("%SUTONG-SERVICE-CERTIFICATE-1");
    expect(tail).toBeGreaterThan(1000);
    const unseen: number[] = [];
    const trusted = readPublicKey(publicKey);
    for (let at = 0; at < file.length; at += at < tail - 2 ? 97 : 1) {
      const was = file[at] ?? 0;
      for (const bit of [1, 32]) {
        file[at] = was ^ bit;
        if (checkCertificate(file, trusted).genuine) unseen.push(at);
      }
      file[at] = was;
    }
    expect(unseen).toEqual([]);
    for (const cut of [1, 10, 200]) expect(checkCertificate(file.subarray(0, -cut), trusted).genuine).toBe(false);
    expect(checkCertificate(Buffer.concat([file, Buffer.from("\n")]), trusted).genuine).toBe(false);
    const other = readPublicKey(Buffer.alloc(32, 7).toString("base64"));
    expect(checkCertificate(file, other).genuine).toBe(false);
  });

  it("fails nowhere by itself", () => expect(app.unexpected).toEqual([]));
});

interface Vector {
  readonly id: string;
  readonly mode: string;
  readonly effective_date?: string | null;
  readonly system_send_success?: string;
  readonly replied_at?: string;
  readonly read_receipt_at?: string | null;
  readonly returned_at?: string;
  readonly events?: { ch: string; effective: string }[];
}
