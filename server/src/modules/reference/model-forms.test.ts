import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Koa from "koa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerProblems } from "#http/answer-problems.ts";
import type { State } from "#http/context.ts";
import { openLimits } from "#http/limits.ts";
import { serveRoutes } from "#http/serve-routes.ts";
import { checkAnswers, crossedParts, sumOfAmounts } from "./check-answers.ts";
import { type Form, type FormField, fieldsOf, findForm } from "./forms.ts";
import { referencePolicy, referenceRoutes } from "./routes.ts";

/** The transcript of the official texts (法〔2025〕82号) that the product's own data is held to. */
interface Official {
  readonly label: string;
  readonly type: string;
  readonly required?: boolean;
  readonly options?: readonly string[];
  readonly columns?: readonly string[];
  readonly hint?: string;
  readonly fields?: readonly Official[];
  readonly then?: readonly Official[];
}
interface OfficialForm {
  readonly no: string;
  readonly official_2025_name?: string;
  readonly claims: readonly Official[];
  readonly facts: readonly Official[];
  readonly extra?: readonly Official[];
  readonly jurisdiction: boolean;
  readonly claims_hint?: string;
  readonly party_only?: string;
  readonly precondition?: string;
}
const official = JSON.parse(readFileSync("../shared/domain/data/forms.json", "utf8")) as {
  kinds: { no: string; field: string; name: string }[];
  common: Record<"jurisdiction_agreement" | "pre_preservation", Official[]>;
  forms: Record<string, OfficialForm>;
};

