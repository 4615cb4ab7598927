/** The goals as data: what is tried, what must come out, and the tests that find out, at their sizes for either tier. */
export type Tier = "short" | "long";

export interface Run {
  readonly tests: readonly string[];
  /** Only the tests whose name matches. */
  readonly only?: string;
  readonly env?: Readonly<Record<string, string>>;
}
export interface Goal {
  readonly title: string;
  readonly demand: string;
  readonly short: readonly Run[];
  /** Where it is left out, both tiers are the same. */
  readonly long?: readonly Run[];
  /** What of the goal no run measures yet, and why. */
  readonly unmeasured?: Readonly<Record<string, string>>;
}

const here = (name: string): string => `server/test/reliability/${name}`;
const edges = (name: string): string => `server/test/edges/${name}.test.ts`;

export const GOALS = {
  G1: {
    title: "submissions while API nodes are killed (`kill -9`)",
    demand: "0 lost, 0 doubled, 0 half-written; every call settled within 30 s; half of the kills in flight",
    short: [{ tests: [here("submissions.test.ts")], only: "API nodes", env: { SUBMISSIONS: "1000", KILLS: "20" } }],
    long: [{ tests: [here("submissions.test.ts")], only: "API nodes", env: { SUBMISSIONS: "10000", KILLS: "200" } }],
  },
  G2: {
    title: "submissions while the database is killed",
    demand: "0 lost, 0 doubled; first write within 5 s of the port's answer",
    short: [{ tests: [here("submissions.test.ts")], only: "the database", env: { SUBMISSIONS: "1000", KILLS: "5" } }],
    long: [{ tests: [here("submissions.test.ts")], only: "the database", env: { SUBMISSIONS: "20000", KILLS: "50" } }],
  },
  G3: {
    title: "power cuts",
    demand: "20 cuts: 0 acknowledged rows lost; with the log not flushed at commit the same cuts must lose some",
    short: [{ tests: [here("power-cut.rel.ts")], env: { CUTS: "3" } }],
    long: [{ tests: [here("power-cut.rel.ts")], env: { CUTS: "20" } }],
  },
  G4: {
    title: "all faults at once for half an hour",
    demand: "all invariants hold; at least 5,000 acknowledged",
    short: [{ tests: [here("storm.rel.ts")], env: { STORM_SECONDS: "90", STORM_ACKED: "300" } }],
    long: [{ tests: [here("storm.rel.ts")], env: { STORM_SECONDS: "1800", STORM_ACKED: "5000" } }],
  },
  G5: {
    title: "one key, many copies, two nodes",
    demand: "one row for a key; another body 422, always; replays equal byte for byte; kept 30 days",
    short: [
      { tests: [here("idempotency.test.ts")] },
      { tests: [here("many-nodes.test.ts")], only: "keys, each", env: { KEYS: "100", KEY_KILLS: "4" } },
    ],
    long: [
      { tests: [here("idempotency.test.ts")] },
      { tests: [here("many-nodes.test.ts")], only: "keys, each", env: { KEYS: "500", KEY_KILLS: "100" } },
    ],
  },
  G6: {
    title: "clerks who pull from one queue",
    demand: "50 clerks, 5,000 items: each claimed once; 500 leases run out: 0 stale decisions",
    short: [{ tests: [here("claiming.test.ts")], env: { ITEMS: "1000", EXPIRIES: "100" } }],
    long: [{ tests: [here("claiming.test.ts")], env: { ITEMS: "5000", EXPIRIES: "500" } }],
    unmeasured: {
      "no item starved for more than 60 s":
        "items leave the queue by their statutory day, not by arrival; measured instead: how many younger ones of the same standing pass one over",
    },
  },
  G7: {
    title: "notices of payments in a storm, two nodes",
    demand: "the ledger is the orders; p99 within 500 ms, slowest within 3 s",
    short: [
      {
        tests: [here("payments.test.ts")],
        env: { PAYMENT_ORDERS: "100", PAYMENT_NOTICES: "5000", PAYMENT_KILLS: "4" },
      },
    ],
    long: [
      {
        tests: [here("payments.test.ts")],
        env: { PAYMENT_ORDERS: "1000", PAYMENT_NOTICES: "50000", PAYMENT_KILLS: "10" },
      },
    ],
  },
  G8: {
    title: "forged notices, and notices that never come",
    demand: "32 classes × 200: 0 accepted, nothing changed; what is never told of is found in one cycle",
    short: [{ tests: [here("payments-forged.test.ts"), here("payments-lost.test.ts")], env: { FORGERIES: "200" } }],
  },
  G9: {
    title: "events to people while workers are killed and providers fail",
    demand: "0 missing, 0 seen twice; p95 within 10 s; a provider down: the second channel within 60 s",
    short: [{ tests: [here("notices.test.ts")], env: { NOTICE_EVENTS: "300", NOTICE_KILLS: "5" } }],
    long: [
      { tests: [here("notices.test.ts")], env: { NOTICE_EVENTS: "10000", NOTICE_KILLS: "100", NOTICE_TIMED: "1" } },
    ],
  },
  G10: {
    title: "requests nobody thought of, from the OpenAPI document, and the bad inputs",
    demand: "0 5xx, 0 crash, 0 undeclared answer, 0 leak; event loop p99 within 200 ms",
    short: [{ tests: [edges("fuzz"), edges("bad-inputs")], env: { FUZZ_REQUESTS: "10000" } }],
    long: [
      { tests: [edges("fuzz"), edges("bad-inputs")], env: { FUZZ_REQUESTS: "100000" } },
      { tests: [here("second-opinion.rel.ts")] },
    ],
  },
  G11: {
    title: "who may do what to whose",
    demand: "every cell of role × operation × ownership as decided; another's id answered like an unknown one",
    short: [{ tests: [edges("authorisation"), edges("leaving"), edges("delegates"), here("unknown-ids.rel.ts")] }],
  },
  G12: {
    title: "slow clients",
    demand:
      "1,000 slow headers, 200 slow bodies, 200 slow readers: others served, p95 within 300 ms; cut within 8 s and 15 s",
    short: [
      { tests: [here("slow-clients.rel.ts")], env: { SLOW_HEADERS: "1000", SLOW_BODIES: "200", SLOW_READERS: "200" } },
    ],
  },
  G13: {
    title: "files that are not what they seem",
    demand: "50 cases, all judged rightly, each within 2 s; without a scanner nothing is released",
    short: [
      { tests: ["server/src/modules/material/file-content.test.ts", "server/src/modules/material/material.test.ts"] },
    ],
  },
  G14: {
    title: "clocks that jump",
    demand: "0 doubled numbers, no lease ended early, deadlines by the table, in every time zone",
    short: [{ tests: [here("clock.test.ts")] }, { tests: [here("faked-clock.rel.ts"), here("holidays.rel.ts")] }],
  },
  G15: {
    title: "the disk is full",
    demand: "0 acknowledged lost; 503 with Retry-After within 2 s; well again within 60 s of space, without a hand",
    short: [{ tests: [here("disk-full.rel.ts")] }],
  },
  G16: {
    title: "a Galera cluster loses its writer",
    demand: "0 lost; write gap p95 within 8 s, at most 15 s; a minority writes nothing; a cold start loses nothing",
    short: [{ tests: [here("galera.rel.ts")], env: { WRITER_KILLS: "2", WRITER_FREEZES: "1", WRITER_CUTS: "1" } }],
    long: [{ tests: [here("galera.rel.ts")], env: { WRITER_KILLS: "20", WRITER_FREEZES: "10", WRITER_CUTS: "5" } }],
  },
  G17: {
    title: "restore from a backup, to the second",
    demand: "nothing lost with the binary log alive; within 60 s for 100,000 filings; rows, checksums, objects equal",
    short: [{ tests: [here("restore.test.ts")] }],
    long: [{ tests: [here("restore.test.ts")], env: { RESTORE_FILINGS: "100000" } }],
  },
  G18: {
    title: "personal data at rest",
    demand: "200 persons: 0 hits in data files, logs, store and dump, in 6 encodings; the control must be found",
    short: [{ tests: [here("canary.test.ts")], env: { CANARIES: "200" } }],
    unmeasured: {
      "core files": "a process that works with names holds them in memory: core files are to be switched off",
    },
  },
  G19: {
    title: "an audit trail that somebody changed",
    demand:
      "1,000 single changes in 10,000 entries: all found, the first bad entry named; a million entries within 60 s",
    short: [
      { tests: [here("audit-tampering.test.ts")], env: { AUDIT_ENTRIES: "2000", AUDIT_TAMPERINGS: "500" } },
      { tests: ["server/src/modules/audit/audit.test.ts"] },
    ],
    long: [
      {
        tests: [here("audit-tampering.test.ts")],
        env: { AUDIT_ENTRIES: "10000", AUDIT_TAMPERINGS: "1000", AUDIT_WALK: "1000000" },
      },
      { tests: ["server/src/modules/audit/audit.test.ts"] },
    ],
  },
  G20: {
    title: "limits over two nodes, with 50 tricks of headers",
    demand: "let through at most the limit and 5 %; 5 misses rest a name; neighbours are not held up",
    short: [{ tests: [here("many-nodes.test.ts")], only: "limits over two nodes" }],
    unmeasured: { "codes by SMS": "nobody signs in by SMS: there are no codes to limit" },
  },
  G21: {
    title: "sessions that were ended",
    demand: "200 revocations, 10,000 probes at two nodes: 0 accepted a second later; idle and absolute ends hold",
    short: [{ tests: [here("many-nodes.test.ts")], only: "a session that", env: { REVOCATIONS: "30" } }],
    long: [{ tests: [here("many-nodes.test.ts")], only: "a session that", env: { REVOCATIONS: "200" } }],
    unmeasured: { "push channels cut within 5 s": "there is none: clients ask" },
  },
  G22: {
    title: "rolling restarts under load",
    demand: "20 restarts at 50 requests a second: 0 failed; the code before a migration works on the tables after it",
    short: [{ tests: [here("rolling-restart.test.ts"), here("old-code.rel.ts")], env: { RESTARTS: "3" } }],
    long: [{ tests: [here("rolling-restart.test.ts"), here("old-code.rel.ts")], env: { RESTARTS: "20" } }],
    unmeasured: { "new code on the old schema": "migrations are carried out before the new code starts" },
  },
  G23: {
    title: "ten times the load it can bear",
    demand:
      "at least 70 % of capacity still served, p99 within 1.5 s; the rest 429 or 503 with Retry-After within 50 ms",
    short: [{ tests: [here("overload.rel.ts")], env: { OVERLOAD_SECONDS: "20" } }],
    long: [{ tests: [here("overload.rel.ts")], env: { OVERLOAD_SECONDS: "60" } }],
  },
  G24: {
    title: "the n-th call of a flow fails",
    demand: "eight flows of money and filing, every call failed once: 0 half states",
    short: [{ tests: [here("filings-faults.test.ts"), here("payments-faults.test.ts")], env: { FAULT_STEP: "1" } }],
  },
  G25: {
    title: "ids at the end of 31, 32 and 53 bits",
    demand: "the next 10 writes are right or clearly refused; 0 wrong ids",
    short: [{ tests: [here("large-ids.test.ts")] }],
  },
  G26: {
    title: "a planted fault for every checker",
    demand: "every one is red",
    short: [{ tests: [here("planted.rel.ts")] }],
    unmeasured: {
      "mutation score of the whole":
        "faults are planted by hand, one or more for a checker; StrykerJS 9 was run by hand on server/src/core/period.ts: 191 of 215 mutants killed, 205 (95 %) once tests were written for the holes it showed",
    },
  },
  G27: {
    title: "supply chain and documents",
    demand: "exact versions, known licences, a bill of materials; a valid document; no route outside it; no secret",
    short: [
      {
        tests: [
          "server/test/security/licences.test.ts",
          "server/test/security/secrets.test.ts",
          "server/test/security/asvs.test.ts",
          edges("openapi"),
          here("registry-audit.rel.ts"),
        ],
      },
    ],
  },
} as const satisfies Record<string, Goal>;

export type GoalId = keyof typeof GOALS;
export const goalOf = (id: GoalId): Goal => GOALS[id];
export const isGoal = (word: string): word is GoalId => word in GOALS;
