import type { RouteRecordRaw } from "vue-router";

/** The rooms under /contact. */
export const contactRooms: RouteRecordRaw[] = [
  { path: "", component: () => import("./ThreadsPage.vue"), meta: { room: "/contact" } },
  { path: "duty", component: () => import("./DutyPage.vue"), meta: { room: "/contact/duty" } },
  { path: "templates", component: () => import("./AnswersPage.vue"), meta: { room: "/contact/templates" } },
];
