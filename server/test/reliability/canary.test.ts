import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import {
  accepting,
  COURT,
  claimed,
  clerk,
  key,
  PRIVATE_LOAN,
  privateLoan,
  readyDraft,
  seedCourtsAndRules,
} from "#test/filings.ts";
import { durableServer } from "#test/mariadb.ts";
import type { MariaDb } from "../../launcher/mariadb.ts";
import { pooled, rowsOf, withOwner } from "./crowd.ts";
import { figure } from "./figure.ts";
import { type NodeProcess, startNode } from "./node-process.ts";
import { BEHIND_PROXY, call } from "./submission-storm.ts";
import { startWorker, type WorkerProcess } from "./worker-process.ts";

/** G18; the full size stands in goals.ts. */
const CANARIES = Number(process.env["CANARIES"] ?? 12);
const LONG = 10 * 60_000;

/** What stands in every invented person's data and nowhere else; the rest of each value differs from person to person. */
const MARKS = {
  name: "曌犇骉麤",
  "identity number": "37010219031231",
  phone: "1990199",
  address: "骉犇麤路",
  "bank card": "62284800CANARY",
  facts: "犇麤曌骉CANARYFACTS",
};

/** Each mark as it may stand in a file: plain, wide, in Base64 at any of its three places, in hexadecimal, in an address. */
function formsOf(mark: string): [encoding: string, bytes: Buffer][] {
  const plain = Buffer.from(mark, "utf8");
  const base64 = [0, 1, 2].map((shift): [string, Buffer] => {
    const text = Buffer.concat([Buffer.alloc(shift), plain])
      .toString("base64")
      .replace(/=+$/, "");
    return ["Base64", Buffer.from(text.slice(shift === 0 ? 0 : 4, -2))];
  });
  const hex = plain.toString("hex");
  return [
    ["UTF-8", plain],
    ["UTF-16", Buffer.from(mark, "utf16le")],
    ...base64,
    ["hexadecimal", Buffer.from(hex)],
    ["hexadecimal", Buffer.from(hex.toUpperCase())],
    ["percent", Buffer.from(encodeURIComponent(mark))],
  ];
}
const FORMS = Object.entries(MARKS).flatMap(([what, mark]) =>
  formsOf(mark).map(([encoding, bytes]) => ({ what, encoding, bytes })),
);

