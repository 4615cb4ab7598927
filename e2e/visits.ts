import type { Desk } from "./desk.ts";

export const ROLES = {
  clerk: "clerk1",
  supervisor: "supervisor1",
  admin: "admin1",
  judge: "judge1",
  court_clerk: "courtclerk1",
  auditor: "auditor1",
} as const;
export type Role = keyof typeof ROLES;

/** What the pages are looked at with; made before the visits. */
export interface Facts {
  readonly itemId: string;
  readonly returnedItemId: string;
  readonly seriesId: string;
  readonly caseId: string;
  readonly serviceId: string;
  readonly threadId: string;
  readonly noticeId: string;
  readonly reliefId: string;
  readonly refundId: string;
  readonly hearingId: string;
  readonly receptionId: string;
  readonly questioningId: string;
}

/** Something that opens over a page: how it is opened, and what stands there then. */
export interface Over {
  readonly name: string;
  readonly open: readonly string[];
  readonly shows: string;
  /** Only for these; for everybody who visits the page where left out. */
  readonly as?: readonly Role[];
}
export interface Visit {
  /** As the router has it. */
  readonly route: string;
  readonly as: readonly Role[];
  readonly path?: (facts: Facts) => string;
  /** What stands there once the page has been read. */
  readonly ready: string;
  readonly over?: readonly Over[];
  /** Done before looking: what must be held to be seen. */
  readonly first?: (desk: Desk) => Promise<void>;
}

const hook = (name: string) => `[data-test="${name}"]`;
const intake: Role[] = ["clerk", "supervisor"];
const fees: Role[] = ["clerk", "court_clerk", "judge", "supervisor"];
const bench: Role[] = ["supervisor", "judge", "court_clerk"];
const decision = (action: string, shows = "decision-dialog"): Over => ({
  name: action,
  open: [hook(`act-${action}`)],
  shows: hook(shows),
});

/** Claims the item where it is to be had; one that is held already stays. */
async function claim(desk: Desk): Promise<void> {
  await desk.at("act-next").waitFor();
  if (await desk.at("act-claim").isVisible()) await desk.click("act-claim");
  await desk.at("act-accept").waitFor();
}

