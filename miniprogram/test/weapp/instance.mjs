// One page or component of the running mini-program, as WeChat's component system keeps it.

export class Instance {
  constructor(device, path, owner, attr, extra = {}) {
    const { options, components } = device.definition(path);
    Object.assign(this, { device, path, owner, attr, options, components, children: new Map(), tree: null });
    this.self = Object.assign(Object.create(null), options.methods, lifeMethods(options), extra, {
      is: path,
      data: structuredClone(options.data ?? {}),
      properties: { ...defaults(options.properties), ...propertiesIn(attr) },
      dataset: {},
      setData: (changes, done) => this.setData(changes, done),
      triggerEvent: (name, detail) => this.trigger(name, detail),
      selectComponent: () => null,
      selectAllComponents: () => [],
      groupSetData: (run) => run(),
      createSelectorQuery: () => device.wx.createSelectorQuery(),
    });
    if (extra.route) this.self.__route__ = extra.route;
  }

  attach() {
    const { options, self } = this;
    (options.created ?? options.lifetimes?.created)?.call(self);
    (options.lifetimes?.attached ?? options.attached)?.call(self);
  }

  ready() {
    (this.options.lifetimes?.ready ?? this.options.ready)?.call(this.self);
    this.call("onReady");
  }

  detach() {
    for (const child of this.children.values()) child.detach();
    (this.options.lifetimes?.detached ?? this.options.detached)?.call(this.self);
  }

  call(method, ...args) {
    return this.self[method]?.(...args);
  }

  /** As in WeChat, children learn of new properties within the call: uni's runtime counts on every single change. */
  setData(changes, done) {
    for (const [path, value] of Object.entries(changes)) setAt(this.self.data, path, value);
    if (this.tree) this.render();
    if (done) setTimeout(done, 0);
  }

  /** Draws this component and everything in it; creates, updates and removes children as the drawing demands. */
  render() {
    const draw = this.device.templates(`${this.path}.wxml`);
    this.tree = draw({ ...this.self.properties, ...this.self.data }, {}, {}).children;
    const seen = new Set();
    this.visit(this.tree, seen);
    for (const [id, child] of this.children) {
      if (seen.has(id)) continue;
      child.detach();
      this.children.delete(id);
    }
  }

  visit(nodes, seen) {
    for (const node of nodes) {
      if (typeof node !== "object" || node === null) continue;
      const path = this.components[node.tag];
      if (path) this.update(node, path, seen);
      this.visit(node.children ?? [], seen);
    }
  }

  update(node, path, seen) {
    const id = `${path}#${node.attr.uI}`;
    seen.add(id);
    let child = this.children.get(id);
    if (!child) {
      child = new Instance(this.device, path, this, node.attr);
      this.children.set(id, child);
      child.attach();
      child.render();
      child.ready();
    } else {
      child.attr = node.attr;
      for (const [name, value] of Object.entries(propertiesIn(node.attr))) {
        const before = child.self.properties[name];
        child.self.properties[name] = value;
        if (before !== value) child.options.observers?.[name]?.call(child.self, value);
      }
      child.render();
    }
    node.instance = child;
  }

  /** The drawing with every component replaced by its own drawing and every slot by what its owner put there. */
  compose(slotted = []) {
    return (this.tree ?? []).flatMap((node) => this.composeNode(node, slotted));
  }

  composeNode(node, slotted) {
    if (typeof node !== "object" || node === null) return [String(node ?? "")];
    if (node.tag === "wx-slot" || node.tag === "slot") return slotted;
    const children = (node.children ?? []).flatMap((child) => this.composeNode(child, slotted));
    if (node.instance) return [{ tag: node.tag, attr: node.attr, owner: this, children: node.instance.compose(children) }];
    return [{ tag: node.tag, attr: node.attr ?? {}, owner: this, children }];
  }

  /** An event of a component reaches the method its owner's WXML names. */
  trigger(name, detail) {
    const handler = this.attr[`bind:${name}`] ?? this.attr[`bind${name}`];
    const method = handler && this.owner?.self[handler];
    const target = { dataset: {}, id: "" };
    if (method) method.call(this.owner.self, { type: name, detail, target, currentTarget: target, timeStamp: Date.now() });
  }
}

function lifeMethods(options) {
  return Object.fromEntries(Object.entries(options).filter(([name, value]) => /^on[A-Z]/.test(name) && typeof value === "function"));
}

function defaults(properties = {}) {
  return Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, each?.value ?? null]));
}

function propertiesIn(attr) {
  return Object.fromEntries(Object.entries(attr).filter(([name]) => /^u[A-Z]/.test(name)));
}

function setAt(root, path, value) {
  const keys = path.replace(/\[(\d+)\]/g, ".$1").split(".").filter(Boolean);
  let place = root;
  keys.slice(0, -1).forEach((key, n) => {
    place[key] ??= /^\d+$/.test(keys[n + 1]) ? [] : {};
    place = place[key];
  });
  place[keys.at(-1)] = value;
}
