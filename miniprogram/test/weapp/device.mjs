// A WeChat client small enough to read: runs the built mini-program in a vm with our `wx`, draws its pages with WeChat's own
// WXML compiler, and lets a test look at what is on the screen and touch it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, normalize } from "node:path/posix";
import vm from "node:vm";
import { Instance } from "./instance.mjs";
import { makeWx } from "./wx.mjs";

const { wxmlToJs } = createRequire(import.meta.url)("miniprogram-compiler");

/** Compiles every WXML of the build; throws with WeChat's own message when one is wrong. */
export function compileWxml(folder) {
  const code = wxmlToJs(folder);
  const sandbox = vm.createContext({ console, setTimeout });
  sandbox.window = sandbox;
  return vm.runInContext(`(function(global){${code}\n})({})`, sandbox);
}

export class Device {
  /** `answer({ method, path, body })` is the court's server: `{ status, body }`, or null for a network without answer. */
  constructor(folder, templates, answer, stored = {}) {
    this.folder = folder;
    this.templates = templates;
    this.definitions = new Map();
    this.modules = new Map();
    this.errors = [];
    this.stack = [];
    this.wx = makeWx(answer, stored);
    this.context = vm.createContext(this.globals());
    this.context.global = this.context;
    this.run("app.js");
    this.app?.onLaunch?.call(this.app, { path: "", query: {}, scene: 1001 });
    this.app?.onShow?.call(this.app, { path: "", query: {}, scene: 1001 });
  }

  /** Opens a page as the client would and waits until nothing more happens. */
  async open(route, query = {}) {
    const page = new Instance(this, route, null, {}, { route, options: query });
    this.page = page;
    this.stack.push(page.self);
    page.attach();
    page.call("onLoad", query);
    page.call("onShow");
    page.render();
    page.ready();
    await this.settle();
    return this;
  }

  /** Another page or another app comes in front. */
  async hide() {
    this.page.call("onHide");
    await this.settle();
  }

  /** Waits, within reason, for words that come a little later: after a debounce, after a second answer. */
  async shows(word) {
    for (let i = 0; i < 8 && !this.text().includes(word); i++) await this.settle();
    return this.text().includes(word);
  }

  /** Everything to be read on the screen, in order. */
  text() {
    return this.page
      .compose()
      .map(textOf)
      .join(" ")
      .replace(/\s+/g, " ");
  }

  /** The element with this data-test, as drawn now. */
  find(test) {
    return search(this.page.compose(), (node) => node.attr?.["data-test"] === test);
  }

  async tap(test) {
    const node = this.find(test);
    if (!node) throw new Error(`nothing on the screen is called ${test}`);
    await this.fire(node, "tap", {});
  }

  async type(test, value) {
    const node = this.find(test);
    if (!node) throw new Error(`nothing on the screen is called ${test}`);
    await this.fire(node, "input", { value });
  }

  async fire(node, event, detail) {
    const handler = node.attr[`bind${event}`] ?? node.attr[`bind:${event}`];
    if (!handler) throw new Error(`${node.tag} does not listen to ${event}`);
    const target = { dataset: {}, id: "" };
    node.owner.self[handler]({ type: event, detail, target, currentTarget: target, timeStamp: Date.now() });
    await this.settle();
  }

  async settle(rounds = 12) {
    for (let i = 0; i < rounds; i++) {
      await new Promise((resolve) => setTimeout(resolve, 12));
      this.page?.render();
    }
    if (this.errors.length > 0) throw this.errors[0];
  }

  /** The definition a file registered, with the components it uses. */
  definition(path) {
    if (!this.definitions.has(path)) {
      this.running = path;
      this.run(`${path}.js`);
      const used = JSON.parse(readFileSync(join(this.folder, `${path}.json`), "utf8")).usingComponents ?? {};
      const components = Object.fromEntries(
        Object.entries(used).map(([tag, where]) => [`wx-${tag}`, where.startsWith("/") ? where.slice(1) : normalize(join(path, "..", where))]),
      );
      Object.assign(this.definitions.get(path), { components });
    }
    return this.definitions.get(path);
  }

  run(file) {
    const path = normalize(file);
    const known = this.modules.get(path);
    if (known) return known.exports;
    const module = { exports: {} };
    this.modules.set(path, module);
    const code = readFileSync(join(this.folder, path), "utf8");
    const load = vm.runInContext(`(function(require,module,exports,define){${code}\n})`, this.context, { filename: path });
    const beside = (wanted) => this.run(wanted.startsWith("/") ? wanted.slice(1) : join(path, "..", wanted));
    load(beside, module, module.exports);
    return module.exports;
  }

  globals() {
    const register = (options) => this.definitions.set(this.running, { options });
    const { errors } = this;
    // Vue reports what a component throws on the console: here it fails the check.
    const console_ = { ...console, error: (...words) => errors.push(words.find((each) => each instanceof Error) ?? new Error(words.join(" "))) };
    return {
      wx: this.wx,
      console: console_,
      setTimeout,
      clearTimeout,
      setInterval: (run, ms) => setInterval(run, ms).unref(),
      clearInterval,
      App: (options) => {
        this.app = options;
      },
      Page: register,
      Component: register,
      Behavior: (options) => options,
      getApp: () => this.app,
      getCurrentPages: () => this.stack,
      __wxConfig: {},
    };
  }
}

function textOf(node) {
  return typeof node === "string" ? node : (node.children ?? []).map(textOf).join(" ");
}

function search(nodes, fits) {
  for (const node of nodes) {
    if (typeof node === "string") continue;
    if (fits(node)) return node;
    const below = search(node.children ?? [], fits);
    if (below) return below;
  }
  return null;
}
