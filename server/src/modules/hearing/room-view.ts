import { type Actor, isStaff, SYSTEM } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import { describeAccounts, findIdentity } from "#modules/account/index.ts";
import { findCaseRow, listCaseParties, listCases, SIDES } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import type { Invited } from "./room-enter.ts";
import { boundTo, needsIdentity } from "./room-enter.ts";
import { myMoves, nextWords, personMoves } from "./room-moves.ts";
import { filesOf } from "./room-record.ts";
import { breaksOf, isOnline, type Presence, type Room, recordingsOf } from "./room-store.ts";
import {
  BREAK_CAUSES,
  BREAK_SOURCES,
  FILM_STATES,
  PRESENCE_STATES,
  ROOM_STATES,
  rulesOf,
  STOP_REASONS,
  spoken,
  videoRole,
} from "./room-words.ts";
import { inWords } from "./slots-words.ts";
import type { Seat } from "./store.ts";
import { briefOfTranscript } from "./transcript-store.ts";
import { HEARING_KINDS, HEARING_MODES, hearingWorkflow, SEAT_ROLES } from "./workflow.ts";

const labelled = <K extends string>(table: Readonly<Record<K, string>>, code: K) => ({ code, label: table[code] });
const inWordsOf = <K extends string>({ kind }: Room["hearing"], table: Readonly<Record<K, string>>, code: K) => ({
  code,
  label: spoken(kind, table[code]),
});
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A room that was found for this reader before. Whoever is kept apart learns nothing of what goes on in it. */
export async function presentRoom(means: Means, actor: Actor, room: Room, invitation: Invited | null = null) {
  const { database, vault, clock, gateways } = means;
  const { hearing, standing, own } = room;
  const now = clock.now();
  const [brief] = (await listCases(database, vault, hearing.caseId === null ? [] : [hearing.caseId])).values();
  const people = await listPeople(means, room);
  const runs = standing === "bench" || standing === "court";
  const inside = runs || standing === "party" || own?.state === "in";
  const recordings = await recordingsOf(database, hearing.id);
  const breaks = runs ? await breaksOf(database, hearing.id) : [];
  const mine = people.find((one) => one.mine);
  const state = own?.state ?? "absent";
  return {
    hearing: {
      id: hearing.id,
      number: brief?.number ?? "",
      // Whoever is not of the case learns the number; names stand in the announcement, as far as they may.
      title: isOutside(standing) ? "" : (brief?.title ?? HEARING_KINDS[hearing.kind]),
      court: await nameOfCourt(hearing.courtCode),
      kind: labelled(HEARING_KINDS, hearing.kind),
      mode: labelled(HEARING_MODES, hearing.mode),
      state: hearingWorkflow.present(hearing.state),
      timeText: hearing.startsAt && hearing.endsAt ? inWords(hearing.startsAt, hearing.endsAt) : "",
      startsAt: iso(hearing.startsAt),
      isPublic: hearing.isPublic,
    },
    driver: gateways.video.driver,
    state: inWordsOf(hearing, ROOM_STATES, room.state),
    openedAt: iso(room.openedAt),
    endedAt: iso(room.endedAt),
    now: now.toISOString(),
    moves: myMoves(room, recordings, now),
    me: {
      personId: own?.id ?? null,
      standing,
      state: inWordsOf(hearing, PRESENCE_STATES, state),
      roleLabel: mine?.roleLabel ?? (standing === "bench" ? "审判人员" : ""),
      watermark: await nameOfReader(means, actor),
      next: nextWords(room, gateways.video.driver, now),
      needsIdentity: standing !== "spectator" && standing !== "stranger" && needsIdentity(actor, own, now),
    },
    rules: [...rulesOf(hearing.kind)],
    people: people
      .filter((one) => one.mine || runs || (inside && (one.state.code === "in" || standing === "party")))
      .map((one) => ({
        ...one,
        ...(runs ? {} : { devices: one.mine ? one.devices : null, checkedAt: one.mine ? one.checkedAt : null }),
      })),
    recording: recordings.some(({ stoppedAt }) => stoppedAt === null),
    recordings: (runs ? recordings : []).map(
      ({ ordinal, startedAt, stoppedAt, reason, files, unfinished, sha256, film }) => ({
        ordinal,
        startedAt: startedAt.toISOString(),
        stoppedAt: iso(stoppedAt),
        reason: reason === "" ? null : labelled(STOP_REASONS, reason),
        files: files === null ? null : filesOf(files),
        unfinished,
        sha256,
        film: film && {
          state: labelled(FILM_STATES, film.state),
          seconds: film.seconds,
          bytes: film.bytes,
          sha256: film.filmSha256,
        },
      }),
    ),
    films: gateways.video.film !== null,
    breaks: breaks.map(({ id, presenceId, source, cause, note, fromAt, toAt }) => ({
      id,
      personId: presenceId,
      name: people.find((one) => one.id === presenceId)?.name ?? "",
      source: labelled(BREAK_SOURCES, source),
      cause: cause === "" ? null : labelled(BREAK_CAUSES, cause),
      note,
      from: fromAt.toISOString(),
      to: iso(toAt),
    })),
    transcript: mayReadTranscript(room) ? await briefOfTranscript(database, hearing.id) : null,
    invitation: invitation && { ...invitation },
  };
}

