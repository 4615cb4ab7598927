import { expect, it } from "vitest";
import { Problem as ServerProblem } from "#core/problem.ts";
import { filingContent } from "../../src/modules/filing/content.ts";
import { type Edit, type FieldVersions, mergeEdits } from "../../src/modules/filing/edits.ts";

/**
 * Two devices of one person write one draft through a network that loses calls and answers, are killed and start again
 * from what they had stored. The queue is the mini-program's own, the merging the server's own; only the wire is made up.
 * Nothing that was typed may vanish: each value stands at the end, or whoever replaced it saw it, or was asked and chose.
 */
interface Record_ {
  content: Content;
  version: number;
  filingId: string | null;
  conflicts: { path: string; theirs: unknown }[];
  pending: Edit[];
  rejected: Record<string, unknown>;
}
type Content = Record<string, unknown>;
interface Queue {
  sync: string;
  content(): Content;
  edit(path: string, value: unknown): void;
  flush(): Promise<void>;
  adopt(filing: unknown): void;
  resolve(path: string, choice: "mine" | "theirs"): void;
}
interface Client {
  EditQueue: new (record: unknown, means: unknown) => Queue;
  valueAt(root: unknown, path: string): unknown;
  Problem: new (status: number, body: Record<string, unknown>) => Error;
}
const load = (path: string): Promise<Record<string, unknown>> => import(/* @vite-ignore */ path);
const SOURCES = "../../../miniprogram/src";
const client = {
  ...(await load(`${SOURCES}/draft/edit-queue.ts`)),
  ...(await load(`${SOURCES}/draft/pointer.ts`)),
  ...(await load(`${SOURCES}/api/problem.ts`)),
} as unknown as Client;

const RUNS = Number(process.env["TWO_DEVICES_RUNS"] ?? 6_000);
const SEED = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);
const TEXTS = [
  "/facts",
  "/claims/c1/text",
  "/claims/c2/text",
  "/parties/p1/name",
  "/parties/p1/address",
  "/parties/d1/workplace",
  "/service/recipient",
];
const ELEMENTS = ["/claims/c2", "/parties/d1"];

it(`${RUNS} interleavings of two devices lose nothing (SEED=${SEED})`, { timeout: 300_000 }, async () => {
  let conflicts = 0;
  let kills = 0;
  let lost = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const world = new World(random(SEED + run));
    await world.play();
    expect(world.vanished(), `seed ${SEED}, run ${run}`).toEqual([]);
    conflicts += world.conflicts;
    kills += world.kills;
    lost += world.lost;
  }
  console.log(
    `two devices: ${RUNS} runs, ${kills} kills, ${lost} calls or answers lost, ${conflicts} conflicts chosen`,
  );
  // The tale would prove nothing if nothing had gone wrong in it.
  expect(Math.min(conflicts, kills, lost)).toBeGreaterThan(RUNS / 10);
});

/** A small, fast generator (mulberry32). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The server: our own merging, with the idempotency of the real one. */
class Server {
  version = 1;
  content = filingContent.parse({
    parties: [
      { key: "p1", side: "plaintiff", kind: "natural" },
      { key: "d1", side: "defendant", kind: "natural" },
    ],
    claims: [{ key: "c1" }, { key: "c2" }],
  });
  private versions: FieldVersions = {};
  private readonly answers = new Map<string, string>();

  edits(edits: Edit[], key: string): unknown {
    const told = this.answers.get(key);
    if (told) return JSON.parse(told);
    const merged = mergeEdits(this.content, this.versions, edits, this.version + 1);
    this.version += 1;
    this.content = merged.content;
    this.versions = merged.versions;
    const answer = { version: this.version, content: merged.content, applied: merged.applied, refused: merged.refused };
    this.answers.set(key, JSON.stringify(answer));
    return JSON.parse(JSON.stringify(answer));
  }

  filing(): unknown {
    return { version: this.version, content: structuredClone(this.content), court: { code: "鲁0102", name: "" } };
  }
}

class World {
  conflicts = 0;
  kills = 0;
  lost = 0;
  readonly server = new Server();
  private readonly chance: () => number;
  private readonly devices: Device[];
  /** Every value typed, and whether somebody knowingly put another in its place. */
  private readonly typed = new Map<string, { path: string; replaced: boolean }>();
  private serial = 0;
  calm = false;

