import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { privateLoan } from "#test/filings.ts";
import { type FilingContent, filingContent } from "./content.ts";
import { type Conflict, changedPaths, type Edit, flatten, mergeEdits } from "./edits.ts";

const content = filingContent.parse(privateLoan("王芳"));
const edit = (path: string, value: unknown, baseVersion = 1): Edit => ({ path, value, baseVersion });
const merge = (edits: readonly Edit[], versions = {}, before = content) => mergeEdits(before, versions, edits, 2);

/** What a merge refused with, or undefined. */
function refusal(run: () => unknown): {
  code: string;
  extras: { members?: { conflicts: Conflict[] }; errors?: unknown };
} {
  try {
    run();
  } catch (error) {
    return error as never;
  }
  throw new Error("was not refused");
}

describe("edits in different places", () => {
  it("stand side by side, and remember in which version", () => {
    const first = merge([edit("/facts", "甲"), edit("/parties/d1/name", "李刚")]);
    const second = mergeEdits(first.content, first.versions, [edit("/parties/d1/phone", "13900139001")], 3);
    expect(second.content).toMatchObject({ facts: "甲", parties: [{}, { name: "李刚", phone: "13900139001" }] });
    expect(second.versions).toEqual({ "/facts": 2, "/parties/d1/name": 2, "/parties/d1/phone": 3 });
  });

  it("leave what was given in alone", () => {
    const before = structuredClone(content);
    merge([edit("/facts", "甲"), edit("/parties/d1", null)]);
    expect(content).toEqual(before);
  });

  it("add and remove elements by key", () => {
    const added = merge([edit("/parties/t1", { side: "third_party", kind: "natural", name: "赵敏" })]).content;
    expect(added.parties.map(({ key }) => key)).toEqual(["p1", "d1", "t1"]);
    const { content: without } = merge([edit("/parties/p1", null), edit("/claims/c2", null)], {}, added);
    expect(without.parties.map(({ key }) => key)).toEqual(["d1", "t1"]);
    expect(without.claims.map(({ key }) => key)).toEqual(["c1"]);
    expect(merge([edit("/parties/nobody", null)]).applied).toEqual([]);
  });

  it("reach an agent inside of a party", () => {
    const first = merge([edit("/parties/p1/agents/a1", { kind: "relative", name: "王海" })]).content;
    const second = merge([edit("/parties/p1/agents/a1/powers", "general")], {}, first).content;
    expect(second.parties[0]?.agents).toMatchObject([{ key: "a1", name: "王海", powers: "general" }]);
  });
});

describe("edits in the same place", () => {
  const versions = { "/facts": 5, "/parties/d1/name": 6, "/parties/p1": 7 };

  it("are all listed and none is applied", () => {
    const { code, extras } = refusal(() =>
      merge([edit("/facts", "乙", 4), edit("/parties/d1/name", "李刚", 4), edit("/amountFen", 1, 4)], versions),
    );
    expect(code).toBe("filing.conflict");
    expect(extras.members?.conflicts).toEqual([
      { path: "/facts", theirs: content.facts, version: 5 },
      { path: "/parties/d1/name", theirs: "李强", version: 6 },
    ]);
  });

  it.each([
    ["removing what another wrote in", "/parties/d1", null],
    ["replacing the list around it", "/parties", []],
    ["writing in what another replaced", "/parties/p1/phone", "13700137000"],
  ])("%s is a conflict", (_, path, value) => {
    expect(refusal(() => merge([edit(path, value, 4)], versions)).code).toBe("filing.conflict");
  });

  it("writing in what another removed is a conflict", () => {
    const removed = merge([edit("/parties/d1", null)]);
    const { extras } = refusal(() =>
      mergeEdits(removed.content, removed.versions, [edit("/parties/d1/name", "甲", 1)], 3),
    );
    expect(extras.members?.conflicts).toEqual([{ path: "/parties/d1", theirs: null, version: 2 }]);
  });

  it("are none where both say the same, also when an edit comes twice", () => {
    expect(merge([edit("/facts", content.facts, 4)], versions).applied).toEqual([]);
    const twice = edit("/parties/t1", { side: "third_party", kind: "natural", name: "赵敏" });
    const once = merge([twice]);
    expect(mergeEdits(once.content, once.versions, [twice], 3)).toMatchObject({ applied: [], refused: [] });
  });

  it("are none for whoever saw the other's", () => {
    expect(merge([edit("/facts", "乙", 5)], versions).content.facts).toBe("乙");
  });
});

it("a place that came into the form after the draft was stored takes an edit", () => {
  const old = structuredClone(content) as unknown as { parties: Record<string, unknown>[] };
  delete old.parties[0]?.["livesOnOwnIncome"];
  const { content: merged } = merge([edit("/parties/p1/livesOnOwnIncome", true)], {}, old as unknown as FilingContent);
  expect(merged.parties[0]).toMatchObject({ livesOnOwnIncome: true });
});

