import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

/**
 * What pdf.js fetches while it draws: character maps and stand-in fonts for Chinese pages without embedded fonts, and the
 * decoders of scanned pages (JBIG2, JPEG 2000). They are files beside the bundle, fetched only by the documents that need them.
 */
const folders = ["cmaps", "standard_fonts", "wasm"];

export function pdfjsFiles(): Plugin {
  const root = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  return {
    name: "sutong-pdfjs-files",
    generateBundle() {
      for (const folder of folders)
        for (const name of readdirSync(join(root, folder)))
          this.emitFile({
            type: "asset",
            fileName: `pdfjs/${folder}/${name}`,
            source: readFileSync(join(root, folder, name)),
          });
    },
    configureServer(server) {
      server.middlewares.use("/workbench/pdfjs/", (request, response, next) => {
        const [folder, name, ...rest] = (request.url ?? "").split("?")[0]!.split("/").filter(Boolean);
        if (!folder || !name || rest.length > 0 || !folders.includes(folder)) return next();
        if (!readdirSync(join(root, folder)).includes(name)) return next();
        response.end(readFileSync(join(root, folder, name)));
      });
    },
  };
}
