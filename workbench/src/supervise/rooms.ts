import type { RouteRecordRaw } from "vue-router";

/** The rooms under /overview. */
export const superviseRooms: RouteRecordRaw[] = [
  { path: "", name: "overview", component: () => import("./OverviewPage.vue"), meta: { room: "/overview" } },
  {
    path: "figures",
    name: "figures",
    component: () => import("@/figures/FiguresPage.vue"),
    meta: { room: "/overview/figures" },
  },
  {
    path: "consistency",
    name: "consistency",
    component: () => import("@/figures/ConsistencyPage.vue"),
    meta: { room: "/overview/consistency" },
  },
  {
    path: "templates",
    name: "templates",
    component: () => import("./TemplatesPage.vue"),
    meta: { room: "/overview/templates" },
  },
];
