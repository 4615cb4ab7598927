import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { renderPdf } from "#modules/document/index.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { COURT, clerk, key, type RunningCase, runningCase, seedCourtsAndRules } from "#test/filings.ts";
import { orderOf } from "#test/material-files.ts";
import { pdfText, plain } from "#test/pdf-text.ts";
import { type Person, person, type StaffPerson, staffMember } from "#test/people.ts";
import { sendBytes } from "#test/send-material.ts";

describe("the 副卷 of a case", () => {
  let app: TestApp;
  let staff: StaffPerson;
  let judge: StaffPerson;
  let farJudge: StaffPerson;
  beforeAll(async () => {
    app = await startApp("inner-dossier");
    await seedCourtsAndRules(app);
    staff = await clerk(app);
    judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT });
    farJudge = await staffMember(app, { username: "judge2", role: "judge", courtCode: "鲁0103" });
  });
  afterAll(() => app.stop());

  const pdfOf = async (who: Person, path: string): Promise<Buffer> => {
    const answer = await fetch(`${app.origin}/api/v1${path}`, { headers: { authorization: `Bearer ${who.token}` } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.status, bytes.toString("utf8").slice(0, 300)).toBe(200);
    return bytes;
  };

  it("is kept from every route of the application, for everybody but the bench of the case's court", {
    timeout: 300_000,
  }, async () => {
    const one = await runningCase(app, staff, "杨柳", "朱红");
    const CANARIES = ["玉兔合议秘语", "金乌评议秘语"];
    const inner = await judge.ask("POST", `/cases/${one.caseId}/inner-dossier`, {
      section: "deliberation",
      title: `合议笔录${CANARIES[0]}`,
      text: `审判长：${CANARIES[1]}，支持原告的请求。`,
      formedOn: "2026-11-22",
    });
    expect(inner.status, inner.text).toBe(201);
    await app.settle();
    const innerId = inner.json.id as string;
    // One scan that was entered, and one that still lies loose among the materials.
    const [scan, loose] = [await innerScan(one, CANARIES[1] as string), await innerScan(one, CANARIES[0] as string)];
    const entry = { section: "committee", title: "讨论记录", formedOn: "2026-11-22", scans: [scan] };
    const entered = await judge.ask("POST", `/cases/${one.caseId}/inner-dossier`, entry);
    expect(entered.status, entered.text).toBe(201);
    const scannedId = entered.json.id as string;
    const scannedPages = await pdfText(await pdfOf(judge, `/inner-dossier-items/${scannedId}/content`));
    expect(scannedPages.join("")).toContain(CANARIES[1]);
    expect((await judge.ask("GET", `/materials/${loose}/content`)).status).toBe(302);
    // Read by the bench, and by nobody else of the court either.
    expect((await judge.ask("GET", `/cases/${one.caseId}/inner-dossier`)).text).toContain(CANARIES[0]);
    const pages = await pdfText(await pdfOf(judge, `/inner-dossier-items/${innerId}/content`));
    expect(pages.join("")).toContain(CANARIES[1]);
    expect((await farJudge.ask("GET", `/inner-dossier-items/${innerId}/content`)).status).toBe(404);
    expect((await staff.ask("GET", `/inner-dossier-items/${innerId}/content`)).status).toBe(403);

    const lawyer = await person(app, "秦律师", { verified: true });
    await lawyer.ask("PUT", "/me/practice", { licenseNumber: "13701202010112345", firm: "山东明德律师事务所" });
    const agentFor = async (name: string) => {
      const agent = await person(app, name, { verified: true });
      const asked = await agent.ask("POST", "/cases/agents", {
        number: one.number,
        partyName: "杨柳",
        agent: { kind: "relative", powers: "general", specialPowers: [] },
      });
      expect(asked.status, asked.text).toBe(201);
      const path = `/cases/${one.caseId}/participants/${asked.json.id}/moves`;
      const confirmed = await one.plaintiff.ask("POST", path, { action: "confirm" }, key());
      expect(confirmed.status, confirmed.text).toBe(200);
      return { agent, path };
    };
    const { agent } = await agentFor("代理甲");
    const { agent: former, path } = await agentFor("代理乙");
    expect((await former.ask("GET", `/cases/${one.caseId}/dossier`)).status).toBe(200);
    expect((await one.plaintiff.ask("POST", path, { action: "end", reason: "更换" }, key())).status).toBe(200);
    expect((await former.ask("GET", `/cases/${one.caseId}/dossier`)).status).toBe(404);
    const readers = { party: one.defendant, agent, former, lawyer, stranger: await person(app, "过客") };

    let asked = 0;
    for (const route of app.routes) {
      // Signing out ends the walk of whoever does it; everything else is asked.
      if (/^DELETE \/(me|sessions)/.test(`${route.method} ${route.path}`)) continue;
      for (const [who, reader] of Object.entries(readers))
        for (const param of who === "party" ? [innerId, one.caseId, scannedId, scan, loose] : [innerId, one.caseId]) {
          const named = param === one.caseId ? innerId : param;
          const [path, body] = filled(route, param, named, one.caseId);
          const answer = await fetch(`${app.origin}/api/v1${path}`, {
            method: route.method,
            redirect: "manual",
            headers: {
              authorization: `Bearer ${reader.token}`,
              ...key(),
              "if-match": '"1"',
              ...(body ? { "content-type": "application/json" } : {}),
            },
            ...(body ? { body: JSON.stringify(body) } : {}),
          });
          // A signed address would say nothing itself: of a loose scan nobody is given one, nor told that it is there.
          if (/^\/(materials|dossier-scans)\/:id/.test(route.path) && [scan, loose].includes(param))
            expect([403, 404, 422], `${who}: ${route.method} ${path}`).toContain(answer.status);
          const bytes = Buffer.from(await answer.arrayBuffer());
          const said =
            bytes.subarray(0, 5).toString() === "%PDF-" ? (await pdfText(bytes)).join("") : bytes.toString("utf8");
          for (const canary of CANARIES)
            expect(plain(said).includes(canary), `${who}: ${route.method} ${path} says ${canary}`).toBe(false);
          asked += 1;
        }
    }
    expect(asked).toBeGreaterThan(app.routes.length * 12);
    // Where it lies: sealed, in its own table, and nowhere else.
    const tables = await app.database.read<{ name: string }>(
      "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()",
    );
    for (const { name } of tables)
      expect(
        JSON.stringify(await app.database.read(`SELECT * FROM \`${name}\` LIMIT 20000`)).includes("玉兔合议"),
        name,
      ).toBe(false);
  });

  /** A scan for the 副卷 that passed its examination. */
  async function innerScan({ caseId }: RunningCase, words: string): Promise<string> {
    const paper = { courtName: "某法院", title: "讨论记录", number: null, text: words };
    const bytes = await renderPdf("court-paper", paper);
    const sent = orderOf(bytes, { name: "讨论记录.pdf", kind: "other", contentType: "application/pdf" });
    const announced = await judge.ask("POST", `/cases/${caseId}/inner-dossier-scans`, sent);
    expect(announced.status, announced.text).toBe(201);
    await sendBytes(app, announced.json.upload, bytes);
    const { id } = announced.json.material;
    expect((await judge.ask("POST", `/dossier-scans/${id}/complete`, {})).status).toBe(200);
    await app.settle();
    return id;
  }

  /** A request of this route with ids of the inner dossier and of the case in every place that takes anything. */
  function filled(
    route: { method: string; path: string; query?: z.ZodType; body?: z.ZodType },
    param: string,
    innerId: string,
    caseId: string,
  ): [string, object | null] {
    const keysOf = (schema: z.ZodType | undefined): string[] => {
      if (!schema) return [];
      const printed = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as {
        properties?: object;
        anyOf?: { properties?: object }[];
        oneOf?: { properties?: object }[];
      };
      const shapes = [printed, ...(printed.anyOf ?? []), ...(printed.oneOf ?? [])];
      return [...new Set(shapes.flatMap(({ properties }) => Object.keys(properties ?? {})))];
    };
    const place = route.path.replace(/:(\w+)/g, param);
    const named = (name: string) => (name === "caseId" ? caseId : name === "query" ? "玉兔合议秘语" : innerId);
    const query = new URLSearchParams(
      keysOf(route.query)
        .filter((name) => !["state", "limit", "cursor", "court"].includes(name))
        .map((name): [string, string] => [name, named(name)]),
    );
    const body = Object.fromEntries(keysOf(route.body).map((name) => [name, named(name)]));
    const asked = query.size > 0 && param === innerId ? `${place}?${query}` : place;
    return [asked, route.method === "POST" || route.method === "PUT" ? body : null];
  }
});
