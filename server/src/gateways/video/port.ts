import type { IncomingMessage, ServerResponse } from "node:http";
import type { Film } from "./mix-plan.ts";
import type { IceServer } from "./turn.ts";

export { GatewayError } from "../gateway-error.ts";
export type { Film, FilmSeat } from "./mix-plan.ts";

/** What a person may do in the room: everybody sees and hears; who only watches (旁听) is neither seen nor heard. */
export type VideoRole = "bench" | "party" | "witness" | "spectator";

export interface Seat {
  /** Ids of our own, decimal: the hearing, and this person's place in it. */
  readonly hearingId: string;
  readonly personId: string;
  readonly role: VideoRole;
}

/**
 * The room of a remote hearing, wherever sound and picture travel. Nobody is in it who was not admitted: `admit` opens it
 * to one person, `sendOut` takes them out at once and keeps them out. Everything may be said twice. Throws `GatewayError`
 * where the media server does not answer, `problem("room.no_video")` (503) where there is none.
 */
export interface Video {
  readonly driver: "janus" | "trtc" | "none";
  /** Where pages speak to by themselves, besides us. */
  readonly origins: readonly string[];
  /** Makes the room where it is not there (any more). */
  open(hearingId: string): Promise<void>;
  admit(seat: Seat): Promise<void>;
  sendOut(seat: Seat): Promise<void>;
  /** What the person's page needs to enter; good for a few minutes. */
  ticket(seat: Seat, until: Date): VideoTicket;
  /** Recording on or off; what is recorded is each person's own sound and picture, as it reached the server. */
  record(hearingId: string, on: boolean): Promise<void>;
  /** The files of the recordings of a hearing that are complete; `pending` counts those still being written. */
  recordings(hearingId: string): Promise<{ readonly files: readonly RecordedFile[]; readonly pending: number }>;
  /** Makes one film of recorded files, which stay, and gives it to `keep`. Null where no program for it is installed. */
  readonly film:
    | ((hearingId: string, film: Film, keep: (made: FilmFile) => Promise<void>, signal: AbortSignal) => Promise<void>)
    | null;
  close(hearingId: string): Promise<void>;
}

export type VideoTicket =
  | {
      readonly driver: "janus";
      readonly path: string;
      readonly ticket: string;
      /** Relays the page may go through, with credentials of its own. */
      readonly iceServers: readonly IceServer[];
    }
  | {
      readonly driver: "trtc";
      readonly sdkAppId: number;
      readonly userId: string;
      readonly userSig: string;
      readonly room: string;
      /** Limits what the person may do in this one room (upload or not), signed too. */
      readonly privateMapKey: string;
    };

export interface RecordedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Lies where it is only until it is kept. */
export interface FilmFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Where the pages speak to the media server: only through us, and only with a ticket. The app mounts it. */
export interface VideoDoor {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}
