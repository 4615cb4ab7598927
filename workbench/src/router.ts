import { createRouter, createWebHistory } from "vue-router";
import { UnknownOutcome } from "@/api/problem.ts";
import { contactRooms } from "@/contact/rooms.ts";
import { feeRooms } from "@/fees/rooms.ts";
import { hearingRooms } from "@/hearing/rooms.ts";
import { intakeRooms } from "@/queue/rooms.ts";
import { isIdle, lastActive } from "@/session/idle.ts";
import { forget, resumeSession } from "@/session/session.ts";
import { homeOf, menu } from "@/shell/menu.ts";
import { partMissing } from "@/shell/missing-part.ts";
import { superviseRooms } from "@/supervise/rooms.ts";

declare module "vue-router" {
  interface RouteMeta {
    menu?: string;
    /** Which tab of its part this belongs to. */
    room?: string;
    open?: boolean;
  }
}

export const router = createRouter({
  history: createWebHistory("/workbench/"),
  routes: [
    { path: "/sign-in", name: "sign-in", component: () => import("@/session/SignInPage.vue"), meta: { open: true } },
    {
      path: "/",
      component: () => import("@/shell/AppShell.vue"),
      children: [
        { path: "", name: "home", component: () => import("@/shell/NothingHere.vue") },
        {
          path: "intake",
          component: () => import("@/queue/IntakeShell.vue"),
          meta: { menu: "intake" },
          children: intakeRooms,
        },
        {
          path: "intake/items/:id",
          name: "review",
          component: () => import("@/review/ReviewPage.vue"),
          props: true,
          meta: { menu: "intake" },
        },
        {
          path: "overview",
          component: () => import("@/supervise/SuperviseShell.vue"),
          meta: { menu: "overview" },
          children: superviseRooms,
        },
        {
          path: "identity-reviews",
          component: () => import("@/supervise/IdentityReviewsPage.vue"),
          meta: { menu: "identity" },
        },
        { path: "cases", component: () => import("@/cases/CasesPage.vue"), meta: { menu: "cases" } },
        {
          path: "cases/:id",
          name: "case",
          component: () => import("@/cases/CasePage.vue"),
          props: true,
          meta: { menu: "cases" },
        },
        {
          path: "hearings",
          component: () => import("@/hearing/HearingsShell.vue"),
          meta: { menu: "hearings" },
          children: hearingRooms,
        },
        { path: "courtrooms", component: () => import("@/hearing/ResourcesPage.vue"), meta: { menu: "courtrooms" } },
        { path: "submissions", component: () => import("@/cases/SubmissionsPage.vue"), meta: { menu: "submissions" } },
        { path: "services", component: () => import("@/service/ServicesPage.vue"), meta: { menu: "services" } },
        {
          path: "services/:id",
          name: "service",
          component: () => import("@/service/ServicePage.vue"),
          props: true,
          meta: { menu: "services" },
        },
        { path: "tasks", component: () => import("@/tasks/TasksPage.vue"), meta: { menu: "tasks" } },
        {
          path: "contact",
          component: () => import("@/contact/ContactShell.vue"),
          meta: { menu: "contact" },
          children: contactRooms,
        },
        {
          path: "contact/:id",
          name: "thread",
          component: () => import("@/contact/ThreadPage.vue"),
          props: true,
          meta: { menu: "contact" },
        },
        {
          path: "receptions",
          component: () => import("@/reception/ReceptionsShell.vue"),
          meta: { menu: "receptions" },
          children: [
            { path: "", component: () => import("@/reception/ReceptionsPage.vue"), meta: { room: "/receptions" } },
            { path: "day", component: () => import("@/reception/DayPage.vue"), meta: { room: "/receptions/day" } },
          ],
        },
        {
          path: "receptions/:id",
          name: "reception",
          component: () => import("@/reception/ReceptionPage.vue"),
          props: true,
          meta: { menu: "receptions" },
        },
        {
          path: "questionings",
          component: () => import("@/questioning/QuestioningsShell.vue"),
          meta: { menu: "questionings" },
          children: [
            {
              path: "",
              component: () => import("@/questioning/QuestioningsPage.vue"),
              meta: { room: "/questionings" },
            },
            { path: "day", component: () => import("@/questioning/DayPage.vue"), meta: { room: "/questionings/day" } },
          ],
        },
        {
          path: "questionings/:id",
          name: "questioning",
          component: () => import("@/questioning/QuestioningPage.vue"),
          props: true,
          meta: { menu: "questionings" },
        },
        {
          path: "fees",
          component: () => import("@/fees/FeesShell.vue"),
          meta: { menu: "fees" },
          children: feeRooms,
        },
        { path: "account", component: () => import("@/session/AccountPage.vue") },
        {
          path: "staff",
          component: () => import("@/admin/StaffShell.vue"),
          meta: { menu: "staff" },
          children: [
            { path: "", component: () => import("@/admin/StaffPage.vue"), meta: { room: "/staff" } },
            { path: "rights", component: () => import("@/admin/RightsPage.vue"), meta: { room: "/staff/rights" } },
            { path: "lawyers", component: () => import("@/admin/LawyersPage.vue"), meta: { room: "/staff/lawyers" } },
          ],
        },
        { path: "routing", component: () => import("@/admin/RoutingRulesPage.vue"), meta: { menu: "routing" } },
        { path: "absences", component: () => import("@/staff/AbsencesPage.vue"), meta: { menu: "absences" } },
        {
          path: "operations",
          component: () => import("@/operations/OperationsPage.vue"),
          meta: { menu: "operations" },
        },
        { path: "audit", component: () => import("@/audit/AuditPage.vue"), meta: { menu: "audit" } },
        { path: ":rest(.*)*", name: "nothing", component: () => import("@/shell/NothingHere.vue") },
      ],
    },
  ],
});

/** What stands in the browser's tab: where one is, before whose it is. */
router.afterEach((to) => {
  const entry = menu.find((each) => each.name === to.meta.menu);
  document.title = entry ? `${entry.label} · 诉通法院工作台` : "诉通 · 法院工作台";
});

router.onError((error, to) => partMissing(error, router.resolve(to.fullPath).href));

router.beforeEach(async (to) => {
  if (to.meta.open) return true;
  if (isIdle(Date.now(), lastActive())) forget("30 分钟没有操作，已自动退出。");
  try {
    const account = await resumeSession();
    if (!account) return { name: "sign-in", query: to.fullPath === "/" ? {} : { to: to.fullPath } };
    const entry = menu.find((each) => each.name === to.meta.menu);
    if (to.name === "home" || (entry && !entry.roles.includes(account.role))) {
      const home = homeOf(account.role);
      return home === to.path ? true : home;
    }
    return true;
  } catch (error) {
    if (error instanceof UnknownOutcome && to.name !== "nothing")
      return { name: "nothing", query: { offline: "1", to: to.fullPath } };
    return { name: "sign-in" };
  }
});
