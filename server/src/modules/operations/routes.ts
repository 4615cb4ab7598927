import type { Sample } from "#http/gauges.ts";
import { type AnyRoute, ok, type Policy, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { ALARMS, type Alarm, STATES, type State, stateOf, worst } from "./alarms.ts";
import { look, type Overview, samplesOf } from "./overview.ts";
import { listRetention } from "./retention.ts";
import { operationsView } from "./schema.ts";

export const operationsPolicy: Policy = { "GET /operations": ["admin", "auditor"] };

export const operationsRoutes = (means: Means): readonly AnyRoute[] => [
  route({
    method: "GET",
    path: "/operations",
    tag: "operation",
    summary: "查看系统运行情况",
    description: "进程、事件、外部系统、款项、磁盘、数据库与备份，以及需要处理的告警。只有数目，没有任何个人信息。",
    answers: { 200: operationsView },
    limit: "costly",
    async handle() {
      const [found, retention] = await Promise.all([look(means), listRetention(means)]);
      return ok({ ...present(found), retention });
    },
  }),
];

function present(found: Overview) {
  const { now, nodes, waiting, gateways, payments, disks, database, backup } = found;
  const samples = samplesOf(found);
  const alarms = ALARMS.map((alarm) => alarmOf(alarm, samples));
  return {
    at: now.toISOString(),
    state: labelled(worst(alarms.map(({ state }) => state.code))),
    alarms,
    nodes: nodes.map(({ id, process, version, startedAt, seenAt, alive }) => ({
      id,
      process,
      version,
      startedAt: startedAt.toISOString(),
      seenAt: seenAt.toISOString(),
      alive,
    })),
    events: waiting,
    gateways,
    payments,
    disks,
    database,
    backup,
  };
}

/** The worst of its figures; where there is none, there is nothing to watch. */
function alarmOf(alarm: Alarm, samples: readonly Sample[]) {
  const [top] = samples.filter(({ name }) => name === alarm.gauge).sort((a, b) => b.value - a.value);
  const value = top?.value ?? 0;
  const state = stateOf(alarm, value);
  return {
    id: alarm.id,
    title: alarm.title,
    state: labelled(state),
    value: Number.isFinite(value) ? value : null,
    unit: alarm.unit,
    of: Object.values(top?.labels ?? {})[0] ?? null,
    todo: state === "ok" ? null : alarm.todo,
  };
}

const labelled = (code: State) => ({ code, label: STATES[code] });
