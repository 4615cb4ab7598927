import { key } from "../filings.ts";
import { newHearing } from "./authorisation.hearing.ts";
import type { Plan } from "./authorisation.plan.ts";
import type { World } from "./world.ts";

/** How the room of a remote hearing is asked: a hearing of the owner's case that is not public, so that no stranger may ask to watch. */
export const roomPlans: Readonly<Record<string, Plan>> = {
  "GET /hearings/:id/room": { standing: closedHearing },
  "POST /hearings/:id/room/presence": { standing: closedHearing, body: () => ({ connection: "good" }) },
  "POST /hearings/:id/room/moves": {
    standing: closedHearing,
    headers: key(),
    body: () => ({ action: "invite", role: "witness", name: "证人乙" }),
    fresh: async () => ({ headers: key() }),
  },
  "POST /hearings/:id/ticket": { standing: closedHearing },
  "POST /hearings/:id/recordings/:ordinal/film": { standing: filmed },
  "GET /hearings/:id/transcript": { standing: typed },
  "GET /hearings/:id/transcript.pdf": { standing: typed },
  "PUT /hearings/:id/transcript": {
    standing: typed,
    body: () => ({ page: 1, text: "不该有的记录", version: 0 }),
    async fresh(world) {
      const id = await typed(world);
      const { pages } = (await world.staff.judge.ask("GET", `/hearings/${id}/transcript`)).json;
      return { id, body: { page: pages.length + 1, text: "审判员：继续。", version: 0 } };
    },
  },
  "POST /hearings/:id/transcript/moves": {
    standing: typed,
    headers: key(),
    body: () => ({ action: "offer" }),
    fresh: async () => ({ headers: key() }),
  },
};

async function closedHearing(world: World): Promise<string> {
  const id = await newHearing(world);
  await world.app.database.read("UPDATE hearing SET is_public = 0, closed_reason = 'privacy' WHERE id = ?", [id]);
  return id;
}

/** One whose first recording was made into a film; gives the hearing and which recording. */
async function filmed(world: World): Promise<string> {
  const id = await closedHearing(world);
  const { database } = world.app;
  await database.read(
    `INSERT IGNORE INTO hearing_recording (hearing_id, ordinal, started_at, started_by, stopped_at, files, sha256)
     VALUES (?, 1, UTC_TIMESTAMP(3), 0, UTC_TIMESTAMP(3), '[]', REPEAT('0', 64))`,
    [id],
  );
  await database.read(
    `INSERT IGNORE INTO hearing_film (recording_id, state, tries, begun_at, file_key)
     SELECT id, 'made', 1, UTC_TIMESTAMP(3), 'film/aa/bb' FROM hearing_recording WHERE hearing_id = ?`,
    [id],
  );
  return `${id}/1`;
}

/** One whose record has begun. */
async function typed(world: World): Promise<string> {
  const id = await closedHearing(world);
  const { judge } = world.staff;
  const { pages } = (await judge.ask("GET", `/hearings/${id}/transcript`)).json;
  if (pages.length > 0) return id;
  const first = { page: 1, text: "审判员：现在开庭。", version: 0 };
  const made = await judge.ask("PUT", `/hearings/${id}/transcript`, first, key());
  if (made.status !== 200) throw new Error(`no record: ${made.text}`);
  return id;
}
