import { type Actor, isStaff } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { describeAccounts, findIdentity } from "#modules/account/index.ts";
import { listCases } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { readSessions, type Session, timeInWords } from "#modules/hearing/index.ts";
import type { Means } from "#modules/module.ts";
import { placesOf, type Turn } from "#modules/reception/index.ts";
import { beforeOf } from "./gate.ts";
import { mayLink } from "./link.ts";
import type { Questioning } from "./model.ts";
import { RIGHTS, requirementsOf } from "./requirements.ts";
import { listTurns, openPart } from "./store.ts";
import { nextWords, STANDS } from "./words.ts";
import { KEPT_IN, NATURES, type QuestioningAction, questioningWorkflow } from "./workflow.ts";

type Reading = Pick<Means, "database" | "vault" | "clock">;
const labelled = <K extends string>(table: Readonly<Record<K, string>>, code: K) => ({ code, label: table[code] });
const idsIn = (joined: string): string[] => joined.split(",").filter((id) => id !== "");

/** Questionings that were found for this reader before. */
export async function presentQuestionings(means: Reading, actor: Actor, rows: readonly Questioning[]) {
  const { database, vault, clock } = means;
  const now = clock.now();
  const [cases, people, sessions, places, queues] = await Promise.all([
    listCases(
      database,
      vault,
      rows.map(({ caseId }) => String(caseId)),
    ),
    namesOf(vault, rows),
    readSessions(
      database,
      rows.map(({ hearingId }) => String(hearingId)),
    ),
    placesBy(means, rows),
    queuesOf(means, rows, now),
  ]);
  return Promise.all(
    rows.map(async (row) => {
      const place = places.get(String(row.placeId));
      const person = (id: string) => ({ id: String(id), name: people.get(String(id))?.name ?? "" });
      const assist = row.assistId === null ? null : people.get(String(row.assistId));
      return {
        id: String(row.id),
        number: row.number,
        court: { code: row.courtCode, name: await nameOfCourt(row.courtCode) },
        case: { id: String(row.caseId), number: cases.get(String(row.caseId))?.number ?? "" },
        nature: labelled(NATURES, row.nature),
        name: openPart(vault, row, "name", row.name),
        minor: row.minor,
        language: row.language,
        place: { name: place?.name ?? "", room: row.placeRoom, phone: place?.phone ?? "" },
        state: questioningWorkflow.present(row.state),
        stand: labelled(STANDS, standOf(row, sessions.get(String(row.hearingId)))),
        moves: movesOf(actor, row, sessions.get(String(row.hearingId))),
        startsAt: row.startsAt.toISOString(),
        timeText: timeInWords(row.startsAt, row.endsAt),
        minutes: minutesOf(row),
        dayNumber: row.dayNumber,
        queue: queues.get(String(row.id)) ?? null,
        judge: person(row.judgeId),
        clerk: person(row.clerkId),
        assist: row.assistId === null ? null : { ...person(row.assistId), court: assist?.court ?? "" },
        counsel: idsIn(row.counselIds).map(person),
        officer: row.officerName === null ? null : openPart(vault, row, "officer", row.officerName),
        hearingId: String(row.hearingId),
        version: row.version,
      };
    }),
  );
}
const minutesOf = ({ startsAt, endsAt }: Questioning): number => (endsAt.getTime() - startsAt.getTime()) / 60_000;

/** Counsel are known by their name to all who take part. */
async function namesOf(vault: Means["vault"], rows: readonly Questioning[]) {
  const ids = rows.flatMap(({ judgeId, clerkId, assistId, counselIds }) => [
    String(judgeId),
    String(clerkId),
    ...(assistId === null ? [] : [String(assistId)]),
    ...idsIn(counselIds),
  ]);
  const described = await describeAccounts(ids);
  const named = [...described].map(async ([id, { displayName, courtCode }]) => {
    const name = courtCode === null ? ((await findIdentity(vault, id))?.name ?? displayName) : displayName;
    return [id, { name, court: courtCode === null ? "" : await nameOfCourt(courtCode) }] as const;
  });
  return new Map(await Promise.all(named));
}

async function placesBy({ database }: Reading, rows: readonly Questioning[]) {
  const ids = [...new Set(rows.map(({ placeId }) => String(placeId)))];
  if (ids.length === 0) return new Map<string, { name: string; phone: string }>();
  const found = await database.read<{ id: string; name: string; phone: string }>(
    `SELECT id, name, phone FROM custody_place WHERE id IN (${ids.map(() => "?").join(",")})`,
    ids,
  );
  return new Map(found.map((place) => [String(place.id), place]));
}

