import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type IceServer, iceServers } from "./turn.ts";

const secret = "north-of-the-river";

it("signs a relay's credentials as coturn reads them, good for four hours", () => {
  const turn = { urls: ["turn:turn.example.cn:3478", "turns:turn.example.cn:5349"], secret };
  // printf 1767240000:h12-p34 | openssl dgst -sha1 -hmac north-of-the-river -binary | base64
  expect(iceServers(turn, "h12-p34", Date.parse("2026-01-01T00:00:00.900Z"))).toEqual([
    { urls: turn.urls, username: "1767240000:h12-p34", credential: "3PtChprxqgyGTH3HzfP8CR8KXXw=" },
  ]);
});

describe.runIf(existsSync("/usr/bin/turnserver"))("a real coturn", () => {
  it("relays for whom we gave credentials, and not once they are out of date", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sutong-turn-"));
    const asked = createServer().listen(0, "127.0.0.1");
    await once(asked, "listening");
    const port = String((asked.address() as AddressInfo).port);
    await new Promise((done) => asked.close(done));
    const here = ["-L", "127.0.0.1", "-E", "127.0.0.1", "-p", port, "--allow-loopback-peers"];
    const plain = ["-n", "--no-cli", "--no-tls", "--no-dtls", "--realm=court", "--log-file=stdout"];
    const files = [`--pidfile=${join(folder, "pid")}`, `--db=${join(folder, "db")}`];
    const options = [...plain, ...here, ...files, "--use-auth-secret", `--static-auth-secret=${secret}`];
    const relay = spawn("turnserver", options, { cwd: folder, stdio: "ignore" });
    const ended = once(relay, "exit");
    /** Four packets through the relay to a peer beside it. Gives what the client says. */
    const relayed = ({ username, credential }: IceServer) =>
      new Promise<string>((said) => {
        const sends = ["-y", "-n", "1", "-m", "1", "-u", username, "-w", credential, "-p", port, "127.0.0.1"];
        execFile("turnutils_uclient", sends, { timeout: 20_000 }, (_, out, wrong) => said(out + wrong));
      });
    const at = (now: number) => iceServers({ urls: [], secret }, "h12-p34", now)[0] as IceServer;
    try {
      await expect.poll(() => relayed(at(Date.now())), { timeout: 40_000 }).toMatch(/Total lost packets 0 /);
      expect(await relayed(at(Date.now() - 4 * 3_600_000 - 5_000))).toContain("Cannot complete Allocation");
      expect(await relayed({ ...at(Date.now()), credential: "AAAA" })).toContain("Cannot complete Allocation");
    } finally {
      relay.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    }
  }, 80_000);
});
