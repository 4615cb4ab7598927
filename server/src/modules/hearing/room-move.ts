import { randomUUID } from "node:crypto";
import type { Actor } from "#core/actor.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { aboutPerson, aboutRoom, noteBack, noteBreak } from "./presence.ts";
import {
  acceptInvitation,
  askToWatch,
  checkIn,
  type Invited,
  invite,
  needsIdentity,
  verifyAgain,
} from "./room-enter.ts";
import { problem } from "./room-problems.ts";
import { markStart, markStop } from "./room-record.ts";
import type { RoomMove } from "./room-schema.ts";
import { findRoom, type Presence, type Room, recordingsOf } from "./room-store.ts";
import { sessionRules } from "./session-rules.ts";
import { comeAlong } from "./session-seat.ts";

export interface Prepared {
  readonly verified: boolean;
}
const OF_THE_BENCH: readonly RoomMove["action"][] = [
  "open",
  "invite",
  "admit",
  "call_witness",
  "send_out",
  "start_record",
  "stop_record",
  "end",
];

/** What must be said to gateways before the work: the register of identities, and the media server that records. */
export async function prepareMove(means: Means, actor: Actor, id: string, move: RoomMove): Promise<Prepared> {
  if (move.action === "accept_invitation") return { verified: false };
  const { database, gateways, clock } = means;
  const room = await findRoom(database, actor, id);
  if (OF_THE_BENCH.includes(move.action) && room.standing !== "bench") throw problem("room.not_yours");
  if (move.action === "check_in" && needsIdentity(actor, room.own, clock.now())) {
    await verifyAgain(means, actor, move.idTail);
    return { verified: true };
  }
  if (move.action === "open") await gateways.video.open(id);
  const runs = (await recordingsOf(database, id)).some(({ stoppedAt }) => stoppedAt === null);
  if (move.action === "start_record") {
    if (room.state !== "open") throw problem("room.not_open");
    if (runs) throw problem("room.recording");
    await gateways.video.record(id, true);
  }
  if ((move.action === "stop_record" || move.action === "end") && runs) await gateways.video.record(id, false);
  return { verified: false };
}

/** One thing that happens in a room, by whom it may. Gives the link of an invitation, which is shown once. */
export async function moveRoom(
  work: Work,
  means: Means,
  id: string,
  move: RoomMove,
  { verified }: Prepared,
): Promise<Invited | null> {
  await work.query("SELECT id FROM hearing WHERE id = ? FOR UPDATE", [id]);
  const invited = await makeMove(work, means, id, move, verified);
  await comeAlong(work, id);
  return invited;
}

async function makeMove(
  work: Work,
  means: Means,
  id: string,
  move: RoomMove,
  verified: boolean,
): Promise<Invited | null> {
  if (move.action === "accept_invitation") {
    await acceptInvitation(work, means, id, move.word);
    return null;
  }
  const room = await findRoom(within(work, means.database), work.actor, id);
  if (OF_THE_BENCH.includes(move.action) && room.standing !== "bench") throw problem("room.not_yours");
  switch (move.action) {
    case "check_in":
      await checkIn(work, room, { devices: move.devices, verified });
      return null;
    case "ask_to_watch":
      await askToWatch(work, room);
      return null;
    case "open":
      await openRoom(work, room);
      return null;
    case "invite":
      mustRun(room, ["closed", "open"]);
      return invite(work, means, room, move);
    case "admit":
    case "call_witness":
      await admit(work, room, move);
      return null;
    case "send_out":
      await sendOut(work, room, personOf(room, move.personId));
      return null;
    case "start_record":
      mustRun(room, ["open"]);
      await markStart(work, room);
      return null;
    case "stop_record":
      if (!(await markStop(work, room, move.reason))) throw problem("room.not_recording");
      return null;
    case "break_off":
      await breakOff(work, room, move);
      return null;
    case "back":
      await noteBack(work, room, ownOf(room));
      return null;
    case "leave":
      await leave(work, room, ownOf(room));
      return null;
    case "end":
      await endRoom(work, room);
      return null;
  }
}

