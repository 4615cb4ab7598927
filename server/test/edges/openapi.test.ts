import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routeName } from "#http/route.ts";
import { API } from "#http/serve-routes.ts";
import { startApp, type TestApp } from "../app.ts";
import { declaring } from "./answers.ts";
import { clientJourney } from "./client-journey.ts";
import { generateClient } from "./generate-client.ts";
import { makeWorld } from "./world.ts";

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}
interface Document {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

describe("the OpenAPI document", () => {
  let app: TestApp;
  let document: Document;
  beforeAll(async () => {
    app = await startApp("openapi");
    document = (await app.ask("GET", "//openapi.json")).json;
  });
  afterAll(() => app.stop());
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, of]) =>
      Object.entries(of).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
    );

  it("is valid", async () => {
    const { valid, errors } = await new Validator().validate({ ...structuredClone(document) });
    expect(errors ?? []).toEqual([]);
    expect([valid, document.openapi]).toEqual([true, "3.1.0"]);
  });

  it("holds every route of the running server, and nothing else", () => {
    const served = app.routes.map(({ method, path }) => `${method} ${API}${path.replace(/:(\w+)/g, "{$1}")}`);
    expect(
      operations()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(served.sort());
  });

  it("says of each what it is for, who may, and how it refuses", () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = document.tags.map(({ name }) => name);
    for (const { name, operation } of operations()) {
      expect(operation.summary, name).toMatch(/[\u4e00-\u9fff]/);
      expect(tags, name).toEqual(expect.arrayContaining([...operation.tags]));
      const refusals = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400);
      for (const [status, { content }] of refusals)
        expect(Object.keys(content ?? {}), `${name} ${status}`).toEqual(["application/problem+json"]);
      const statuses = refusals.map(([status]) => status);
      expect(statuses, name).toEqual(expect.arrayContaining(["400", "404", "422", "429", "503"]));
      const route = app.routes.find((one) => `${one.method} ${API}${one.path.replace(/:(\w+)/g, "{$1}")}` === name);
      const access = route && app.access.get(routeName(route));
      expect(statuses.includes("401"), name).toBe(access !== "public");
      expect(operation.security.length > 0, name).toBe(access !== "public");
      expect(
        Object.keys(operation.responses).some((status) => Number(status) < 400),
        name,
      ).toBe(true);
    }
  });

  it("declares what is answered: a journey from sign-in to a decided case, member by member", async () => {
    const { app: declared, seen } = declaring(app);
    const world = await makeWorld(declared);
    const { owner, lawyer, clerk, supervisor, admin, auditor } = world.people;
    const reads: [typeof owner, string[]][] = [
      [
        owner,
        [
          "/me",
          "/sessions",
          "/filings",
          "/cases",
          "/messages",
          `/cases/${world.caseId}/timeline`,
          `/materials/${world.filedMaterialId}`,
          "/client-config",
        ],
      ],
      [
        owner,
        [world.draft, world.waiting, world.correction, world.accepted].flatMap(({ path }) =>
          ["", "/clock", "/steps", "/corrections", "/documents"].map((part) => path + part),
        ),
      ],
      [
        lawyer,
        ["/me", "/courts?query=历下", "/courts/鲁0102", "/causes?query=借钱", "/forms", "/forms/09", "/case-types"],
      ],
      [
        clerk,
        [
          "/intake/queues",
          `/intake/items/${world.itemId}`,
          `/intake/items/${world.itemId}/difference`,
          `/intake/items/${world.itemId}/duplicates`,
          "/intake/defects",
          "/intake/grounds",
          "/intake/staff",
          world.accepted.path,
        ],
      ],
      [supervisor, ["/intake/statistics", "/intake/forecast", "/intake/routing-rules", "/identity-reviews"]],
      [admin, ["/staff", "/practices", "/courts/鲁0102/parameters"]],
      [auditor, ["/audit?limit=100"]],
    ];
    for (const [who, paths] of reads) {
      for (const path of paths) {
        const answer = await who.ask("GET", path);
        expect(answer.status, `${path}: ${answer.text}`).toBe(200);
      }
    }
    expect((await owner.ask("POST", `${world.draft.path}/precheck`)).status).toBe(200);
    expect((await auditor.ask("POST", "/audit/verify", {})).status).toBe(200);
    expect(seen.size).toBeGreaterThan(40);
    expect(app.unexpected).toEqual([]);
  });

  it("prints a client that compiles and drives the journey", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sutong-client-"));
    try {
      const here = fileURLToPath(new URL(".", import.meta.url));
      mkdirSync(join(folder, "api"));
      const printed = await generateClient(document);
      // What stands in the tree is what is printed now: `npm run types:clients` prints it anew.
      expect(readFileSync(join(here, "api/schema.d.ts"), "utf8") === printed, "types:clients").toBe(true);
      writeFileSync(join(folder, "api/schema.d.ts"), printed);
      cpSync(join(here, "client-journey.ts"), join(folder, "client-journey.ts"));
      writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
      symlinkSync(fileURLToPath(new URL("../../../node_modules", import.meta.url)), join(folder, "node_modules"));
      // The compiler does look: a path that is not in the document is the one thing it finds.
      writeFileSync(
        join(folder, "wrong.ts"),
        'import type { paths } from "./api/schema.d.ts";\nexport const path: keyof paths = "/api/v1/no-such-path";\n',
      );
      const complaints = await complaintsIn(folder, ["client-journey.ts", "wrong.ts"]);
      expect(complaints).toEqual([expect.stringMatching(/^wrong\.ts\(2,/)]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    expect(await clientJourney(app.origin, "许诺")).toMatchObject({
      role: "litigant",
      actions: ["submit", "withdraw"],
      facts: "2025年3月5日，被告向原告借款50000元，至今未还。",
      blocks: expect.any(Number),
      refused: "filing.not_found",
    });
  });
});

/** What the compiler says, in a process of its own: this one answers requests. */
async function complaintsIn(folder: string, files: readonly string[]): Promise<string[]> {
  const options =
    "--strict --noEmit --skipLibCheck --target es2023 --lib es2023,dom --module nodenext --allowImportingTsExtensions --types node --pretty false";
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const said = await promisify(execFile)(process.execPath, [compiler, ...options.split(" "), ...files], {
    cwd: folder,
  }).catch((failure: { stdout: string }) => failure);
  return said.stdout.split("\n").filter((line) => line.trim() !== "" && !line.startsWith(" "));
}
