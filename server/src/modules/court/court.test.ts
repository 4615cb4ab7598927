import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Koa from "koa";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#core/actor.ts";
import { Clock } from "#core/clock.ts";
import { type Database, openDatabase } from "#core/database.ts";
import { courtDayOf } from "#core/period.ts";
import { transactor } from "#core/work.ts";
import { answerProblems } from "#http/answer-problems.ts";
import type { State } from "#http/context.ts";
import { openLimits } from "#http/limits.ts";
import { serveRoutes } from "#http/serve-routes.ts";
import type { Means } from "#modules/module.ts";
import { freshDatabase } from "#test/database.ts";
import { court, courtParameters, findCourt, listCourtsByDivision, nameOfCourt, seedCourts } from "./index.ts";

const clock = new Clock();
const admin: Actor = { accountId: "7", role: "admin", courtCode: "鲁0102", sessionId: null };
const clerk: Actor = { ...admin, role: "clerk" };
const today = () => courtDayOf(clock.now());
const later = (days: number) => courtDayOf(new Date(clock.now().getTime() + days * 86_400_000));

let database: Database;
let schema: Awaited<ReturnType<typeof freshDatabase>>;
let server: Server;
let origin: string;

/** The module's own routes over a real database; the bearer's token is the actor, so that no other module is needed. */
beforeAll(async () => {
  schema = await freshDatabase("court");
  database = openDatabase({ url: schema.ownerUrl });
  await seedCourts(database);
  const transact = transactor(database, clock);
  const means = { database, transact, clock, logger: pino({ level: "silent" }) } as unknown as Means;
  const app = new Koa<State>();
  app.use(async (ctx, next) => {
    ctx.state.requestId = "test";
    await next();
  });
  app.use(answerProblems);
  const identify = async (header: string): Promise<Actor | null> =>
    header ? (JSON.parse(Buffer.from(header.slice("Bearer ".length), "base64url").toString()) as Actor) : null;
  const limits = openLimits({ factor: 1000 });
  app.use(
    serveRoutes({
      routes: court.routes?.(means) ?? [],
      policies: [court.policy ?? {}],
      transact,
      limits,
      identify,
    }),
  );
  app.on("error", (error) => {
    throw error;
  });
  server = createServer(app.callback()).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
});

afterAll(async () => {
  server?.close();
  server?.closeAllConnections();
  await database?.close();
  await schema?.drop();
});

