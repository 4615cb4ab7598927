import type { Coded } from "@/api/contract.ts";

export interface Alarm {
  id: string;
  title: string;
  state: Coded;
  value: number | null;
  unit: "count" | "seconds" | "share";
  of: string | null;
  todo: string | null;
}
export interface BackupRun {
  kind: "physical" | "logical" | "logs";
  at: string;
  bytes: number;
  ageSeconds: number;
}
export interface Operations {
  at: string;
  state: Coded;
  alarms: Alarm[];
  nodes: {
    id: string;
    process: "api" | "worker";
    version: string;
    startedAt: string;
    seenAt: string;
    alive: boolean;
  }[];
  events: { due: number; oldestSeconds: number; failing: { name: string; count: number; attempts: number }[] };
  gateways: {
    name: string;
    lastSuccessAt: string | null;
    lastFailureAt: string | null;
    failingSince: string | null;
    open: boolean;
  }[];
  payments: { alarms: number; differences: number; late: number; reconciledDay: string | null };
  disks: { machine: string; name: string; freeBytes: number; totalBytes: number }[];
  database: {
    version: string;
    connections: number;
    mostConnections: number;
    followers: number;
    cluster: { size: number; state: string; primary: boolean; missing: number } | null;
  };
  backup: { full: BackupRun | null; logs: BackupRun | null };
  retention: { id: string; what: string; days: number; basis: string; ranAt: string | null; removed: number }[];
}
