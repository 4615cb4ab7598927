import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

/**
 * The rule of imports (docs/architecture.md). A house stays simple where each room knows only what lies below it:
 * `core` knows nothing of ours, `http` and `gateways` know core, a module knows those, the ports of gateways and the
 * doors (`index.ts`) of the modules downhill of it. Whoever breaks it reads here which line, and why.
 */
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Downhill first: each may ask only those before it. A new module takes its place here. */
const DOWNHILL = [
  "court",
  "reference",
  "account",
  "document",
  "material",
  "filing",
  "bulk",
  "intake",
  "fee",
  "payment",
  "case",
  "submission",
  "service",
  "hearing",
  "reception",
  "questioning",
  "contact",
  "desk",
  "dossier",
  "notice",
  "audit",
  "operations",
];
/** What puts the house together, and may therefore see all of it. */
const DOORS =
  /^(main|worker|app|house|migrate|seed(-[a-z]+)*|config(-[a-z]+)*|establish|import-courts|verify-certificate|backup(-[a-z]+)*|restore(-[a-z]+)*|reseal|sealed-columns)\.ts$/;
/** Names that say nothing: what is put there belongs to some word of the court instead. */
const SAYS_NOTHING =
  /^(utils?|helpers?|common|shared|misc|types|constants|interfaces|base|controllers|services|models)(\.ts)?$/;
const DEEPEST = 3;

