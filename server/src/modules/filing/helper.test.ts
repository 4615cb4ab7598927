import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answered } from "#test/app.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { clerk, type Filed, key, picture, readyDraft, seedCourtsAndRules, upload } from "#test/filings.ts";
import { type Person, person } from "#test/people.ts";

const names = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏";
let many = 0;
/** Somebody new, by name. */
const newName = (): string => {
  many += 1;
  return `${names[many % names.length]}${names[(many * 7) % names.length]}${many % 2 ? "芳" : "强"}`;
};

describe("help with filling in", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("helper");
    await seedCourtsAndRules(app);
  });
  afterAll(() => app.stop());

  const newHelper = (verified = true): Promise<Person> => person(app, newName(), { verified });
  const offer = async (filing: Filed, minutes = 30): Promise<{ id: string; code: string; url: string }> => {
    const answer = await filing.owner.ask("POST", `${filing.path}/helpers`, { minutes });
    expect(answer.status, answer.text).toBe(201);
    return answer.json;
  };
  const join = (who: Person, code: string): Promise<Answered> => who.ask("POST", "/helpers/join", { code });
  const edit = (who: Person, { path }: Filed, at: string, value: unknown, baseVersion = 1000): Promise<Answered> =>
    who.ask("POST", `${path}/edits`, { edits: [{ path: at, value, baseVersion }] });
  /** A draft, and somebody who helps with it. */
  async function helped(minutes = 30): Promise<{ filing: Filed; helper: Person; helperId: string }> {
    const [filing, helper] = [await readyDraft(app, newName()), await newHelper()];
    const { id, code } = await offer(filing, minutes);
    const joined = await join(helper, code);
    expect(joined.status, joined.text).toBe(200);
    return { filing, helper, helperId: id };
  }
  const precheckCodes = async ({ owner, path }: Filed): Promise<string[]> =>
    (await owner.ask("POST", `${path}/precheck`, {})).json.findings.map(({ code }: { code: string }) => code);
  const helperEdits = async ({ owner, path }: Filed) => (await owner.ask("GET", `${path}/helper-edits`)).json;
  const confirm = async (filing: Filed, helperId: string, through: string): Promise<Answered> =>
    filing.owner.ask("POST", `${filing.path}/helpers/${helperId}/moves`, { action: "confirm", through });
  const submit = ({ owner, path }: Filed): Promise<Answered> =>
    owner.ask("POST", `${path}/moves`, { action: "submit" }, key());
  /** Sets what the database keeps of a help, as if time had gone on. */
  const setHelp = (id: string, change: string): Promise<unknown> =>
    app.database.read(`UPDATE filing_helper SET ${change} WHERE id = ?`, [id]);

  it("the road: a code, two hands on one draft, a look through, and the submission", async () => {
    const [filing, helper] = [await readyDraft(app, "王芳"), await person(app, "王小明", { verified: true })];
    const { id, code, url } = await offer(filing, 60);
    expect(code).toMatch(/^\d{8}$/);
    expect(url).toBe(`${app.config.publicUrl.replace(/\/$/, "")}/#/pages/helper/join?code=${code}`);
    const joined = await join(helper, `${code.slice(0, 4)} ${code.slice(4)}`);
    expect(joined.json.filingId).toBe(filing.id);
    const minutes = (new Date(joined.json.until).getTime() - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(59);
    expect(minutes).toBeLessThanOrEqual(60.1);

    const seen = await helper.ask("GET", filing.path);
    expect(seen.status, seen.text).toBe(200);
    expect(seen.json).toMatchObject({ editable: true, moves: [], steps: [], help: { id, mine: true, name: "王**" } });
    expect(seen.json.help.secondsLeft).toBeGreaterThan(3500);
    expect(seen.json.help.ownersAlone).toContain("/consents");
    const told = (await filing.owner.ask("GET", filing.path)).json;
    expect(told.help).toMatchObject({ id, mine: false, name: "王**", ownersAlone: [] });

    const base = seen.json.version;
    expect((await edit(helper, filing, "/parties/d1/phone", "13700137000", base)).status).toBe(200);
    expect((await edit(filing.owner, filing, "/facts", "借款事实由我自己写。".repeat(5), base)).status).toBe(200);
    expect((await edit(helper, filing, "/claims/c9", { text: "诉讼费由被告承担" }, base)).status).toBe(200);
    expect((await edit(helper, filing, "/answers/facts.1", "yes", base)).status).toBe(200);
    const both = (await filing.owner.ask("GET", filing.path)).json.content;
    expect([both.parties[1].phone, both.facts.slice(0, 4), both.claims.length]).toEqual(["13700137000", "借款事实", 3]);

    // Both wrote the same place: whoever comes second is asked, as always.
    const version = (await helper.ask("GET", filing.path)).json.version;
    expect((await edit(filing.owner, filing, "/parties/d1/name", "李强强", version)).status).toBe(200);
    const clash = await edit(helper, filing, "/parties/d1/name", "李壮", version);
    expect([clash.status, clash.json.code, clash.json.conflicts[0].theirs]).toEqual([409, "filing.conflict", "李强强"]);

    expect(await precheckCodes(filing)).toContain("helper.unconfirmed");
    const refused = await submit(filing);
    expect([refused.status, refused.json.code]).toEqual([422, "filing.incomplete"]);
    const { items, through } = await helperEdits(filing);
    expect(
      items.map(({ label, before, after, confirmed }: Record<string, unknown>) => [label, before, after, confirmed]),
    ).toEqual([
      ["被告李强强 · 电话", "13900139000", "13700137000", false],
      ["第 3 项请求", "", "诉讼费由被告承担", false],
      [expect.any(String), "", "是", false],
    ]);
    expect(items[0].helper).toEqual({ id, name: "王**" });
    const confirmed = await confirm(filing, id, through);
    expect([confirmed.status, confirmed.json.edits, confirmed.json.unconfirmed]).toEqual([200, 3, 0]);
    expect(await precheckCodes(filing)).not.toContain("helper.unconfirmed");

    // What comes afterwards is asked about again.
    expect((await edit(helper, filing, "/parties/d1/phone", "13700137001")).status).toBe(200);
    expect((await submit(filing)).status).toBe(422);
    const again = await helperEdits(filing);
    expect(again.items.filter((item: { confirmed: boolean }) => !item.confirmed)).toMatchObject([
      { path: "/parties/d1/phone", before: "13700137000", after: "13700137001" },
    ]);
    await confirm(filing, id, again.through);
    const done = await submit(filing);
    expect(done.status, done.text).toBe(200);

    // With the submission help is over.
    expect((await helper.ask("GET", filing.path)).status).toBe(404);
    const [row] = (await filing.owner.ask("GET", `${filing.path}/helpers`)).json.items;
    expect([row.state.code, row.moves, row.edits, row.unconfirmed]).toEqual(["ended", [], 3, 0]);
    await app.settle();
    const events = await app.database.read<{ name: string; payload: string; actorId: string }>(
      "SELECT name, payload, actor_id AS actorId FROM outbox WHERE about = ? AND name LIKE 'filing.helper%' ORDER BY id",
      [`filing:${filing.id}`],
    );
    expect(events.map(({ name }) => name.slice("filing.helper_".length))).toEqual([
      ...["offered", "joined", "due", "edited", "edited", "edited", "confirmed", "edited", "confirmed", "ended"],
    ]);
    expect(events.filter(({ name }) => name.endsWith("edited")).map(({ actorId }) => String(actorId))).toEqual(
      Array(4).fill(helper.accountId),
    );
    for (const { payload } of events) expect(payload).not.toMatch(/1370013700|王|李/);
    const [audited] = await app.database.read<{ entries: string }>(
      "SELECT COUNT(*) AS entries FROM audit_entry WHERE about = ? AND name IN ('filing.helper_joined', 'filing.helper_ended', 'filing.helper_confirmed')",
      [`filing:${filing.id}`],
    );
    expect(Number(audited?.entries)).toBe(4);
    expect(app.unexpected).toEqual([]);
  });

  it("neither code nor what was written lies open in the database", async () => {
    const { filing, helper } = await helped();
    const { code } = await offer(await readyDraft(app, newName()));
    await edit(helper, filing, "/parties/d1/address", "某某省某某市保密路1号");
    const rows = await app.database.read(
      "SELECT HEX(alteration) AS kept FROM filing_helper_edit UNION ALL SELECT code_index FROM filing_helper",
    );
    const text = JSON.stringify(rows);
    expect(text).not.toContain(Buffer.from("保密路").toString("hex").toUpperCase());
    expect(text).not.toContain(code);
    expect(rows.length).toBeGreaterThan(1);
  });

  it("leaves to the one who files what is theirs alone", async () => {
    const { filing, helper, helperId } = await helped();
    const reserved: [path: string, value: unknown][] = [
      ["/consents/filing", "refuse"],
      ["/consents", Object.fromEntries([])],
      ["/mediation/wish", "yes"],
      ["/signature/materialId", null],
      ["/signature/signedOn", "2026-01-01"],
      ["/signature", { materialId: null, signedOn: null }],
      ["/service/confirmed", true],
      ["/service/electronic", false],
      ["/service/channels", ["platform"]],
      ["/service/judgments", false],
      ["/service/stages", ["second"]],
      ["/service", { address: "别处", confirmed: true }],
      // What the owner put in is not taken out, however it is asked.
      ["/parties/d1", null],
      ["/claims/c1", null],
      ["/claims", []],
      ["/parties", []],
    ];
    const before = (await filing.owner.ask("GET", filing.path)).json;
    for (const [path, value] of reserved) {
      const answer = await edit(helper, filing, path, value);
      expect([path, answer.status, answer.json.code]).toEqual([path, 403, "helper.owner_only"]);
    }
    // One such edit among others: none of them is kept.
    const mixed = await helper.ask("POST", `${filing.path}/edits`, {
      edits: [
        { path: "/facts", value: "顺便改一下", baseVersion: 1000 },
        { path: "/consents/filing", value: "refuse", baseVersion: 1000 },
      ],
    });
    expect(mixed.status).toBe(403);

    const content = before.content;
    const version = before.version;
    const hidden: [method: string, path: string, body?: unknown, headers?: Record<string, string>][] = [
      ["PUT", filing.path, { content }, { "if-match": `"${version}"` }],
      ["POST", `${filing.path}/moves`, { action: "submit" }, key()],
      ["POST", `${filing.path}/moves`, { action: "withdraw" }],
      ["POST", `${filing.path}/helpers`, { minutes: 30 }],
      ["GET", `${filing.path}/helper-edits`],
      ["POST", `${filing.path}/helpers/${helperId}/moves`, { action: "confirm", through: "999999" }],
      ...[
        "complaint.pdf",
        "complaint.docx",
        "bundle.pdf",
        "receipt.pdf",
        "clock",
        "steps",
        "corrections",
        "documents",
      ].map((paper): [string, string] => ["GET", `${filing.path}/${paper}`]),
    ];
    for (const [method, path, body, headers] of hidden) {
      const answer = await helper.ask(method, path, body, headers);
      expect([method, path, answer.status]).toEqual([method, path, 404]);
    }
    expect((await helper.ask("GET", "/filings")).json.items).toEqual([]);
    expect((await filing.owner.ask("GET", filing.path)).json).toEqual({
      ...before,
      help: { ...before.help, secondsLeft: expect.any(Number) },
    });
    expect((await helperEdits(filing)).items).toEqual([]);
  });

  it("takes out again what it put in, and then there is nothing to confirm", async () => {
    const { filing, helper } = await helped();
    expect(
      (await edit(helper, filing, "/parties/t1", { side: "third_party", kind: "natural", name: "多余" })).status,
    ).toBe(200);
    expect((await edit(helper, filing, "/parties/t1", null)).status).toBe(200);
    expect((await helperEdits(filing)).items).toEqual([]);
  });

  it("an address that a helper changed is confirmed anew by the one who files", async () => {
    const { filing, helper } = await helped();
    expect((await edit(helper, filing, "/service/address", "山东省济南市市中区新路9号")).status).toBe(200);
    const { content } = (await filing.owner.ask("GET", filing.path)).json;
    expect([content.service.address, content.service.confirmed]).toEqual(["山东省济南市市中区新路9号", false]);
    expect(await precheckCodes(filing)).toContain("service.unconfirmed");
  });

  it("materials: adds its own, leaves the owner's alone, never a signature; each is confirmed", async () => {
    const { filing, helper, helperId } = await helped();
    const theirs = (await filing.owner.ask("GET", filing.path)).json.materials;
    const added = await upload(app, helper, filing.id, "evidence", await picture(randomUUID()), "收条.jpg");
    await app.settle();
    const seen = (await helper.ask("GET", filing.path)).json.materials;
    const actions = (id: string) =>
      seen.find((each: { id: string }) => each.id === id).moves.map(({ action }: { action: string }) => action);
    expect(actions(added)).toEqual(["read", "change", "remove"]);
    expect(actions(theirs[1].id)).toEqual(["read"]);
    expect((await helper.ask("GET", `/materials/${theirs[1].id}/content`)).status).toBe(302);

    const refused: [string, string, unknown?, Record<string, string>?][] = [
      ["DELETE", `/materials/${theirs[1].id}`],
      ["PUT", `/materials/${theirs[1].id}`, { purpose: "证明别的" }],
      ["PUT", `${filing.path}/materials/order`, { ids: seen.map(({ id }: { id: string }) => id).reverse() }],
      ["POST", `${filing.path}/materials/combine`, { ids: [theirs[1].id, added], name: "合", kind: "evidence" }, key()],
      [
        "POST",
        `${filing.path}/materials`,
        { name: "签名.png", kind: "signature", bytes: 10, sha256: "a".repeat(64), contentType: "image/png" },
      ],
    ];
    for (const [method, path, body, headers] of refused) {
      const answer = await helper.ask(method, path, body, headers);
      expect([method, path, answer.status, answer.json?.code]).toEqual([method, path, 409, "material.not_editable"]);
    }
    expect((await helper.ask("PUT", `/materials/${added}`, { purpose: "证明还款" })).status).toBe(200);
    const { items, through } = await helperEdits(filing);
    expect(items).toMatchObject([{ label: "材料", before: "", after: "收条.jpg（证明：证明还款）" }]);
    expect((await submit(filing)).status).toBe(422);
    await confirm(filing, helperId, through);
    expect((await submit(filing)).status).toBe(200);
    expect((await helper.ask("GET", `/materials/${added}`)).status).toBe(404);
  });

  it("a material that was taken off again needs no look", async () => {
    const { filing, helper } = await helped();
    const added = await upload(app, helper, filing.id, "evidence", await picture(randomUUID()));
    expect((await helper.ask("DELETE", `/materials/${added}`)).status).toBe(204);
    expect((await helperEdits(filing)).items).toEqual([]);
  });

  describe("joining", () => {
    it("a code is good once, and for one helper", async () => {
      const [filing, first, second] = [await readyDraft(app, newName()), await newHelper(), await newHelper()];
      const { code } = await offer(filing);
      const answers = await Promise.all([join(first, code), join(second, code)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
      expect(answers.find(({ status }) => status === 422)?.json.code).toBe("helper.code_refused");
      const another = await filing.owner.ask("POST", `${filing.path}/helpers`, { minutes: 30 });
      expect([another.status, another.json.code]).toEqual([409, "helper.present"]);
    });

    it("a new code makes the one before it useless", async () => {
      const [filing, helper] = [await readyDraft(app, newName()), await newHelper()];
      const [old, fresh] = [await offer(filing), await offer(filing)];
      expect((await join(helper, old.code)).json.code).toBe("helper.code_refused");
      expect((await join(helper, fresh.code)).status).toBe(200);
    });

    it("refuses a code that is ten minutes old, one's own, one of a draft that was handed in, and whoever is not verified", async () => {
      const [filing, helper] = [await readyDraft(app, newName()), await newHelper()];
      const { id, code } = await offer(filing);
      const plain = await join(await newHelper(false), code);
      expect([plain.status, plain.json.code]).toEqual([403, "account.unverified"]);
      const own = await join(filing.owner, code);
      expect([own.status, own.json.code]).toEqual([422, "helper.own_filing"]);
      await setHelp(id, "expires_at = UTC_TIMESTAMP(3)");
      expect((await join(helper, code)).json.code).toBe("helper.code_refused");
      const fresh = await offer(filing);
      expect((await submit(filing)).status).toBe(200);
      expect((await join(helper, fresh.code)).json.code).toBe("helper.code_refused");
      expect((await filing.owner.ask("POST", `${filing.path}/helpers`, { minutes: 30 })).status).toBe(409);
    });

    it("guessing ends after five tries, also with the right code; a right one in time forgives the others", async () => {
      const [filing, guesser, other] = [await readyDraft(app, newName()), await newHelper(), await newHelper()];
      const { code } = await offer(filing);
      const wrong = String((Number(code) + 1) % 100_000_000).padStart(8, "0");
      for (let tries = 0; tries < 5; tries += 1) expect((await join(guesser, wrong)).status).toBe(422);
      const locked = await join(guesser, code);
      expect([locked.status, locked.json.code]).toEqual([429, "helper.too_many_tries"]);
      expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(800);
      for (let tries = 0; tries < 4; tries += 1) expect((await join(other, wrong)).status).toBe(422);
      expect((await join(other, code)).status).toBe(200);
      for (let tries = 0; tries < 4; tries += 1) expect((await join(other, wrong)).status).toBe(422);
    });

    it("codes of another form are not even looked up", async () => {
      const helper = await newHelper();
      for (const code of ["1234567", "123456789", "abcdefgh", "", 12345678])
        expect((await helper.ask("POST", "/helpers/join", { code })).status).toBe(422);
      for (const minutes of [29, 31, 0, 10_000, "30"])
        expect((await helper.ask("POST", "/filings/1/helpers", { minutes })).status).toBe(422);
    });
  });

  describe("the end", () => {
    const closed = async (helper: Person, filing: Filed) => {
      expect((await helper.ask("GET", filing.path)).status).toBe(404);
      expect((await edit(helper, filing, "/facts", "晚了一步")).status).toBe(404);
      const announced = {
        name: "a.jpg",
        kind: "evidence",
        bytes: 10,
        sha256: "b".repeat(64),
        contentType: "image/jpeg",
      };
      expect((await helper.ask("POST", `${filing.path}/materials`, announced)).status).toBe(404);
      expect((await helper.ask("GET", `${filing.path}/helpers`)).status).toBe(404);
      expect((await filing.owner.ask("GET", filing.path)).json.help).toBeNull();
    };

    it("comes by the database's clock, before any timer rings", async () => {
      const { filing, helper, helperId } = await helped();
      await setHelp(helperId, "until_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND");
      await closed(helper, filing);
      const [row] = (await filing.owner.ask("GET", `${filing.path}/helpers`)).json.items;
      expect(row.state.code).toBe("expired");
      // And the place is free again.
      expect((await join(await newHelper(), (await offer(filing)).code)).status).toBe(200);
    });

    it("comes by the timer, which ends nothing that still runs", async () => {
      const { filing, helperId } = await helped(30);
      const other = await helped(120);
      const late = app.clock.shiftMs;
      app.clock.shiftMs += 31 * 60_000;
      await app.settle();
      app.clock.shiftMs = late;
      const states = await app.database.read<{ id: string; state: string }>("SELECT id, state FROM filing_helper");
      const stateOf = (id: string) => states.find((row) => String(row.id) === id)?.state;
      expect([stateOf(helperId), stateOf(other.helperId)]).toEqual(["expired", "active"]);
      expect((await filing.owner.ask("GET", filing.path)).json.help).toBeNull();
    });

    it("comes when the one who files says so, and when the helper does", async () => {
      for (const byOwner of [true, false]) {
        const { filing, helper, helperId } = await helped();
        await edit(helper, filing, "/facts", "帮忙写的经过。".repeat(8));
        const who = byOwner ? filing.owner : helper;
        const ended = await who.ask("POST", `${filing.path}/helpers/${helperId}/moves`, { action: "end" });
        expect([ended.status, ended.json.state.code], ended.text).toEqual([200, "ended"]);
        await closed(helper, filing);
        // Not by anybody twice; and what was written still waits to be looked at.
        expect(
          (await filing.owner.ask("POST", `${filing.path}/helpers/${helperId}/moves`, { action: "end" })).status,
        ).toBe(409);
        expect(await precheckCodes(filing)).toContain("helper.unconfirmed");
      }
    });

    it("comes with a withdrawal", async () => {
      const { filing, helper } = await helped();
      expect((await filing.owner.ask("POST", `${filing.path}/moves`, { action: "withdraw" })).status).toBe(200);
      await closed(helper, filing);
    });
  });

  it("gives its code in one answer and keeps it nowhere, whatever key is sent along", async () => {
    const filing = await readyDraft(app, newName());
    const once = key();
    const ask = () => filing.owner.ask("POST", `${filing.path}/helpers`, { minutes: 30 }, once);
    const keptAnswers = async () => (await app.database.read("SELECT id FROM idempotency_key")).length;
    const before = await keptAnswers();
    const [first, second] = [await ask(), await ask()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.json.code).not.toBe(first.json.code);
    expect(await keptAnswers()).toBe(before);
    // The first is void.
    expect((await join(await newHelper(), first.json.code)).json.code).toBe("helper.code_refused");
    expect((await join(await newHelper(), second.json.code)).status).toBe(200);
  });

  it("confirms what was shown, and not what came since", async () => {
    const { filing, helper, helperId } = await helped();
    await edit(helper, filing, "/parties/d1/name", "李壮");
    const { through } = await helperEdits(filing);
    await edit(helper, filing, "/parties/d1/phone", "13700137009");
    const answer = await confirm(filing, helperId, through);
    expect([answer.status, answer.json.unconfirmed]).toEqual([200, 1]);
    expect((await submit(filing)).status).toBe(422);
  });

  it("is nobody else's: another account, another's helper, the court's people", async () => {
    const [{ filing, helper, helperId }, other] = [await helped(), await helped()];
    const wang = await clerk(app);
    const stranger = await newHelper();
    const at = `${filing.path}/helpers`;
    for (const who of [stranger, other.helper, other.filing.owner]) {
      expect((await who.ask("GET", filing.path)).status).toBe(404);
      expect((await edit(who, filing, "/facts", "不相干")).status).toBe(404);
      expect((await who.ask("GET", at)).status).toBe(404);
      expect((await who.ask("GET", `${filing.path}/helper-edits`)).status).toBe(404);
      expect((await who.ask("POST", at, { minutes: 30 })).status).toBe(404);
      expect((await who.ask("POST", `${at}/${helperId}/moves`, { action: "end" })).status).toBe(404);
    }
    // The id of another's help under one's own filing, and the other way about.
    const mixed = `${other.filing.path}/helpers/${helperId}/moves`;
    expect((await other.filing.owner.ask("POST", mixed, { action: "end" })).status).toBe(404);
    expect((await helper.ask("POST", `${at}/${other.helperId}/moves`, { action: "end" })).status).toBe(404);
    for (const [method, path, body] of [
      ["POST", at, { minutes: 30 }],
      ["GET", at, undefined],
      ["GET", `${filing.path}/helper-edits`, undefined],
      ["POST", "/helpers/join", { code: "12345678" }],
      ["POST", `${at}/${helperId}/moves`, { action: "end" }],
    ] as const)
      expect((await wang.ask(method, path, body)).status).toBe(403);
    expect((await helper.ask("GET", filing.path)).status).toBe(200);
    expect(app.unexpected).toEqual([]);
  });
});
