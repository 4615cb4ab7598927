import type { PayChannel, WechatOpening } from "@/api/types";
import type { GreyPicture } from "@/capture/judge-photo";
import type { LiveDriver, LiveState, LiveTicket } from "./live";
import type { CanvasHost, Pen } from "./pen";

/** A file the person chose, kept where a restart of the app does not lose it until it is uploaded. */
export interface KeptFile {
  /** Under which name `readFile` finds its bytes again. */
  ref: string;
  name: string;
  contentType: string;
  bytes: number;
}

/** `sheet` and `archive`: an xlsx, a zip. */
export type FileSource = "camera" | "album" | "file" | "sheet" | "archive";

/**
 * What became of the cashier. `confirmed` is what WeChat's cashier says on this phone and proves nothing: the court is
 * asked. `unfinished`: the person went back, or the cashier would not open. `left`: the browser is on its way to WeChat's
 * page and will come back. `scan`: another phone has to scan this address.
 */
export type CashierOutcome =
  | { kind: "confirmed" }
  | { kind: "unfinished" }
  | { kind: "left" }
  | { kind: "scan"; codeUrl: string };

/** Reads the page in front, with a voice of this phone or the court's. "no-voice": there is neither. */
export interface Aloud {
  /** `ended` is called once, however the reading ends; `broken` where it could not go on. */
  start(ended: (broken: boolean) => void, sayings: readonly string[]): Promise<"reading" | "no-voice">;
  stop(): void;
}

export interface CalendarEntry {
  id: string;
  title: string;
  startsAt: string;
  endsAt: string;
  place: string;
}

/** What became of a voice note. `refused`: the microphone was not lent; `not-here`: this browser makes nothing the court takes. */
export type VoiceOutcome =
  | { kind: "recorded"; file: KeptFile }
  | { kind: "dropped" }
  | { kind: "refused" }
  | { kind: "not-here" };
/** A recording that runs; it ends by itself when its time is over. */
export interface Recording {
  stop(): void;
  drop(): void;
}

/** Everything that WeChat and a browser do differently. Nobody else asks on which of them we run. */
export interface Platform {
  readonly name: "weapp" | "h5";
  /** The one-time code of WeChat's sign-in, or null where there is no WeChat. */
  loginCode(): Promise<string | null>;
  /** Lets the person choose files. Nothing chosen gives an empty list. */
  chooseFiles(source: FileSource, limit: number): Promise<KeptFile[]>;
  readFile(ref: string, offset: number, length: number): Promise<ArrayBuffer>;
  dropFile(ref: string): Promise<void>;
  /** An address an `<image>` can show. */
  previewFile(ref: string): Promise<string>;
  /** A kept photograph in grey for the judging eye, its long side brought to `side`; null where it cannot be looked into. */
  greyPicture(ref: string, side: number): Promise<GreyPicture | null>;
  /** Sends bytes to a signed address; answers the status, 0 when the network gave none. */
  put(
    url: string,
    headers: Record<string, string>,
    bytes: ArrayBuffer,
    onProgress: (sent: number) => void,
  ): Promise<number>;
  /** Fetches a file that needs our sign-in and shows it: a picture in place, a document in the system's viewer. */
  showFile(url: string, headers: Record<string, string>, contentType: string): Promise<void>;
  /** The same in the system's viewer without a menu to send it on: a page of a dossier is for whoever asked for it. */
  showPages(url: string, headers: Record<string, string>): Promise<void>;
  /** Fetches what draws a PDF in the page in front; null where only the system's viewer shows one. */
  pdf: (() => Promise<typeof import("./pdf-h5")>) | null;
  /** Fetches a workbook and hands it over: saved by a browser, opened with a menu to send it on in WeChat. */
  saveSheet(url: string, headers: Record<string, string>, name: string): Promise<void>;
  /** Writes an entry into the phone's calendar: WeChat asks and writes it, a browser hands over a file. */
  addToCalendar(entry: CalendarEntry): Promise<void>;
  /** Records a voice note of at most so many seconds. `ended` is called once, however it ends; null where it never began. */
  record(ended: (outcome: VoiceOutcome) => void, seconds: number): Promise<Recording | null>;
  /** Plays a sound that needs our sign-in. */
  play(url: string, headers: Record<string, string>): Promise<void>;
  readonly aloud: {
    /** It looks at the page by itself; elsewhere the page must tell what stands on it. */
    readonly looks: boolean;
    /** What is said where there is no voice. */
    readonly noVoice: string;
    open(): Promise<Aloud>;
  };
  openPen(host: CanvasHost): Promise<Pen>;
  /** Camera and microphone for a hearing. Null in WeChat: its mini-programs know no WebRTC, and the hearing is held in the browser. */
  readonly live: LiveStage | null;
  /** How one pays here: within WeChat, by WeChat's page on a phone's browser, else by scanning with a phone. */
  payChannel(): PayChannel;
  /** Shows WeChat's cashier for an order of the court. `page` is where a browser comes back to. */
  pay(opening: WechatOpening, page: string): Promise<CashierOutcome>;
  /** A QR code as the address of a picture, drawn here; null where there is none to show one to. */
  drawQr(text: string): Promise<string | null>;
  /** The address under which anybody opens a page of this app in a browser; null where there is none. */
  addressOf(page: string): string | null;
}

/** What a page needs of a browser to take part in a hearing. */
export interface LiveStage {
  /** Throws where camera or microphone are not lent. */
  camera(): Promise<LiveSource>;
  /** Shows somebody's picture in the element of that id; with no stream it is emptied. */
  place(elementId: string, source: LiveSource | null, muted: boolean): void;
  /** How loud the own microphone is, 0 to 1. */
  loudness(source: LiveSource, heard: (level: number) => void): () => void;
  enter(options: LiveEntering): Promise<LiveRoom>;
  /** Null where this browser cannot show its screen. */
  screen: (() => Promise<LiveSource>) | null;
}
/** A stream of the browser, which pages only hand on. */
export type LiveSource = object;
export interface LiveEntering {
  driver: LiveDriver;
  ticket(): Promise<LiveTicket>;
  source: LiveSource | null;
  changed(people: string[]): void;
  state(state: LiveState): void;
}
export interface LiveRoom {
  sourceOf(person: string): LiveSource | null;
  mute(kind: "audio" | "video", off: boolean): void;
  show(screen: LiveSource | null): Promise<void>;
  stop(): void;
}
