import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What is shipped, taken from the lockfiles themselves: exact versions, their checksums, their licences. */
export const SHIPPED = [
  { name: "server", folder: ".", also: [] },
  { name: "workbench", folder: "workbench", also: [] },
  // Copied into the web page by its build (miniprogram/vite.config.ts), though installed for development.
  { name: "miniprogram", folder: "miniprogram", also: ["node_modules/pdfjs-dist"] },
] as const;

export interface Component {
  readonly place: string;
  readonly name: string;
  readonly version: string;
  readonly licence: string | null;
  readonly integrity: string | null;
  readonly resolved: string | null;
  /** Installed on some machines only. */
  readonly optional: boolean;
}

/** May be used and handed on with what we make, without a duty that reaches our own code. */
export const ALLOWED: ReadonlySet<string> = new Set([
  "MIT",
  "MIT-0",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "Zlib",
  "Python-2.0",
  "Unlicense",
  "CC0-1.0",
  "OFL-1.1",
]);

/** What the allow-list does not settle, and why it may stay. A version that changes is looked at again. */
export const EXCEPTIONS: readonly { readonly name: RegExp; readonly licence: string | null; readonly why: string }[] = [
  {
    name: /^ical\.js$/,
    licence: "MPL-2.0",
    why: "weak copyleft by file; used unchanged as a package, and its source is public at the same version",
  },
  {
    name: /^@img\/sharp-(libvips-|wasm32$|win32-)/,
    licence: "*LGPL-3.0-or-later*",
    why: "libvips as a library of its own, loaded at run time and replaceable; used unchanged",
  },
  {
    name: /^caniuse-lite$/,
    licence: "CC-BY-4.0",
    why: "data of the build tool, named here; none of it is in what is shipped",
  },
  { name: /^chainsaw$/, licence: "MIT/X11", why: "the MIT licence in its older name; below exceljs" },
  { name: /^pause-stream$/, licence: '["MIT","Apache2"]', why: "both, says its LICENSE; the field is an old form" },
  {
    name: /^buffers$/,
    licence: null,
    why: "0.1.1 names no licence; its author's neighbours binary and chainsaw are MIT; below exceljs (unzipper), to go with it",
  },
  {
    name: /^dom-walk$/,
    licence: null,
    why: "MIT by its LICENCE file and the old field licenses; below uni-app's build",
  },
  { name: /^exif-parser$/, licence: null, why: "MIT by its LICENSE.md; below uni-app's build" },
  {
    name: /^qrcode-terminal$/,
    licence: null,
    why: "Apache-2.0 by its LICENSE and the old field licenses; below uni-app's build",
  },
];

interface Locked {
  readonly version?: string;
  readonly license?: unknown;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly optional?: boolean;
}

/** The packages of a lockfile that are there at run time. */
export function shippedOf(root: string, folder: string, also: readonly string[]): Component[] {
  const lock = JSON.parse(readFileSync(join(root, folder, "package-lock.json"), "utf8")) as {
    packages: Readonly<Record<string, Locked>>;
  };
  return Object.entries(lock.packages)
    .filter(([place, { dev, link }]) => place !== "" && !link && (!dev || also.includes(place)))
    .map(([place, { version = "", license, integrity, resolved, optional }]) => ({
      place,
      name: place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length),
      version,
      licence: license === undefined ? null : typeof license === "string" ? license : JSON.stringify(license),
      integrity: integrity ?? null,
      resolved: resolved ?? null,
      optional: optional ?? false,
    }));
}

/** Null where the licence is no question; else why not. */
export function objectionTo({ name, licence }: Pick<Component, "name" | "licence">): string | null {
  if (licence !== null && isAllowed(licence)) return null;
  const known = EXCEPTIONS.some((one) => one.name.test(name) && matches(one.licence, licence));
  return known ? null : `${name}: ${licence ?? "no licence named"}`;
}

/** `A AND B` needs both, of `A OR B` we take one; brackets as SPDX has them, not nested. */
export function isAllowed(expression: string): boolean {
  const plain = expression.replace(/^\((.*)\)$/, "$1");
  if (/[()]/.test(plain)) return false;
  return plain.split(" OR ").some((choice) => choice.split(" AND ").every((licence) => ALLOWED.has(licence.trim())));
}

const matches = (wanted: string | null, licence: string | null): boolean =>
  wanted?.startsWith("*") ? (licence ?? "").includes(wanted.slice(1, -1)) : wanted === licence;
