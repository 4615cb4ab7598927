import { z } from "zod";
import { momentView, stateView } from "#core/fields.ts";

const maybeMoment = momentView.nullable();
const backupView = z
  .object({
    kind: z.enum(["physical", "logical", "logs"]),
    at: momentView,
    bytes: z.number(),
    ageSeconds: z.number(),
  })
  .nullable();

export const operationsView = z.object({
  at: momentView,
  state: stateView,
  alarms: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      state: stateView,
      value: z.number().nullable().meta({ description: "空：从未有过" }),
      unit: z.enum(["count", "seconds", "share"]),
      /** Which of several: a gateway, a disk. */
      of: z.string().nullable(),
      todo: z.string().nullable().meta({ description: "正常时为空" }),
    }),
  ),
  nodes: z.array(
    z.object({
      id: z.string(),
      process: z.enum(["api", "worker"]),
      version: z.string(),
      startedAt: momentView,
      seenAt: momentView,
      alive: z.boolean(),
    }),
  ),
  events: z.object({
    due: z.number(),
    oldestSeconds: z.number(),
    failing: z.array(z.object({ name: z.string(), count: z.number(), attempts: z.number() })),
  }),
  gateways: z.array(
    z.object({
      name: z.string(),
      lastSuccessAt: maybeMoment,
      lastFailureAt: maybeMoment,
      failingSince: maybeMoment,
      open: z.boolean(),
    }),
  ),
  payments: z.object({
    alarms: z.number(),
    differences: z.number(),
    late: z.number(),
    reconciledDay: z.string().nullable(),
  }),
  disks: z.array(z.object({ machine: z.string(), name: z.string(), freeBytes: z.number(), totalBytes: z.number() })),
  database: z.object({
    version: z.string(),
    connections: z.number(),
    mostConnections: z.number(),
    followers: z.number(),
    cluster: z.object({ size: z.number(), state: z.string(), primary: z.boolean(), missing: z.number() }).nullable(),
  }),
  backup: z.object({ full: backupView, logs: backupView }),
  retention: z.array(
    z.object({
      id: z.string(),
      what: z.string(),
      days: z.number(),
      basis: z.string(),
      ranAt: maybeMoment,
      removed: z.number(),
    }),
  ),
});
