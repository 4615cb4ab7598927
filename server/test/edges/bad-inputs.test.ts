import mysql from "mysql2/promise";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Answered, startApp, type TestApp } from "../app.ts";
import { COURT, privateLoan, seedCourtsAndRules } from "../filings.ts";
import { idNumberOf, type Person, person, type StaffPerson, staffMember } from "../people.ts";
import { figure } from "../reliability/figure.ts";
import { type BadInput, badInputs, expectCivil, expectProblem, givenIn, inputsOf, withToken } from "./bad-inputs.ts";
import { announcement, newDraft } from "./world.ts";

const NAME = "郑好";
/** What our normal form is, where an input is brought to it. */
const NORMAL: Readonly<Record<string, string>> = {
  "unicode-04": "买买提·吐尔逊",
  "unicode-05": "买买提·吐尔逊",
  "unicode-16": "é",
  "unicode-32": "张三",
  "phone-02": "13800138000",
  "phone-03": "13800138000",
  "phone-05": "13800138000",
};
/** A draft may be half filled: emptiness is no error there, it is what the check before submission is for. */
const MAY_BE_ABSENT = new Set<unknown>(["", null]);

describe("bad inputs", () => {
  let app: TestApp;
  let owner: Person;
  let clerk: StaffPerson;
  let admin: StaffPerson;
  let auditor: StaffPerson;
  let draft: string;
  beforeAll(async () => {
    app = await startApp("bad-inputs");
    await seedCourtsAndRules(app);
    owner = await person(app, NAME, { verified: true });
    [clerk, admin, auditor] = [
      await staffMember(app, { username: "clerk-bad", role: "clerk", courtCode: COURT }),
      await staffMember(app, { username: "admin-bad", role: "admin", courtCode: COURT }),
      await staffMember(app, { username: "auditor-bad", role: "auditor", courtCode: COURT }),
    ];
    draft = `/filings/${await newDraft(owner)}`;
    const saved = await owner.ask(
      "PUT",
      draft,
      { content: privateLoan(NAME) },
      { "if-match": `"${(await read()).version}"` },
    );
    expect(saved.status, saved.text).toBe(200);
  });
  afterEach(() => expect(app.unexpected).toEqual([]));
  afterAll(async () => {
    figure("G10", "bad inputs", badInputs.length);
    await app.stop();
  });

  const read = async () => (await owner.ask("GET", draft)).json;
  const edit = (path: string, value: unknown, version: number) =>
    owner.ask("POST", `${draft}/edits`, { edits: [{ path, value, baseVersion: version }] });

  /** One value in one place of a draft, by a field edit and with the whole content; what is refused leaves no trace. */
  async function tryField(input: BadInput, path: string): Promise<void> {
    const what = `${input.id} ${path} (${input.why})`;
    const value = givenIn(input);
    const before = await read();
    const whole = structuredClone(before.content);
    put(whole, path, value);
    const replaced = () => owner.ask("PUT", draft, { content: whole }, { "if-match": `"${before.version}"` });
    const mayStand = input.expect !== "reject" || MAY_BE_ABSENT.has(value);
    if (mayStand) {
      const answer = await edit(path, value, before.version);
      expectCivil(answer, what);
      if (input.expect === "no-5xx" && answer.status >= 400)
        return expect((await read()).version, what).toBe(before.version);
      expect(answer.status, `${what}: ${answer.text}`).toBe(200);
      const stored = at((await read()).content, path);
      if (input.expect === "verbatim") expect(stored, what).toBe(value);
      if (input.expect === "normalise")
        expect(stored, what).toBe(NORMAL[input.id] ?? String(value).normalize("NFC").trim());
      await edit(path, at(before.content, path), answer.json.version);
      return;
    }
    for (const answer of [await edit(path, value, before.version), await replaced()]) {
      expectProblem(answer, what);
      expect([400, 422], what).toContain(answer.status);
    }
    const after = await read();
    expect([after.version, after.content], what).toEqual([before.version, before.content]);
  }

  it("names, numbers, phones and mail addresses of a party", async () => {
    for (const input of inputsOf("unicode")) await tryField(input, "/parties/p1/name");
    for (const input of inputsOf("identity-no")) await tryField(input, "/parties/p1/idNumber");
    for (const input of inputsOf("phone"))
      for (const path of ["/parties/p1/phone", "/service/phone"]) await tryField(input, path);
    for (const input of inputsOf("email"))
      for (const path of ["/parties/p1/email", "/service/email"]) await tryField(input, path);
  });

  it("the same in the real-name check, where nothing may be left out", async () => {
    const claim = { name: "名不符", idType: "resident_id", idNumber: idNumberOf("名不符"), phone: "13800138000" };
    const place: Record<string, string> = { unicode: "name", "identity-no": "idNumber", phone: "phone" };
    for (const input of inputsOf(...Object.keys(place))) {
      const one = await person(app, `实名${input.id}`);
      const answer = await one.ask("PUT", "/me/identity", {
        ...claim,
        [place[input.category] as string]: givenIn(input),
      });
      expectCivil(answer, input.id);
      if (input.expect !== "reject") continue;
      const { identity } = (await one.ask("GET", "/me")).json;
      // A full-width X is brought to the plain one before anything is made of it.
      if (answer.status === 200 && /normalise/.test(input.why)) expect(identity.idNumberMasked, input.id).toMatch(/X$/);
      else expect([answer.status >= 400, identity.state.code], `${input.id}: ${answer.text}`).toEqual([true, "none"]);
    }
    for (const input of inputsOf("identity-no")) {
      const answer = await app.ask("POST", "/identity-numbers/check", {
        body: { type: "resident_id", value: givenIn(input) },
      });
      expectCivil(answer, input.id);
      if (input.expect === "reject" && answer.status === 200 && !/normalise/.test(input.why))
        expect(answer.json.valid, input.id).toBe(false);
    }
  });

  it("money in claims and in fees", async () => {
    for (const input of inputsOf("money")) {
      for (const path of ["/amountFen", "/claims/c1/amountFen"]) await tryField(input, path);
      const body = { kind: "property_first_instance", input: { claim_amount: givenIn(input) } };
      const quoted = await app.ask("POST", "/fees/quote", { body });
      expectCivil(quoted, input.id);
      if (input.expect === "reject") expect(quoted.status, `${input.id}: ${quoted.text}`).toBe(422);
    }
    for (const input of inputsOf("money-raw")) {
      const before = await read();
      const token = String(input.gen?.["rawJsonToken"]);
      const edited = await owner.ask(
        "POST",
        `${draft}/edits`,
        withToken({ edits: [{ path: "/amountFen", value: "@", baseVersion: before.version }] }, token),
      );
      expectProblem(edited, input.id);
      expectProblem(
        await app.ask("POST", "/fees/quote", {
          body: withToken({ kind: "property_first_instance", input: { claim_amount: "@" } }, token),
        }),
        input.id,
      );
      expect((await read()).version, input.id).toBe(before.version);
    }
  });

  it("dates of births, signatures and deadlines", async () => {
    for (const input of inputsOf("date")) {
      const value = givenIn(input);
      for (const path of ["/parties/p1/birthDate", "/signature/signedOn"]) await tryField(input, path);
      const computed = await app.ask("POST", "/deadlines/compute", { body: { rule: "答辩期", eventDate: value } });
      expectCivil(computed, input.id);
      if (input.expect === "reject") expect(computed.status, `${input.id}: ${computed.text}`).toBe(422);
      const served = await app.ask("POST", "/service-effects/compute", {
        body: { input: { mode: "electronic_confirmed_address", system_send_success: value } },
      });
      expectCivil(served, input.id);
      if (input.expect === "reject") expect(served.status, input.id).toBe(422);
      if (typeof value !== "string") continue;
      const audited = await auditor.ask("GET", `/audit?from=${encodeURIComponent(value)}`);
      expectCivil(audited, input.id);
      if (input.expect === "reject") expect(audited.status, input.id).toBe(422);
    }
  });

  it("paging and filters of every list", async () => {
    const lists: [Person, string[]][] = [
      [owner, ["/filings", "/cases", "/messages", "/causes", "/courts", "/forms", "/case-types"]],
      [clerk, ["/filings", "/cases", "/intake/items", "/identity-reviews"]],
      [admin, ["/staff", "/practices"]],
      [auditor, ["/audit"]],
    ];
    for (const [who, paths] of lists) {
      for (const path of paths) {
        for (const input of inputsOf("paging")) {
          const values = [givenIn(input)].flat().map((value) => encodeURIComponent(String(value)));
          const limited = await who.ask("GET", `${path}?${values.map((value) => `limit=${value}`).join("&")}`);
          expectCivil(limited, `${path} ${input.id}`);
          expect(limited.status, `${path} ${input.id}`).toBe(input.expect === "reject" ? 422 : 200);
          expectCivil(await who.ask("GET", `${path}?cursor=${values[0]}`), `${path} cursor ${input.id}`);
        }
        for (const input of inputsOf("orm")) {
          const query = new URLSearchParams();
          for (const [name, value] of Object.entries(input.value as object)) query.set(name, JSON.stringify(value));
          expectProblem(await who.ask("GET", `${path}?${query}`), `${path} ${input.id}`);
        }
      }
    }
    for (const input of inputsOf("orm")) {
      const body = input.value as object;
      for (const [path, more] of [
        ["/filings", { courtCode: COURT }],
        [`${draft}/precheck`, {}],
        [`${draft}/edits`, { edits: [] }],
      ] as const) {
        expectProblem(await owner.ask("POST", path, { ...more, ...body }), `${path} ${input.id}`);
      }
      const [value] = Object.values(body) as unknown[];
      expectProblem(await app.ask("POST", "/sessions/staff", { body: { username: value, password: value } }), input.id);
      expectProblem(await app.ask("POST", "/sessions/wechat", { body: { code: value } }), input.id);
    }
  });

  it("texts that would be commands elsewhere are texts", async () => {
    for (const input of inputsOf("injection")) {
      const value = String(givenIn(input));
      const { version } = await read();
      const edits = ["/facts", "/claims/c1/text"].map((path) => ({ path, value, baseVersion: version }));
      const saved = await owner.ask("POST", `${draft}/edits`, { edits });
      expect(saved.status, `${input.id}: ${saved.text}`).toBe(200);
      const { content } = await read();
      expect([content.facts, content.claims[0].text], input.id).toEqual([value, value]);
      const searched = encodeURIComponent(value);
      for (const path of [
        `/courts?query=${searched}`,
        `/causes?query=${searched}`,
        `/cases?party=${searched}`,
        `/cases?number=${searched}`,
        `/audit?name=${searched}`,
      ]) {
        const who = path.startsWith("/audit") ? auditor : owner;
        const answer = await who.ask("GET", path);
        expectCivil(answer, `${input.id} ${path}`);
        if (path.startsWith("/cases") && answer.status === 200) expect(answer.json.items, path).toEqual([]);
      }
      for (const body of [{ text: value }, { type: value, value }, { kind: value, input: { [value]: value } }]) {
        const path =
          "text" in body ? "/case-numbers/parse" : "type" in body ? "/identity-numbers/check" : "/fees/quote";
        expectCivil(await app.ask("POST", path, { body }), `${input.id} ${path}`);
      }
    }
  });

  it("what belongs to the server is not taken from a client", async () => {
    const before = await read();
    const me = (await owner.ask("GET", "/me")).json;
    for (const { id, field, value } of inputsOf("mass-assignment")) {
      const extra = { [field]: value };
      const whole = { content: { ...before.content, ...extra } };
      const attempts: [string, string, unknown, Record<string, string>?][] = [
        ["POST", "/filings", { courtCode: COURT, ...extra }],
        ["PUT", draft, whole, { "if-match": `"${before.version}"` }],
        ["PUT", draft, { content: before.content, ...extra }, { "if-match": `"${before.version}"` }],
        ["POST", `${draft}/edits`, { edits: [{ path: `/${field}`, value, baseVersion: before.version }] }],
        ["POST", `${draft}/edits`, { edits: [{ path: `/parties/p1/${field}`, value, baseVersion: before.version }] }],
        ["POST", `${draft}/materials`, { ...announcement(), ...extra }],
        [
          "PUT",
          "/me/identity",
          { name: NAME, idType: "resident_id", idNumber: idNumberOf(NAME), phone: "13800138000", ...extra },
        ],
        ["POST", `${draft}/moves`, { action: "withdraw", ...extra }],
      ];
      for (const [method, path, body, headers] of attempts)
        expectProblem(await owner.ask(method, path, body, headers), `${id} ${method} ${path}`);
    }
    expect(await read()).toEqual(before);
    expect((await owner.ask("GET", "/me")).json).toEqual(me);
  });

  it("file names are labels", async () => {
    const { id } = (await owner.ask("POST", "/filings", { courtCode: COURT })).json;
    const connection = await mysql.createConnection({ uri: app.ownerUrl });
    for (const input of inputsOf("filename")) {
      const name = String(givenIn(input));
      const answer = await owner.ask("POST", `/filings/${id}/materials`, { ...announcement(), name });
      expectCivil(answer, input.id);
      if (answer.status >= 400) continue;
      const label = answer.json.material.name as string;
      expect(label, input.id).toMatch(/\S/u);
      expect(label, input.id).not.toMatch(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u);
      const [rows] = await connection.query("SELECT quarantine_key, sealed_key FROM material WHERE id = ?", [
        answer.json.material.id,
      ]);
      for (const key of Object.values((rows as Record<string, string>[])[0] ?? {}))
        expect(key, input.id).toMatch(/^[A-Za-z0-9/_-]+$/);
    }
    await connection.end();
  });

  it("ids and case numbers", async () => {
    for (const input of inputsOf("id")) {
      const value = String(givenIn(input));
      const inPath = /^(%[0-9A-F]{2})+$/.test(value) ? value : encodeURIComponent(value);
      const answers: Answered[] = [];
      for (const path of [
        "/filings/@",
        "/filings/@/clock",
        "/materials/@",
        "/cases/@",
        "/cases/@/timeline",
        "/forms/@x",
      ])
        answers.push(await owner.ask("GET", path.replace("@", inPath)));
      for (const path of ["/filings/@/precheck", "/materials/@/complete", "/messages/@/read"])
        answers.push(await owner.ask("POST", path.replace("@", inPath)));
      answers.push(
        await owner.ask("POST", `/sessions/${inPath}/end`, {}),
        await clerk.ask("GET", `/intake/items/${inPath}`),
        await clerk.ask("POST", `/intake/queues/${inPath}/next`),
      );
      for (const answer of answers) {
        expectProblem(answer, input.id);
        expect(answer.status, input.id).toBe(404);
      }
      const parsed = await app.ask("POST", "/case-numbers/parse", { body: { text: value } });
      expectCivil(parsed, input.id);
      if (input.expect === "verbatim") expect(parsed.status, parsed.text).toBe(200);
      expectCivil(await owner.ask("GET", `/cases?number=${encodeURIComponent(value)}`), input.id);
    }
  });

  it("two names are one only where they are one person", async () => {
    for (const { id, value, expect: wanted } of inputsOf("collation-pair")) {
      const [first, second] = value as [string, string];
      if (wanted === "pair-same") {
        const [one, other] = [await person(app, "双胞甲"), await person(app, "双胞乙")];
        const claim = (idNumber: string) => ({ name: "双双", idType: "resident_id", idNumber, phone: "13800138000" });
        expect((await one.ask("PUT", "/me/identity", claim(first))).json.identity.state.code, id).toBe("verified");
        expect((await other.ask("PUT", "/me/identity", claim(second))).json.code, id).toBe("identity.bound");
        continue;
      }
      const [one, other] = [await make(first), await make(second)];
      for (const answer of [one, other]) expectCivil(answer, id);
      const ids = [one, other].filter(({ status }) => status === 201).map(({ json }) => json.staff.id);
      expect(new Set(ids).size, id).toBe(ids.length);
      expect(
        [one, other].filter(({ json }) => json.code === "staff.username_taken"),
        id,
      ).toEqual([]);
    }
    function make(username: string) {
      return admin.ask("POST", "/staff", { username, displayName: "同名", role: "clerk" });
    }
  });

  it("who signs in says nothing but a code", async () => {
    const refused: [string, unknown][] = [
      ["/sessions/wechat", { code: "sandbox:某人", openid: "oXXXX" }],
      ["/sessions/wechat", { code: "sandbox:某人", encryptedData: "AAAA", iv: "AAAAAAAAAAAAAAAAAAAA" }],
      ["/sessions/wechat", { code: "" }],
      ["/sessions/wechat", {}],
      ["/sessions/staff", { username: "clerk-bad" }],
      ["/sessions/staff", { username: "clerk-bad", password: "x".repeat(257) }],
      ["/sessions/staff", { username: "clerk-bad", password: "x", totp: "１２３４５６" }],
      ["/sessions/refresh", { refreshToken: "x".repeat(201) }],
    ];
    for (const [path, body] of refused) {
      const answer = await app.ask("POST", path, { body });
      expectProblem(answer, path);
      expect(answer.status, JSON.stringify(body)).toBe(422);
    }
    for (const [path, body] of [
      ["/sessions/wechat", { code: "0of-another-app" }],
      ["/sessions/refresh", { refreshToken: "x" }],
      ["/sessions/staff", { username: "nobody", password: "x" }],
    ] as const) {
      const answer = await app.ask("POST", path, { body });
      expectProblem(answer, path);
      expect(answer.status, path).toBe(401);
    }
    expect((await owner.ask("POST", "/me/phone", { phoneNumber: "13711112222" })).status).toBe(422);
    const gone = await person(app, "退出的人");
    expect((await gone.ask("DELETE", "/sessions/current")).status).toBe(204);
    expect((await gone.ask("GET", "/me")).status).toBe(401);
    expect((await owner.ask("GET", "/intake/queues")).status).toBe(403);
  });
});

type Branch = Record<string, unknown> & { key?: string };
function at(content: unknown, path: string): unknown {
  return path
    .split("/")
    .slice(1)
    .reduce<unknown>(
      (place, part) =>
        Array.isArray(place) ? (place as Branch[]).find(({ key }) => key === part) : (place as Branch)[part],
      content,
    );
}
function put(content: unknown, path: string, value: unknown): void {
  const cut = path.lastIndexOf("/");
  const parent = (cut === 0 ? content : at(content, path.slice(0, cut))) as Branch;
  parent[path.slice(cut + 1)] = value;
}
