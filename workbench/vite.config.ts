import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";
import { pdfjsFiles } from "./build/pdfjs-files.ts";

const api = process.env["SUTONG_API"] ?? "http://localhost:8080";

/** The server serves the result under /workbench/; the API is the same origin in both cases. */
export default defineConfig({
  base: "/workbench/",
  plugins: [vue(), pdfjsFiles()],
  resolve: {
    alias: {
      "@": fileURLToPath(new URL("./src", import.meta.url)),
      // Its package.json names only the larger build for pages without a bundler.
      "trtc-sdk-v5": "trtc-sdk-v5/trtc.esm.js",
    },
  },
  server: {
    port: 5174,
    proxy: { "/api": api, "/store": api },
  },
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    chunkSizeWarningLimit: 700,
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts"],
    server: { deps: { inline: ["element-plus"] } },
    css: false,
  },
});
