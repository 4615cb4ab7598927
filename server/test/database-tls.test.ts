import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mysql from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MariaDb, startMariaDb } from "../launcher/mariadb.ts";
import { openDatabase } from "../src/core/database.ts";
import { databaseTls } from "../src/core/database-tls.ts";
import { programs } from "./mariadb.ts";

describe("the line to the database", () => {
  const folder = mkdtempSync(join(tmpdir(), "sutong-tls-"));
  const [cert, key, other] = ["cert.pem", "key.pem", "other.pem"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  let server: MariaDb;
  beforeAll(async () => {
    certify("localhost", other, join(folder, "other.key"));
    certify("localhost", cert, key);
    server = await startMariaDb({
      folder,
      programs,
      logFile: join(folder, "log"),
      temporary: true,
      durable: false,
      reach: "every database",
      flags: [`--ssl-cert=${cert}`, `--ssl-key=${key}`, "--require-secure-transport=ON"],
    });
  });
  afterAll(() => server.stop());

  it("is TLS by the authority that was named, for reads, transactions and the look at the writer", async () => {
    const database = open(cert);
    const [read] = await database.read<{ Value: string }>("SHOW STATUS LIKE 'Ssl_version'");
    const [[written]] = (await database.sequelize.query("SHOW STATUS LIKE 'Ssl_version'")) as [{ Value: string }[], 0];
    expect([read?.Value, written?.Value]).toEqual([expect.stringMatching(/^TLSv1\.[23]$/), read?.Value]);
    await database.close();
  });

  it("is not opened in the clear, by another authority's word, or to another's name", async () => {
    await expect(asked(undefined)).rejects.toThrow(/denied/i);
    await expect(asked(other)).rejects.toThrow(/certificate/i);
    const owner = open(cert);
    certify("db.internal", cert, key);
    await owner.read("FLUSH SSL");
    await owner.close();
    await expect(asked(cert)).rejects.toThrow(/altnames/i);
  });

  const named = () => server.ownerUrl.replace("127.0.0.1", "localhost");
  const open = (file: string) => openDatabase({ url: named(), poolSize: 2, ...databaseTls(file) });
  const asked = async (file: string | undefined) => {
    const line = await mysql.createConnection({ uri: named(), ...databaseTls(file) });
    await line.end();
  };
});

/** A certificate that is its own authority. */
function certify(name: string, cert: string, key: string): void {
  const made = ["-keyout", key, "-out", cert, "-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", ...made], {
    stdio: "ignore",
  });
  // The server runs as nobody in particular.
  chmodSync(key, 0o644);
}
