import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type ClamdPeer, startClamd } from "#sandbox/clamd.ts";
import { clamdAntivirus } from "./clamd.ts";

// In two pieces, so that this file is not itself found.
const EICAR = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-${"TEST-FILE!$H+H*"}`;

let clamd: ClamdPeer;
const open: { close(): unknown }[] = [];
beforeAll(async () => {
  clamd = await startClamd({ maxBytes: 8 * 1024 ** 2 });
});
afterAll(() => clamd.stop());
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

const scan = (content: Readable) => clamdAntivirus({ host: clamd.host, port: clamd.port }).scan(content);

async function peer(listener: (socket: Socket) => void): Promise<number> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(server);
  return (server.address() as AddressInfo).port;
}

test("clean is clean, and the test virus is named wherever it stands", async () => {
  expect(await scan(Readable.from([Buffer.from("起诉状")]))).toEqual({ clean: true });
  expect(await scan(Readable.from([]))).toEqual({ clean: true });
  const found = { clean: false, signature: "Eicar-Test-Signature" };
  expect(await scan(Readable.from([Buffer.from(EICAR)]))).toEqual(found);
  // Across the border of two chunks.
  expect(await scan(Readable.from([Buffer.from(`a${EICAR.slice(0, 30)}`), Buffer.from(EICAR.slice(30))]))).toEqual(
    found,
  );
  const big = Buffer.alloc(3 * 1024 ** 2, "a");
  big.write(EICAR, 2 * 1024 ** 2 - 20);
  expect(await scan(Readable.from([big]))).toEqual(found);
});

test("past the scanner's limit nothing is called clean", async () => {
  const large = Readable.from(Array.from({ length: 32 }, () => Buffer.alloc(1024 ** 2)));
  await expect(scan(large)).rejects.toMatchObject({ name: "GatewayError" });
});

test("a scanner that is away, silent, hangs up or talks nonsense leaves the file closed", async () => {
  await expect(clamdAntivirus({ port: 1 }).scan(Readable.from([Buffer.from("a")]))).rejects.toMatchObject({
    status: 503,
  });
  const silent = await peer((socket) => socket.resume());
  await expect(
    clamdAntivirus({ port: silent, totalMs: 150 }).scan(Readable.from([Buffer.from("a")])),
  ).rejects.toMatchObject({ status: 503 });
  const leaving = await peer((socket) => socket.destroy());
  await expect(clamdAntivirus({ port: leaving }).scan(Readable.from([Buffer.from("a")]))).rejects.toMatchObject({
    status: 503,
  });
  for (const words of ["stream: OK FOUND OK\0", "OK\0", "\0", "stream: oK\0", "stream: OK"]) {
    const odd = await peer((socket) => socket.resume().end(words));
    const answer = clamdAntivirus({ port: odd }).scan(Readable.from([Buffer.from("a")]));
    await expect(answer).rejects.toMatchObject({ status: 503 });
  }
});

test("a file that breaks off while it is read is not scanned", async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from("a");
      throw new Error("disk");
    })(),
  );
  await expect(scan(broken)).rejects.toMatchObject({ status: 503 });
});

test.runIf(clamdProgram() !== null)("the real clamd says the same", { timeout: 30_000 }, async () => {
  const real = await startRealClamd();
  try {
    const antivirus = clamdAntivirus({ socketPath: real.socketPath });
    expect(await antivirus.scan(Readable.from([Buffer.from("起诉状")]))).toEqual({ clean: true });
    expect(await antivirus.scan(Readable.from([Buffer.alloc(500_000, "a")]))).toEqual({ clean: true });
    expect(await antivirus.scan(Readable.from([Buffer.from(EICAR)]))).toMatchObject({ clean: false });
    await expect(
      antivirus.scan(Readable.from(Array.from({ length: 32 }, () => Buffer.alloc(1024 ** 2)))),
    ).rejects.toMatchObject({ status: 503 });
  } finally {
    await real.stop();
  }
});

function clamdProgram(): string | null {
  return ["/usr/sbin/clamd", "/usr/local/sbin/clamd", "/usr/bin/clamd"].find((path) => existsSync(path)) ?? null;
}

/** The real daemon in a folder of its own, with one signature of our own and a small limit. */
async function startRealClamd() {
  const folder = mkdtempSync(join(tmpdir(), "sutong-clamd-"));
  const socketPath = join(folder, "clamd.sock");
  writeFileSync(join(folder, "eicar.ndb"), `Eicar-Test:0:*:${Buffer.from(EICAR).toString("hex")}\n`);
  const settings = [
    `LocalSocket ${socketPath}`,
    `DatabaseDirectory ${folder}`,
    "Foreground yes",
    "StreamMaxLength 8M",
    "User root",
  ];
  writeFileSync(join(folder, "clamd.conf"), `${settings.join("\n")}\n`);
  const child = spawn(clamdProgram() ?? "", ["-c", join(folder, "clamd.conf")], { stdio: "ignore" });
  await vi.waitFor(() => expect(existsSync(socketPath)).toBe(true), { timeout: 20_000 });
  return {
    socketPath,
    async stop() {
      child.kill("SIGKILL");
      await once(child, "close");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
