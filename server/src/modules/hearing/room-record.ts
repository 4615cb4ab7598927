import { createHash } from "node:crypto";
import { SYSTEM } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import type { RecordedFile } from "#gateways/video/port.ts";
import type { Means } from "#modules/module.ts";
import { aboutRoom } from "./presence.ts";
import { problem } from "./room-problems.ts";
import { type Room, recordingsOf } from "./room-store.ts";
import type { StopReason } from "./room-words.ts";

/** A file that is not finished by then never will be: the media server was ended while it wrote. */
const UNFINISHED_MS = 5 * 60_000;

/** The mark that recording runs; the media server has begun it before. Throws `room.recording`. */
export async function markStart(work: Work, { hearing }: Room): Promise<void> {
  const [last] = await work.query<{ ordinal: number; running: number }>(
    "SELECT ordinal, stopped_at IS NULL AS running FROM hearing_recording WHERE hearing_id = ? ORDER BY ordinal DESC LIMIT 1",
    [hearing.id],
  );
  if (last && Number(last.running) === 1) throw problem("room.recording");
  const ordinal = Number(last?.ordinal ?? 0) + 1;
  await work.change("INSERT INTO hearing_recording (hearing_id, ordinal, started_at, started_by) VALUES (?, ?, ?, ?)", [
    hearing.id,
    ordinal,
    work.at,
    work.actor.accountId,
  ]);
  await work.emit({ name: "room.recording_started", ...aboutRoom(hearing), ordinal });
}

/** The mark that it stopped, and why. Gives whether there was one to be stopped. */
export async function markStop(work: Work, { hearing }: Room, reason: StopReason): Promise<boolean> {
  const [running] = await work.query<{ id: string; ordinal: number }>(
    "SELECT id, ordinal FROM hearing_recording WHERE hearing_id = ? AND stopped_at IS NULL FOR UPDATE",
    [hearing.id],
  );
  if (!running) return false;
  await work.change("UPDATE hearing_recording SET stopped_at = ?, stopped_by = ?, reason = ? WHERE id = ?", [
    work.at,
    work.actor.accountId,
    reason,
    running.id,
  ]);
  const ordinal = Number(running.ordinal);
  await work.emit({
    name: "room.recording_stopped",
    ...aboutRoom(hearing),
    ordinal,
    stoppedAt: work.at.toISOString(),
  });
  return true;
}

/**
 * Counts and hashes the files of a recording once they are complete, and chains the hash to the one before: a file that is
 * changed, added or taken away afterwards shows. Told again while the media server still writes.
 */
export async function sealRecording(
  means: Means,
  hearingId: string,
  ordinal: number,
  stoppedAt: string,
): Promise<void> {
  const { database, gateways, clock } = means;
  const before = await recordingsOf(database, hearingId);
  const own = before.find((one) => one.ordinal === ordinal);
  if (!own || own.sha256 !== null) return;
  const earlier = before.filter((one) => one.ordinal < ordinal);
  if (earlier.some(({ sha256 }) => sha256 === null)) throw new Error("an earlier recording is not counted yet");
  const { files, pending } = await gateways.video.recordings(hearingId);
  const late = clock.now().getTime() - new Date(stoppedAt).getTime() > UNFINISHED_MS;
  if (pending > 0 && !late) throw new Error(`${pending} files of hearing ${hearingId} are still being written`);
  const known = new Set(earlier.flatMap((one) => filesOf(one.files).map(({ name }) => name)));
  const fresh = files.filter(({ name }) => !known.has(name));
  const sha256 = chainHash(earlier.at(-1)?.sha256 ?? "", fresh);
  await means.transact(
    SYSTEM,
    (work) =>
      work.change(
        "UPDATE hearing_recording SET files = ?, unfinished = ?, sha256 = ? WHERE hearing_id = ? AND ordinal = ? AND sha256 IS NULL",
        [JSON.stringify(fresh), pending, sha256, hearingId, ordinal],
      ),
    { repeatable: true },
  );
}

/** SHA-256 over the hash before and, line by line, the hash, size and name of each file. */
export function chainHash(before: string, files: readonly RecordedFile[]): string {
  const hash = createHash("sha256").update(`${before}\n`);
  for (const { name, bytes, sha256 } of files) hash.update(`${sha256} ${bytes} ${name}\n`);
  return hash.digest("hex");
}

export const filesOf = (files: string | null): RecordedFile[] =>
  files === null ? [] : (JSON.parse(files) as RecordedFile[]);
