import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import mysql from "mysql2/promise";
import { afterAll, describe, expect, it } from "vitest";
import { durableServer, programs } from "../test/mariadb.ts";
import { isAlive, pause } from "./processes.ts";

describe("the private MariaDB", () => {
  const server = durableServer();
  afterAll(() => server.remove());

  it("keeps what was committed when it is killed, and comes back where it was", async () => {
    const before = await server.start();
    const owner = await mysql.createConnection(before.ownerUrl);
    await owner.query("CREATE TABLE kept (id INT PRIMARY KEY)");
    await owner.query("INSERT INTO kept VALUES (1), (2)");
    owner.on("error", () => {});
    await before.kill();
    owner.destroy();

    const after = await server.start();
    const again = await mysql.createConnection(after.ownerUrl);
    const [rows] = await again.query("SELECT COUNT(*) AS n FROM kept");
    expect(rows).toEqual([{ n: 2 }]);
    expect(after.ownerUrl).toBe(before.ownerUrl);
    await again.end();
    await after.stop();
    expect(isAlive(after.pid)).toBe(false);
  });

  it("is durable, in UTC, and lets the service's user do nothing of its own accord", async () => {
    const running = await server.start();
    const owner = await mysql.createConnection(running.ownerUrl);
    const [settings] = await owner.query(
      "SELECT @@innodb_flush_log_at_trx_commit AS flush, @@time_zone AS zone, @@character_set_server AS letters",
    );
    expect(settings).toEqual([{ flush: 1, zone: "+00:00", letters: "utf8mb4" }]);
    await expect(mysql.createConnection(running.appUrl)).rejects.toThrow(/denied/i);
    expect(statSync(join(server.folder, "passwords.json")).mode & 0o777).toBe(0o600);
    await owner.end();
    await running.stop();
  });

  it("refuses a folder that a living launcher holds, and takes it over when that one has died", async () => {
    const script = `
      import { startMariaDb } from ${JSON.stringify(fileURLToPath(new URL("./mariadb.ts", import.meta.url)))};
      const db = await startMariaDb({ folder: ${JSON.stringify(server.folder)}, programs: ${JSON.stringify(programs)}, logFile: ${JSON.stringify(join(server.folder, "mariadb.log"))} });
      console.log("pid " + db.pid);
      setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [told] = (await once(holder.stdout, "data")) as [Buffer];
    const pid = Number(/pid (\d+)/.exec(told.toString("utf8"))?.[1]);
    expect(isAlive(pid)).toBe(true);
    await expect(server.start()).rejects.toThrow(/in use by another/);

    holder.kill("SIGKILL");
    await once(holder, "exit");
    for (let i = 0; i < 100 && isAlive(pid); i += 1) await pause(50);
    expect(isAlive(pid)).toBe(false);
    const after = await server.start();
    expect(readFileSync(join(server.folder, "port"), "utf8").trim()).toBe(String(after.port));
    await after.stop();
    expect(existsSync(join(server.folder, "holder"))).toBe(false);
  });
});