  constructor(chance: () => number) {
    this.chance = chance;
    this.devices = [new Device(this, "phone"), new Device(this, "computer")];
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.chance() * list.length)] as T;
  }

  async play(): Promise<void> {
    const steps = 6 + Math.floor(this.chance() * 18);
    for (let step = 0; step < steps; step += 1) {
      const device = this.pick(this.devices);
      const dice = this.chance();
      if (dice < 0.5) this.type(device);
      else if (dice < 0.75) void device.queue.flush();
      else if (dice < 0.83) device.restart();
      else if (dice < 0.9) device.queue.adopt(this.server.filing());
      else this.choose(device);
      for (let turns = this.chance() * 4; turns > 0; turns -= 1) await Promise.resolve();
    }
    this.calm = true;
    // The network is back; the person works off what they are asked. Two rounds would do: the bound is for a queue that never ends.
    for (let round = 0; round < 40 && !this.devices.every((device) => device.isDone()); round += 1) {
      for (const device of this.devices) {
        await device.queue.flush();
        this.choose(device);
      }
    }
    for (const device of this.devices) {
      if (!device.isDone()) throw new Error(`a device never finished: ${device.queue.sync}`);
      device.queue.adopt(this.server.filing());
    }
  }

  /** What was typed and is nowhere, though nobody decided so. */
  vanished(): string[] {
    const standing = new Set(this.devices.flatMap((device) => [...device.texts().values()]));
    return [...this.typed].filter(([value, { replaced }]) => !replaced && !standing.has(value)).map(([value]) => value);
  }

  private type(device: Device): void {
    if (device.queue.sync === "conflict") return;
    const seen = device.texts();
    if (this.chance() < 0.12) {
      const path = this.pick(ELEMENTS);
      for (const [place, value] of seen) if (place.startsWith(`${path}/`)) this.replace(value);
      device.queue.edit(path, null);
      return;
    }
    const path = this.pick(TEXTS);
    const parent = path.slice(0, path.lastIndexOf("/"));
    // A screen that does not show the person cannot be typed into.
    if (parent !== "" && client.valueAt(device.queue.content(), parent) === undefined) return;
    this.serial += 1;
    const value = `${path.slice(1).replaceAll("/", "-")}·${this.serial}`;
    this.replace(seen.get(path));
    this.typed.set(value, { path, replaced: false });
    device.queue.edit(path, value);
  }

  private choose(device: Device): void {
    for (const { path, theirs } of [...device.record.conflicts]) {
      this.conflicts += 1;
      const mine = textsIn(client.valueAt(device.queue.content(), path));
      const choice = this.chance() < 0.5 ? "mine" : "theirs";
      for (const value of choice === "mine" ? textsIn(theirs) : mine) this.replace(value);
      device.queue.resolve(path, choice);
    }
  }

  private replace(value: string | undefined): void {
    const known = value === undefined ? undefined : this.typed.get(value);
    if (known) known.replaced = true;
  }

  /** One call over a bad line. */
  async travel<T>(life: { over: boolean }, run: () => T): Promise<T> {
    for (let turns = this.chance() * 3; turns > 0; turns -= 1) await Promise.resolve();
    const dice = this.calm ? 1 : this.chance();
    if (dice < 0.2) {
      this.lost += 1;
      return this.offline(life);
    }
    let answer: { value: T } | { error: unknown };
    try {
      answer = { value: run() };
    } catch (error) {
      answer = { error };
    }
    for (let turns = this.chance() * 3; turns > 0; turns -= 1) await Promise.resolve();
    if (dice < 0.4) {
      this.lost += 1;
      return this.offline(life);
    }
    if (life.over) return new Promise(() => undefined);
    if ("value" in answer) return answer.value;
    throw this.told(answer.error);
  }

  private offline<T>(life: { over: boolean }): Promise<T> {
    if (life.over) return new Promise(() => undefined);
    throw Object.assign(new client.Problem(0, { code: "network.offline", title: "网络不通" }), { temporary: true });
  }

  private told(error: unknown): unknown {
    if (!(error instanceof ServerProblem)) return error;
    const { status, code } = error;
    const { members, detail, ...more } = error.extras;
    return new client.Problem(status, JSON.parse(JSON.stringify({ code, title: detail ?? code, ...more, ...members })));
  }
}

class Device {
  queue: Queue;
  record: Record_;
  private readonly world: World;
  private stored = "";
  private life = { over: false };
  private keys = 0;
  private readonly name: string;

  constructor(world: World, name: string) {
    this.world = world;
    this.name = name;
    const { server } = world;
    this.record = {
      id: "d1",
      accountId: "9",
      filingId: "1",
      create: null,
      courtCode: "鲁0102",
      courtName: "",
      causeName: "",
      version: server.version,
      content: structuredClone(server.content) as unknown as Content,
      pending: [],
      inflight: null,
      conflicts: [],
      rejected: {},
      savedAt: "",
    } as unknown as Record_;
    this.stored = JSON.stringify(this.record);
    this.queue = this.start();
  }

  /** The app is killed, and opened again over what it had stored. */
  restart(): void {
    this.world.kills += 1;
    this.life.over = true;
    this.life = { over: false };
    this.record = JSON.parse(this.stored);
    this.queue = this.start();
  }

  isDone(): boolean {
    return this.queue.sync === "synced";
  }

  /** What the person sees, by place. */
  texts(): Map<string, string> {
    const content = this.queue.content();
    const found = new Map<string, string>();
    for (const path of TEXTS) {
      const value = client.valueAt(content, path);
      if (typeof value === "string" && value !== "") found.set(path, value);
    }
    return found;
  }

  private start(): Queue {
    const { life, world } = this;
    return new client.EditQueue(this.record, {
      storage: {
        write: (_key: string, value: unknown) => {
          if (!life.over) this.stored = JSON.stringify(value);
        },
        read: () => JSON.parse(this.stored),
        remove: () => undefined,
        keys: () => [],
      },
      createFiling: () => Promise.reject(new Error("the filing is there")),
      sendEdits: (_id: string, edits: Edit[], key: string) =>
        world.travel(life, () => world.server.edits(JSON.parse(JSON.stringify(edits)), key)),
      newKey: () => {
        this.keys += 1;
        return `${this.name}-${this.keys}`;
      },
      after: () => () => undefined,
      random: () => 0.5,
    });
  }
}

/** Every text inside a value: of an element in conflict, all its fields. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(textsIn);
}
