import { addressOf, browserChannel, drawQr, payInBrowser } from "./browser-pay";
import { dropBlob, keepBlob, keptBlob } from "./kept-files";
import { liveStage } from "./live-stage";
import { type CanvasHost, type Pen, type Point, Strokes } from "./pen";
import { greyInBrowser } from "./picture-h5";
import type { FileSource, KeptFile, Platform } from "./port";

/** How long a sending may stand still. */
const STILL_MS = 45_000;

/** The browser. What only WeChat can do says so instead of pretending. */
export const h5: Platform = {
  name: "h5",
  loginCode: () => Promise.resolve(null),

  async chooseFiles(source, limit) {
    const files = await askForFiles(source, limit > 1);
    return Promise.all(files.slice(0, limit).map((file) => keep(file, file.name)));
  },

  async readFile(ref, offset, length) {
    const blob = await keptBlob(ref);
    if (!blob) throw new Error("file gone");
    return blob.slice(offset, offset + length).arrayBuffer();
  },
  dropFile: dropBlob,
  async previewFile(ref) {
    const blob = await keptBlob(ref);
    return blob ? URL.createObjectURL(blob) : "";
  },

  greyPicture: greyInBrowser,

  put(url, headers, bytes, onProgress) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("PUT", url);
      for (const [name, value] of Object.entries(headers)) {
        if (!/^(?:host|content-length)$/i.test(name)) request.setRequestHeader(name, value);
      }
      // A thin line may take its time; one on which nothing moves at all is dead, whatever the browser believes.
      let moved = Date.now();
      const watch = setInterval(() => Date.now() - moved > STILL_MS && request.abort(), 1000);
      const end = (status: number) => {
        clearInterval(watch);
        resolve(status);
      };
      request.upload.onprogress = (event) => {
        moved = Date.now();
        onProgress(event.loaded);
      };
      request.onload = () => end(request.status);
      request.onerror = request.ontimeout = request.onabort = () => end(0);
      request.send(bytes);
    });
  },

  async showFile(url, headers, contentType) {
    const answer = await fetch(url, { headers });
    if (!answer.ok) throw new Error(`file answered ${answer.status}`);
    const address = URL.createObjectURL(await answer.blob());
    if (contentType.startsWith("image/")) await uni.previewImage({ urls: [address] });
    else window.open(address, "_blank", "noopener");
  },

  showPages: () => Promise.reject(new Error("a browser draws them itself")),
  pdf: () => import("./pdf-h5"),

  async saveSheet(url, headers, name) {
    const answer = await fetch(url, { headers });
    if (!answer.ok) throw new Error(`file answered ${answer.status}`);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  },

  addToCalendar: async (entry) => (await import("./calendar-h5")).addToCalendar(entry),
  record: async (ended, seconds) => (await import("./voice-h5")).recordInBrowser(ended, seconds),
  play: async (url, headers) => (await import("./voice-h5")).playInBrowser(url, headers),
  aloud: {
    looks: true,
    noVoice: "这个浏览器没有可用的中文声音。可以换用手机自带的浏览器，或在手机“设置—无障碍”里打开屏幕朗读。",
    open: () => import("@/aloud/in-browser"),
  },
  openPen: (host) => Promise.resolve(penOn(host)),
  live: liveStage,
  payChannel: () => browserChannel(navigator.userAgent),
  pay: (opening, page) => Promise.resolve(payInBrowser(opening, addressOf(page))),
  drawQr,
  addressOf,
};

async function keep(blob: Blob, name: string): Promise<KeptFile> {
  return { ref: await keepBlob(blob), name, contentType: blob.type || typeByName(name), bytes: blob.size };
}

/** Some Android pickers leave the type empty. */
function typeByName(name: string): string {
  const ending = name.toLowerCase().split(".").pop() ?? "";
  const types: Record<string, string> = {
    jpg: "image/jpeg",
    jpeg: "image/jpeg",
    png: "image/png",
    pdf: "application/pdf",
  };
  return types[ending] ?? "application/octet-stream";
}

const ACCEPTED: Record<FileSource, string> = {
  camera: "image/*",
  album: "image/*",
  file: "image/*,.pdf,.docx,.xlsx,.mp3,.m4a,.mp4",
  sheet: ".xlsx",
  archive: ".zip",
};

function askForFiles(source: FileSource, multiple: boolean): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = multiple && source !== "camera";
    input.accept = ACCEPTED[source];
    if (source === "camera") input.setAttribute("capture", "environment");
    input.style.display = "none";
    const answer = () => {
      resolve([...(input.files ?? [])]);
      input.remove();
    };
    input.addEventListener("change", answer);
    input.addEventListener("cancel", answer);
    document.body.append(input);
    input.click();
  });
}

function penOn(host: CanvasHost): Pen {
  const holder = document.getElementById(host.id);
  if (!holder) throw new Error("no place for the signature");
  const { width, height } = holder.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  const ratio = Math.max(2, window.devicePixelRatio || 1);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  Object.assign(canvas.style, { width: "100%", height: "100%", touchAction: "none", display: "block" });
  holder.replaceChildren(canvas);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas here");
  context.scale(ratio, ratio);
  const strokes = new Strokes(context, width, height);
  listen(canvas, strokes, host.drawn);
  return {
    down: () => {},
    move: () => {},
    up: () => {},
    clear: () => strokes.clear(),
    isEmpty: () => strokes.isEmpty(),
    save: async () => {
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
      if (!blob) throw new Error("no picture of the signature");
      return keep(blob, "签名.png");
    },
  };
}

function listen(canvas: HTMLCanvasElement, strokes: Strokes, drawn: () => void): void {
  const at = (event: PointerEvent): Point => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    strokes.down(at(event));
  });
  canvas.addEventListener("pointermove", (event) => strokes.move(at(event)));
  for (const end of ["pointerup", "pointercancel"] as const) {
    canvas.addEventListener(end, () => {
      strokes.up();
      drawn();
    });
  }
}
