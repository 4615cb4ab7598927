/** A hearing's picture and sound in a browser, whichever way the court lets them travel. */

interface Who {
  role: "bench" | "party" | "witness" | "spectator";
  personId: string;
}
/** What lets a page in: at the court's own media server, or at Tencent's cloud, as signed by the court. */
export type LiveTicket = Who &
  (
    | { driver: "janus"; path: string; ticket: string; iceServers: RTCIceServer[] }
    | { driver: "trtc"; sdkAppId: number; userId: string; userSig: string; room: string; privateMapKey: string }
  );
export type LiveDriver = LiveTicket["driver"];
export type TicketOf<D extends LiveDriver> = Extract<LiveTicket, { driver: D }>;

export type LiveState = "connecting" | "in" | "lost" | "out";
export interface LiveOptions<T = LiveTicket> {
  /** A new one each time the room is entered. */
  ticket(): Promise<T>;
  /** The own camera and microphone; null for who only watches. */
  stream: MediaStream | null;
  /** Who is seen or heard now, by the number of the person. */
  changed(people: string[]): void;
  state(state: LiveState): void;
}
export interface Live {
  streamOf(person: string): MediaStream | null;
  mute(kind: "audio" | "video", off: boolean): void;
  /** The screen instead of the camera; null: the camera again. */
  show(screen: MediaStream | null): Promise<void>;
  stop(): void;
}

/** Enters the room and stays in it until `stop`, anew where the network broke. Only the way that is gone is loaded. */
export async function openLive(driver: LiveDriver, options: LiveOptions): Promise<Live> {
  const ticketOf = <D extends LiveDriver>() => options.ticket() as Promise<TicketOf<D>>;
  if (driver === "trtc") return (await import("./live-trtc")).openTrtc({ ...options, ticket: ticketOf<"trtc"> });
  return (await import("./live-janus")).openJanus({ ...options, ticket: ticketOf<"janus"> });
}
