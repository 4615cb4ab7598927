import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { TestApp } from "#test/app.ts";
import { type Filed, key, readyDraft } from "#test/filings.ts";
import { person } from "#test/people.ts";
import { verifyChain } from "../../src/modules/audit/verify.ts";
import { draftsLike, pooled, rowsOf } from "./crowd.ts";

export interface Call {
  readonly method?: string;
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The client's own address, behind the one proxy that nodes of `BEHIND_PROXY` trust. */
  readonly from?: string;
  readonly patienceMs?: number;
}
export interface Reply {
  /** 0 where nobody answered. */
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly ms: number;
}

/** A crowd of clients has as many addresses: none of them comes near a limit that is meant for one. */
export const BEHIND_PROXY = { TRUST_PROXY: "1" };
const kept = new Agent({ keepAlive: true, maxSockets: 200 });

/** One call to a node. Every other client keeps its connection, the others open one for each call. */
export function call(
  origin: string,
  { method = "POST", path, token, body, headers = {}, from = "10.0.0.1", patienceMs = 20_000 }: Call,
): Promise<Reply> {
  const begun = performance.now();
  const bytes = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  return new Promise((resolve) => {
    const done = (status: number, text: string, given: Reply["headers"] = {}) =>
      resolve({ status, text, headers: given, ms: performance.now() - begun });
    const sent = request(
      `${origin}/api/v1${path}`,
      {
        method,
        agent: Number(from.split(".").at(-1)) % 2 === 0 ? kept : false,
        timeout: patienceMs,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined
            ? {}
            : { "content-type": "application/json", "content-length": Buffer.byteLength(bytes) }),
          "x-forwarded-for": from,
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          done(response.statusCode ?? 0, Buffer.concat(chunks).toString("utf8"), response.headers),
        );
        response.on("error", () => done(0, ""));
        response.on("aborted", () => done(0, ""));
      },
    );
    sent.on("timeout", () => sent.destroy());
    sent.on("error", () => done(0, ""));
    sent.end(bytes);
  });
}

/** Drafts that may be handed in, of several people, so that none of them meets a limit for one person. */
export async function manyDrafts(app: TestApp, count: number): Promise<Filed[]> {
  const owners = Math.min(count, Math.max(2, Math.ceil(count / 150)));
  const models = await pooled([...Array(owners).keys()], 2, (at) => readyDraft(app, `原告${at + 1}号`));
  // One model after the other: rows copied into one table by several at once end in deadlocks.
  const each: Filed[][] = [];
  for (const [at, model] of models.entries()) each.push(await draftsLike(app, model, Math.ceil((count - at) / owners)));
  return Array.from({ length: count }, (_, at) => each[at % owners]?.[Math.floor(at / owners)] as Filed);
}

export interface StormPlan {
  readonly clients: number;
  readonly random: () => number;
  /** Addresses of the nodes that may be asked at this moment. */
  readonly origins: () => readonly string[];
  readonly kills?: number;
  /** Does harm and mends it; told how many calls were under way at each address. */
  readonly strike?: (flying: ReadonlyMap<string, number>) => Promise<void>;
  /** At most so many submissions a second. */
  readonly pace?: number;
  readonly patienceMs?: number;
}
export interface StormReport {
  readonly acked: ReadonlyMap<string, string>;
  readonly statuses: Readonly<Record<string, number>>;
  /** How long the slowest submission took until it was acknowledged, all its repeats included. */
  readonly slowestMs: number;
  readonly times: readonly number[];
  /** When each was acknowledged, by `performance.now()`, in order. */
  readonly moments: readonly number[];
}

