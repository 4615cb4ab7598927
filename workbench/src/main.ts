import { createApp } from "vue";
import "@/style/element.ts";
import "@/style/tokens.css";
import "@/style/base.css";
import "@/style/dialog.css";
import App from "./App.vue";
import { router } from "./router.ts";
import { whenSessionEnds } from "./session/session.ts";

// Whoever opens the page is told by /opening.js where this line is never reached.
document.documentElement.dataset["started"] = "";
whenSessionEnds(() => {
  const to = router.currentRoute.value;
  if (to.name !== "sign-in")
    void router.replace({ name: "sign-in", query: to.path === "/" ? {} : { to: to.fullPath } });
});
createApp(App).use(router).mount("#app");
