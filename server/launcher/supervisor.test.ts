import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { isAlive } from "./processes.ts";
import { supervise } from "./supervisor.ts";

describe("the supervisor", () => {
  const folder = mkdtempSync(join(tmpdir(), "sutong-supervisor-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const program = (name: string, text: string) => {
    const path = join(folder, `${name}.mjs`);
    writeFileSync(path, text);
    return { name, options: [path], env: process.env, cwd: folder, log: join(folder, `${name}.log`) };
  };

  it("starts a child again that was killed, and none after it was told to stop", async () => {
    const child = supervise(
      program(
        "steady",
        "process.on('SIGTERM', () => { console.log('bye'); process.exit(0); }); setInterval(() => {}, 1000); console.log('up');",
      ),
    );
    const log = () => readFileSync(join(folder, "steady.log"), "utf8");
    await vi.waitFor(() => expect(log()).toBe("up\n"), 10_000);
    const first = child.pid!;
    process.kill(first, "SIGKILL");
    await vi.waitFor(() => expect(log()).toBe("up\nup\n"), 10_000);
    const second = child.pid!;
    expect(second).not.toBe(first);
    await child.stop();
    expect(isAlive(second)).toBe(false);
    expect(log()).toBe("up\nup\nbye\n");
    expect(child.restarts).toBe(1);
  });

  it("gives up on a child that never stays up, and says with which code it ended", async () => {
    const onGivenUp = vi.fn();
    const child = supervise({ ...program("broken", "process.exit(7)"), onGivenUp });
    await child.ended;
    expect(onGivenUp).toHaveBeenCalledExactlyOnceWith(7);
    expect(child.restarts).toBe(4);
  });

  it("ends a child by force that does not listen", async () => {
    const child = supervise({
      ...program("deaf", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up');"),
      graceMs: 300,
    });
    await vi.waitFor(() => expect(readFileSync(join(folder, "deaf.log"), "utf8")).toBe("up\n"), 10_000);
    const pid = child.pid!;
    await child.stop();
    expect(isAlive(pid)).toBe(false);
  });
});
