import * as aloud from "@/aloud/in-wechat";
import type { WechatOpening } from "@/api/types";
import { newKey } from "@/values/keys";
import { type CanvasHost, type Context2d, type Pen, Strokes } from "./pen";
import { greyInWechat } from "./picture-weapp";
import type { CashierOutcome, KeptFile, Platform } from "./port";
import { playInWechat, recordInWechat } from "./voice-weapp";

const DAY_SECONDS = 86_400;
interface CalendarCall {
  title: string;
  startTime: number;
  endTime: string;
  location: string;
  alarm: boolean;
  alarmOffset: number;
  complete(): void;
}
/** WeChat's own object; uni's types do not know where the app may keep files, nor the phone's calendar. */
declare const wx: { env: { USER_DATA_PATH: string }; addPhoneCalendar(call: CalendarCall): void };

/** The canvas node of WeChat's "2d" canvas. */
interface CanvasNode {
  width: number;
  height: number;
  getContext(kind: "2d"): Context2d;
}

/** WeChat's mini-program runtime. */
export const weapp: Platform = {
  name: "weapp",
  loginCode: async () => (await uni.login({ provider: "weixin" })).code,

  async chooseFiles(source, limit) {
    const chosen =
      source === "camera" || source === "album"
        ? await fromPhotos(source, limit)
        : await fromChat(limit, ENDINGS[source]);
    return Promise.all(chosen.map(({ path, name }) => keep(path, name)));
  },

  readFile(ref, offset, length) {
    return new Promise((resolve, reject) => {
      files().readFile({
        filePath: ref,
        position: offset,
        length,
        success: ({ data }) => resolve(data as ArrayBuffer),
        fail: reject,
      });
    });
  },
  dropFile: (ref) =>
    new Promise((resolve) => {
      files().unlink({ filePath: ref, complete: () => resolve() });
    }),
  previewFile: (ref) => Promise.resolve(ref),
  greyPicture: greyInWechat,

  put(url, headers, bytes, onProgress) {
    return new Promise((resolve) => {
      uni.request({
        url,
        method: "PUT",
        header: headers,
        data: bytes,
        // WeChat tells no progress: a part must get through on the thinnest line that is any use.
        timeout: 240_000,
        success: ({ statusCode }) => {
          onProgress(bytes.byteLength);
          resolve(statusCode);
        },
        fail: () => resolve(0),
      });
    });
  },

  async showFile(url, headers, contentType) {
    const { tempFilePath, statusCode } = await uni.downloadFile({ url, header: headers });
    if (statusCode !== 200) throw new Error(`file answered ${statusCode}`);
    if (contentType.startsWith("image/")) await uni.previewImage({ urls: [tempFilePath] });
    else await uni.openDocument({ filePath: tempFilePath, fileType: "pdf", showMenu: true });
  },

  async showPages(url, headers) {
    const { tempFilePath, statusCode } = await uni.downloadFile({ url, header: headers });
    if (statusCode !== 200) throw new Error(`file answered ${statusCode}`);
    await uni.openDocument({ filePath: tempFilePath, fileType: "pdf", showMenu: false });
  },
  pdf: null,

  async saveSheet(url, headers) {
    const { tempFilePath, statusCode } = await uni.downloadFile({ url, header: headers });
    if (statusCode !== 200) throw new Error(`file answered ${statusCode}`);
    await uni.openDocument({ filePath: tempFilePath, fileType: "xlsx", showMenu: true });
  },

  addToCalendar({ title, startsAt, endsAt, place }) {
    return new Promise((resolve) => {
      wx.addPhoneCalendar({
        title,
        startTime: Math.floor(Date.parse(startsAt) / 1000),
        // WeChat wants this one as text.
        endTime: String(Math.floor(Date.parse(endsAt) / 1000)),
        location: place,
        alarm: true,
        alarmOffset: DAY_SECONDS,
        // Whoever says no to the calendar's question has decided so.
        complete: () => resolve(),
      });
    });
  },

  record: (ended, seconds) => Promise.resolve(recordInWechat(ended, seconds, keep)),
  play: playInWechat,
  aloud: {
    looks: false,
    noVoice: "法院还没有开通朗读。可以在手机“设置—无障碍”里打开屏幕朗读。",
    open: () => Promise.resolve(aloud),
  },
  openPen,
  live: null,
  payChannel: () => "wechat_jsapi",
  pay: payInWechat,
  drawQr: () => Promise.resolve(null),
  addressOf: () => null,
};

