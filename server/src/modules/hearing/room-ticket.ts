import type { Actor } from "#core/actor.ts";
import type { Means } from "#modules/module.ts";
import { mayTakePart, needsIdentity } from "./room-enter.ts";
import { problem } from "./room-problems.ts";
import { findRoom, type Room } from "./room-store.ts";

const TICKET_MS = 5 * 60_000;

/**
 * What lets one person's page into the room for the next five minutes: admitted by the court, identity verified again, consent
 * given. Looked at anew once the media server has opened to them, so whoever is sent out meanwhile finds it shut again.
 */
export async function issueTicket(means: Means, actor: Actor, id: string) {
  const { gateways, clock } = means;
  const seat = seatIn(await admitted(means, actor, id));
  await gateways.video.admit(seat);
  try {
    await admitted(means, actor, id);
  } catch (refusal) {
    await gateways.video.sendOut(seat);
    throw refusal;
  }
  const until = new Date(clock.now().getTime() + TICKET_MS);
  // The media server knows no moved clocks: its tickets run by the time of day.
  const ticket = gateways.video.ticket(seat, new Date(Date.now() + TICKET_MS));
  return { role: seat.role, personId: seat.personId, expiresAt: until.toISOString(), ...ticket };
}

async function admitted(means: Means, actor: Actor, id: string): Promise<Room> {
  const now = means.clock.now();
  const room = await findRoom(means.database, actor, id);
  // Whoever only watches gave their identity when they asked; they have no part in the matter.
  if (room.standing !== "spectator" || room.state === "ended") {
    mayTakePart(room, now);
    if (needsIdentity(actor, room.own, now)) throw problem("room.identity_needed");
  }
  if (room.state === "closed") throw problem("room.not_open");
  if (room.own?.state !== "in") throw problem("room.not_admitted");
  return room;
}

const seatIn = ({ hearing, own }: Room) => ({
  hearingId: hearing.id,
  personId: own?.id ?? "",
  role: own?.role ?? ("spectator" as const),
});
