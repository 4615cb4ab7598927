import { mount } from "@vue/test-utils";
import { afterEach, describe, expect, test, vi } from "vitest";
import HelpOverlay from "./HelpOverlay.vue";
import { type Command, commandOf, keyTable, type Pressed } from "./keys.ts";
import { type Hands, isOffered, runCommand } from "./run-command.ts";

const press = (code: string, more: Partial<Pressed> = {}): Pressed => ({
  code,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  isComposing: false,
  target: document.body,
  ...more,
});

describe("the keyboard of the review screen", () => {
  test.each([
    ["KeyA", "accept"],
    ["KeyR", "return"],
    ["KeyX", "refuse"],
    ["KeyT", "transfer"],
    ["KeyM", "mediate"],
    ["KeyS", "skip"],
    ["KeyE", "extend"],
    ["KeyL", "release"],
    ["KeyN", "next"],
    ["KeyC", "claim"],
    ["KeyJ", "field-down"],
    ["KeyK", "field-up"],
    ["BracketLeft", "page-back"],
    ["BracketRight", "page-forward"],
  ])("%s is %s", (code, command) => {
    expect(commandOf(press(code), false)).toBe(command);
  });

  test("? needs shift, and shift with a letter is nothing", () => {
    expect(commandOf(press("Slash", { shiftKey: true }), false)).toBe("help");
    expect(commandOf(press("Slash"), false)).toBeNull();
    expect(commandOf(press("KeyA", { shiftKey: true }), false)).toBeNull();
  });

  test("a modifier, a composition or an open dialog keeps the key for others", () => {
    for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }])
      expect(commandOf(press("KeyA", more), false)).toBeNull();
    expect(commandOf(press("KeyA"), true)).toBeNull();
  });

  test("a decision key held down decides nothing; walking may be held down", () => {
    expect(commandOf(press("KeyA", { repeat: true }), false)).toBeNull();
    expect(commandOf(press("KeyN", { repeat: true }), false)).toBeNull();
    expect(commandOf(press("KeyJ", { repeat: true }), false)).toBe("field-down");
  });

  test.each(["input", "textarea", "select"])("typing in a %s is typing", (tag) => {
    expect(commandOf(press("KeyX", { target: document.createElement(tag) }), false)).toBeNull();
  });

  test("a switch in focus does not swallow the keys", () => {
    const box = Object.assign(document.createElement("input"), { type: "checkbox" });
    expect(commandOf(press("KeyJ", { target: box }), false)).toBe("field-down");
  });

  test("no key means two things", () => {
    const seen = keyTable.map((line) => `${line.code}${line.shift ? "+shift" : ""}`);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe("what a key does", () => {
  const hands = (open: string[]) => {
    const done: string[] = [];
    const note = (name: string) =>
      vi.fn((value?: unknown) => void done.push(value === undefined ? name : `${name} ${value}`));
    const all: Hands = {
      may: (action) => open.includes(action),
      act: note("act"),
      next: note("next"),
      walk: note("walk"),
      mark: note("mark"),
      reveal: note("reveal"),
      help: note("help"),
      panel: note("panel"),
      viewer: { step: note("step"), zoom: note("zoom"), rotate: note("rotate") },
    };
    return { all, done };
  };
  afterEach(() => vi.restoreAllMocks());

  test("only moves the server offers are made", () => {
    const { all, done } = hands(["accept", "extend"]);
    const asked: Command[] = [
      "accept",
      "return",
      "refuse",
      "transfer",
      "mediate",
      "claim",
      "skip",
      "extend",
      "release",
      "mark",
    ];
    expect(asked.filter((command) => runCommand(command, all))).toEqual(["accept", "extend"]);
    expect(done).toEqual(["act accept", "act extend"]);
  });

  test("reading needs no move", () => {
    const { all, done } = hands([]);
    for (const command of ["field-down", "page-back", "zoom-in", "panel-3", "help", "next"] as Command[])
      runCommand(command, all);
    expect(done).toEqual(["walk 1", "step -1", "zoom 0.2", "panel 3", "help", "next"]);
  });

  test("every key of the table has something to do", () => {
    const open = ["accept", "return", "refuse", "transfer", "mediate", "claim", "skip", "extend", "release"];
    for (const line of keyTable) {
      const { all, done } = hands(open);
      expect(runCommand(line.command, all), line.command).toBe(true);
      expect(done, line.command).toHaveLength(1);
    }
  });

  test("the help shows every key, and says which rest now: those that would do nothing", () => {
    const { all } = hands(["accept", "extend"]);
    const offers = (command: Command) => isOffered(command, all.may);
    const wrapper = mount(HelpOverlay, {
      props: { modelValue: true, offers },
      global: { stubs: { ElDialog: { template: "<div><slot /></div>" } } },
    });
    for (const line of keyTable) {
      const shown = wrapper.get(`[data-test=help-${line.command}]`);
      expect(shown.text()).toContain(line.label);
      expect(shown.text().includes("现在不可用"), line.command).toBe(!runCommand(line.command, all));
    }
    expect(wrapper.findAll(".rests")).toHaveLength(8);
  });
});
