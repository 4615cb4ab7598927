import type { RouteRecordRaw } from "vue-router";

/** The rooms under /intake. A review has the whole screen and is none of them. */
export const intakeRooms: RouteRecordRaw[] = [
  { path: "", name: "queues", component: () => import("./QueuePage.vue"), meta: { room: "/intake" } },
  {
    path: "series",
    name: "series-list",
    component: () => import("@/series/SeriesListPage.vue"),
    meta: { room: "/intake/series" },
  },
  {
    path: "series/:id",
    name: "series",
    component: () => import("@/series/SeriesPage.vue"),
    props: true,
    meta: { room: "/intake/series" },
  },
  {
    path: "mediations",
    name: "mediations",
    component: () => import("@/mediation/MediationsPage.vue"),
    meta: { room: "/intake/mediations" },
  },
  { path: "paper", name: "paper", component: () => import("@/paper/PaperPage.vue"), meta: { room: "/intake/paper" } },
];
