import fc from "fast-check";
import { expect, test } from "vitest";
import { offlineProblem, Problem } from "../src/api/problem";
import { emptyContent, newParty } from "../src/draft/content";
import { EditQueue, type QueueMeans } from "../src/draft/edit-queue";
import { valueAt } from "../src/draft/pointer";
import { type DraftRecord, readRecord } from "../src/draft/record";
import { storage } from "../src/platform/storage";
import { newIdempotencyKey } from "../src/values/keys";
import { FilingServer } from "./filing-server";

/** What the network does to one request: it arrives and is answered, never arrives, or arrives and the answer is lost. */
type Weather = "fine" | "lost" | "answer lost";

function blankRecord(filingId: string | null = "1"): DraftRecord {
  return {
    id: "d1",
    accountId: "9",
    filingId,
    create: null,
    courtCode: null,
    courtName: "",
    causeName: "",
    version: 0,
    content: emptyContent(),
    pending: [],
    inflight: null,
    conflicts: [],
    rejected: {},
    savedAt: "",
  };
}

/** One life of the app: when it ends, the requests under way still reach the server, but nobody hears the answer. */
interface Life {
  over: boolean;
}

function meansOf(server: FilingServer, weather: () => Weather, life: Life = { over: false }): QueueMeans {
  const travel = async <T>(run: () => T): Promise<T> => {
    await Promise.resolve();
    const now = weather();
    const answer = now === "lost" ? undefined : attempt(run);
    if (life.over) return new Promise(() => {});
    if (now !== "fine" || !answer) throw offlineProblem();
    if ("error" in answer) throw answer.error;
    return answer.value;
  };
  return {
    storage,
    createFiling: (body, key) => travel(() => server.create(body, key)),
    sendEdits: (_id, edits, key) => travel(() => server.edits(JSON.parse(JSON.stringify(edits)), key)),
    newKey: newIdempotencyKey,
    after: () => () => {},
    random: () => 0.5,
  };
}

function attempt<T>(run: () => T): { value: T } | { error: unknown } {
  try {
    return { value: run() };
  } catch (error) {
    return { error };
  }
}

/** The app is killed and started again: only what was stored survives. */
function restart(means: QueueMeans): EditQueue {
  return new EditQueue(readRecord(storage, "d1")!, means);
}

test("an edit is on the phone before the call returns, and says so", () => {
  const queue = new EditQueue(
    blankRecord(),
    meansOf(new FilingServer(), () => "lost"),
  );
  queue.edit("/facts", "二〇二五年三月，李强向我借款五万元。");
  expect(queue.sync).toBe("saved");
  expect(readRecord(storage, "d1")!.pending).toEqual([
    { path: "/facts", value: "二〇二五年三月，李强向我借款五万元。", baseVersion: 0 },
  ]);
});

test("when the line is back, the next wait is short again, however long it was away", async () => {
  const waits: number[] = [];
  const means = meansOf(new FilingServer(), () => "lost");
  const after = (ms: number) => {
    waits.push(ms);
    return () => {};
  };
  const queue = new EditQueue(blankRecord(), { ...means, after });
  queue.edit("/facts", "甲");
  for (let tries = 0; tries < 5; tries += 1) await queue.flush();
  await queue.resume();
  expect(waits.slice(-6)).toEqual([750, 1500, 3000, 6000, 12000, 750]);
});

test("a lost answer is asked for again with the same key, so the batch is applied once", async () => {
  const server = new FilingServer();
  const weather: Weather[] = ["answer lost", "fine"];
  const queue = new EditQueue(
    blankRecord(),
    meansOf(server, () => weather.shift() ?? "fine"),
  );
  queue.edit("/facts", "甲");
  await queue.flush();
  expect(queue.sync).toBe("offline");
  await queue.flush();
  expect(queue.sync).toBe("synced");
  expect(server.applied).toHaveLength(1);
  expect(server.version).toBe(1);
});

test("the filing is created once, however often the answer is lost, and then everything typed before follows", async () => {
  const server = new FilingServer();
  const weather: Weather[] = ["answer lost", "lost", "answer lost"];
  const means = meansOf(server, () => weather.shift() ?? "fine");
  let queue = new EditQueue(blankRecord(null), means);
  queue.edit("/causeCode", "CIV2025:108(3)");
  queue.edit("/courtCode", "鲁0102");
  for (let i = 0; i < 6 && queue.sync !== "synced"; i++) {
    await queue.flush();
    queue = restart(means);
  }
  expect(server.created).toBe(1);
  expect(server.content.causeCode).toBe("CIV2025:108(3)");
  expect(server.courtCode).toBe("鲁0102");
});