describe("edits that cannot stand", () => {
  it.each([
    "/__proto__/polluted",
    "/constructor/prototype/polluted",
    "/parties/__proto__",
    "/parties/p1/__proto__",
    "/answers/__proto__",
    "/answers/constructor",
    "/toString",
    "/",
    "//",
    "/parties//name",
    "/nothing",
    "/parties/p9/name",
    "/parties/p1/key",
    "/parties/0/name",
    "/facts/0",
    "/a/b/c/d/e/f/g",
    "facts",
    "/parties/p1~1name",
  ])("%s is no place", (path) => {
    const { code } = refusal(() => merge([edit(path, "x")]));
    expect(code).toBe("request.invalid");
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("a malformed value is refused by itself, the others are kept", () => {
    const {
      content: merged,
      applied,
      refused,
    } = merge([
      edit("/parties/d1/phone", "1390"),
      edit("/facts", "甲"),
      edit("/causeCode", "CIV2025:99999"),
      edit("/amountFen", 1.5),
      edit("/parties/d1/name", "李刚"),
    ]);
    expect(merged).toMatchObject({ facts: "甲", causeCode: content.causeCode, amountFen: content.amountFen });
    expect(merged.parties[1]).toMatchObject({ name: "李刚", phone: content.parties[1]?.phone });
    expect(applied).toEqual(["/facts", "/parties/d1/name"]);
    expect(refused.map(({ pointer }) => pointer).sort()).toEqual(["/amountFen", "/causeCode", "/parties/d1/phone"]);
    for (const { message } of refused) expect(message).toMatch(/\p{Script=Han}/u);
  });

  it("a kind of document that does not go with the number is refused, not what else was written about the person", () => {
    const { applied, refused } = merge([
      edit("/parties/p1/workplace", "某厂"),
      edit("/parties/p1/idType", "hk_macau_permit"),
      edit("/facts", "甲"),
    ]);
    expect(applied).toEqual(["/parties/p1/workplace", "/facts"]);
    expect(refused.map(({ path }) => path)).toEqual(["/parties/p1/idType"]);
  });

  it("where none is left, all refusals are told", () => {
    const { code, extras } = refusal(() => merge([edit("/amountFen", -1), edit("/parties/p1/email", "x@")]));
    expect(code).toBe("request.invalid");
    expect(extras.errors).toMatchObject([{ pointer: "/amountFen" }, { pointer: "/parties/p1/email" }]);
  });
});

describe("two devices", () => {
  const places = [
    "/facts",
    "/parties/p1/workplace",
    "/parties/d1/occupation",
    "/service/recipient",
    "/answers/facts.1",
    "/claims/c1/text",
  ];
  const step = fc.record({
    device: fc.constantFrom(0, 1),
    path: fc.constantFrom(...places),
    value: fc.constantFrom("甲", "乙", "丙丁"),
    refresh: fc.boolean(),
  });

  it("lose nothing without a conflict, in whatever order they write", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let state = { content, versions: {} as Record<string, number>, version: 1 };
        const seen = [1, 1];
        const expected = new Map<string, unknown>();
        for (const { device, path, value, refresh } of steps) {
          if (refresh) seen[device] = state.version;
          const standing = expected.get(path) ?? flatten(state.content).get(path);
          const isStale = (state.versions[path] ?? 0) > (seen[device] ?? 0);
          try {
            const merged = mergeEdits(
              state.content,
              state.versions,
              [edit(path, value, seen[device])],
              state.version + 1,
            );
            expect(isStale && standing !== value, "an unseen value is not written over").toBe(false);
            state = {
              content: merged.content,
              versions: { ...merged.versions },
              version: state.version + (merged.applied.length > 0 ? 1 : 0),
            };
            expected.set(path, value);
          } catch (error) {
            if ((error as { code?: string }).code !== "filing.conflict") throw error;
            expect(isStale, "a conflict is told only of what was not seen").toBe(true);
            seen[device] = state.version;
          }
          for (const [known, stands] of expected) expect(flatten(state.content).get(known)).toBe(stands);
        }
      }),
      { numRuns: 200 },
    );
  });
});

it("knows the places in which two contents differ", () => {
  const after: FilingContent = structuredClone(content);
  after.facts = "甲";
  after.claims.pop();
  (after.parties[1] as { name: string }).name = "李刚";
  expect(changedPaths(content, after).sort()).toEqual([
    "/claims/#",
    "/claims/c2/amountFen",
    "/claims/c2/text",
    "/facts",
    "/parties/d1/name",
  ]);
});

it("reads a hundred edits of a hundred parties in a moment", () => {
  const parties = Array.from({ length: 100 }, (_, at) => ({
    key: `p${at}`,
    side: "plaintiff",
    kind: "natural",
    name: "王",
  }));
  const many = filingContent.parse({ parties });
  const began = process.cpuUsage();
  const { applied, refused } = merge(
    many.parties.map(({ key }, at) => edit(`/parties/${key}/${at % 2 ? "name" : "phone"}`, `李${at}`)),
    {},
    many,
  );
  expect([applied.length, refused.length]).toEqual([50, 50]);
  // Of the processor, not of the clock on the wall: others may be at work here too.
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1000).toBeLessThan(500);
});