describe("the rule of imports", () => {
  const files = sources(join(ROOT, "server/src"), /\.ts$/);

  it("holds in server/src", () => {
    expect(files.length).toBeGreaterThan(100);
    const faults = files.flatMap((path) => faultsIn(path, readFileSync(join(ROOT, "server/src", path), "utf8")));
    expect(faults.join("\n")).toBe("");
  });

  it("knows every module", () => {
    const modules = readdirSync(join(ROOT, "server/src/modules"), { withFileTypes: true });
    expect(
      modules
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...DOWNHILL].sort());
  });

  it("holds for names and depth", () => {
    expect(files.flatMap(namedBadly).join("\n")).toBe("");
  });

  it("keeps the clients from the server's code", () => {
    const reaches = ["workbench/src", "miniprogram/src"].flatMap((room) =>
      sources(join(ROOT, room), /\.(ts|vue)$/).flatMap((path) =>
        importsOf(scriptOf(readFileSync(join(ROOT, room, path), "utf8")))
          .filter(
            ({ asked }) =>
              asked.startsWith("#") ||
              (asked.startsWith(".") &&
                !posix.join(room, dirname(path), asked).startsWith(room.split("/")[0] as string)),
          )
          .map(({ asked, line }) => `${room}/${path}:${line} imports ${asked}`),
      ),
    );
    expect(reaches.join("\n")).toBe("");
  });

  it("has both clients enter a hearing in the same way", () => {
    const read = (folder: string, file: string) =>
      readFileSync(join(ROOT, folder, file), "utf8").replaceAll(/(["']\.\/[\w-]+)\.ts(["'])/g, "$1$2");
    for (const file of ["live.ts", "live-janus.ts", "live-trtc.ts"])
      expect(read("workbench/src/hearing", file), file).toBe(read("miniprogram/src/platform", file));
  });

  // The rule itself is tried against what it must find, and against what it must let pass.
  it.each([
    ["core/money.ts", `import { route } from "#http/route.ts";`],
    ["core/money.ts", `import type { Filing } from "../modules/filing/model.ts";`],
    ["core/money.test.ts", `import { readCause } from "#modules/reference/index.ts";`],
    ["http/site.ts", `import { modules } from "#modules/index.ts";`],
    ["http/site.ts", `export { createApp } from "../app.ts";`],
    ["gateways/files/disk.ts", `import { ok } from "#http/route.ts";`],
    ["gateways/files/disk.ts", `import { login } from "#gateways/login/wechat.ts";`],
    ["modules/filing/submit.ts", `const door = await import("#modules/intake/index.ts");`],
    ["modules/intake/claim.ts", `import { Filing } from "#modules/filing/model.ts";`],
    ["modules/intake/claim.ts", `import { Filing } from "../filing/model.ts";`],
    ["modules/intake/claim.ts", `import { disk } from "#gateways/files/disk.ts";`],
    ["modules/intake/claim.ts", `import { modules } from "#modules/index.ts";`],
    ["modules/intake/claim.ts", `import { readConfig } from "../../config.ts";`],
    ["modules/intake/claim.ts", `import { startApp } from "#test/app.ts";`],
    ["modules/tariff/index.ts", `import { findCourt } from "#modules/court/index.ts";`],
    ["app.ts", `import { startSandbox } from "#sandbox/sandbox.ts";`],
  ])("finds the fault in %s: %s", (path, text) =>
    expect(faultsIn(path, `\n${text}\n`)).toEqual([expect.stringContaining(`server/src/${path}:2 `)]),
  );

  it.each([
    ["core/money.ts", `import { createHash } from "node:crypto"; import { z } from "zod"; import "#core/clock.ts";`],
    ["gateways/index.ts", `import { openDisk } from "./files/disk.ts";`],
    ["gateways/files/disk.ts", `import type { Files } from "./port.ts"; import { read } from "#core/fields.ts";`],
    [
      "modules/intake/claim.ts",
      `import type { Files } from "#gateways/files/port.ts"; import { takeFiling } from "#modules/filing/index.ts"; import "./model.ts";`,
    ],
    [
      "modules/intake/claim.test.ts",
      `import { startApp } from "#test/app.ts"; import { startSandbox } from "#sandbox/sandbox.ts"; import "#gateways/files/disk.ts";`,
    ],
    ["modules/module.ts", `import type { Gateways } from "#gateways/index.ts";`],
    ["main.ts", `import { createApp } from "./app.ts"; import { modules } from "#modules/index.ts";`],
  ])("lets pass %s: %s", (path, text) => expect(faultsIn(path, text)).toEqual([]));
});

/** One line for each import of a file that its room may not make. */
function faultsIn(path: string, text: string): string[] {
  return importsOf(text).flatMap(({ asked, line }) => {
    const target = placeOf(path, asked);
    const why = target === null ? null : objection(path, target);
    return why === null ? [] : [`server/src/${path}:${line} imports ${asked}: ${why}`];
  });
}

/** Why `path` may not import `target`, or null where it may. */
function objection(path: string, target: string): string | null {
  const isTest = path.endsWith(".test.ts");
  const [from = "", fromRoom = ""] = path.split("/");
  const [to = "", toRoom = "", file = ""] = target.split("/");
  if (to === "#test" || to === "#sandbox") return isTest ? null : "only tests may";
  if (isTest && to === "gateways") return null;
  if (target.startsWith("..")) return "it lies outside of server/src";
  if (DOORS.test(path) || (isTest && !path.includes("/"))) return null;
  if (from === "core") return to === "core" ? null : "core knows nothing of ours";
  if (to === "core") return null;
  if (from === "http") return to === "http" ? null : "http knows core only";
  if (from === "gateways") {
    const near = to === "gateways" && (!path.includes("/", "gateways/".length) || file === "" || toRoom === fromRoom);
    return near ? null : "a gateway knows core and its own folder only";
  }
  if (from !== "modules") return "this folder has no place in the house; see docs/architecture.md";
  if (to === "http" || target === "modules/module.ts") return null;
  if (to === "gateways")
    return file === "port.ts" || path === "modules/module.ts" ? null : "a module knows a gateway by its port.ts";
  if (to !== "modules") return "a module does not see what puts the house together";
  return betweenModules(path, fromRoom, toRoom, file);
}

function betweenModules(path: string, from: string, to: string, file: string): string | null {
  if (path === "modules/index.ts") return file === "index.ts" ? null : "a module's only door is its index.ts";
  if (file === "") return "modules do not see the list of modules";
  if (from === to) return null;
  if (file !== "index.ts") return "a module's only door is its index.ts";
  const [here, there] = [DOWNHILL.indexOf(from), DOWNHILL.indexOf(to)];
  if (here < 0) return `"${from}" has no place in the order of modules`;
  return there >= 0 && there < here ? null : `uphill: ${from} stands before ${to}; tell it by an event instead`;
}

/** Where an import leads, from server/src; null for packages. */
function placeOf(path: string, asked: string): string | null {
  if (/^#(test|sandbox)\//.test(asked)) return asked;
  if (asked.startsWith("#")) return asked.slice(1);
  return asked.startsWith(".") ? posix.normalize(posix.join(dirname(path), asked)) : null;
}

/** Every import, export-from, import() and type import, as the compiler itself finds them. */
function importsOf(text: string): { asked: string; line: number }[] {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName, pos }) => ({ asked: fileName, line: text.slice(0, pos).split("\n").length }));
}

const scriptOf = (text: string): string =>
  [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script).join("\n") || text;

function namedBadly(path: string): string[] {
  const parts = path.split("/");
  return [
    ...(parts.length > DEEPEST ? [`server/src/${path}: deeper than ${DEEPEST}`] : []),
    ...parts.filter((part) => SAYS_NOTHING.test(part)).map((part) => `server/src/${path}: "${part}" says nothing`),
    ...parts
      .filter((part) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.test)?(\.ts)?$/.test(part))
      .map((part) => `server/src/${path}: "${part}" is not kebab-case`),
  ];
}

function sources(folder: string, fits: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => fits.test(path) && !path.endsWith(".d.ts") && !path.includes("node_modules/"));
}