describe("personal data at rest", () => {
  const durable = durableServer();
  const folder = mkdtempSync(join(tmpdir(), "sutong-canary-"));
  const log = join(folder, "log");
  let database: MariaDb;
  let app: TestApp;
  let node: NodeProcess;
  let worker: WorkerProcess;

  beforeAll(async () => {
    database = await durable.start();
    app = await startApp("canary", { mariadb: database });
    await seedCourtsAndRules(app);
    node = await startNode(app, BEHIND_PROXY, { logTo: log });
    worker = await startWorker(app);
  }, LONG);
  afterAll(async () => {
    await worker?.kill();
    await node?.kill();
    await app?.stop();
    await database?.stop();
    await durable.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it(`of ${CANARIES} persons nothing can be read in data files, logs, store or dump`, {
    timeout: 600_000,
  }, async () => {
    await pooled([...Array(CANARIES).keys()], 4, appear);
    // One of them goes the whole way, so that listeners, papers and messages have their part.
    const filing = await readyDraft(app, nameOf(9000));
    const handedIn = await filing.owner.ask("POST", `${filing.path}/moves`, { action: "submit" }, key());
    expect(handedIn.status, handedIn.text).toBe(200);
    // The worker tells of it, or this does: whoever comes first.
    for (let waiting = true; waiting; waiting = (await itemOf(filing.id)).length === 0) await app.settle();
    const wang = await clerk(app);
    const { item, fence } = await claimed(wang, filing);
    expect((await wang.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    await dump(join(folder, "dump"));
    // A crash, so that nothing is tidied up: the redo log stays as it was.
    await database.kill();
    const places = {
      "data files": join(durable.folder, "data"),
      logs: folder,
      "database's log": join(durable.folder, "mariadb.log"),
      store: app.config.DATA_DIR,
    };
    const hits = Object.entries(places).flatMap(([place, path]) =>
      search([path]).map(({ file, what, encoding }) => `${place} ${file.split("/").at(-1)}: ${what} in ${encoding}`),
    );
    // The control: the same data unsealed, in a table of its own. What does not find this finds nothing.
    database = await durable.start();
    await withOwner(app, async (owner) => {
      await owner.query("CREATE TABLE control_sample (text TEXT)");
      for (const mark of Object.values(MARKS)) await owner.query("INSERT INTO control_sample VALUES (?)", [mark]);
    });
    await database.kill();
    const control = new Set(search([join(durable.folder, "data")]).map(({ what }) => what)).size;
    database = await durable.start();
    figure("G18", "persons", CANARIES);
    figure("G18", "hits", hits.length, { atMost: 0 });
    figure("G18", "control found", control, { of: Object.keys(MARKS).length, atLeast: Object.keys(MARKS).length });
    expect(control).toBe(Object.keys(MARKS).length);
    expect(hits).toEqual([]);
  });

  /** Signs in, is verified, writes a draft full of what identifies, and makes mistakes with it. */
  async function appear(at: number): Promise<void> {
    const from = `10.5.0.${at % 200}`;
    const ask = async (method: string, path: string, body?: object, token?: string, headers = {}) => {
      const reply = await call(node.origin, {
        method,
        path,
        from,
        headers,
        ...(body ? { body } : {}),
        ...(token ? { token } : {}),
      });
      return { ...reply, json: reply.text.startsWith("{") ? JSON.parse(reply.text) : {} };
    };
    const name = nameOf(at);
    const idNumber = numberOf(at);
    const phone = `${MARKS.phone}${String(1000 + at)}`;
    const { accessToken } = (await ask("POST", "/sessions/wechat", { code: `sandbox:${name}` })).json;
    const identity = { name, idType: "resident_id", idNumber, phone };
    const verified = await ask("PUT", "/me/identity", identity, accessToken);
    expect(verified.status, verified.text).toBe(200);
    const { id } = (await ask("POST", "/filings", { courtCode: COURT, causeCode: PRIVATE_LOAN }, accessToken)).json;
    const model = privateLoan(name, `${name}之友`);
    const address = `山东省济南市历下区${MARKS.address}${at}号`;
    const content = {
      ...model,
      parties: model.parties.map((party, number) =>
        number === 0 ? { ...party, name, idNumber, phone, address } : { ...party, address, phone },
      ),
      facts: `${MARKS.facts}${at}，银行卡${MARKS["bank card"]}${at}，${name}借款五万元，至今未还。`,
      service: { ...model.service, recipient: name, phone, address },
    };
    const saved = await ask("PUT", `/filings/${id}`, { content }, accessToken, { "if-match": '"1"' });
    expect(saved.status, saved.text).toBe(200);
    // Refused and failing requests carry the same data past the log.
    await ask("PUT", "/me/identity", { ...identity, idNumber: `${idNumber}9` }, accessToken);
    await ask("GET", `/cases?party=${encodeURIComponent(name)}`, undefined, accessToken);
    await ask(
      "POST",
      `/filings/${id}/edits`,
      { edits: [{ path: "/parties/p1/name", value: name }], [name]: phone },
      accessToken,
    );
  }

  const itemOf = (id: string) => rowsOf(app, "SELECT id FROM intake_item WHERE filing_id = ?", [id]);

  /** Every row of every table as its bytes are. */
  async function dump(file: string): Promise<void> {
    const tables = await rowsOf<Record<string, string>>(app, "SHOW TABLES");
    for (const table of tables.map((row) => Object.values(row)[0] as string)) {
      for (const row of await rowsOf<Record<string, unknown>>(app, `SELECT * FROM ${table}`)) {
        for (const value of Object.values(row))
          appendFileSync(file, Buffer.isBuffer(value) ? value : Buffer.from(`${String(value)}\t`));
      }
      appendFileSync(file, "\n");
    }
  }
});

const nameOf = (at: number): string =>
  `${MARKS.name}${[...String(at)].map((digit) => "零一二三四五六七八九"[Number(digit)]).join("")}`;

/** A resident's number with a right check digit. */
function numberOf(at: number): string {
  const body = `${MARKS["identity number"]}${String(100 + at).padStart(3, "0")}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...body].reduce((total, digit, place) => total + Number(digit) * (weights[place] ?? 0), 0);
  return body + "10X98765432"[sum % 11];
}

interface Hit {
  readonly file: string;
  readonly what: string;
  readonly encoding: string;
}

function search(paths: readonly string[]): Hit[] {
  return paths.flatMap((path) => filesBelow(path)).flatMap((file) => hitsIn(file, readFileSync(file)));
}

function hitsIn(file: string, bytes: Buffer): Hit[] {
  const unpacked = bytes[0] === 0x1f && bytes[1] === 0x8b ? hitsIn(`${file} unpacked`, gunzipSync(bytes)) : [];
  const found = FORMS.filter(({ bytes: form }) => bytes.includes(form));
  return [...found.map(({ what, encoding }) => ({ file, what, encoding })), ...unpacked];
}

function filesBelow(path: string): string[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [path];
  }
}
