import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Component, EXCEPTIONS, objectionTo, SHIPPED, shippedOf } from "./licences.ts";
import { say } from "./say.ts";
import { ROOT } from "./settings.ts";

/**
 * `npm run sbom`: what is in the product, for whoever must know it: one CycloneDX 1.5 document for each lockfile, below
 * artifacts/sbom, and the licences counted. Made from the lockfile alone, so the same lockfile gives the same bytes.
 */
const folder = join(ROOT, "artifacts/sbom");
mkdirSync(folder, { recursive: true });
const objections: string[] = [];
for (const { name, folder: at, also } of SHIPPED) {
  const components = shippedOf(ROOT, at, also);
  objections.push(...components.flatMap((component) => objectionTo(component) ?? []));
  const { version } = JSON.parse(readFileSync(join(ROOT, at, "package.json"), "utf8")) as { version: string };
  const text = `${JSON.stringify(bill(`sutong-${name}`, version, components), null, 2)}\n`;
  writeFileSync(join(folder, `${name}.cdx.json`), text);
  say(`${name}: ${components.length} components → artifacts/sbom/${name}.cdx.json`);
  for (const [licence, count] of counted(components)) say(`  ${String(count).padStart(4)}  ${licence}`);
}
say(`${EXCEPTIONS.length} exceptions with reasons in server/launcher/licences.ts`);
for (const objection of objections) say(`not allowed: ${objection}`);
process.exitCode = objections.length > 0 ? 1 : 0;

function bill(name: string, version: string, components: readonly Component[]): object {
  const body = {
    component: { "bom-ref": `${name}@${version}`, type: "application", name, version },
    components: components.map(asComponent),
  };
  const print = createHash("sha256").update(JSON.stringify(body)).digest("hex");
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.5.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    // A UUID of version 8: made from the content.
    serialNumber: `urn:uuid:${print.slice(0, 8)}-${print.slice(8, 12)}-8${print.slice(13, 16)}-8${print.slice(17, 20)}-${print.slice(20, 32)}`,
    version: 1,
    metadata: { lifecycles: [{ phase: "build" }], component: body.component },
    components: body.components,
  };
}

function asComponent({ place, name, version, licence, integrity, resolved, optional }: Component): object {
  const at = name.lastIndexOf("/");
  const [algorithm, digest] = (integrity ?? "").split(/-(.*)/s);
  return {
    // One package may lie in several places, in several versions.
    "bom-ref": place,
    type: "library",
    ...(at > 0 ? { group: name.slice(0, at) } : {}),
    name: name.slice(at + 1),
    version,
    scope: optional ? "optional" : "required",
    purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
    ...(licence === null ? {} : { licenses: [licenceOf(licence)] }),
    ...(algorithm === "sha512" && digest
      ? { hashes: [{ alg: "SHA-512", content: Buffer.from(digest, "base64").toString("hex") }] }
      : {}),
    ...(resolved ? { externalReferences: [{ type: "distribution", url: resolved }] } : {}),
  };
}

/** A name of the list, an expression of such names, or what the package says instead. */
function licenceOf(licence: string): object {
  if (/ (AND|OR) /.test(licence)) return { expression: licence.replace(/^\((.*)\)$/, "$1") };
  return { license: /^[A-Za-z0-9.-]+$/.test(licence) ? { id: licence } : { name: licence } };
}

function counted(components: readonly Component[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { licence } of components) {
    const name = licence ?? "(none named)";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}