let server: Server;
let base: string;
beforeAll(async () => {
  const app = new Koa<State>();
  app.use(answerProblems);
  const transact = () => Promise.reject(new Error("reference writes nothing"));
  const identify = async () => null;
  const limits = openLimits({});
  app.use(serveRoutes({ routes: referenceRoutes(), policies: [referencePolicy], transact, limits, identify }));
  server = createServer(app.callback()).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const served = async <T>(path: string): Promise<T> => (await (await fetch(base + path)).json()) as T;

/** The official words of a field and of all below it, in their order; our plain words are no part of them. */
function wordsOf(field: Official | FormField): unknown {
  const { label, type, required, options, columns, hint, fields, then } = field as Official;
  // biome-ignore lint/suspicious/noThenProperty: the official data names it; a field is never awaited
  const below = { fields: fields?.map(wordsOf), then: then?.map(wordsOf) };
  return JSON.parse(JSON.stringify({ label, type, required, options, columns, hint, ...below }));
}
const sectionOf = (form: Form, id: string): unknown =>
  form.sections.find((section) => section.id === id)?.fields.map(wordsOf);
const everyField = (fields: readonly FormField[]): FormField[] =>
  fields.flatMap((field) => [field, ...everyField(field.fields ?? []), ...everyField(field.then ?? [])]);

const modelForms = Object.entries(official.forms);

describe("what GET /forms serves is the official text", () => {
  it("all kinds are there with number, title and field of law", async () => {
    const { items } = await served<{ items: { id: string; no: string; name: string; field: string }[] }>("/forms");
    const titles = items.filter(({ id }) => id !== "00").map(({ no, field, name }) => ({ no, field, name }));
    expect(titles).toEqual(official.kinds);
    // 67 kinds of pleading and the general answer of administrative cases.
    expect(official.kinds.length - 1).toBe(67);
    expect(modelForms.length).toBe(11);
  });

  it.each(modelForms)("%s: every element, in order, with options and conditional parts", async (name, text) => {
    const form = await served<Form>(`/forms/${text.no}`);
    expect(form.name).toBe(text.official_2025_name ?? name);
    expect(sectionOf(form, "claims")).toEqual(text.claims.map(wordsOf));
    expect(sectionOf(form, "facts")).toEqual(text.facts.map(wordsOf));
    const { jurisdiction_agreement: agreement, pre_preservation: preservation } = official.common;
    expect(sectionOf(form, "preservation")).toEqual([...preservation, ...(text.extra ?? [])].map(wordsOf));
    expect(sectionOf(form, "jurisdiction")).toEqual(text.jurisdiction ? agreement.map(wordsOf) : undefined);
    expect(form.sections.map(({ id }) => id)).toEqual(
      text.jurisdiction ? ["claims", "jurisdiction", "preservation", "facts"] : ["claims", "preservation", "facts"],
    );
    expect([form.claimsHint, form.partyOnly, form.precondition]).toEqual([
      text.claims_hint,
      text.party_only,
      text.precondition,
    ]);
  });

  it("约定管辖 is not asked for in divorce, labour and traffic", () => {
    const without = modelForms.filter(([, { jurisdiction }]) => !jurisdiction).map(([, { no }]) => no);
    expect(without.sort()).toEqual(["05", "15", "21"]);
  });

  it("the other kinds are served by the common engine", async () => {
    const others = official.kinds.filter(({ no }) => !modelForms.some(([, form]) => form.no === no));
    expect(others.length).toBe(57);
    for (const { no } of others) {
      const form = await served<Form>(`/forms/${no}`);
      expect([form.full, form.sections.map(({ id }) => id)]).toEqual([
        false,
        ["jurisdiction", "preservation", "facts"],
      ]);
    }
  });
});

describe("a first-timer is helped with every element", () => {
  it.each([...modelForms.map(([, { no }]) => no), "00"])("form %s: question, example and where to look", (no) => {
    const form = findForm(no);
    for (const field of form.sections.flatMap(({ fields }) => everyField(fields))) {
      const { id, type, question = "", example = "", where = "" } = field;
      expect([id, question]).toEqual([id, expect.stringMatching(/^[^\n]{4,60}[？。]?$/)]);
      if (["group", "yesno", "single", "multi"].includes(type)) continue;
      expect([id, where]).toEqual([id, expect.stringMatching(/[一-龥]{3,}/)]);
      expect([id, example]).toEqual([id, expect.stringMatching(/\S/)]);
      // An example must itself be a good answer.
      if (type !== "table") expect(checkAnswers(form, { [id]: example })).toEqual([]);
      else expect(example.split("｜")).toHaveLength(field.columns?.length ?? 0);
    }
  });

  it("无 may stand for every answer", () => {
    for (const [, { no }] of modelForms) {
      const form = findForm(no);
      const answers = Object.fromEntries([...fieldsOf(form).keys()].map((id) => [id, "无"]));
      expect(checkAnswers(form, answers)).toEqual([]);
    }
  });
});

describe("claims that belong to one side, and the total", () => {
  it.each([
    ["06", ["claims.1", "claims.2"], ["claims.3", "claims.4"], true],
    ["12", ["claims.1", "claims.2", "claims.3"], ["claims.4", "claims.5"], true],
    ["21", Array.from({ length: 10 }, (_, at) => `claims.${at + 1}`), ["claims.11"], false],
  ])("form %s", (no, one, other, exclusive) => {
    const { parts } = findForm(no);
    expect(parts?.choices.map(({ fields }) => fields)).toEqual([one, other]);
    expect(parts?.exclusive).toBe(exclusive);
  });

  it("a seller who also claims as a buyer is told; 无 and 否 are no claims; injuries and damage go together", () => {
    const sale = findForm("06");
    expect(crossedParts(sale, { "claims.1": "100", "claims.3.1": "50" })).toContain("“我是卖方”和“我是买方”");
    expect(crossedParts(sale, { "claims.1": "100", "claims.3.1": "无", "claims.4": "no" })).toBeNull();
    expect(crossedParts(sale, { "claims.1": "100", "claims.10": "100", "claims.5": "yes" })).toBeNull();
    expect(crossedParts(findForm("21"), { "claims.1.5": "100", "claims.11.1": "50" })).toBeNull();
  });

  it.each(modelForms.filter(([, { claims }]) => claims.some(({ label }) => label.includes("标的总额"))))(
    "%s: a total that is not the sum of the amounts is remarked on",
    (_name, { no }) => {
      const form = findForm(no);
      const claims = form.sections.find(({ id }) => id === "claims")?.fields ?? [];
      const money = everyField(claims).filter(({ type }) => type === "money");
      const total = money.find(({ label }) => /(^|\.)标的总额$/.test(label));
      const one = money.find(({ id, label }) => id !== total?.id && label !== "基数");
      if (total === undefined) throw new Error("no total");
      // 劳动争议 asks for its amounts in words: nothing can be added up there.
      if (one === undefined) return expect(no).toBe("15");
      expect(sumOfAmounts(form, { [one.id]: "100", [total.id]: "101" }).warning).toContain("不一致");
      expect(sumOfAmounts(form, { [one.id]: "100", [total.id]: "100" }).warning).toBeNull();
    },
  );
});
