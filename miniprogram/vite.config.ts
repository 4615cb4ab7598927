import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import uniImport from "@dcloudio/vite-plugin-uni";
import { defineConfig, type Plugin } from "vite";

// The plug-in is CommonJS: under ESM its default export is one level deeper.
const uni = (uniImport as unknown as { default?: typeof uniImport }).default ?? uniImport;

/**
 * uni-h5 loads its nav-bar shadow from a CDN at run time, and uni-mp-weixin asks WeChat to preload the same picture; a
 * court's app loads nothing from elsewhere.
 */
function noThirdPartyImages(): Plugin {
  const remote = /https:\/\/cdn\.dcloud\.net\.cn\/img\/shadow-\w+\.png/g;
  return {
    name: "no-third-party-images",
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === "asset" && typeof file.source === "string") file.source = file.source.replace(remote, "data:,");
        else if (file.type === "chunk") {
          file.code = file.code.replace(remote, "data:,").replace(/wx\.preloadAssets/g, "undefined");
        }
      }
    },
  };
}

/** `sw.js` beside the web page, with the names of everything it is made of: see offline-shell.js. */
function offlineShell(): Plugin {
  const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const still = readdirSync(at("src/static"), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.\w+$/.test(name))
    .map((name) => `static/${name}`);
  return {
    name: "offline-shell",
    enforce: "post",
    generateBundle(_options, bundle) {
      if (process.env.UNI_PLATFORM !== "h5") return;
      // A hearing has a network: what only it needs is not fetched for everybody's times without one.
      const made = Object.keys(bundle).filter((name) => /\.(js|css|png|svg)$/.test(name) && !name.includes("live-trtc"));
      const files = JSON.stringify([...new Set([...made, ...still])].sort());
      const program = readFileSync(at("offline-shell.js"), "utf8").replace("%FILES%", () => files);
      const version = createHash("sha256").update(program).digest("hex").slice(0, 16);
      this.emitFile({ type: "asset", fileName: "sw.js", source: program.replace("%VERSION%", `shell-${version}`) });
    },
  };
}

/** pdf.js and what it fetches for Chinese pages without typefaces of their own, as files beside the web page (pdf-h5.ts). */
function pdfFiles(): Plugin {
  const root = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  const programs = ["pdf.min.mjs", "pdf.worker.min.mjs"].map((name) => [name, join(root, "legacy/build", name)] as const);
  return {
    name: "pdf-files",
    generateBundle() {
      if (process.env.UNI_PLATFORM !== "h5") return;
      const maps = readdirSync(join(root, "cmaps")).map((name) => [`cmaps/${name}`, join(root, "cmaps", name)] as const);
      for (const [name, path] of [...programs, ...maps])
        this.emitFile({ type: "asset", fileName: `pdfjs/${name}`, source: readFileSync(path) });
    },
  };
}

export default defineConfig({
  // Its package.json names only the larger build for pages without a bundler.
  resolve: { alias: { "trtc-sdk-v5": "trtc-sdk-v5/trtc.esm.js" } },
  plugins: [uni(), noThirdPartyImages(), pdfFiles(), offlineShell()],
  // In development the page is served here and the API by `npm start` at the root of the repository.
  server: { proxy: { "/api": process.env.API_ORIGIN ?? "http://127.0.0.1:8080" } },
});
