import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { seedCourtsAndRules } from "#test/filings.ts";
import { type Person, person } from "#test/people.ts";
import { figure } from "./figure.ts";
import { type NodeProcess, startNode } from "./node-process.ts";
import { BEHIND_PROXY, call } from "./submission-storm.ts";

/** G12. */
const HEADERS = Number(process.env["SLOW_HEADERS"] ?? 200);
const BODIES = Number(process.env["SLOW_BODIES"] ?? 40);
const READERS = Number(process.env["SLOW_READERS"] ?? 40);
const SECONDS = 60;
const RATE = 20;
const ATTACKERS = fileURLToPath(new URL("./slow-clients.ts", import.meta.url));

interface Told {
  readonly kind: "headers" | "body" | "reader";
  readonly opened: number;
  readonly cut: number;
  readonly slowestCutMs: number;
}

describe("clients that take their time", () => {
  let app: TestApp;
  let node: NodeProcess;
  let people: Person[];
  beforeAll(async () => {
    app = await startApp("slow_clients");
    await seedCourtsAndRules(app);
    // Several: nobody may ask a thousand times a minute.
    people = await Promise.all([...Array(5).keys()].map((at) => person(app, `快客${at + 1}号`)));
    node = await startNode(app, BEHIND_PROXY);
  }, 600_000);
  afterAll(async () => {
    await node?.kill();
    await app.stop();
  });

  it(
    `${HEADERS} slow headers, ${BODIES} slow bodies, ${READERS} slow readers: the others do not notice`,
    async () => {
      const [attacker] = people as [Person];
      // In a process of their own: they must not slow the one that measures.
      const attackers = spawn(
        process.execPath,
        ["--import", "tsx", ATTACKERS, node.origin, attacker.token, ...[HEADERS, BODIES, READERS, SECONDS].map(String)],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      const told: Told[] = [];
      createInterface({ input: attackers.stdout! }).on("line", (line) => told.push(JSON.parse(line) as Told));
      const over = once(attackers, "exit");
      await sleep(2000);
      const times: number[] = [];
      const failed: number[] = [];
      const asked: Promise<void>[] = [];
      const begun = performance.now();
      for (let sent = 0; sent < RATE * (SECONDS - 5); sent += 1) {
        await sleep(Math.max(0, (sent / RATE) * 1000 - (performance.now() - begun)));
        const { token } = people[sent % people.length] as Person;
        const request = { method: "GET", path: "/filings?limit=5", token, from: `10.6.0.${sent % 200}` };
        asked.push(
          call(node.origin, request).then(({ status, ms }) => {
            if (status === 200) times.push(ms);
            else failed.push(status);
          }),
        );
      }
      await Promise.all(asked);
      await over;
      times.sort((a, b) => a - b);
      const p95 = Math.round(times[Math.floor(times.length * 0.95)] ?? 0);
      figure("G12", "others served", times.length, { of: asked.length, atLeast: asked.length });
      figure("G12", "their p95", p95, { atMost: 300, unit: "ms", timed: true });
      for (const { kind, opened, cut, slowestCutMs } of told) {
        const most = { headers: 8000, body: 16_500, reader: Number.POSITIVE_INFINITY }[kind];
        figure("G12", `slow ${kind} cut`, cut, { of: opened, ...(kind === "reader" ? {} : { atLeast: opened }) });
        if (kind !== "reader")
          figure("G12", `slow ${kind}, last cut`, Math.round(slowestCutMs), { atMost: most, unit: "ms", timed: true });
      }
      expect(failed).toEqual([]);
      for (const { kind, opened, cut } of told) if (kind !== "reader") expect([kind, cut]).toEqual([kind, opened]);
      expect(told.map(({ kind }) => kind).sort()).toEqual(["body", "headers", "reader"]);
    },
    5 * 60_000,
  );
});
