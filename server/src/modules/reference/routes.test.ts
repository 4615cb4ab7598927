import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Validator } from "@seriousme/openapi-schema-validator";
import Koa from "koa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerProblems } from "#http/answer-problems.ts";
import type { State } from "#http/context.ts";
import { openLimits } from "#http/limits.ts";
import { printOpenApi } from "#http/openapi.ts";
import { accessTable, serveRoutes } from "#http/serve-routes.ts";
import { type CourtDirectory, referencePolicy, referenceRoutes } from "./routes.ts";

/** A directory of one court with its own fees; the product's stands on the court module. */
const directory: CourtDirectory = {
  courtName: async (code) => (code === "鲁0203" ? "青岛市市北区人民法院" : null),
  feeParameters: async (code) => (code === "鲁0203" ? { divorceBase: 25_000 } : null),
};
const routes = referenceRoutes(directory);

let server: Server;
let base: string;

beforeAll(async () => {
  const app = new Koa<State>();
  app.use(answerProblems);
  const noTransaction = () => Promise.reject(new Error("reference writes nothing"));
  app.use(
    serveRoutes({
      routes,
      policies: [referencePolicy],
      transact: noTransaction,
      limits: openLimits({}),
      identify: async () => null,
    }),
  );
  server = createServer(app.callback()).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

async function get(
  path: string,
): Promise<{ status: number; body: Record<string, unknown> & { items: Record<string, unknown>[] } }> {
  const response = await fetch(base + path);
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown> & { items: Record<string, unknown>[] },
  };
}

async function post(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(base + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (response.status >= 400) expect(response.headers.get("content-type")).toContain("application/problem+json");
  return { status: response.status, body: answer };
}

describe("reference data", () => {
  test("causes by words, by parent, page by page", async () => {
    expect((await get(`/causes?query=${encodeURIComponent("借钱不还")}`)).body.items[0]).toMatchObject({
      code: "CIV2025:108(3)",
      formId: "09",
      match: "借钱不还",
    });
    expect((await get("/causes")).body.items).toHaveLength(13);
    expect((await get("/causes?parent=CIV2025:108")).body.items).toHaveLength(6);
    const within = (
      await get(`/causes?parent=${encodeURIComponent("CIV2025:第四部分")}&query=${encodeURIComponent("房屋")}`)
    ).body.items;
    expect(within.length).toBeGreaterThan(0);
    expect(within.every((cause) => (cause["path"] as string[])[0] === "合同、准合同纠纷")).toBe(true);
    const first = (await get("/causes?parent=CIV2025:108&limit=4")).body;
    const second = (await get(`/causes?parent=CIV2025:108&limit=4&cursor=${first["nextCursor"]}`)).body;
    expect([first.items.length, second.items.length, second["nextCursor"]]).toEqual([4, 2, null]);
    expect((await get("/causes?parent=CIV2025:9999")).status).toBe(404);
    for (const wrong of ["?limit=0", "?limit=x", "?cursor=abc", "?nothing=1", `?query=${"a".repeat(101)}`])
      expect((await get(`/causes${wrong}`)).status).toBe(422);
  });

  test("forms and case types", async () => {
    expect((await get("/forms")).body.items).toHaveLength(69);
    expect((await get("/forms/09")).body).toMatchObject({
      id: "09",
      name: "民间借贷纠纷",
      full: true,
      causeCodes: ["CIV2025:108(3)"],
    });
    expect((await get("/forms/05")).body).toMatchObject({ partyOnly: "natural" });
    for (const id of ["99", "9", "x", "../etc"])
      expect((await get(`/forms/${encodeURIComponent(id)}`)).status).toBe(404);
    expect((await get("/case-types")).body.items.filter((type) => type["official"])).toHaveLength(167);
  });
});

test("court days: the week of National Day, the weekend worked for it, a year not published yet", async () => {
  const workingOf = async (span: string) => {
    const { items } = (await get(`/court-days?${span}`)).body;
    return items.map(({ working }) => working);
  };
  expect(await workingOf("from=2025-10-07&to=2025-10-11")).toEqual([false, false, true, true, true]);
  const { items } = (await get("/court-days?from=2031-01-01&to=2031-01-01")).body;
  expect(items).toEqual([{ day: "2031-01-01", working: true, provisional: true }]);
  expect((await get("/court-days?from=2026-01-01&to=2026-03-03")).body.items).toHaveLength(62);
  for (const span of ["from=2026-01-01&to=2026-03-04", "from=2026-01-02&to=2026-01-01", "from=2026-01-01"])
    expect((await get(`/court-days?${span}`)).status).toBe(422);
});

describe("calculators", () => {
  test("fees", async () => {
    const { status, body } = await post("/fees/quote", {
      kind: "property_first_instance",
      input: { claim_amount: "15000" },
    });
    expect([status, body["feeFen"]]).toEqual([200, 17_500]);
    expect(body["basis"]).toEqual(["诉讼费用交纳办法§13(一)"]);
    expect(
      (await post("/fees/quote", { kind: "divorce", input: { property_total: "0" }, courtCode: "鲁0203" })).body[
        "feeFen"
      ],
    ).toBe(25_000);
    expect(
      (await post("/fees/quote", { kind: "divorce", input: { property_total: "0" }, courtCode: "鲁0102" })).body[
        "feeFen"
      ],
    ).toBe(5_000);
    expect(
      (await post("/fees/quote", { kind: "multiple_property_claims_same_case", input: { claims: ["60000", "90000"] } }))
        .body["feeFen"],
    ).toBe(330_000);
  });

  test.each<[path: string, body: unknown]>([
    ["/fees/quote", { kind: "property_first_instance", input: { claim_amount: "-1" } }],
    ["/fees/quote", { kind: "property_first_instance", input: { claim_amount: 15_000 } }],
    ["/fees/quote", { kind: "property_first_instance", input: { claim_amount: null } }],
    ["/fees/quote", { kind: "property_first_instance", input: [] }],
    ["/fees/quote", { kind: "property_first_instance" }],
    ["/fees/quote", { kind: "nonsense", input: {} }],
    ["/fees/quote", { kind: "labor", input: {}, courtCode: "x" }],
    ["/fees/quote", { kind: "labor", input: {}, more: 1 }],
    ["/deadlines/compute", { rule: "答辩期", eventDate: "2023-02-29" }],
    ["/deadlines/compute", { rule: "答辩期", eventDate: 1_700_000_000 }],
    ["/deadlines/compute", { rule: "答辩期" }],
    ["/deadlines/compute", { unit: "week", amount: 1, eventDate: "2026-03-02" }],
    ["/deadlines/compute", { unit: "day", amount: "15", eventDate: "2026-03-02" }],
    ["/deadlines/compute", { unit: "day", amount: 15, eventDate: "2026-03-02", event_date: "2026-03-02" }],
    ["/service-effects/compute", { input: { mode: "postal", signed_at: "0000-00-00" } }],
    ["/service-effects/compute", { input: {} }],
    ["/service-effects/compute", { mode: "postal" }],
    ["/case-numbers/parse", { text: "（2026）鲁0102民初0123号" }],
    ["/case-numbers/parse", { text: "" }],
    ["/case-numbers/parse", { text: 1 }],
    ["/identity-numbers/check", { type: "passport", value: "E12345678" }],
    ["/identity-numbers/check", { type: "resident_id", value: 110_105_194_912_310_020 }],
    ["/identity-numbers/check", { type: "resident_id", value: ["11010519491231002X"] }],
    ["/jurisdiction/advise", { causeCode: "CIV2025:9999" }],
    ["/jurisdiction/advise", { defendantCourts: "鲁0102" }],
  ])("%s refuses %j", async (path, body) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(422);
    expect((answer.body["errors"] as unknown[]).length).toBeGreaterThan(0);
    expect(answer.body["title"]).toMatch(/[一-龥]/);
  });

  test("deadlines, service, numbers, courts", async () => {
    expect((await post("/deadlines/compute", { rule: "答辩期", eventDate: "2026-02-02" })).body).toMatchObject({
      lastDay: "2026-02-24",
      nominalLastDay: "2026-02-17",
      provisional: false,
    });
    expect(
      (await post("/deadlines/compute", { unit: "hour", amount: 48, eventDatetime: "2026-05-11T09:20" })).body[
        "lastMoment"
      ],
    ).toBe("2026-05-13T10:00:00+08:00");
    expect(
      (
        await post("/service-effects/compute", {
          input: { mode: "electronic_unconfirmed_address", read_receipt_at: null },
        })
      ).body,
    ).toMatchObject({ effectiveDate: null, presumed: false });
    expect((await post("/case-numbers/parse", { text: "(2026)鲁0102民初123号" })).body).toMatchObject({
      canonical: "（2026）鲁0102民初123号",
      courtLevel: "基层",
    });
    expect(
      (await post("/identity-numbers/check", { type: "resident_id", value: "11010519491231002x" })).body,
    ).toMatchObject({ valid: true, normalized: "11010519491231002X", warnings: [] });
    const { body } = await post("/jurisdiction/advise", {
      causeCode: "CIV2025:108(3)",
      plaintiffCourt: "370102",
      defendantCourts: ["鲁0203"],
    });
    expect(body["courts"]).toMatchObject([{ code: "鲁0203", name: "青岛市市北区人民法院" }, { code: "鲁0102" }]);
  });

  test("the shared vectors through the door", async () => {
    const file = new URL("../../../../../shared/vectors/fees.json", import.meta.url);
    const vectors = existsSync(file)
      ? (
          JSON.parse(readFileSync(file, "utf8")) as {
            vectors: { kind: string; input: unknown; expected_fee_yuan: string }[];
          }
        ).vectors
      : [];
    for (const { kind, input, expected_fee_yuan } of vectors) {
      const { status, body } = await post("/fees/quote", { kind, input });
      if (expected_fee_yuan === "REJECT") expect(status).toBe(422);
      else expect([kind, body["feeFen"]]).toEqual([kind, Math.round(Number(expected_fee_yuan) * 100)]);
    }
  });

  test("no body breaks them", async () => {
    for (const { method, path } of routes) {
      if (method !== "POST") continue;
      for (const body of [
        "",
        "{",
        "null",
        "[]",
        '"x"',
        "{}",
        '{"input":{"mode":"toString"}}',
        '{"kind":"__proto__","input":{}}',
        '{"kind":"toString","input":{"constructor":1}}',
        '{"then":1}',
        '{"type":"hasOwnProperty","value":""}',
      ]) {
        const { status } = await post(path, body);
        if (!(path === "/jurisdiction/advise" && body === "{}"))
          expect([path, body, status >= 400 && status < 500]).toEqual([path, body, true]);
      }
    }
  });
});

test("the routes print as a sound OpenAPI document", async () => {
  const document = printOpenApi(routes, accessTable(routes, [referencePolicy]), "1");
  const { valid, errors } = await new Validator().validate(document as Record<string, unknown>);
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});
