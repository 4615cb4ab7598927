// `npm run check:h5`: the first load of the web page stays small on a thin line, pages come when they are opened, and nothing is
// fetched from elsewhere.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const folder = fileURLToPath(new URL("../../dist/build/h5", import.meta.url));
const FIRST_LOAD_BYTES = 150 * 1000;
const PAGE_BYTES = 40 * 1000;

const html = readFileSync(join(folder, "index.html"), "utf8");
assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)/, "a script in the page itself would need a hole in the content policy");

const entry = [...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+)"/g)].map(([, path]) => path);
assert.ok(entry.some((path) => path.endsWith(".js")), "the page names no script");
const first = withImports(entry);
const home = withImports(homeFiles()).filter((path) => !first.includes(path));
const load = [...first, ...home].reduce((sum, path) => sum + gzip(path), gzip("index.html"));
assert.ok(load <= FIRST_LOAD_BYTES, `the first load is ${load} bytes of gzip`);

const pages = readdirSync(join(folder, "assets")).filter((name) => /^pages-.*\.js$/.test(name));
const sources = JSON.parse(readFileSync(fileURLToPath(new URL("../../src/pages.json", import.meta.url)), "utf8"));
const count = sources.pages.length + sources.subPackages.reduce((sum, each) => sum + each.pages.length, 0);
assert.equal(pages.length, count, "every page is a file of its own");
for (const page of pages) assert.ok(gzip(`assets/${page}`) <= PAGE_BYTES, `${page} is too large`);

for (const name of readdirSync(join(folder, "assets"))) {
  if (!/\.(js|css)$/.test(name)) continue;
  const text = readFileSync(join(folder, "assets", name), "utf8");
  assert.doesNotMatch(text, /cdn\.dcloud|url\(["']?https?:|src:\s*["']https?:/, `${name} loads something from elsewhere`);
}
console.log(`ok    first load with the home page: ${Math.round(load / 1000)} kB gzip of ${FIRST_LOAD_BYTES / 1000}`);
console.log(`ok    ${pages.length} pages, each a file of its own; nothing from elsewhere`);
console.log("check:h5 passed");

/** The home page's script and the style sheets it and its components bring along. */
function homeFiles() {
  const names = readdirSync(join(folder, "assets"));
  const script = names.find((each) => /^pages-home-.*\.js$/.test(each));
  assert.ok(script, "the home page has no script");
  const text = readFileSync(join(folder, "assets", script), "utf8");
  const used = names.filter((each) => text.includes(each.replace(/\.js$/, "")) || /^(home|AppPage)-.*\.css$/.test(each));
  return [script, ...used].map((each) => `assets/${each}`);
}

/** The files and all they import statically. */
function withImports(files) {
  const found = new Set();
  const visit = (path) => {
    if (found.has(path) || !existsSync(join(folder, path))) return;
    found.add(path);
    if (!path.endsWith(".js")) return;
    const text = readFileSync(join(folder, path), "utf8");
    for (const [, name] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g)) visit(`assets/${name}`);
  };
  files.forEach(visit);
  return [...found];
}

function gzip(path) {
  return gzipSync(readFileSync(join(folder, path))).length;
}
