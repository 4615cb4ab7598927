import type { Subscribers } from "#core/outbox.ts";
import type { Job, Means } from "#modules/module.ts";
import { noteSilence } from "./presence.ts";
import { filmJob } from "./room-film.ts";
import { sealRecording } from "./room-record.ts";
import { presencesOf } from "./room-store.ts";

/** What the media server is told of, after the fact: told twice, it does the same. */
export function roomSubscribers(means: Means): Subscribers {
  const { gateways, database } = means;
  const out = async (hearingId: string, presenceId: string) => {
    const person = (await presencesOf(database, hearingId)).find(({ id }) => id === presenceId);
    // Let in again before this was told: then they stay.
    if (!person || person.state === "in") return;
    await gateways.video.sendOut({ hearingId, personId: presenceId, role: person.role });
  };
  return {
    "room.sent_out": ({ hearingId, presenceId }) => out(hearingId, presenceId),
    "room.left": ({ hearingId, presenceId }) => out(hearingId, presenceId),
    "room.ended": ({ hearingId }) => gateways.video.close(hearingId),
    "room.recording_stopped": ({ hearingId, ordinal, stoppedAt }) =>
      sealRecording(means, hearingId, ordinal, stoppedAt),
  };
}

export const roomJobs = (means: Means): readonly Job[] => [
  filmJob(means),
  { name: "room-silence", everySeconds: 5, run: () => noteSilence(means) },
];
