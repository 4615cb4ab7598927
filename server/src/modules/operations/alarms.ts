/** How bad it is, from well to worse. */
export const STATES = { ok: "正常", look: "请留意", act: "请处理" } as const;
export type State = keyof typeof STATES;

export interface Alarm {
  readonly id: string;
  readonly title: string;
  /** The figure it watches; the worst of its labels counts. */
  readonly gauge: string;
  /** From here on. */
  readonly look: number;
  readonly act: number;
  readonly unit: "count" | "seconds" | "share";
  /** What to do, for whoever is on duty. */
  readonly todo: string;
}

/**
 * What is likeliest to go wrong. The operations page, the rules for Prometheus (`npm run docs`) and the headings of
 * docs/runbook.md are all made of this table.
 */
export const ALARMS: readonly Alarm[] = [
  {
    id: "node-silent",
    title: "接口进程失去联系",
    gauge: "sutong_nodes_silent",
    look: 1,
    act: 2,
    unit: "count",
    todo: "到该机器查看进程是否还在、日志最后几行写了什么，重新启动它；其余进程照常服务，不必停机。",
  },
  {
    id: "worker-silent",
    title: "后台进程失去联系",
    gauge: "sutong_worker_silent_seconds",
    look: 60,
    act: 180,
    unit: "seconds",
    todo: "启动后台进程（worker）。在此期间通知、到期提醒和对账都在等待，启动后会自行补做，不会丢失。",
  },
  {
    id: "outbox-late",
    title: "待办事件积压",
    gauge: "sutong_outbox_oldest_seconds",
    look: 60,
    act: 300,
    unit: "seconds",
    todo: "先看后台进程是否在运行，再看数据库是否繁忙；都正常而仍在增长，就再启动一个后台进程。",
  },
  {
    id: "event-failing",
    title: "事件反复处理不成",
    gauge: "sutong_events_failing",
    look: 1,
    act: 20,
    unit: "count",
    todo: "在日志中查找 event not told，按其中的原因处理；原因消除后系统会自行再试，最长间隔 15 分钟。",
  },
  {
    id: "gateway-down",
    title: "外部系统不通",
    gauge: "sutong_gateway_failing_seconds",
    look: 300,
    act: 1800,
    unit: "seconds",
    todo: "查看到该系统的网络、证书和密钥是否到期，并联系对方值班人员；恢复后积压的调用会自行补发。",
  },
  {
    id: "payment-unsettled",
    title: "款项待核对",
    gauge: "sutong_payments_unsettled",
    look: 1,
    act: 20,
    unit: "count",
    todo: "请收费人员在工作台“诉讼费 · 对账”中逐笔查看差异与异常，按每一笔后面的提示处理并写明结果。",
  },
  {
    id: "disk-filling",
    title: "磁盘将满",
    gauge: "sutong_disk_used_share",
    look: 0.8,
    act: 0.9,
    unit: "share",
    todo: "扩大该磁盘，或把旧备份和旧日志移走；不要删除材料库和数据库目录中的任何文件。",
  },
  {
    id: "database-crowded",
    title: "数据库连接将用尽",
    gauge: "sutong_database_connections_share",
    look: 0.7,
    act: 0.9,
    unit: "share",
    todo: "查看有没有长时间不结束的语句；各进程的 DATABASE_POOL 之和应小于 max_connections，据此调整其一。",
  },
  {
    id: "cluster-broken",
    title: "数据库集群缺少节点",
    gauge: "sutong_cluster_nodes_missing",
    look: 1,
    act: 2,
    unit: "count",
    todo: "到缺少的数据库节点查看日志并重新启动它，它会自行追上；只剩一个节点时不要再做任何维护操作。",
  },
  {
    id: "backup-old",
    title: "备份过旧",
    gauge: "sutong_backup_age_seconds",
    look: 26 * 3600,
    act: 50 * 3600,
    unit: "seconds",
    todo: "查看备份定时任务的日志，手工执行一次 npm run backup，确认备份盘有空间、账号口令没有改变。",
  },
];

export const stateOf = (alarm: Alarm, value: number): State =>
  value >= alarm.act ? "act" : value >= alarm.look ? "look" : "ok";

export const worst = (states: readonly State[]): State =>
  states.includes("act") ? "act" : states.includes("look") ? "look" : "ok";