const isOutside = (standing: Room["standing"]): boolean => standing === "spectator" || standing === "stranger";

/** 笔录 is for the court and those who take part; a witness hears nothing of what was said before. */
export const mayReadTranscript = ({ standing, own }: Room): boolean =>
  standing === "bench" || standing === "court" || (standing === "party" && own?.role !== "witness");

/** Everybody who has a place or has come, the bench first. */
export async function listPeople(means: Means, room: Room) {
  const { database, vault } = means;
  const { hearing, seats, people, own, standing } = room;
  const names = await namesOf(means, room);
  const parties = await partiesOf(database, vault, hearing.caseId);
  const row = (seat: Seat | null, person: Presence | null) => {
    const role = person?.role ?? (seat ? videoRole(seat.role) : "spectator");
    const party = parties.find(({ key }) => key === seat?.partyKey);
    const state = person?.state ?? "absent";
    const side = party ? (SIDES[party.side] ?? "") : "";
    return {
      id: person?.id ?? null,
      seatId: seat?.id ?? null,
      name: names.get(person?.id ?? `seat ${seat?.id}`) ?? party?.name ?? "",
      roleLabel: seat
        ? `${seat.role === "agent" ? side : ""}${SEAT_ROLES[seat.role]}`
        : role === "bench"
          ? "审判人员"
          : "旁听",
      role,
      mine: person !== null && person.id === own?.id,
      beside: (person?.beside && people.find(({ accountId }) => accountId === person.beside)?.id) || null,
      online: seat ? isOnline(hearing, seat) : true,
      state: inWordsOf(hearing, PRESENCE_STATES, state),
      checkedAt: iso(person?.checkedAt ?? null),
      checkedInAt: iso(person?.checkedInAt ?? null),
      devices: person?.devices ? JSON.parse(person.devices) : null,
      connection: person?.connection ?? "",
      moves: standing === "bench" ? personMoves(room, person) : [],
    };
  };
  const bySeat = seats.map((seat) => row(seat, presenceOf(people, seat)));
  const placed = new Set(bySeat.flatMap(({ id }) => (id === null ? [] : [id])));
  return [...bySeat, ...people.filter(({ id }) => !placed.has(id)).map((person) => row(null, person))];
}

const presenceOf = (people: readonly Presence[], seat: Seat): Presence | null =>
  people.find(({ seatId }) => seatId === seat.id) ?? null;

/** In court everybody is known by name; who only watches is masked. */
async function namesOf({ vault }: Means, { hearing, people, seats }: Room): Promise<Map<string, string>> {
  const described = await describeAccounts(
    [...people, ...seats].flatMap(({ accountId }) => (accountId ? [accountId] : [])),
  );
  const found = new Map<string, string>();
  for (const one of people) {
    const known = one.accountId === null ? undefined : described.get(one.accountId);
    if (one.accountId !== null && one.role !== "spectator" && known?.courtCode === null) {
      found.set(one.id, (await findIdentity(vault, one.accountId))?.name ?? known.displayName);
    } else if (known) found.set(one.id, known.displayName);
    else if (one.name && one.seatId) found.set(one.id, vault.open(one.name, boundTo(hearing.id, one.seatId)));
  }
  for (const seat of seats) {
    const known = seat.accountId === null ? undefined : described.get(seat.accountId);
    if (known && (known.courtCode !== null || seat.role === "agent")) found.set(`seat ${seat.id}`, known.displayName);
  }
  return found;
}

async function partiesOf(database: Database, vault: Means["vault"], caseId: string | null) {
  if (caseId === null) return [];
  return listCaseParties(database, vault, await findCaseRow(database, SYSTEM, caseId));
}

async function nameOfReader({ vault }: Means, actor: Actor): Promise<string> {
  if (!isStaff(actor)) {
    const identity = await findIdentity(vault, actor.accountId);
    if (identity) return identity.name;
  }
  return (await describeAccounts([actor.accountId])).get(actor.accountId)?.displayName ?? "";
}