/** How the custody place's side stands. */
function standOf({ state, officerId }: Questioning, session: Session | undefined): Turn["stand"] {
  if (!["asked", "confirmed"].includes(state) || session?.room === "ended") return "over";
  const own = session?.people.find(({ accountId }) => accountId !== null && accountId === String(officerId));
  return own?.state === "in" || own?.state === "waiting" ? own.state : "expected";
}

/** Whose turn it is in the same room today: whatever court they are of. */
async function queuesOf({ database }: Reading, rows: readonly Questioning[], now: Date) {
  const today = courtDayOf(now);
  const waiting = rows.filter(({ state, startsAt }) => state === "confirmed" && courtDayOf(startsAt) === today);
  const turns = await listTurns(database, waiting, today);
  const sessions = await readSessions(
    database,
    turns.map(({ hearingId }) => String(hearingId)),
  );
  const queues = new Map<string, { ahead: number; estimatedAt: string }>();
  for (const row of waiting) {
    const line = turns
      .filter(({ placeRoom }) => placeRoom === row.placeRoom)
      .map((turn): Turn => {
        const session = sessions.get(String(turn.hearingId));
        const { id, dayNumber, startsAt } = turn;
        return {
          id: String(id),
          number: dayNumber,
          startsAt,
          minutes: minutesOf(turn),
          stand: standOf(turn, session),
          since: session?.openedAt ?? null,
        };
      });
    const place = placesOf(line, now).get(String(row.id));
    if (place) queues.set(String(row.id), { ahead: place.ahead, estimatedAt: place.estimatedAt.toISOString() });
  }
  return queues;
}

/** What this reader may do now. */
function movesOf(actor: Actor, row: Questioning, session: Session | undefined) {
  if (isStaff(actor) && actor.courtCode !== row.courtCode) return [];
  const begun = session !== undefined && session.room !== "closed";
  const barred: Partial<Record<QuestioningAction, boolean>> = {
    identify: begun,
    tell_rights: begun || row.identifiedAt === null || row.rightsAt !== null,
    decline: begun,
    rebook: begun && row.state === "confirmed",
    cancel: begun && row.state === "confirmed",
    keep: session?.transcript === "closed",
  };
  return questioningWorkflow.open(row.state, actor.role).filter(({ action }) => !barred[action]);
}

export async function presentQuestioning(means: Reading, actor: Actor, row: Questioning) {
  const { database, vault, clock } = means;
  const now = clock.now();
  const [[view], steps, sessions] = await Promise.all([
    presentQuestionings(means, actor, [row]),
    listSteps(means, String(row.id)),
    readSessions(database, [String(row.hearingId)]),
  ]);
  if (!view) throw new Error("a questioning that was found is not shown");
  const session = sessions.get(String(row.hearingId));
  const isCourt = isStaff(actor);
  const { text, source } = RIGHTS[row.nature];
  return {
    ...view,
    matter: openPart(vault, row, "matter", row.matter),
    note: openPart(vault, row, "note", row.note),
    next: nextWords({
      row,
      isOfficer: actor.role === "officer",
      isCourt,
      hasLink: row.linkIndex !== null || row.officerId !== null,
      now,
    }),
    keptIn: isCourt ? labelled(KEPT_IN, row.keptIn) : null,
    mayLink: isCourt && actor.courtCode === row.courtCode && mayLink(row, now),
    requirements: requirementsOf(beforeOf(row, new Set(session?.here ?? []))),
    rights: { text: [...text], source, toldAt: row.rightsAt?.toISOString() ?? null },
    identifiedAt: row.identifiedAt?.toISOString() ?? null,
    record: session?.transcript ? labelled(RECORD_STATES, session.transcript) : null,
    steps: isCourt ? steps : [],
  };
}
const RECORD_STATES = { typing: "记录中", offered: "核对签名中", closed: "已完成" } as const;

const STEP_LABELS: Readonly<Record<string, string>> = {
  ask: "提请提讯",
  link: "发出链接",
  enter: "民警凭链接和警号进入",
};
async function listSteps({ database }: Reading, id: string) {
  const rows = await database.read<{ action: QuestioningAction; actorId: string; at: Date }>(
    "SELECT action, actor_id AS actorId, at FROM questioning_step WHERE questioning_id = ? ORDER BY id LIMIT 200",
    [id],
  );
  const people = await describeAccounts(rows.map(({ actorId }) => String(actorId)));
  return rows.map(({ action, actorId, at }) => ({
    label: STEP_LABELS[action] ?? questioningWorkflow.moves[action].label,
    by: people.get(String(actorId))?.displayName ?? "",
    at: new Date(at).toISOString(),
  }));
}
