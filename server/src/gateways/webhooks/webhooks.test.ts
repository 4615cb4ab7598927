import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { isOpen } from "./addresses.ts";
import { WebhookBarred, WebhookUnanswered } from "./port.ts";
import { outsideWebhooks } from "./post.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});
async function receiver(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response);
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { asked, port: (server.address() as AddressInfo).port };
}
const resolving =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
const reasonOf = async (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => "open",
    (error: unknown) => {
      if (error instanceof WebhookBarred || error instanceof WebhookUnanswered) return error.reason;
      throw error;
    },
  );

describe("calling programs of others", () => {
  it("knows the open internet from everything else", () => {
    const closed = [
      "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.255", "169.254.169.254", "172.16.0.1", "172.31.255.255",
      "192.0.0.8", "192.168.1.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "255.255.255.255",
      "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "fc00::1", "fd12::1", "fe80::1", "ff02::1",
      "2001:db8::1", "2002:7f00:1::", "2001::1", "100::1", "nonsense", "",
    ]; // biome-ignore format: a table
    for (const address of closed) expect([address, isOpen(address)]).toEqual([address, false]);
    for (const address of ["1.1.1.1", "172.32.0.1", "223.5.5.5", "2400:3200::1", "2606:4700::1111"])
      expect([address, isOpen(address)]).toEqual([address, true]);
  });

  it("in production reaches nothing on this machine or beside it, however it is written", async () => {
    const { asked, port } = await receiver((_, response) => response.end());
    const production = outsideWebhooks({ loopback: false, resolve: resolving("127.0.0.1") });
    const barred: readonly (readonly [string, string])[] = [
      [`http://127.0.0.1:${port}/`, "scheme"],
      ["http://example.com/", "scheme"],
      ["ftp://example.com/", "scheme"],
      ["javascript:alert(1)", "scheme"],
      ["https://user:word@example.com/", "credentials"],
      [`https://127.0.0.1:${port}/`, "port"],
      ["https://127.0.0.1/", "private"],
      ["https://2130706433/", "private"],
      ["https://0x7f.1/", "private"],
      ["https://0177.0.0.1/", "private"],
      ["https://[::1]/", "private"],
      ["https://[::ffff:10.0.0.1]/", "private"],
      ["https://169.254.169.254/latest/meta-data", "private"],
      ["https://localhost/", "private"],
      ["https://inside.example.com/", "private"],
      ["not an address", "address"],
      [`https://example.com/${"a".repeat(500)}`, "address"],
    ];
    for (const [address, reason] of barred) {
      expect([address, await reasonOf(production.check(address))]).toEqual([address, reason]);
      expect([address, await reasonOf(production.post(address, {}, "{}"))]).toEqual([address, reason]);
    }
    expect(asked).toEqual([]);
    expect(await reasonOf(outsideWebhooks({ loopback: false, resolve: resolving() }).check("https://a.example"))).toBe(
      "unknown_host",
    );
    // One door open and one inside: refused. All open: not.
    const mixed = outsideWebhooks({ loopback: false, resolve: resolving("1.1.1.1", "10.0.0.1") });
    expect(await reasonOf(mixed.check("https://a.example"))).toBe("private");
    const open = outsideWebhooks({ loopback: false, resolve: resolving("1.1.1.1", "2606:4700::1111") });
    expect(await reasonOf(open.check("https://a.example:8443/hook"))).toBe("open");
  });

  it("takes a name nobody answers for as unknown, in its time", async () => {
    const never = outsideWebhooks({ loopback: false, resolve: () => new Promise(() => undefined), totalMs: 100 });
    expect(await reasonOf(never.check("https://a.example"))).toBe("unknown_host");
    expect(await reasonOf(never.post("https://a.example", {}, "{}"))).toBe("timeout");
  });

  it("asks what a name stands for at every call, and connects to that very address", async () => {
    const { asked, port } = await receiver((_, response) => response.end());
    let now = ["127.0.0.1"];
    const turning = outsideWebhooks({ loopback: true, resolve: async () => resolving(...now)() });
    const address = `http://localhost:${port}/a`;
    expect(await turning.post(address, {}, "{}")).toBe(200);
    now = ["10.1.2.3"];
    expect(await reasonOf(turning.post(address, {}, "{}"))).toBe("private");
    expect(asked).toEqual(["/a"]);
  });

  it("takes a redirect for an answer, and goes nowhere", async () => {
    const inside = await receiver((_, response) => response.end("secret"));
    const outside = await receiver((_, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${inside.port}/inside` }).end();
    });
    const webhooks = outsideWebhooks({ loopback: true });
    expect(await webhooks.post(`http://127.0.0.1:${outside.port}/`, {}, "{}")).toBe(307);
    expect(inside.asked).toEqual([]);
  });

  it("waits no longer than it said, for a connection, an answer or the end of one", async () => {
    const silent = await receiver(() => undefined);
    const webhooks = outsideWebhooks({ loopback: true, connectMs: 200, totalMs: 300 });
    expect(await reasonOf(webhooks.post(`http://127.0.0.1:${silent.port}/`, {}, "{}"))).toBe("timeout");
    const endless = await receiver((_, response) => {
      response.writeHead(200);
      response.write("x".repeat(1000));
    });
    expect(await webhooks.post(`http://127.0.0.1:${endless.port}/`, {}, "{}")).toBe(200);
    const rude = createTcpServer((socket) => socket.destroy());
    rude.listen(0, "127.0.0.1");
    await once(rude, "listening");
    const { port } = rude.address() as AddressInfo;
    expect(["broken", "unreachable"]).toContain(await reasonOf(webhooks.post(`http://127.0.0.1:${port}/`, {}, "{}")));
    rude.close();
    await once(rude, "close");
    expect(await reasonOf(webhooks.post(`http://127.0.0.1:${port}/`, {}, "{}"))).toBe("unreachable");
  });
});