/** Every page of the workbench, who opens it, and the main dialogs over it. */
export const VISITS: readonly Visit[] = [
  {
    route: "/intake",
    as: intake,
    ready: hook("item-row"),
    over: [{ name: "assign", as: ["supervisor"], open: [hook("item-assign")], shows: hook("assign-dialog") }],
  },
  { route: "/intake/series", as: intake, ready: hook("series-row") },
  {
    route: "/intake/series/:id",
    as: intake,
    path: ({ seriesId }) => `/intake/series/${seriesId}`,
    ready: hook("member-row"),
    over: [
      { name: "same", open: [hook("compare-same")], shows: hook("compare-same") },
      { name: "accept", open: [hook("series-accept")], shows: hook("series-dialog") },
      { name: "return", open: [hook("series-return"), hook("series-defect-add")], shows: hook("series-defect-0") },
    ],
  },
  {
    route: "/intake/mediations",
    as: intake,
    ready: hook("mediation-row"),
    over: ["extend", "settle", "fail"].map((action) => ({
      name: action,
      open: [hook(`mediation-${action}`)],
      shows: hook("mediation-note"),
    })),
  },
  { route: "/intake/paper", as: intake, ready: hook("paper-received") },
  {
    route: "/intake/items/:id",
    as: ["clerk"],
    path: ({ itemId }) => `/intake/items/${itemId}`,
    ready: hook("act-return"),
    first: claim,
    over: [
      ...["1", "2", "3", "4", "5"].map((tab) => ({
        name: `panel ${tab}`,
        open: [hook(`panel-${tab}`)],
        shows: ".side",
      })),
      decision("accept"),
      { name: "return", open: [hook("act-return"), hook("defect-add")], shows: hook("defect-code-0") },
      { name: "refuse", open: [hook("act-refuse"), '[role="radio"]'], shows: hook("decision-preview-none") },
      decision("transfer"),
      decision("skip", "skip-dialog"),
      { name: "help", open: [hook("open-help")], shows: hook("help") },
    ],
  },
  {
    // The second round, as a supervisor has it: what was visible before is warned of.
    route: "/intake/items/:id",
    as: ["supervisor"],
    path: ({ returnedItemId }) => `/intake/items/${returnedItemId}`,
    ready: hook("act-return"),
    first: claim,
    over: [
      { name: "difference", open: [hook("panel-2")], shows: ".side" },
      { name: "second return", open: [hook("act-return"), hook("defect-add")], shows: hook("return-override") },
    ],
  },
  {
    route: "/overview",
    as: ["supervisor"],
    ready: hook("forecast-how"),
    over: [{ name: "how", open: [hook("forecast-how")], shows: hook("forecast-assumptions") }],
  },
  {
    route: "/overview/figures",
    as: ["supervisor"],
    ready: ".chart svg",
    over: [{ name: "periods", open: [hook("periods-open")], shows: ".periods table" }],
  },
  { route: "/overview/consistency", as: ["supervisor"], ready: hook("measure-row") },
  {
    route: "/overview/templates",
    as: ["supervisor"],
    ready: hook("template-row"),
    over: [{ name: "new", open: [hook("template-add")], shows: hook("template-body") }],
  },
  {
    route: "/identity-reviews",
    as: ["supervisor"],
    ready: hook("identity-row"),
    over: [{ name: "approve", open: [hook("identity-approve")], shows: hook("identity-note") }],
  },
  { route: "/cases", as: ["clerk", "supervisor", "judge", "court_clerk"], ready: hook("case-row") },
  {
    route: "/cases/:id",
    as: ["clerk", "supervisor", "judge", "court_clerk"],
    path: ({ caseId }) => `/cases/${caseId}`,
    ready: hook("limit-step"),
    over: [
      ...["dossier", "participants", "fees", "notices"].map((tab) => ({
        name: tab,
        open: [hook(`tab-${tab}`)],
        shows: hook(`case-${tab}`),
      })),
      { name: "assign", open: [hook("case-assign")], shows: hook("assign-judge") },
      { name: "close", as: ["judge", "court_clerk"], open: [hook("case-close")], shows: hook("close-day") },
      {
        name: "deduct",
        as: ["supervisor", "judge", "court_clerk"],
        open: [hook("limit-deduct")],
        shows: hook("limit-kind"),
      },
      { name: "extend", as: ["supervisor"], open: [hook("limit-extend")], shows: hook("limit-amount") },
      {
        name: "periods",
        as: ["supervisor", "judge", "court_clerk"],
        open: [hook("periods-settle"), hook("period-preservation-add")],
        shows: hook("period-preservation"),
      },
    ],
  },
  {
    route: "/hearings",
    as: fees,
    path: () => "/hearings?who=court",
    ready: hook("week"),
  },
  { route: "/hearings/list", as: fees, ready: hook("cause-list") },
  { route: "/hearings/plan", as: ["supervisor", "judge", "court_clerk"], ready: hook("plan-cases") },
  { route: "/hearings/reschedule", as: ["supervisor"], ready: hook("move-missing") },
  {
    route: "/hearings/rooms",
    as: ["supervisor"],
    ready: hook("resource-row"),
    over: [{ name: "away", open: [hook("away-add")], shows: hook("away-from") }],
  },
  {
    route: "/courtrooms",
    as: ["admin"],
    ready: hook("resource-row"),
    over: [
      { name: "new", open: [hook("resource-add")], shows: hook("resource-name") },
      { name: "custody", open: [hook("custody-add")], shows: hook("custody-name") },
    ],
  },
  {
    route: "/hearings/:id/room",
    as: ["supervisor", "judge", "court_clerk"],
    path: ({ hearingId }) => `/hearings/${hearingId}/room`,
    ready: hook("room-next"),
  },
  {
    route: "/hearings/:id",
    as: fees,
    path: ({ hearingId }) => `/hearings/${hearingId}`,
    ready: hook("hearing-time"),
    over: ["fix", "cancel"].map((action) => ({
      name: action,
      as: ["supervisor", "judge", "court_clerk"] as const,
      open: [hook(`hearing-${action}`)],
      shows: hook("dialog-send"),
    })),
  },
  {
    route: "/submissions",
    as: ["supervisor", "judge", "court_clerk"],
    ready: ".card .empty, [data-test=desk-submission]",
  },
  { route: "/services", as: fees, ready: hook("services") },
  {
    route: "/services/:id",
    as: fees,
    path: ({ serviceId }) => `/services/${serviceId}`,
    ready: hook("service-document"),
  },
  { route: "/tasks", as: fees, ready: ".desk aside" },
  { route: "/receptions", as: fees, ready: hook("receptions-open") },
  { route: "/receptions/day", as: fees, ready: hook("reception-day") },
  {
    route: "/receptions/:id",
    as: fees.filter((role) => role === "clerk" || role === "supervisor"),
    path: ({ receptionId }) => `/receptions/${receptionId}`,
    ready: hook("reception-next"),
  },
  {
    route: "/questionings",
    as: bench,
    ready: hook("questioning-row"),
    over: [{ name: "ask", open: [hook("questioning-new")], shows: hook("questioning-case") }],
  },
  { route: "/questionings/day", as: bench, ready: hook("questioning-day") },
  {
    route: "/questionings/:id",
    as: bench,
    path: ({ questioningId }) => `/questionings/${questioningId}`,
    ready: hook("questioning-next"),
    over: [
      { name: "link", open: [hook("questioning-link-open")], shows: hook("link-badge") },
      { name: "rebook", open: [hook("questioning-rebook")], shows: hook("questioning-time") },
      { name: "cancel", open: [hook("questioning-cancel")], shows: hook("questioning-reason") },
    ],
  },
  { route: "/contact", as: fees, ready: hook("contact-court") },
  { route: "/contact/duty", as: fees, ready: hook("duty-away") },
  {
    route: "/contact/templates",
    as: fees,
    ready: hook("answers"),
    over: [{ name: "add", as: ["supervisor"], open: [hook("answer-add")], shows: hook("answer-title") }],
  },
  {
    route: "/contact/:id",
    as: fees,
    path: ({ threadId }) => `/contact/${threadId}`,
    ready: hook("thread-message"),
  },
  {
    route: "/fees",
    as: fees,
    ready: hook("notices-search"),
  },
  {
    route: "/fees/notices/:id",
    as: fees,
    path: ({ noticeId }) => `/fees/notices/${noticeId}`,
    ready: hook("notice-history"),
    over: [{ name: "new notice", as: ["court_clerk"], open: [hook("notice-new")], shows: hook("fee-dialog") }],
  },
  {
    route: "/fees/refunds",
    as: fees,
    path: ({ refundId }) => `/fees/refunds?id=${refundId}`,
    ready: hook("refund-state"),
  },
  { route: "/fees/reliefs", as: fees, ready: hook("relief-row") },
  {
    route: "/fees/reliefs/:id",
    as: fees,
    path: ({ reliefId }) => `/fees/reliefs/${reliefId}`,
    ready: hook("relief-state"),
    over: [{ name: "part", as: ["supervisor"], open: [hook("decide-part")], shows: hook("relief-percent") }],
  },
  {
    route: "/fees/reconciliation",
    as: ["supervisor"],
    ready: hook("reconcile-run"),
  },
  {
    route: "/staff",
    as: ["admin"],
    ready: hook("staff-row"),
    over: [
      { name: "new", open: [hook("staff-add")], shows: hook("staff-username") },
      { name: "reset", open: [hook("staff-reset")], shows: hook("reset-work_card") },
      { name: "disable", open: [hook("staff-disable")], shows: ".el-message-box" },
    ],
  },
  { route: "/staff/rights", as: ["admin"], ready: hook("rights-room") },
  { route: "/staff/lawyers", as: ["admin"], ready: `.card .empty, ${hook("lawyer-row")}` },
  { route: "/account", as: ["admin", "clerk"], ready: hook("session-row") },
  {
    route: "/routing",
    as: ["admin", "supervisor"],
    ready: hook("rule-row"),
    over: [
      { name: "new rule", as: ["admin"], open: [hook("rule-add")], shows: hook("rule-words") },
      { name: "new queue", as: ["admin"], open: [hook("queue-add")], shows: hook("queue-name") },
    ],
  },
  {
    route: "/absences",
    as: ["clerk", "supervisor", "judge", "court_clerk", "admin"],
    ready: hook("absence-add"),
    over: [{ name: "new absence", open: [hook("absence-add")], shows: hook("absence-from") }],
  },
  {
    route: "/audit",
    as: ["auditor"],
    ready: hook("audit-row"),
    over: [{ name: "verified", open: [hook("audit-verify")], shows: hook("audit-verdict") }],
  },
  { route: "/operations", as: ["admin", "auditor"], ready: hook("alarm-row") },
  { route: "/:rest(.*)*", as: ["auditor"], path: () => "/no-such-page", ready: ".nothing h2" },
];