async function ask(
  method: string,
  path: string,
  { actor, body, version }: { actor?: Actor; body?: unknown; version?: number } = {},
) {
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: {
      ...(actor ? { authorization: `Bearer ${Buffer.from(JSON.stringify(actor)).toString("base64url")}` } : {}),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(version === undefined ? {} : { "if-match": `"${version}"` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  return { status: response.status, json: (await response.json()) as any };
}
const at = (code: string, rest = "") => `/courts/${encodeURIComponent(code)}${rest}`;
const find = async (query: string, rest = "") =>
  (await ask("GET", `/courts?query=${encodeURIComponent(query)}${rest}`)).json.items as {
    code: string;
    name: string;
  }[];
const first = async (query: string) => (await find(query))[0]?.name;

describe("the directory", () => {
  test.each([
    ["最高法", "最高人民法院", "最高", null],
    ["鲁", "山东省高级人民法院", "高级", "最高法"],
    ["黑", "黑龙江省高级人民法院", "高级", "最高法"],
    ["内", "内蒙古自治区高级人民法院", "高级", "最高法"],
    ["鲁01", "济南市中级人民法院", "中级", "鲁"],
    ["鲁0102", "济南市历下区人民法院", "基层", "鲁01"],
    ["鲁0124", "平阴县人民法院", "基层", "鲁01"],
    ["鲁0481", "滕州市人民法院", "基层", "鲁04"],
    ["青28", "海西蒙古族藏族自治州中级人民法院", "中级", "青"],
    ["青2801", "格尔木市人民法院", "基层", "青28"],
    ["青2822", "都兰县人民法院", "基层", "青28"],
    ["川33", "甘孜藏族自治州中级人民法院", "中级", "川"],
    ["川3301", "康定市人民法院", "基层", "川33"],
    ["川3328", "甘孜县人民法院", "基层", "川33"],
    ["川0726", "北川羌族自治县人民法院", "基层", "川07"],
    ["粤0118", "广州市增城区人民法院", "基层", "粤01"],
    ["粤0192", "广州互联网法院", "基层", "粤01"],
    ["粤1972", "东莞市第二人民法院", "基层", "粤19"],
    ["黑27", "大兴安岭地区中级人民法院", "中级", "黑"],
    ["黑0206", "齐齐哈尔市富拉尔基区人民法院", "基层", "黑02"],
    ["黑0208", "齐齐哈尔市梅里斯达斡尔族区人民法院", "基层", "黑02"],
    ["黑0811", "佳木斯市郊区人民法院", "基层", "黑08"],
    ["鲁72", "青岛海事法院", "专门", "鲁"],
  ])("%s is %s", async (code, name, level, parentCode) => {
    const { status, json } = await ask("GET", at(code));
    expect(status).toBe(200);
    expect(json).toMatchObject({
      code,
      name,
      level,
      parentCode,
      provisional: true,
      timeZone: "Asia/Shanghai",
      retired: false,
    });
  });

  test("a code shows its place and what the court has settled", async () => {
    const { json } = await ask("GET", at("鲁0102"));
    expect(json).toMatchObject({
      province: "山东省",
      city: "济南市",
      divisionCode: "370102",
      open: true,
      parent: { code: "鲁01", name: "济南市中级人民法院" },
    });
    expect(json.parameters).toMatchObject({ correctionDays: 15, rounding: "fen", averageWageFen: null });
  });

  test("every parent exists, no code stands twice, development zones are left out", async () => {
    const rows = await database.read<{ code: string; name: string; parent_code: string | null }>(
      "SELECT code, name, parent_code FROM court",
    );
    const codes = new Set(rows.map(({ code }) => code));
    expect(codes.size).toBe(rows.length);
    expect(rows.filter(({ parent_code: parent }) => parent !== null && !codes.has(parent))).toEqual([]);
    const basic = (letter: string) =>
      rows.filter(({ code }) => new RegExp(`^${letter}(?!71)\\d{4}$`).test(code) && code !== "鲁0191").length;
    // 136 and 121 statutory counties and districts (2023); the four 非行政区 of 大兴安岭 are none.
    expect([basic("鲁"), basic("黑")]).toEqual([136, 121]);
    expect(rows.filter(({ name }) => /经济技术|火炬|管理委员会|行政委员会|街道|镇人民法院$/.test(name))).toEqual([]);
    expect(codes.has("鲁0176")).toBe(false);
  });

  test("a court nobody knows is not found, and neither is what is no code", async () => {
    expect((await ask("GET", at("鲁9999"))).json).toMatchObject({ status: 404, code: "court.not_found" });
    expect((await ask("GET", at("x"))).status).toBe(404);
    await expect(findCourt("沪0000")).rejects.toMatchObject({ code: "court.not_found" });
    expect(await nameOfCourt("沪0000")).toBe("沪0000");
    expect(await nameOfCourt("鲁0102")).toBe("济南市历下区人民法院");
  });

  test("by division", async () => {
    const codesOf = async (division: string) => (await listCourtsByDivision(division)).map(({ code }) => code);
    expect(await codesOf("370102")).toEqual(["鲁0102"]);
    expect(await codesOf("3701")).toEqual(["鲁01"]);
    expect(await codesOf("37")).toEqual(["鲁"]);
    expect(await codesOf("441900")).toEqual(["粤19", "粤1971", "粤1972", "粤1973"]);
    expect(await codesOf("632857")).toEqual([]);
  });
});

describe("searching", () => {
  test.each([
    ["历下", "济南市历下区人民法院"],
    ["济南市历下区人民法院", "济南市历下区人民法院"],
    ["济南历下法院", "济南市历下区人民法院"],
    ["lixia", "济南市历下区人民法院"],
    ["LiXiaQu", "济南市历下区人民法院"],
    ["lxq", "济南市历下区人民法院"],
    ["jnslxq", "济南市历下区人民法院"],
    ["鲁0102", "济南市历下区人民法院"],
    ["lu0102", "济南市历下区人民法院"],
    ["370102", "济南市历下区人民法院"],
    ["鲁", "山东省高级人民法院"],
    ["changqing", "济南市长清区人民法院"],
    ["chiping", "聊城市茌平区人民法院"],
    ["zengcheng", "广州市增城区人民法院"],
    ["kangding", "康定市人民法院"],
    ["haixi", "海西蒙古族藏族自治州中级人民法院"],
  ])("%s finds %s first", async (query, name) => {
    expect(await first(query)).toBe(name);
  });

  test("nothing fits, nothing comes; wildcards are characters", async () => {
    for (const query of ["不存在的法院名", "vvvv", "%", "_", "' OR 1=1"]) expect(await find(query), query).toEqual([]);
  });

  test("by province, level and court above", async () => {
    for (const province of ["山东省", "山东", "鲁", "37"]) {
      const items = await find("市中区", `&province=${encodeURIComponent(province)}`);
      expect(
        items.map(({ name }) => name),
        province,
      ).toEqual(["济南市市中区人民法院", "枣庄市市中区人民法院"]);
    }
    expect(await find("", `&province=${encodeURIComponent("火星")}`)).toEqual([]);
    const { json } = await ask(
      "GET",
      `/courts?query=&province=&level=${encodeURIComponent("基层")}&parent=${encodeURIComponent("青28")}`,
    );
    expect(json.items.map(({ code }: { code: string }) => code)).toEqual([
      "青2801",
      "青2802",
      "青2803",
      "青2821",
      "青2822",
      "青2823",
    ]);
    expect((await ask("GET", `/courts?level=${encodeURIComponent("县级")}`)).status).toBe(422);
    expect((await ask("GET", "/courts?colour=red")).status).toBe(422);
  });

  test("pages give every court once, in the same order", async () => {
    const seen: string[] = [];
    let cursor: string | null = "";
    for (let pages = 0; cursor !== null && pages < 40; pages += 1) {
      const { json }: { json: { items: { code: string }[]; nextCursor: string | null } } = await ask(
        "GET",
        `/courts?limit=100${cursor ? `&cursor=${cursor}` : ""}`,
      );
      seen.push(...json.items.map(({ code }) => code));
      cursor = json.nextCursor;
    }
    const [row] = await database.read<{ n: string }>("SELECT CAST(COUNT(*) AS CHAR) AS n FROM court");
    expect(seen.length).toBe(Number(row?.n));
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen[0]).toBe("最高法");
    expect((await ask("GET", "/courts?cursor=AAAA")).status).toBe(422);
  });
});

describe("what a court settles for itself", () => {
  const change = (body: unknown, version: number, actor = admin) =>
    ask("PUT", at("鲁0102", "/parameters"), { actor, body, version });
  const sheet = async () => (await ask("GET", at("鲁0102", "/parameters"), { actor: admin })).json;

  test("only by the administrator of that court", async () => {
    expect((await ask("GET", at("鲁0102", "/parameters"))).status).toBe(401);
    expect((await ask("PUT", at("鲁0102", "/parameters"), { body: { values: {} }, version: 1 })).status).toBe(401);
    expect((await change({ values: { correctionDays: 10 } }, 1, clerk)).status).toBe(403);
    const other = await ask("PUT", at("鲁0103", "/parameters"), {
      actor: admin,
      body: { values: { correctionDays: 10 } },
      version: 1,
    });
    expect(other.json).toMatchObject({ status: 403, code: "court.not_yours" });
    expect((await sheet()).version).toBe(1);
  });

  test("within the bounds of the law, at both ends", async () => {
    const bounds: [string, number, number][] = [
      ["divorceBaseFen", 50_00, 300_00],
      ["personalityBaseFen", 100_00, 500_00],
      ["otherNonPropertyFen", 50_00, 100_00],
      ["ipNoAmountFen", 500_00, 1000_00],
      ["jurisdictionObjectionFen", 50_00, 100_00],
      ["executionNoAmountFen", 50_00, 500_00],
      ["correctionDays", 1, 30],
    ];
    for (const [field, min, max] of bounds) {
      for (const value of [min - 1, max + 1]) {
        const { status, json } = await change({ values: { [field]: value } }, (await sheet()).version);
        expect([status, json.code, json.errors?.[0]?.pointer], `${field} ${value}`).toEqual([
          422,
          "court.parameter_invalid",
          `/values/${field}`,
        ]);
      }
      for (const value of [min, max]) {
        const { status, json } = await change({ values: { [field]: value } }, (await sheet()).version);
        expect([status, json.values?.[field]], `${field} ${value}`).toEqual([200, value]);
      }
    }
    for (const wrong of [
      { rounding: "jiao" },
      { correctionDays: 1.5 },
      { reviewRollsOverRestDays: "yes" },
      { unknown: 1 },
    ]) {
      expect((await change({ values: wrong }, (await sheet()).version)).status, JSON.stringify(wrong)).toBe(422);
    }
  });

  test("one wrong value refuses them all", async () => {
    const before = await sheet();
    const { json } = await change({ values: { correctionDays: 7, divorceBaseFen: 1 } }, before.version);
    expect(json).toMatchObject({
      status: 422,
      errors: [{ pointer: "/values/divorceBaseFen", message: expect.stringContaining("50 元至 300 元") }],
    });
    expect(await sheet()).toEqual(before);
  });

  test("it shows at once, is told, and the same again changes nothing", async () => {
    const { version } = await sheet();
    const values = {
      rounding: "yuan_half_up",
      reviewRollsOverRestDays: false,
      averageWageFen: 9_876_500,
      correctionDays: 10,
    };
    const changed = await change({ values }, version);
    expect(changed.json).toMatchObject({ version: version + 1, values });
    expect((await ask("GET", at("鲁0102"))).json.parameters).toMatchObject(values);
    expect(await courtParameters("鲁0102")).toMatchObject(values);
    expect(await courtParameters("鲁0103")).toMatchObject({ rounding: "fen", correctionDays: 15 });

    const told = async () =>
      database.read<{ payload: string; about: string }>(
        "SELECT payload, about FROM outbox WHERE name = 'court.parameter_changed' AND court_code = ? ORDER BY id",
        ["鲁0102"],
      );
    const events = await told();
    const last = events.at(-1);
    expect(decodeURIComponent(last?.about ?? "")).toBe("court:鲁0102");
    expect(JSON.parse(last?.payload ?? "{}")).toMatchObject({
      validFrom: today(),
      changes: expect.arrayContaining([{ name: "rounding", before: null, after: "yuan_half_up" }]),
    });
    expect((await change({ values }, version + 1)).json.version).toBe(version + 1);
    expect((await told()).length).toBe(events.length);
  });

  test("from a later day on, never backwards", async () => {
    const { version, values } = await sheet();
    const planned = await change({ validFrom: later(10), values: { correctionDays: 20 } }, version);
    expect(planned.json).toMatchObject({ values: { correctionDays: values.correctionDays } });
    expect(planned.json.items.find(({ field }: { field: string }) => field === "correctionDays").upcoming).toEqual([
      { value: 20, validFrom: later(10) },
    ]);
    expect((await courtParameters("鲁0102", later(9))).correctionDays).toBe(values.correctionDays);
    expect((await courtParameters("鲁0102", later(10))).correctionDays).toBe(20);
    const past = await change({ validFrom: later(-1), values: { correctionDays: 20 } }, version + 1);
    expect(past.json).toMatchObject({ status: 422, errors: [{ pointer: "/validFrom" }] });
  });

  test("of two who change at once, one is told to look again", async () => {
    const { version } = await sheet();
    const answers = await Promise.all(
      [21, 22, 23, 24].map((days) => change({ values: { correctionDays: days } }, version)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    expect((await ask("PUT", at("鲁0102", "/parameters"), { actor: admin, body: { values: {} } })).status).toBe(428);
  });
});
