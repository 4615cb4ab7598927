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

export default defineConfig({
  plugins: [uni(), noThirdPartyImages()],
  // In development the page is served here and the API by `npm start` at the root of the repository.
  server: { proxy: { "/api": process.env.API_ORIGIN ?? "http://127.0.0.1:8080" } },
});