const files = () => uni.getFileSystemManager();

/** WeChat's own sheet, with exactly what the court signed. "ok" is what the phone says; only the court's answer counts. */
function payInWechat(opening: WechatOpening): Promise<CashierOutcome> {
  if (!("paySign" in opening)) return Promise.resolve({ kind: "unfinished" });
  return new Promise((resolve) => {
    uni.requestPayment({
      ...opening,
      success: () => resolve({ kind: "confirmed" }),
      fail: () => resolve({ kind: "unfinished" }),
    } as never);
  });
}

type Chosen = { path: string; name: string }[];

/** Which files of a chat are offered; undefined for all. */
const ENDINGS = { file: undefined, sheet: ["xlsx"], archive: ["zip"] };

async function fromChat(limit: number, extension: string[] | undefined): Promise<Chosen> {
  const chosen = await new Promise<UniApp.ChooseMessageFileSuccessCallbackResult | null>((resolve) => {
    uni.chooseMessageFile({
      count: limit,
      ...(extension ? { type: "file" as const, extension } : { type: "all" as const }),
      success: resolve,
      fail: () => resolve(null),
    });
  });
  return (chosen?.tempFiles ?? []).map((file) => ({ path: file.path, name: file.name }));
}

async function fromPhotos(source: "camera" | "album", limit: number): Promise<Chosen> {
  const chosen = await new Promise<UniApp.ChooseMediaSuccessCallbackResult | null>((resolve) => {
    uni.chooseMedia({
      count: Math.min(limit, 9),
      mediaType: ["image"],
      sourceType: [source],
      sizeType: ["original"],
      success: resolve,
      fail: () => resolve(null),
    });
  });
  return (chosen?.tempFiles ?? []).map((file, i) => ({
    path: file.tempFilePath,
    name: `照片${i + 1}.${endingOf(file.tempFilePath)}`,
  }));
}

function endingOf(path: string): string {
  return (path.split(".").pop() ?? "jpg").toLowerCase();
}

/** Moves a temporary file to where WeChat does not clear it away. */
function keep(path: string, name: string): Promise<KeptFile> {
  const ending = endingOf(path);
  const ref = `${wx.env.USER_DATA_PATH}/${newKey("f")}.${ending}`;
  const types: Record<string, string> = {
    jpg: "image/jpeg",
    jpeg: "image/jpeg",
    png: "image/png",
    pdf: "application/pdf",
  };
  return new Promise((resolve, reject) => {
    files().saveFile({
      tempFilePath: path,
      filePath: ref,
      success: () =>
        files().getFileInfo({
          filePath: ref,
          success: ({ size }) =>
            resolve({ ref, name, bytes: size, contentType: types[ending] ?? "application/octet-stream" }),
          fail: reject,
        }),
      fail: reject,
    });
  });
}

async function openPen(host: CanvasHost): Promise<Pen> {
  const { node, width, height } = await canvasNode(host);
  const ratio = uni.getSystemInfoSync().pixelRatio;
  node.width = width * ratio;
  node.height = height * ratio;
  const context = node.getContext("2d");
  context.scale(ratio, ratio);
  const strokes = new Strokes(context, width, height);
  return {
    down: (point) => strokes.down(point),
    move: (point) => strokes.move(point),
    up: () => {
      strokes.up();
      host.drawn();
    },
    clear: () => strokes.clear(),
    isEmpty: () => strokes.isEmpty(),
    save: async () => keep(await pictureOf(node, host.component), "签名.png"),
  };
}

function pictureOf(node: CanvasNode, component: unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    const wanted = {
      canvas: node,
      fileType: "png",
      success: (made: { tempFilePath: string }) => resolve(made.tempFilePath),
      fail: reject,
    };
    uni.canvasToTempFilePath(wanted as never, component as never);
  });
}

function canvasNode(host: CanvasHost): Promise<{ node: CanvasNode; width: number; height: number }> {
  return new Promise((resolve, reject) => {
    uni
      .createSelectorQuery()
      .in(host.component as never)
      .select(`#${host.id}`)
      .fields({ node: true, size: true } as never, (found) => {
        const canvas = found as { node: CanvasNode; width: number; height: number } | null;
        if (canvas) resolve(canvas);
        else reject(new Error("no place for the signature"));
      })
      .exec();
  });
}
