import { createSSRApp } from "vue";
import App from "./App.vue";

// Whoever opens the web page is told by /opening.js where this line is never reached.
if (process.env.UNI_PLATFORM === "h5") document.documentElement.dataset["started"] = "";

export function createApp() {
  return { app: createSSRApp(App) };
}
