import { performance } from "node:perf_hooks";
import Koa from "koa";
import mysql from "mysql2/promise";
import { acceptedCase } from "#test/fees.ts";
import { clerk, key, letHold, readyDraft, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { noticesLike } from "#test/payments.ts";
import { queueCopies, withOwner } from "#test/reliability/crowd.ts";
import { fillFilings } from "./fill.ts";
import { listen, openApp } from "./open-app.ts";
import { explainHot } from "./plans.ts";

/**
 * `npm run bench [-- filings]`: what a request costs beside a bare floor (Koa, one statement, nothing else) in the same
 * run on the same machine, so that only the ratio is to be read; and the plans of the hot statements on a full table.
 */
const FILINGS = Number(process.argv[2] ?? process.env["BENCH_FILINGS"] ?? 20_000);
const CLIENTS = 8;
const ROUNDS = 400;

const app = await openApp();
try {
  await seedCourtsAndRules(app);
  // One clerk takes hundreds here: the court's limit on what is in one hand is not what is measured.
  await letHold(app, 1_000_000);
  const draft = await readyDraft(app, "王芳");
  const handedIn = await submitted(app, "张伟");
  const wang = await clerk(app);
  await fillFilings(app, handedIn.id, FILINGS);
  const payer = await acceptedCase(app, "刘洋", { by: wang });
  const unpaid = await noticesLike(app, payer.noticeId, ROUNDS + 100);
  await queueCopies(app, handedIn.id, ROUNDS + 100);
  await withOwner(app, (owner) => owner.query("ANALYZE TABLE filing, intake_item, court_case, outbox, filing_party"));
  await withOwner(app, (owner) =>
    owner.query("CREATE TABLE bench_floor (id BIGINT AUTO_INCREMENT PRIMARY KEY, body TEXT NOT NULL)"),
  );

  const pool = mysql.createPool({ uri: app.ownerUrl, connectionLimit: 10 });
  const bare = new Koa();
  bare.use(async (ctx) => {
    if (ctx.method === "GET")
      [ctx.body] = await pool.execute("SELECT id, state, court_code, created_at FROM filing WHERE id = ?", [
        handedIn.id,
      ]);
    else {
      await pool.execute("INSERT INTO bench_floor (body) VALUES (?)", ["x".repeat(200)]);
      ctx.body = { ok: true };
    }
  });
  const floor = await listen(bare.callback());
  const api = `${app.origin}/api/v1`;
  const mine = { authorization: `Bearer ${draft.owner.token}` };
  const theirs = { authorization: `Bearer ${wang.token}` };
  const [{ id: queue }] = (await wang.ask("GET", "/intake/queues")).json.items;
  const { version } = (await draft.owner.ask("GET", draft.path)).json;
  const edit = { edits: [{ path: "/facts", value: "被告至今未还。", baseVersion: version }] };

  const read = await measure("floor: read", () => get(floor.origin, {}));
  const write = await measure("floor: write", () => post(floor.origin, {}, {}));
  const rows = [
    read,
    write,
    { ...(await measure("GET /filings", () => get(`${api}/filings`, mine))), floor: read },
    {
      ...(await measure("GET /filings (clerk, full table)", () => get(`${api}/filings?limit=20`, theirs))),
      floor: read,
    },
    { ...(await measure("GET /filings/:id", () => get(api + draft.path, mine))), floor: read },
    {
      ...(await measure("POST /filings/:id/edits", () => post(`${api}${draft.path}/edits`, mine, edit))),
      floor: write,
    },
    {
      ...(await measure("POST /intake/queues/:id/next", () => post(`${api}/intake/queues/${queue}/next`, theirs))),
      floor: write,
    },
  ];
  // Each order is for a notice of its own; then each is paid at WeChat, and told of twice.
  const toOrder = [...unpaid];
  const theirFee = { authorization: `Bearer ${payer.owner.token}` };
  const ordering = await measure("POST /fee-notices/:id/payments (with WeChat's answer)", () =>
    post(`${api}/fee-notices/${toOrder.pop()}/payments`, { ...theirFee, ...key() }, { channel: "wechat_native" }),
  );
  const { wechatPay } = app.sandbox;
  const orders = [...wechatPay.orders.keys()];
  for (const number of orders) wechatPay.pay(number, { silent: true });
  const bringing = (number: string) => {
    const { headers, body } = wechatPay.notice(number);
    return () =>
      fetch(`${api}/payments/wechat/notify`, {
        method: "POST",
        headers: headers as Record<string, string>,
        body: new Uint8Array(body),
      });
  };
  const news = orders.map(bringing);
  const first = await measure("POST /payments/wechat/notify (settles)", () =>
    (news.pop() as () => Promise<Response>)(),
  );
  const copy = bringing(orders[0] as string);
  await copy();
  const again = await measure("POST /payments/wechat/notify (a copy)", copy);
  for (const row of [ordering, first, again]) rows.push({ ...row, floor: write });
  console.log(
    `\n${CLIENTS} clients, ${ROUNDS} requests each row, ${FILINGS} filings; client and server share this process: read the ratio only.`,
  );
  console.table(
    Object.fromEntries(
      rows.map(({ name, p50, p95, p99, perSecond, ...row }) => [
        name,
        {
          "p50 ms": round(p50),
          "p95 ms": round(p95),
          "p99 ms": round(p99),
          "per s": Math.round(perSecond),
          "× floor (p50)": "floor" in row ? round(p50 / row.floor.p50) : "",
        },
      ]),
    ),
  );
  await withOwner(app, (owner) =>
    owner.query("ANALYZE TABLE payment, refund, fee_notice, ledger_entry, payment_alarm"),
  );
  const plans = await explainHot(app, { accountId: draft.owner.accountId, clerkId: wang.accountId, queue });
  console.table(Object.fromEntries(plans.map(({ name, ...plan }) => [name, plan])));
  const scans = plans.filter(({ fullScan }) => fullScan).map(({ name }) => name);
  if (scans.length > 0) {
    console.error(`full scan: ${scans.join(", ")}`);
    process.exitCode = 1;
  }
  floor.close();
  await pool.end();
} finally {
  await app.stop();
}

async function measure(name: string, ask: () => Promise<Response>) {
  for (let warm = 0; warm < 40; warm += 1) await (await ask()).arrayBuffer();
  const times: number[] = [];
  let left = ROUNDS;
  const begun = performance.now();
  const client = async (): Promise<void> => {
    while (left-- > 0) {
      const at = performance.now();
      const answer = await ask();
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${name} answered ${answer.status}`);
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  times.sort((a, b) => a - b);
  const at = (part: number): number => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
  return {
    name,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    perSecond: (times.length * 1000) / (performance.now() - begun),
  };
}

function get(url: string, headers: Record<string, string>): Promise<Response> {
  return fetch(url, { headers });
}

function post(url: string, headers: Record<string, string>, body?: object): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { ...headers, ...(body ? { "content-type": "application/json" } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
