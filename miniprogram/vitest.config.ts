import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";

const uniTags = ["view", "text", "image", "button", "scroll-view", "canvas", "picker", "block", "switch"];

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => uniTags.includes(tag) } } })],
  resolve: {
    alias: {
      "@": fileURLToPath(new URL("./src", import.meta.url)),
      "@dcloudio/uni-app": fileURLToPath(new URL("./test/uni-app.ts", import.meta.url)),
    },
  },
  define: { "process.env.UNI_PLATFORM": JSON.stringify("h5") },
  test: { environment: "jsdom", include: ["test/**/*.test.ts"], setupFiles: ["test/setup.ts"], testTimeout: 60_000 },
});
