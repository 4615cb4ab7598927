import type { RouteRecordRaw } from "vue-router";

/** The rooms under /overview. */
export const superviseRooms: RouteRecordRaw[] = [
  { path: "", name: "overview", component: () => import("./OverviewPage.vue"), meta: { room: "/overview" } },
  {
    path: "templates",
    name: "templates",
    component: () => import("./TemplatesPage.vue"),
    meta: { room: "/overview/templates" },
  },
];
