import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, claimed, clerk, key, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { type Person, person, type StaffPerson } from "#test/people.ts";
import { webhookBackoff } from "./webhook-send.ts";

interface Received {
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string;
  readonly said: { type: string; timestamp: string; data: Record<string, string> };
}

/** A law firm's own program, on a port of its own, that keeps what it was told and answers as it is told to. */
async function startReceiver() {
  const received: Received[] = [];
  const mood = { status: 200, hold: false };
  const held: (() => void)[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString("utf8");
    const header = (name: string): string => String(request.headers[name] ?? "");
    received.push({
      id: header("webhook-id"),
      timestamp: header("webhook-timestamp"),
      signature: header("webhook-signature"),
      body,
      said: JSON.parse(body),
    });
    if (mood.hold) await new Promise<void>((resolve) => held.push(resolve));
    response.writeHead(mood.status).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    mood,
    release: () => {
      for (const go of held.splice(0)) go();
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** As the specification has it, written here a second time: nothing of the product is asked. */
function isSigned({ id, timestamp, signature, body }: Received, secret: string): boolean {
  const mac = createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"));
  const expected = mac.update(Buffer.from(`${id}.${timestamp}.${body}`)).digest();
  return signature.split(" ").some((one) => {
    const [version, value = ""] = one.split(",");
    const given = Buffer.from(value, "base64");
    return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

describe("programs that are told of changes", () => {
  let app: TestApp;
  let staff: StaffPerson;
  let owner: Person;
  let caseId: string;
  let number: string;
  let participantId: string;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  beforeAll(async () => {
    app = await startApp("webhook");
    await seedCourtsAndRules(app);
    staff = await clerk(app);
    const filing = await submitted(app, "推送人", { defendant: "收信方" });
    const { item, fence } = await claimed(staff, filing);
    expect((await staff.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    ({ caseId, caseNumber: number } = (await filing.owner.ask("GET", filing.path)).json);
    owner = filing.owner;
    const { items } = (await owner.ask("GET", `/cases/${caseId}/participants`)).json;
    participantId = items.find(({ mine }: { mine: boolean }) => mine).id;
    receiver = await startReceiver();
  });
  afterAll(async () => {
    receiver.stop();
    await app.stop();
  });
  beforeEach(async () => {
    for (const { id } of (await owner.ask("GET", "/me/webhooks")).json.items)
      await owner.ask("DELETE", `/me/webhooks/${id}`, undefined, key());
    receiver.received.length = 0;
    Object.assign(receiver.mood, { status: 200, hold: false });
  });

  const round = async () => {
    const job = app.jobs.find(({ name }) => name === "send-webhooks");
    if (!job) throw new Error("no such job");
    await job.run();
  };
  const register = async (who = owner, body: object = {}): Promise<{ id: string; secret: string }> => {
    const made = await who.ask("POST", "/me/webhooks", {
      name: "律所系统",
      url: receiver.url,
      kinds: ["service", "case", "obligation"],
      ...body,
    });
    expect(made.status, made.text).toBe(201);
    return made.json;
  };
  const move = (id: string, body: object) => owner.ask("POST", `/me/webhooks/${id}/moves`, body, key());
  const one = async (id: string) =>
    (await owner.ask("GET", "/me/webhooks")).json.items.find((each: { id: string }) => each.id === id);
  const log = async (id: string) => (await owner.ask("GET", `/me/webhooks/${id}/deliveries?limit=100`)).json.items;
  let days = 0;
  /** Time passes; whoever was signed in signs in again. */
  const later = async (ms: number) => {
    app.clock.shiftMs += ms;
    days += 1;
    owner = await person(app, "推送人");
    staff = await clerk(app, `clerk-webhook-${days}`);
  };
  let served = 0;
  /** A document is sent to the owner: one line in their inbox, or more. */
  async function happens(): Promise<number> {
    served += 1;
    const order = {
      documentKind: "notice",
      title: `通知${served}`,
      text: "请按时参加诉讼。",
      recipients: ["p1"],
      channel: "post",
    };
    const before = (await owner.ask("GET", "/changes?limit=100")).json.items.length;
    const made = await staff.ask("POST", `/cases/${caseId}/services`, order, key());
    expect(made.status, made.text).toBe(201);
    await app.settle();
    return (await owner.ask("GET", "/changes?limit=100")).json.items.length - before;
  }

  it("are told each change once, signed as the standard says, with nothing in it but where to look", async () => {
    const { id, secret } = await register();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect((await owner.ask("GET", "/me/webhooks")).text).not.toContain(secret.slice(6));
    const lines = await happens();
    expect(lines).toBeGreaterThan(0);
    await round();
    await round();
    expect(receiver.received).toHaveLength(lines);
    const [first] = receiver.received;
    if (!first) throw new Error("nothing came");
    expect(isSigned(first, secret)).toBe(true);
    expect(isSigned({ ...first, body: first.body.replace(caseId, "999") }, secret)).toBe(false);
    expect(isSigned({ ...first, timestamp: String(Number(first.timestamp) + 1) }, secret)).toBe(false);
    expect(Object.keys(first.said)).toEqual(["type", "timestamp", "data"]);
    expect(first.said).toMatchObject({ type: "service.sent", data: { caseId, caseNumber: number } });
    expect(Object.keys(first.said.data).sort()).toEqual(["caseId", "caseNumber", "eventId"]);
    for (const word of ["推送人", "收信方", "通知"]) expect(first.body).not.toContain(word);
    expect(await log(id)).toMatchObject([{ state: { code: "sent" }, attempts: 1, status: 200, messageId: first.id }]);
    // At rest neither address nor secret lies open.
    const [row] = await app.database.read<{ secret: Buffer; address: Buffer }>(
      "SELECT secret, address FROM webhook WHERE id = ?",
      [id],
    );
    expect(row?.secret.toString("latin1")).not.toContain(secret.slice(6, 30));
    expect(row?.address.toString("latin1")).not.toContain("127.0.0.1");
    // Only of what was asked for.
    const other = await register(owner, { kinds: ["hearing"] });
    await happens();
    await round();
    expect(await log(other.id)).toEqual([]);
  });

  it("are told again and again while they fail, later each time, and in the end have it", async () => {
    const { id } = await register();
    receiver.mood.status = 503;
    const lines = await happens();
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      const before = receiver.received.length;
      await round();
      expect(receiver.received.length - before).toBe(1);
      // Not at once again.
      await round();
      expect(receiver.received.length - before).toBe(1);
      expect(await one(id)).toMatchObject({ failures: attempt, state: { code: "active" } });
      await later(webhookBackoff(attempt, 1) + 1000);
    }
    receiver.mood.status = 302;
    await round();
    await later(3_600_000);
    receiver.mood.status = 204;
    await round();
    expect((await log(id)).every((each: { state: { code: string } }) => each.state.code === "sent")).toBe(true);
    expect(new Set(receiver.received.map((each) => each.id)).size).toBe(lines);
    expect(await one(id)).toMatchObject({ failures: 0, failingSince: null, nextAt: null });
  });

  it("lose nothing to a worker that dies between the answer and its own record", async () => {
    const { id } = await register();
    await happens();
    // What a worker leaves behind that was killed while it spoke: its lease, and the message still waiting.
    await app.database.read("UPDATE webhook SET lease_until = UTC_TIMESTAMP(3) + INTERVAL 60 SECOND WHERE id = ?", [
      id,
    ]);
    await app.database.read("UPDATE webhook SET lease_until = lease_until + INTERVAL ? SECOND WHERE id = ?", [
      Math.ceil(app.clock.shiftMs / 1000),
      id,
    ]);
    await round();
    expect(receiver.received).toEqual([]);
    await later(121_000);
    await round();
    expect(receiver.received.length).toBeGreaterThan(0);
    expect((await log(id))[0].state.code).toBe("sent");
  });

  it("are left alone after a day without an answer, and at once by one that is gone; the owner hears of it", async () => {
    const { id } = await register();
    receiver.mood.status = 500;
    await happens();
    await round();
    await later(86_400_000);
    await round();
    expect(await one(id)).toMatchObject({ state: { code: "paused" }, pausedWhy: { code: "failing" } });
    await app.settle();
    const titles = (await owner.ask("GET", "/messages")).json.items.map(({ title }: { title: string }) => title);
    expect(titles).toContain("一个变动推送地址已暂停");
    const before = receiver.received.length;
    await later(86_400_000);
    await round();
    expect(receiver.received.length).toBe(before);
    expect((await move(id, { action: "ping" })).json.code).toBe("webhook.paused");
    receiver.mood.status = 200;
    expect((await move(id, { action: "resume" })).json.state.code).toBe("active");
    await round();
    expect(receiver.received.length).toBeGreaterThan(before);
    receiver.mood.status = 410;
    await happens();
    await round();
    expect(await one(id)).toMatchObject({ state: { code: "paused" }, pausedWhy: { code: "gone" } });
  });

  it("get everything since a moment once more, under the same numbers", async () => {
    const since = app.clock.now().toISOString();
    const { id } = await register();
    await happens();
    await happens();
    await round();
    const first = receiver.received.map((each) => each.id);
    receiver.received.length = 0;
    const answer = await move(id, { action: "replay", since });
    expect(answer.json.replayed).toBe(first.length);
    await round();
    expect(receiver.received.map((each) => each.id).sort()).toEqual([...first].sort());
    expect((await move(id, { action: "replay", since: "2020-01-01T00:00:00+08:00" })).json.code).toBe(
      "webhook.replay_from",
    );
    // A new receiver gets what was before it.
    receiver.received.length = 0;
    const fresh = await register(owner, { name: "新系统" });
    expect((await move(fresh.id, { action: "replay", since })).json.replayed).toBe(first.length);
    await round();
    expect(receiver.received).toHaveLength(first.length);
  });

  it("are tried with a ping, and sign with both secrets for a day after a change", async () => {
    const { id, secret } = await register();
    expect((await move(id, { action: "ping" })).status).toBe(200);
    await round();
    expect(receiver.received).toMatchObject([{ said: { type: "ping", data: {} } }]);
    const changed = (await owner.ask("POST", `/me/webhooks/${id}/secret`)).json.secret;
    await move(id, { action: "ping" });
    await round();
    const [, second] = receiver.received;
    if (!second) throw new Error("no second");
    expect([isSigned(second, secret), isSigned(second, changed)]).toEqual([true, true]);
    await later(86_400_000 + 1000);
    await move(id, { action: "ping" });
    await round();
    const [, , third] = receiver.received;
    if (!third) throw new Error("no third");
    expect([isSigned(third, secret), isSigned(third, changed)]).toEqual([false, true]);
  });

  it("get nothing after they were revoked, though much waits and one is just being told", async () => {
    const { id } = await register();
    for (let count = 0; count < 3; count += 1) await happens();
    receiver.mood.hold = true;
    const running = round();
    await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(1);
    expect((await owner.ask("DELETE", `/me/webhooks/${id}`, undefined, key())).status).toBe(204);
    receiver.mood.hold = false;
    receiver.release();
    await running;
    // The round it was revoked in, and those after it.
    await happens();
    await round();
    await later(60_000);
    await round();
    expect(receiver.received).toHaveLength(1);
    expect((await owner.ask("GET", `/me/webhooks/${id}/deliveries`)).status).toBe(404);
    expect((await move(id, { action: "resume" })).status).toBe(404);
  });

  it("belong to one account; addresses inside are refused with the reason", async () => {
    const { id } = await register();
    const stranger = await person(app, "旁人推送", { verified: true });
    for (const [method, path, body] of [
      ["DELETE", `/me/webhooks/${id}`, undefined],
      ["POST", `/me/webhooks/${id}/moves`, { action: "ping" }],
      ["POST", `/me/webhooks/${id}/secret`, undefined],
      ["GET", `/me/webhooks/${id}/deliveries`, undefined],
    ] as const)
      expect([path, (await stranger.ask(method, path, body, method === "GET" ? {} : key())).status]).toEqual([
        path,
        404,
      ]);
    for (const [url, code] of [
      ["https://10.0.0.8/hook", "private"],
      ["https://169.254.169.254/", "private"],
      ["https://[fd00::1]/", "private"],
      ["http://203.0.113.7/", "scheme"],
      ["https://a:b@example.com/", "credentials"],
      ["https://example.com:6379/", "port"],
    ]) {
      const refused = await owner.ask("POST", "/me/webhooks", { name: "内网", url, kinds: ["case"] });
      expect([url, refused.status, refused.json.errors?.[0]?.code]).toEqual([url, 422, code]);
    }
    for (let count = 1; count < 5; count += 1) await register();
    const sixth = await owner.ask("POST", "/me/webhooks", { name: "第六", url: receiver.url, kinds: ["case"] });
    expect(sixth.json.code).toBe("webhook.too_many");
  });

  it("hear no more of a case that their owner has left, whatever waited", async () => {
    const { id } = await register();
    await happens();
    const path = `/cases/${caseId}/participants/${participantId}/moves`;
    expect((await staff.ask("POST", path, { action: "end", reason: "更正" }, key())).status).toBe(200);
    await round();
    expect(receiver.received).toEqual([]);
    expect((await log(id))[0].state.code).toBe("dropped");
  });
});
