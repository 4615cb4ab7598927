import type { RouteRecordRaw } from "vue-router";

/** The rooms under /fees. */
export const feeRooms: RouteRecordRaw[] = [
  { path: "", name: "fee-notices", component: () => import("./notice/NoticesPage.vue"), meta: { room: "/fees" } },
  {
    path: "notices/:id",
    name: "fee-notice",
    component: () => import("./notice/NoticePage.vue"),
    props: true,
    meta: { room: "/fees" },
  },
  {
    path: "refunds",
    name: "refunds",
    component: () => import("./refund/RefundsPage.vue"),
    meta: { room: "/fees/refunds" },
  },
  {
    path: "reliefs",
    name: "reliefs",
    component: () => import("./relief/ReliefsPage.vue"),
    meta: { room: "/fees/reliefs" },
  },
  {
    path: "reliefs/:id",
    name: "relief",
    component: () => import("./relief/ReliefPage.vue"),
    props: true,
    meta: { room: "/fees/reliefs" },
  },
  {
    path: "reconciliation",
    name: "reconciliation",
    component: () => import("./reconcile/ReconciliationPage.vue"),
    meta: { room: "/fees/reconciliation" },
  },
];