async function openRoom(work: Work, room: Room): Promise<void> {
  const { hearing, state } = room;
  if (state === "ended") throw problem("room.ended");
  if (hearing.mode === "in_person") throw problem("room.in_person");
  if (state === "open") return;
  await sessionRules(hearing.kind)?.mayOpen(work, room);
  await work.change("INSERT INTO hearing_room (hearing_id, seal_ref, state, opened_at) VALUES (?, ?, 'open', ?)", [
    hearing.id,
    randomUUID().replaceAll("-", ""),
    work.at,
  ]);
  await work.emit({ name: "room.opened", ...aboutRoom(hearing) });
}

/** 证人 are called, everybody else is admitted; a person who was sent out is let in the same way. */
async function admit(
  work: Work,
  room: Room,
  { action, personId }: { action: string; personId: string },
): Promise<void> {
  mustRun(room, ["open"]);
  const person = personOf(room, personId);
  if ((person.role === "witness") !== (action === "call_witness")) throw problem("room.who");
  if (!["waiting", "out", "left"].includes(person.state) || person.accountId === null) throw problem("room.who");
  await work.change(
    `UPDATE hearing_presence SET state = 'in', admitted_at = ?, first_in_at = COALESCE(first_in_at, ?), seen_at = ?, left_at = NULL WHERE id = ?`,
    [work.at, work.at, work.at, person.id],
  );
  await work.emit({ name: "room.admitted", ...aboutPerson(room.hearing, person) });
}

async function sendOut(work: Work, room: Room, person: Presence): Promise<void> {
  if (!["in", "waiting"].includes(person.state)) throw problem("room.who");
  await work.change("UPDATE hearing_presence SET state = 'out', left_at = ? WHERE id = ?", [work.at, person.id]);
  await closeBreaks(work, person);
  await work.emit({ name: "room.sent_out", ...aboutPerson(room.hearing, person) });
}

async function breakOff(work: Work, room: Room, move: Extract<RoomMove, { action: "break_off" }>): Promise<void> {
  mustRun(room, ["open"]);
  const byCourt = move.personId !== undefined;
  if (byCourt && room.standing !== "bench") throw problem("room.not_yours");
  const person = byCourt ? personOf(room, move.personId as string) : ownOf(room);
  const { cause, note } = move;
  await noteBreak(work, room, person, { source: byCourt ? "court" : "page", cause, note, from: work.at });
}

/** Going while the court sits is written down as a break with its cause; the court finds what it was (§25). */
async function leave(work: Work, room: Room, person: Presence): Promise<void> {
  if (!["in", "waiting"].includes(person.state)) return;
  if (room.state === "open" && person.state === "in")
    await noteBreak(work, room, person, { source: "page", cause: "left", note: "", from: work.at });
  await work.change("UPDATE hearing_presence SET state = 'left', left_at = ? WHERE id = ?", [work.at, person.id]);
  await work.emit({ name: "room.left", ...aboutPerson(room.hearing, person) });
}

async function endRoom(work: Work, room: Room): Promise<void> {
  mustRun(room, ["open"]);
  const { hearing } = room;
  await markStop(work, room, "end");
  await work.change("UPDATE hearing_break SET to_at = ? WHERE hearing_id = ? AND to_at IS NULL", [work.at, hearing.id]);
  await work.change(
    "UPDATE hearing_presence SET state = 'left', left_at = ? WHERE hearing_id = ? AND state IN ('in', 'waiting')",
    [work.at, hearing.id],
  );
  await work.change("UPDATE hearing_room SET state = 'ended', ended_at = ? WHERE hearing_id = ?", [
    work.at,
    hearing.id,
  ]);
  await work.emit({ name: "room.ended", ...aboutRoom(hearing) });
}

const closeBreaks = (work: Work, { id }: Presence) =>
  work.change("UPDATE hearing_break SET to_at = ? WHERE presence_id = ? AND to_at IS NULL", [work.at, id]);

function mustRun({ state }: Room, states: readonly Room["state"][]): void {
  if (state === "ended") throw problem("room.ended");
  if (!states.includes(state)) throw problem("room.not_open");
}

function personOf({ people }: Room, id: string): Presence {
  const person = people.find((one) => one.id === id);
  if (!person || person.role === "bench") throw problem("room.who");
  return person;
}

function ownOf({ own }: Room): Presence {
  if (!own) throw problem("room.not_seated");
  return own;
}
