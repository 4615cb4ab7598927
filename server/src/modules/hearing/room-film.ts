import { createReadStream } from "node:fs";
import { SYSTEM } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import { newFileKey } from "#gateways/files/port.ts";
import type { Film, FilmFile } from "#gateways/video/port.ts";
import type { Job, Means } from "#modules/module.ts";
import { aboutRoom } from "./presence.ts";
import { problem } from "./room-problems.ts";
import { filesOf } from "./room-record.ts";
import { breaksOf, findRoom, type Room, recordingsOf } from "./room-store.ts";
import { listPeople } from "./room-view.ts";

/** A film that was begun and not finished for so long was given up by a worker that ended. */
const GIVEN_UP_MS = 12 * 3_600_000;
const MOST_TRIES = 3;

interface Due {
  readonly recordingId: string;
  readonly hearingId: string;
  readonly ordinal: number;
}

/** 合成: once the court has risen, one film of each recording whose files are counted. One at a time, behind all other work. */
export function filmJob(means: Means): Job {
  const stop = new AbortController();
  return {
    name: "room-film",
    everySeconds: 10,
    async run() {
      if (means.gateways.video.film === null || stop.signal.aborted) return;
      const due = await claim(means);
      if (due) await makeFilm(means, due, stop.signal);
    },
    async end() {
      stop.abort();
    },
  };
}

const READ_SECONDS = 300;

/** An address from which the court's own people watch it; whoever asked is written down. Throws `room.no_film`. */
export async function openFilm(work: Work, { gateways }: Means, room: Room, ordinal: number) {
  if (room.standing !== "bench" && room.standing !== "court") throw problem("room.not_yours");
  const film = (await recordingsOf({ read: work.query }, room.hearing.id)).find((one) => one.ordinal === ordinal)?.film;
  if (film?.state !== "made" || film.fileKey === null) throw problem("room.no_film");
  await work.emit({ name: "room.film_watched", ...aboutRoom(room.hearing), ordinal });
  const fileName = `庭审录音录像-${room.hearing.id}-${ordinal}.mp4`;
  const url = await gateways.files.signDownload(film.fileKey, {
    seconds: READ_SECONDS,
    fileName,
    contentType: "video/mp4",
    inline: true,
  });
  return { url, seconds: READ_SECONDS };
}

async function claim({ database, transact, clock }: Means): Promise<Due | null> {
  const now = clock.now();
  const givenUp = new Date(now.getTime() - GIVEN_UP_MS);
  const [due] = await database.read<Due>(
    `SELECT g.id AS recordingId, g.hearing_id AS hearingId, g.ordinal FROM hearing_recording g
       JOIN hearing_room r ON r.hearing_id = g.hearing_id AND r.state = 'ended'
       LEFT JOIN hearing_film f ON f.recording_id = g.id
     WHERE g.sha256 IS NOT NULL AND g.files <> '[]'
       AND (f.state IS NULL OR (f.state = 'making' AND f.tries < ? AND f.begun_at < ?))
     ORDER BY g.id LIMIT 1`,
    [MOST_TRIES, givenUp],
  );
  if (!due) return null;
  const mine = await transact(
    SYSTEM,
    (work) =>
      work.change(
        `INSERT INTO hearing_film (recording_id, state, tries, begun_at) VALUES (?, 'making', 1, ?)
         ON DUPLICATE KEY UPDATE tries = IF(begun_at < ?, tries + 1, tries), begun_at = IF(begun_at < ?, ?, begun_at)`,
        [due.recordingId, now, givenUp, givenUp, now],
      ),
    { repeatable: true },
  );
  return mine > 0 ? { ...due, recordingId: String(due.recordingId), hearingId: String(due.hearingId) } : null;
}

/** The raw files stay, and are what counts; the film is for watching. */
async function makeFilm(means: Means, due: Due, signal: AbortSignal): Promise<void> {
  const { gateways, transact, logger } = means;
  try {
    const film = await filmOf(means, due);
    await gateways.video.film?.(due.hearingId, film, (made) => keepFilm(means, due, film, made), signal);
  } catch (error) {
    if (signal.aborted) return;
    logger.error({ err: error, hearing: due.hearingId, recording: due.ordinal }, "no film could be made");
    await transact(
      SYSTEM,
      (work) => work.change("UPDATE hearing_film SET state = 'failed' WHERE recording_id = ?", [due.recordingId]),
      { repeatable: true },
    );
  }
}

async function filmOf(means: Means, { hearingId, ordinal }: Due): Promise<Film> {
  const { database } = means;
  const recording = (await recordingsOf(database, hearingId)).find((one) => one.ordinal === ordinal);
  if (!recording?.stoppedAt) throw new Error(`recording ${ordinal} of hearing ${hearingId} is not stopped`);
  const { startedAt, stoppedAt } = recording;
  const seconds = Math.max(1, (stoppedAt.getTime() - startedAt.getTime()) / 1000);
  const into = (at: Date) => Math.min(seconds, Math.max(0, (at.getTime() - startedAt.getTime()) / 1000));
  const room = await findRoom(database, SYSTEM, hearingId);
  const breaks = await breaksOf(database, hearingId);
  const people = await listPeople(means, room);
  return {
    files: filesOf(recording.files).map(({ name }) => name),
    seconds,
    seats: people.flatMap(({ id, roleLabel, name }) => {
      if (id === null) return [];
      const away = breaks
        .filter(({ presenceId }) => presenceId === id)
        .map(({ fromAt, toAt }) => ({ from: into(fromAt), to: into(toAt ?? stoppedAt) }))
        .filter(({ from, to }) => to > from);
      return [{ personId: id, label: `${roleLabel} ${name}`, away }];
    }),
  };
}

async function keepFilm(means: Means, due: Due, { seconds }: Film, { path, bytes, sha256 }: FilmFile): Promise<void> {
  const { gateways, database, transact } = means;
  const fileKey = newFileKey("film");
  await gateways.files.write(fileKey, createReadStream(path), { contentType: "video/mp4", maxBytes: bytes });
  const { hearing } = await findRoom(database, SYSTEM, due.hearingId);
  const kept = await transact(
    SYSTEM,
    async (work) => {
      const changed = await work.change(
        `UPDATE hearing_film f JOIN hearing_recording g ON g.id = f.recording_id
         SET f.state = 'made', f.made_at = ?, f.seconds = ?, f.bytes = ?, f.sha256 = ?, f.made_of = g.sha256, f.file_key = ?
         WHERE f.recording_id = ? AND f.state = 'making'`,
        [work.at, Math.round(seconds), bytes, sha256, fileKey, due.recordingId],
      );
      const made = { ordinal: due.ordinal, seconds: Math.round(seconds), bytes, sha256 };
      if (changed > 0) await work.emit({ name: "room.film_made", ...aboutRoom(hearing), ...made });
      return changed;
    },
    { repeatable: true },
  );
  if (kept === 0) await gateways.files.remove(fileKey);
}
