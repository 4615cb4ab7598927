// WeChat's `wx` as far as this app uses it. It keeps what it was asked (`asked`), so that a test can say what must have happened.

const SYSTEM = {
  platform: "android",
  brand: "devtools",
  model: "phone",
  system: "Android 12",
  version: "8.0.50",
  SDKVersion: "3.5.0",
  language: "zh_CN",
  pixelRatio: 2,
  windowWidth: 375,
  windowHeight: 667,
  screenWidth: 375,
  screenHeight: 667,
  statusBarHeight: 20,
  safeArea: { top: 20, left: 0, right: 375, bottom: 667, width: 375, height: 647 },
};

export function makeWx(answer, stored) {
  const storage = new Map(Object.entries(stored).map(([key, value]) => [key, JSON.stringify(value)]));
  const files = new Map();
  const asked = [];
  const note = (name) => (options = {}) => {
    asked.push([name, options]);
    setTimeout(() => {
      options.success?.({ confirm: true, errMsg: `${name}:ok` });
      options.complete?.({});
    });
  };
  const wx = {
    asked,
    files,
    storage,
    env: { USER_DATA_PATH: "wxfile://usr" },
    getStorageSync: (key) => (storage.has(key) ? JSON.parse(storage.get(key)) : ""),
    setStorageSync: (key, value) => void storage.set(key, JSON.stringify(value)),
    setStorage({ key, data, success, complete }) {
      storage.set(key, JSON.stringify(data));
      success?.({ errMsg: "setStorage:ok" });
      complete?.({ errMsg: "setStorage:ok" });
    },
    removeStorageSync: (key) => void storage.delete(key),
    getStorageInfoSync: () => ({ keys: [...storage.keys()], currentSize: 1, limitSize: 10240 }),
    login: ({ success }) => success({ code: "the-code", errMsg: "login:ok" }),
    request: (options) => request(options, answer, asked),
    // WeChat's cashier: the person pays, or leaves it where `payFails`.
    payFails: false,
    requestPayment: (options) => {
      asked.push(["requestPayment", options]);
      setTimeout(() => (wx.payFails ? options.fail?.({ errMsg: "requestPayment:fail cancel" }) : options.success?.({ errMsg: "requestPayment:ok" })));
    },
    chooseMedia: ({ success }) => {
      files.set("tmp/photo.jpg", Buffer.from("a photo of a loan note"));
      success({ tempFiles: [{ tempFilePath: "tmp/photo.jpg", size: files.get("tmp/photo.jpg").length, fileType: "image" }], type: "image" });
    },
    createLivePusherContext: (id) => ({ start: () => void asked.push(["start pusher", id]), stop: () => void asked.push(["stop pusher", id]) }),
    getFileSystemManager: () => fileSystem(files),
    // The phone's loudspeaker: what is played lasts until the test lets it end.
    heard: [],
    createInnerAudioContext: () => audioContext(wx),
    setInnerAudioOption: () => {},
    createSelectorQuery: () => selectorQuery(),
    getLaunchOptionsSync: () => ({ path: "", query: {}, scene: 1001 }),
    getEnterOptionsSync: () => ({ path: "", query: {}, scene: 1001 }),
    getAccountInfoSync: () => ({ miniProgram: { appId: "touristappid", envVersion: "release" } }),
    getMenuButtonBoundingClientRect: () => ({ top: 24, bottom: 56, height: 32, left: 278, right: 365, width: 87 }),
    canIUse: () => true,
    nextTick: (run) => void Promise.resolve().then(run),
    onNetworkStatusChange: () => {},
    getNetworkType: ({ success }) => success?.({ networkType: "wifi" }),
  };
  for (const name of ["getSystemInfoSync", "getWindowInfo", "getDeviceInfo", "getAppBaseInfo", "getSystemSetting"]) wx[name] = () => SYSTEM;
  const acts = ["navigateTo", "redirectTo", "switchTab", "navigateBack", "reLaunch", "showModal", "showToast", "setTabBarBadge", "authorize"];
  const more = ["addPhoneCalendar", "removeTabBarBadge", "stopPullDownRefresh", "pageScrollTo", "setClipboardData", "setNavigationBarTitle"];
  for (const name of [...acts, ...more]) wx[name] = note(name);
  const listens = (name) => typeof name === "string" && /^(on|off)[A-Z]/.test(name);
  return new Proxy(wx, {
    get: (target, name) => (name in target ? target[name] : listens(name) ? () => {} : undefined),
    has: (target, name) => name in target,
  });
}

function request(options, answer, asked) {
  const method = options.method ?? "GET";
  const path = options.url.replace(/^.*\/api\/v1/, "");
  const body = typeof options.data === "string" ? JSON.parse(options.data) : options.data;
  const call = { method, path, body, header: options.header ?? {} };
  asked.push(["request", call]);
  setTimeout(() => {
    const answered = answer(call);
    if (!answered) options.fail?.({ errMsg: "request:fail" });
    else options.success?.({ statusCode: answered.status, data: dataOf(answered, options.responseType), header: {}, cookies: [] });
    options.complete?.({});
  }, 1);
  return { abort() {}, onHeadersReceived() {}, offHeadersReceived() {} };
}

function dataOf({ body, bytes }, responseType) {
  const text = body === undefined ? "" : JSON.stringify(body);
  return responseType === "arraybuffer" ? new Uint8Array(bytes ?? Buffer.from(text)).buffer : text;
}

function audioContext(wx) {
  const told = {};
  const sound = {
    src: "",
    onEnded: (run) => void (told.ended = run),
    onError: (run) => void (told.error = run),
    play() {
      wx.heard.push(wx.files.get(sound.src).toString());
      wx.endSound = () => told.ended?.();
    },
    destroy() {
      wx.endSound = null;
    },
  };
  return sound;
}

function fileSystem(files) {
  return {
    writeFile: ({ filePath, data, success }) => {
      files.set(filePath, Buffer.from(data));
      success({});
    },
    saveFile: ({ tempFilePath, filePath, success }) => {
      files.set(filePath, files.get(tempFilePath));
      success({ savedFilePath: filePath });
    },
    getFileInfo: ({ filePath, success }) => success({ size: files.get(filePath).length }),
    readFile: ({ filePath, position, length, success }) => {
      const bytes = files.get(filePath).subarray(position, position + length);
      success({ data: new Uint8Array(bytes).buffer });
    },
    unlink: ({ filePath, complete }) => {
      files.delete(filePath);
      complete?.({});
    },
  };
}

/** Finds the signature's canvas, whose pen writes nowhere. */
function selectorQuery() {
  const pen = new Proxy({}, { get: () => () => {}, set: () => true });
  const node = { width: 0, height: 0, getContext: () => pen };
  const query = {
    in: () => query,
    select: () => query,
    fields: (_wanted, callback) => {
      query.callback = callback;
      return query;
    },
    boundingClientRect: () => query,
    selectViewport: () => query,
    scrollOffset: () => query,
    exec: (done) => {
      query.callback?.({ node, width: 340, height: 220 });
      done?.([{ node, width: 340, height: 220 }]);
    },
  };
  return query;
}
