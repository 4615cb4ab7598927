import type { RouteRecordRaw } from "vue-router";

/** The rooms under /hearings. */
export const hearingRooms: RouteRecordRaw[] = [
  { path: "", name: "hearings", component: () => import("./CalendarPage.vue"), meta: { room: "/hearings" } },
  {
    path: "list",
    name: "cause-list",
    component: () => import("./CauseListPage.vue"),
    meta: { room: "/hearings/list" },
  },
  { path: "plan", name: "hearing-plan", component: () => import("./PlanPage.vue"), meta: { room: "/hearings/plan" } },
  {
    path: "reschedule",
    name: "hearing-reschedule",
    component: () => import("./ReschedulePage.vue"),
    meta: { room: "/hearings/reschedule" },
  },
  {
    path: ":id/room",
    name: "hearing-room",
    component: () => import("./RoomPage.vue"),
    props: true,
    meta: { room: "/hearings" },
  },
  {
    path: "rooms",
    name: "hearing-rooms",
    component: () => import("./ResourcesPage.vue"),
    meta: { room: "/hearings/rooms" },
  },
  {
    path: ":id",
    name: "hearing",
    component: () => import("./HearingPage.vue"),
    props: true,
    meta: { room: "/hearings" },
  },
];