test("two people at different fields both keep what they wrote; at the same field the person chooses", async () => {
  const server = new FilingServer();
  const queue = new EditQueue(
    blankRecord(),
    meansOf(server, () => "fine"),
  );
  queue.edit("/facts", "手机上写的");
  queue.edit("/service/phone", "13800008000");
  server.editElsewhere("/facts", "电脑上写的");
  server.editElsewhere("/service/recipient", "王芳");
  await queue.flush();
  expect(queue.sync).toBe("conflict");
  expect(queue.content().facts).toBe("手机上写的");
  expect(server.content.facts).toBe("电脑上写的");
  queue.resolve("/facts", "mine");
  await queue.flush();
  expect(queue.sync).toBe("synced");
  expect(server.content.facts).toBe("手机上写的");
  expect(server.content.service).toMatchObject({ phone: "13800008000", recipient: "王芳" });
});

test("choosing the other side's text drops only that edit", async () => {
  const server = new FilingServer();
  const queue = new EditQueue(
    blankRecord(),
    meansOf(server, () => "fine"),
  );
  queue.edit("/facts", "手机上写的");
  queue.edit("/amountFen", 5_000_000);
  server.editElsewhere("/facts", "电脑上写的");
  await queue.flush();
  queue.resolve("/facts", "theirs");
  await queue.flush();
  expect(queue.content()).toMatchObject({ facts: "电脑上写的", amountFen: 5_000_000 });
  expect(server.content).toMatchObject({ facts: "电脑上写的", amountFen: 5_000_000 });
});

test("the same text on both sides is no conflict", async () => {
  const server = new FilingServer();
  const queue = new EditQueue(
    blankRecord(),
    meansOf(server, () => "fine"),
  );
  queue.edit("/facts", "一样的");
  server.editElsewhere("/facts", "一样的");
  await queue.flush();
  expect(queue.sync).toBe("synced");
});

test("typing on while the first batch is under way is not a conflict with oneself", async () => {
  const server = new FilingServer();
  const queue = new EditQueue(
    blankRecord(),
    meansOf(server, () => "fine"),
  );
  queue.edit("/facts", "借");
  const sending = queue.flush();
  queue.edit("/facts", "借款五万");
  await sending;
  await queue.flush();
  expect(queue.sync).toBe("synced");
  expect(server.content.facts).toBe("借款五万");
});

test("one refused value holds nobody up and stays on the screen until it is changed", async () => {
  const server = new FilingServer();
  const means = meansOf(server, () => "fine");
  const honest = means.sendEdits;
  means.sendEdits = (id, edits, key) => {
    const bad = edits.findIndex((edit) => edit.path === "/service/postalCode" && edit.value === "abc");
    const errors = [{ pointer: `/edits/${bad}/value`, code: "format", message: "邮编是 6 位数字" }];
    if (bad >= 0) return Promise.reject(new Problem(422, { title: "有一项填得不对", errors }));
    return honest(id, edits, key);
  };
  const record = blankRecord();
  const queue = new EditQueue(record, means);
  queue.edit("/service/postalCode", "abc");
  queue.edit("/facts", "照样到达");
  await queue.flush();
  expect(server.content.facts).toBe("照样到达");
  expect(record.rejected).toEqual({ "/service/postalCode": { value: "abc", message: "邮编是 6 位数字" } });
  expect(queue.content().service.postalCode).toBe("abc");
  queue.edit("/service/postalCode", "250001");
  await queue.flush();
  expect(record.rejected).toEqual({});
  expect(server.content.service.postalCode).toBe("250001");
});

test("a value refused within an accepted batch stays on the screen with what the court's server said", async () => {
  const server = new FilingServer();
  const means = meansOf(server, () => "fine");
  const honest = means.sendEdits;
  means.sendEdits = async (id, edits, key) => {
    const good = edits.filter((edit) => edit.value !== "abc");
    const bad = edits.filter((edit) => edit.value === "abc");
    const answer = await honest(id, good, key);
    return { ...answer, refused: bad.map(({ path }) => ({ path, pointer: path, message: "邮编是 6 位数字" })) };
  };
  const record = blankRecord();
  const queue = new EditQueue(record, means);
  queue.edit("/facts", "照样到达");
  queue.edit("/service/postalCode", "abc");
  await queue.flush();
  expect(queue.sync).toBe("synced");
  expect(server.content).toMatchObject({ facts: "照样到达", service: { postalCode: "" } });
  expect(queue.content().service.postalCode).toBe("abc");
  expect(record.rejected["/service/postalCode"]?.message).toBe("邮编是 6 位数字");
});

test("a submitted filing takes no more edits and the person is told", async () => {
  const means = meansOf(new FilingServer(), () => "fine");
  means.sendEdits = () =>
    Promise.reject(
      new Problem(409, { code: "filing.not_editable", title: "已经提交", detail: "材料已提交，不能再改" }),
    );
  const queue = new EditQueue(blankRecord(), means);
  queue.edit("/facts", "太晚了");
  await queue.flush();
  expect(queue.sync).toBe("stopped");
  expect(queue.problem).toBe("材料已提交，不能再改");
});

