import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../outbound.ts";
import { janusDoor } from "./janus-door.ts";
import { signPass } from "./janus-pass.ts";
import { type JanusConfig, janusRooms } from "./janus-rooms.ts";
import { canMix, mix } from "./mix.ts";
import type { RecordedFile, Video, VideoDoor } from "./port.ts";
import { problem } from "./problems.ts";
import { iceServers } from "./turn.ts";

export type { JanusConfig } from "./janus-rooms.ts";

/** Where the app mounts the door. */
export const DOOR = "/video";
/** Janus names a file so while it still writes it (launcher/janus.ts sets it). */
const UNFINISHED = ".part";

/** A media server of the court's own (Janus, VideoRoom): sound and picture never leave the court's machines. */
export function janusVideo(config: JanusConfig, clock?: Clock): { video: Video; door: VideoDoor } {
  const rooms = janusRooms(config, clock);
  const folderOf = (hearingId: string) => join(config.recordings, String(Number(hearingId)));
  const video: Video = {
    driver: "janus",
    origins: [],
    open: rooms.open,
    admit: rooms.allow,
    sendOut: rooms.forbid,
    ticket: (seat, until) => ({
      driver: "janus",
      path: DOOR,
      ticket: signPass(config.apiSecret, { ...seat, until: until.getTime() }),
      iceServers: config.turn ? iceServers(config.turn, `h${seat.hearingId}-p${seat.personId}`, Date.now()) : [],
    }),
    async record(hearingId, on) {
      // What could not be read back could not be vouched for.
      if (config.recordings === "") throw problem("room.no_recording", { retryAfter: 3600 });
      await rooms.record(hearingId, on);
    },
    async recordings(hearingId) {
      if (config.recordings === "") return { files: [], pending: 0 };
      const folder = folderOf(hearingId);
      const names = (await readdir(folder).catch(() => [] as string[])).sort();
      const done = names.filter((name) => name.endsWith(".mjr"));
      const files: RecordedFile[] = [];
      for (const name of done) files.push(await described(folder, name));
      return { files, pending: names.filter((name) => name.endsWith(UNFINISHED)).length };
    },
    get film() {
      if (config.recordings === "" || !canMix()) return null;
      return (...[hearingId, film, keep, signal]: Parameters<NonNullable<Video["film"]>>) =>
        mix(folderOf(hearingId), film, keep, signal);
    },
    close: rooms.close,
  };
  return { video, door: janusDoor(config, clock) };
}

async function described(folder: string, name: string): Promise<RecordedFile> {
  const path = join(folder, name);
  const hash = createHash("sha256");
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return { name, bytes: (await stat(path)).size, sha256: hash.digest("hex") };
}