/** Hands in every draft once, repeating with the same key until it is acknowledged, while harm is done to the nodes. */
export async function submissionStorm(app: TestApp, drafts: readonly Filed[], plan: StormPlan): Promise<StormReport> {
  const { clients, random, origins, kills = 0, strike, pace = Number.POSITIVE_INFINITY, patienceMs = 60_000 } = plan;
  const acked = new Map<string, string>();
  const statuses: Record<string, number> = {};
  const flying = new Map<string, number>();
  const times: number[] = [];
  const moments: number[] = [];
  const tokens = new Map<string, Promise<string>>();
  let [slowestMs, pending] = [0, 0];
  let striking: Promise<void> = Promise.resolve();
  const strikes = new Set(Array.from({ length: kills }, (_, at) => Math.floor(((at + 0.5) / kills) * drafts.length)));
  const begun = performance.now();
  await pooled(drafts, clients, async ({ id, owner, path }, at) => {
    // A stroke that is due while the last one is still being mended holds up the crowd, not the strokes.
    while (pending > 1) await sleep(10);
    if (pace < Number.POSITIVE_INFINITY) await sleep(Math.max(0, (at / pace) * 1000 - (performance.now() - begun)));
    if (strike && strikes.has(at)) {
      pending += 1;
      striking = striking
        .then(() => sleep(random() * 60))
        .then(() => strike(flying))
        .finally(() => {
          pending -= 1;
        });
    }
    const once = key();
    const start = performance.now();
    for (let attempt = 0; performance.now() - start < patienceMs; attempt += 1) {
      const alive = origins();
      const origin = alive[(at + attempt) % alive.length];
      if (!origin) {
        await sleep(20);
        continue;
      }
      const token = (await tokens.get(owner.accountId)) ?? owner.token;
      flying.set(origin, (flying.get(origin) ?? 0) + 1);
      const sent = { path: `${path}/moves`, body: { action: "submit" }, token, headers: once, from: addressOf(at) };
      const { status, text, ms } = await call(origin, sent);
      flying.set(origin, (flying.get(origin) ?? 1) - 1);
      const answer =
        status === 0 || !text.startsWith("{") ? {} : (JSON.parse(text) as { code?: string; receiptNumber?: string });
      const what = `${status} ${answer.code ?? ""}`.trim();
      statuses[what] = (statuses[what] ?? 0) + 1;
      if (status === 200) {
        acked.set(id, answer.receiptNumber ?? "");
        times.push(ms);
        moments.push(performance.now());
        slowestMs = Math.max(slowestMs, performance.now() - start);
        return;
      }
      // Sessions are short, storms may be long; a sign-in that the storm breaks off is tried again with the next attempt.
      if (status === 401)
        tokens.set(
          owner.accountId,
          freshToken(app, owner.accountId).catch(() => owner.token),
        );
      await sleep(30 + random() * 100);
    }
  });
  await striking;
  return { acked, statuses, slowestMs, times, moments };
}

const addressOf = (at: number): string => `10.${Math.floor(at / 250) % 250}.${at % 250}.${at % 16}`;

async function freshToken(app: TestApp, accountId: string): Promise<string> {
  for (let at = 1; ; at += 1) {
    const one = await person(app, `原告${at}号`);
    if (one.accountId === accountId) return one.token;
  }
}

export interface Losses {
  readonly lost: number;
  readonly duplicated: number;
  readonly halfWritten: number;
  readonly auditOk: boolean;
}

/** What the rows say of what was acknowledged. Events must have been told before. */
export async function lossesOf(app: TestApp, acked: ReadonlyMap<string, string>): Promise<Losses> {
  const count = async (sql: string): Promise<number> =>
    Number((await rowsOf<{ n: string }>(app, `SELECT COUNT(*) AS n FROM (${sql}) AS found`))[0]?.n);
  const rows = await rowsOf<{ id: string; receipt: string }>(
    app,
    "SELECT id, receipt_number AS receipt FROM filing WHERE submitted_at IS NOT NULL",
  );
  const stored = new Map(rows.map(({ id, receipt }) => [String(id), receipt]));
  const serials = rows.map(({ receipt }) => Number(receipt.slice(-5))).sort((a, b) => a - b);
  const { ok } = await verifyChain({ database: app.database, auditSecret: app.settings.auditSecret });
  return {
    lost: [...acked].filter(([id, receipt]) => stored.get(id) !== receipt).length,
    duplicated:
      (await count("SELECT filing_id FROM filing_submission GROUP BY filing_id HAVING COUNT(*) > 1")) +
      (await count("SELECT filing_id FROM intake_item GROUP BY filing_id HAVING COUNT(*) > 1")) +
      (rows.length - new Set(rows.map(({ receipt }) => receipt)).size),
    halfWritten:
      (await count(
        `SELECT f.id FROM filing f WHERE (f.submitted_at IS NOT NULL) <> EXISTS (SELECT 1 FROM filing_submission s WHERE s.filing_id = f.id)`,
      )) +
      (await count(
        `SELECT f.id FROM filing f WHERE f.submitted_at IS NOT NULL AND (
           NOT EXISTS (SELECT 1 FROM outbox o WHERE o.about = CONCAT('filing:', f.id) AND o.name = 'filing.moved')
           OR NOT EXISTS (SELECT 1 FROM intake_item i WHERE i.filing_id = f.id)
           OR NOT EXISTS (SELECT 1 FROM audit_entry a WHERE a.about = CONCAT('filing:', f.id) AND a.name = 'filing.moved'))`,
      )) +
      serials.filter((serial, at) => serial !== at + 1).length,
    auditOk: ok,
  };
}
