import type { GoalId } from "./goals.ts";

/** A fault as one who maintains the house might bring it in by mistake, and the tests that must see it. */
export interface PlantedFault {
  readonly goal: GoalId;
  readonly what: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly tests: readonly string[];
  readonly only?: string;
}

const here = (name: string): string => `server/test/reliability/${name}.test.ts`;
const edges = (name: string): string => `server/test/edges/${name}.test.ts`;
const src = (name: string): string => `server/src/${name}.ts`;

export const PLANTED: readonly PlantedFault[] = [
  {
    goal: "G1",
    what: "a key that is known is not looked up",
    file: src("core/idempotency"),
    find: "const known = await lookUp(work, id);",
    replace: "const known = undefined as Awaited<ReturnType<typeof lookUp>>;",
    tests: [here("kill")],
  },
  {
    goal: "G2",
    what: "the log is not written at commit",
    file: "server/launcher/mariadb.ts",
    find: "options.durable === false ? 2 : 1",
    replace: "0",
    tests: [here("submissions")],
    only: "the database",
  },
  {
    goal: "G5",
    what: "a key serves another body",
    file: src("core/idempotency"),
    find: `if (known.bodyHash !== bodyHash) throw problem("idempotency.other_body");`,
    replace: "",
    tests: [here("idempotency")],
    only: "refuses a key",
  },
  {
    goal: "G6",
    what: "the next item is found without a lock",
    file: src("modules/intake/claim"),
    find: "ORDER BY i.standing, i.id LIMIT 1 FOR UPDATE SKIP LOCKED",
    replace: "ORDER BY i.standing, i.id LIMIT 1",
    tests: [here("claiming")],
    only: "clerks pull",
  },
  {
    goal: "G6",
    what: "the youngest item is taken first",
    file: src("modules/intake/claim"),
    find: "ORDER BY i.standing, i.id LIMIT 1 FOR UPDATE SKIP LOCKED",
    replace: "ORDER BY i.id DESC LIMIT 1 FOR UPDATE SKIP LOCKED",
    tests: [here("claiming")],
    only: "clerks pull",
  },
  {
    goal: "G7",
    what: "a payment that is settled is settled again",
    file: src("modules/payment/settle"),
    find: `if (isPaid(row.state)) return "known";`,
    replace: `if (isPaid(row.state)) throw new Error("again");`,
    tests: [here("payments")],
  },
  {
    goal: "G8",
    what: "whatever stands in the signature is right",
    file: src("gateways/payments/wechat-verify"),
    find: "right.verify(key, bytes)",
    replace: "(right.verify(key, bytes) || true)",
    tests: [here("payments-forged")],
  },
  {
    goal: "G9",
    what: "an attempt whose end nobody wrote down is made again",
    file: src("modules/notice/send"),
    find: `if (row.state === "sending" && !(await isSurelyUnsent(means, row))) return;`,
    replace: "",
    tests: [here("notices")],
    only: "every provider failing",
  },
  {
    goal: "G10",
    what: "an answer shows where our code failed",
    file: src("http/answer-problems"),
    find: "errors: errors ?? [],",
    replace: "errors: errors ?? [], trace: new Error().stack,",
    tests: [edges("fuzz")],
  },
  {
    goal: "G11",
    what: "the audit is open to clerks",
    file: src("modules/audit/routes"),
    find: `"GET /audit": ["auditor"]`,
    replace: `"GET /audit": ["auditor", "clerk"]`,
    tests: [edges("authorisation")],
    only: "GET /audit",
  },
  {
    goal: "G12",
    what: "headers may take as long as they like",
    file: src("main"),
    find: "headersTimeout: 5_000,",
    replace: "headersTimeout: 600_000,",
    tests: ["server/test/reliability/slow-clients.rel.ts"],
  },
  {
    goal: "G13",
    what: "what the scanner says is not heard",
    file: src("modules/material/inspect"),
    find: `if (!result.clean) throw new FileRefused("virus");`,
    replace: "",
    tests: ["server/src/modules/material/file-content.test.ts"],
    only: "EICAR",
  },
  {
    goal: "G14",
    what: "the court's day is the machine's",
    file: src("core/period"),
    find: "return localOf(moment).day;",
    replace: `return moment.toLocaleDateString("sv-SE");`,
    tests: [here("clock")],
    only: "whatever the machine",
  },
  {
    goal: "G15",
    what: "a full disk is taken for a fault of ours",
    file: src("core/database"),
    find: "FULL.has(driverError(error).errno ?? 0)",
    replace: "false",
    tests: ["server/test/reliability/disk-full.rel.ts"],
    only: "the database",
  },
  {
    goal: "G16",
    what: "work goes on at a node that is not written to any more",
    file: src("core/writer"),
    find: "FROM database_writer WHERE id = 1 LOCK IN SHARE MODE",
    replace: "FROM database_writer WHERE id = 1",
    tests: ["server/test/reliability/galera.rel.ts"],
    only: "while the writer",
  },
  {
    goal: "G18",
    what: "what is sealed is told to the log as well",
    file: src("core/sealed"),
    find: "return Buffer.concat([Buffer.from([VERSION, current]), nonce, cipher.getAuthTag(), body]);",
    replace:
      "console.log(JSON.stringify({ msg: plain })); return Buffer.concat([Buffer.from([VERSION, current]), nonce, cipher.getAuthTag(), body]);",
    tests: [here("canary")],
  },
  {
    goal: "G19",
    what: "an entry's own hash is not reckoned again",
    file: src("modules/audit/verify"),
    find: `if (hashEntry(row) !== row.hash) return bad(at, "altered");`,
    replace: "",
    tests: [here("audit-tampering")],
  },
  {
    goal: "G20",
    what: "a name has a thousand attempts",
    file: src("modules/account/attempts"),
    find: "const MISSES = 5;",
    replace: "const MISSES = 1000;",
    tests: [here("many-nodes")],
    only: "five misses",
  },
  {
    goal: "G21",
    what: "a session is remembered for ten seconds",
    file: src("modules/account/identify"),
    find: "const FRESH_MS = 900;",
    replace: "const FRESH_MS = 10_000;",
    tests: [here("many-nodes")],
    only: "a session that was ended",
  },
  {
    goal: "G22",
    what: "a node that is asked to end ends at once",
    file: src("main"),
    find: "if (state.draining) return;",
    replace: "process.exit(0);",
    tests: [here("rolling-restart")],
  },
  {
    goal: "G24",
    what: "a submission is written outside of its transaction",
    file: src("modules/filing/submit"),
    find: "    { transaction: work.tx },\n  );\n}\n\n/** 收件凭证编号",
    replace: "  );\n}\n\n/** 收件凭证编号",
    tests: [here("filings-faults")],
    only: "submit",
  },
  {
    goal: "G25",
    what: "a number past 2^53 is given",
    file: src("core/counter"),
    find: `if (!Number.isSafeInteger(number)) throw problem("service.unavailable");`,
    replace: "",
    tests: [here("large-ids")],
    only: "a counter past",
  },
  {
    goal: "G27",
    what: "every licence is allowed",
    file: "server/launcher/licences.ts",
    find: `if (/[()]/.test(plain)) return false;`,
    replace: "if (plain) return true;",
    tests: ["server/test/security/licences.test.ts"],
  },
];
