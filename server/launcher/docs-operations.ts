import { ALARMS, RETENTION } from "../src/modules/operations/index.ts";

const RUNBOOK = "docs/runbook.md";

/** What no page of the house can tell of itself: that nobody answers, and that answers fail. */
const OUTSIDE = [
  {
    id: "down",
    title: "接口不应答",
    expr: 'up{job="sutong"} == 0',
    minutes: 1,
    severity: "act",
    todo: "查看该机器与数据库；其余进程照常服务。",
  },
  {
    id: "requests-failing",
    title: "请求出错",
    expr: 'sum(rate(http_request_seconds_count{status=~"5.."}[5m])) / sum(rate(http_request_seconds_count[5m])) > 0.01',
    minutes: 2,
    severity: "act",
    todo: "在日志中查找 unexpected，按 requestId 找到那次请求。",
  },
];

/** Rules for Prometheus, of the table the operations page judges by. */
export function alertRules(): string {
  const rules = [
    ...OUTSIDE.map(({ id, title, expr, minutes, severity, todo }) =>
      rule({ id, title, expr, minutes, severity, todo }),
    ),
    ...ALARMS.flatMap(({ id, title, gauge, look, act, todo }) => [
      rule({
        id,
        title,
        expr: `max(${gauge}) >= ${look} and max(${gauge}) < ${act}`,
        minutes: 1,
        severity: "look",
        todo,
      }),
      rule({ id, title, expr: `max(${gauge}) >= ${act}`, minutes: 1, severity: "act", todo }),
    ]),
  ];
  return `# 由 npm run docs 印出，请勿手改 / printed by npm run docs, do not edit\ngroups:\n  - name: sutong\n    rules:\n${rules.join("")}`;
}

interface Rule {
  readonly id: string;
  readonly title: string;
  readonly expr: string;
  readonly minutes: number;
  readonly severity: string;
  readonly todo: string;
}
const rule = ({ id, title, expr, minutes, severity, todo }: Rule): string =>
  [
    `      - alert: ${id}`,
    `        expr: ${JSON.stringify(expr)}`,
    `        for: ${minutes}m`,
    `        labels: { severity: ${severity} }`,
    "        annotations:",
    `          summary: ${JSON.stringify(title)}`,
    `          description: ${JSON.stringify(todo)}`,
    `          runbook: ${RUNBOOK}#${id}`,
    "",
  ].join("\n");

export const RUNBOOK_ANCHORS: readonly string[] = [...OUTSIDE, ...ALARMS].map(({ id }) => id);

/** What is let go and after how long, as a page. */
export const retentionPage = (): string =>
  [
    "# 到期清理",
    "",
    "后台进程每天执行一次；执行情况见工作台“系统运行”。已提交的申请、案件、卷宗、款项和审计记录不在此列：它们是诉讼档案（短期 30 年、长期 60 年或永久），由法院按档案规定逐案决定。",
    "",
    "| 内容 | 保存 | 依据 |",
    "|---|---|---|",
    ...RETENTION.map(({ what, days, basis }) => `| ${what} | ${days} 天 | ${basis} |`),
    "",
  ].join("\n");