// ---- any weather, any order of edits, any moment of the app's death

const party = { ...newParty("plaintiff"), key: "p1" };
const edit = fc.oneof(
  fc.record({
    path: fc.constantFrom("/facts", "/service/phone", "/answers/facts.1", "/answers/facts.2.1"),
    value: fc.string({ maxLength: 6 }),
  }),
  fc.record({ path: fc.constant("/amountFen"), value: fc.oneof(fc.nat(), fc.constant(null)) }),
  fc.record({ path: fc.constant("/courtCode"), value: fc.constantFrom("鲁0102", "鲁0103") }),
  fc.record({ path: fc.constant("/parties/p1"), value: fc.oneof(fc.constant(party), fc.constant(null)) }),
  fc.record({ path: fc.constantFrom("/parties/p1/name", "/parties/p1/phone"), value: fc.string({ maxLength: 6 }) }),
);
const happening = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("edit" as const), edit }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("send and wait" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("send" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart" as const) }) },
);

test("whatever the network and the phone do, no field is lost and none is applied against a newer one", async () => {
  const weathers = fc.array(fc.constantFrom<Weather>("fine", "lost", "answer lost"), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { maxLength: 30 }),
      weathers,
      fc.boolean(),
      async (happenings, weather, created) => {
        const server = new FilingServer();
        const sky = [...weather];
        let life: Life = { over: false };
        const begin = () => meansOf(server, () => sky.shift() ?? "fine", life);
        let queue = new EditQueue(blankRecord(created ? "1" : null), begin());
        for (const happened of happenings) {
          // A field of a person who was never added, or was taken away, cannot be on the screen.
          const shown = queue.content().parties.length > 0;
          if (happened.kind === "edit" && (shown || !happened.edit.path.startsWith("/parties/p1/"))) {
            queue.edit(happened.edit.path, happened.edit.value);
          } else if (happened.kind === "send and wait") await queue.flush();
          else if (happened.kind === "send") void queue.flush();
          else if (happened.kind === "restart") {
            const before = queue.content();
            life.over = true;
            await new Promise((resolve) => setTimeout(resolve));
            life = { over: false };
            queue = readRecord(storage, "d1")
              ? restart(begin())
              : new EditQueue(blankRecord(created ? "1" : null), begin());
            expect(queue.content()).toEqual(before);
          }
        }
        const seen = queue.content();
        queue.edit("/courtCode", "鲁0104");
        sky.length = 0;
        for (let i = 0; i < 5 && queue.sync !== "synced"; i++) await queue.flush();
        expect(queue.sync).toBe("synced");
        expect(server.content).toEqual(seen);
        expect(queue.content()).toEqual(seen);
        expect(server.courtCode).toBe("鲁0104");
        expect(server.created).toBe(created ? 0 : 1);
        storage.remove("draft:d1");
      },
    ),
    { numRuns: 400 },
  );
});

test("two windows of one browser write one draft, and neither takes anything from the other", async () => {
  const typed = fc.record({
    window: fc.constantFrom(0, 1),
    path: fc.constantFrom("/facts", "/service/recipient", "/service/address"),
    value: fc.string({ maxLength: 6 }),
    send: fc.boolean(),
  });
  const weathers = fc.array(fc.constantFrom<Weather>("fine", "lost", "answer lost"), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.array(typed, { maxLength: 20 }), weathers, async (all, weather) => {
      const server = new FilingServer();
      const sky = [...weather];
      const means = meansOf(server, () => sky.shift() ?? "fine");
      const windows: EditQueue[] = [];
      // The browser tells the other window of every write.
      const open = (own: number) =>
        new EditQueue(readRecord(storage, "d1") ?? blankRecord(), {
          ...means,
          storage: {
            ...storage,
            write(key: string, value: unknown) {
              storage.write(key, value);
              const other = windows[1 - own];
              const stored = readRecord(storage, "d1");
              if (other && stored) other.reload(stored);
            },
          },
        });
      windows.push(open(0));
      windows.push(open(1));
      const last = new Map<string, string>();
      for (const { window, path, value, send } of all) {
        windows[window]!.edit(path, value);
        last.set(path, value);
        if (send) void windows[window]!.flush();
        if (send && value.length % 2) await Promise.resolve();
      }
      sky.length = 0;
      for (let i = 0; i < 5; i++) for (const each of windows) await each.flush();
      for (const [path, value] of last) expect(valueAt(server.content, path)).toBe(value);
      for (const each of windows) expect(each.content()).toEqual(server.content);
      storage.remove("draft:d1");
    }),
    { numRuns: 300 },
  );
});
