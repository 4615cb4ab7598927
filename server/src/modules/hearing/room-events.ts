interface OfRoom {
  readonly hearingId: string;
  /** Null: a reception, which belongs to no case. */
  readonly caseId: string | null;
}
interface OfPerson extends OfRoom {
  readonly presenceId: string;
  readonly role: "bench" | "party" | "witness" | "spectator";
}

declare module "#core/outbox.ts" {
  interface EventMap {
    "room.opened": OfRoom;
    "room.checked_in": OfPerson;
    "room.invited": OfPerson;
    /** A person entered, or was called in. */
    "room.admitted": OfPerson;
    /** Taken out; the media server is told until it has heard. */
    "room.sent_out": OfPerson;
    "room.left": OfPerson;
    "room.broken_off": OfPerson & { readonly source: "silence" | "page" | "court" };
    "room.came_back": OfPerson & { readonly seconds: number };
    "room.recording_started": OfRoom & { readonly ordinal: number };
    /** The files are counted and their hashes chained. */
    "room.recording_stopped": OfRoom & { readonly ordinal: number; readonly stoppedAt: string };
    /** 合成: made of the recording's files, which stay. */
    "room.film_made": OfRoom & {
      readonly ordinal: number;
      readonly seconds: number;
      readonly bytes: number;
      readonly sha256: string;
    };
    "room.film_watched": OfRoom & { readonly ordinal: number };
    "room.ended": OfRoom;
    "transcript.offered": OfRoom & { readonly pages: number };
    "transcript.signed": OfRoom & { readonly page: number; readonly presenceId: string };
    "transcript.refused": OfRoom & { readonly presenceId: string };
    "transcript.corrected": OfRoom & { readonly page: number; readonly outcome: "asked" | "done" | "kept" };
    "transcript.closed": OfRoom & { readonly pages: number };
  }
}

export type { OfPerson };
