import { type Actor, isStaff, ROLE_LABELS, type Role } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import { describeAccounts } from "#modules/account/index.ts";
import { listCaseParties, listCases, listThrough, SIDES } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { listMaterials } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { awaitedText } from "./due.ts";
import { unreadIn } from "./reading.ts";
import { listMessages, materialsOf, openBody, openRatingWords, openSubject, type ThreadRow } from "./store.ts";
import { threadWorkflow } from "./workflow.ts";

/** Threads that were found for this reader before. */
export async function presentThreads(means: Means, actor: Actor, rows: readonly ThreadRow[], now: Date) {
  const { database, vault } = means;
  const caseIds = [...new Set(rows.flatMap(({ caseId }) => (caseId === null ? [] : [caseId])))];
  const cases = await listCases(database, vault, caseIds);
  const parties = new Map(
    await Promise.all(
      [...cases.values()].map(async (one) => [one.id, await listCaseParties(database, vault, one)] as const),
    ),
  );
  const through = isStaff(actor) ? null : await listThrough(database, vault, actor.accountId, caseIds);
  // An assistant reads along and says nothing to the court.
  const isListening = ({ caseId }: ThreadRow): boolean =>
    caseId !== null && through?.get(caseId)?.rights.includes("threads") === false;
  const escalations = await listEscalations(database, rows);
  const unread = await unreadIn(
    database,
    actor,
    rows.map(({ id }) => id),
  );
  const people = await describeAccounts(
    rows.flatMap(({ ownerId, accountId, id }) => [
      ownerId,
      accountId,
      ...(escalations.get(id) ?? []).map((one) => one.toId),
    ]),
  );
  const courts = new Map<string, string>();
  for (const { courtCode } of rows) if (!courts.has(courtCode)) courts.set(courtCode, await nameOfCourt(courtCode));
  return rows.map((row) => {
    const found = row.caseId === null ? undefined : cases.get(row.caseId);
    const party = parties.get(row.caseId ?? "")?.find(({ key }) => key === row.partyKey);
    const owner = people.get(row.ownerId);
    const words = awaitedText(row.awaiting, row.dueAt, now);
    return {
      id: row.id,
      court: { code: row.courtCode, name: courts.get(row.courtCode) ?? "" },
      case: found ? { id: found.id, number: found.number, title: found.title } : null,
      subject: openSubject(vault, row),
      asker: party
        ? { name: party.name, sideLabel: SIDES[party.side] ?? "" }
        : { name: people.get(row.accountId)?.displayName ?? "用户", sideLabel: "立案前咨询" },
      state: threadWorkflow.present(row.state),
      moves: isListening(row) ? [] : movesOf(actor, row),
      owner: { id: row.ownerId, name: owner?.displayName ?? "", roleLabel: owner ? ROLE_LABELS[owner.role] : "" },
      awaiting: row.awaiting,
      awaitedText: isStaff(actor) ? words.replace("，系统已自动逐级催办", "").replace("您可以", "当事人可以") : words,
      dueAt: row.dueAt.toISOString(),
      overdue: row.awaiting === "court" && row.dueAt <= now,
      escalations: (escalations.get(row.id) ?? []).map(({ rung, toId, at }) => ({
        rung,
        toLabel: labelOf(people.get(toId)?.role),
        at: at.toISOString(),
      })),
      canWrite: !isListening(row) && (row.state === "open" || row.dueAt > now),
      messageCount: row.messages,
      unread: unread.get(row.id) ?? 0,
      openedAt: row.openedAt.toISOString(),
      lastAt: row.lastAt.toISOString(),
      closedAt: row.closedAt?.toISOString() ?? null,
      rating: row.rating === null ? null : { score: row.rating, words: openRatingWords(vault, row) },
    };
  });
}

const labelOf = (role: Role | undefined): string => (role ? ROLE_LABELS[role] : "");

/** What this reader may do now; taking a closed thread up again is done by writing. */
function movesOf(actor: Actor, row: ThreadRow) {
  return threadWorkflow.open(row.state, actor.role).filter(({ action }) => {
    if (action === "reopen") return false;
    if (action === "rate") return row.rating === null;
    if (action === "escalate") return row.awaiting === "court" && row.rung < 2;
    if (action === "close") return !isStaff(actor) || row.awaiting !== "court";
    return true;
  });
}

interface Escalation {
  readonly rung: number;
  readonly toId: string;
  readonly at: Date;
}
/** Of the waiting that goes on now. */
async function listEscalations(
  { read }: Pick<Database, "read">,
  rows: readonly ThreadRow[],
): Promise<Map<string, Escalation[]>> {
  const waiting = rows.filter(({ rung }) => rung > 0);
  const found = new Map<string, Escalation[]>();
  if (waiting.length === 0) return found;
  const steps = await read<Escalation & { threadId: string; turn: number }>(
    `SELECT thread_id AS threadId, turn, rung, to_id AS toId, at FROM thread_step
     WHERE action = 'escalate' AND thread_id IN (${waiting.map(() => "?").join(",")}) ORDER BY id`,
    waiting.map(({ id }) => id),
  );
  for (const { threadId, turn, ...step } of steps) {
    const id = String(threadId);
    if (!waiting.some((row) => row.id === id && row.turn === turn)) continue;
    found.set(id, [...(found.get(id) ?? []), { ...step, toId: String(step.toId) }]);
  }
  return found;
}

export async function presentDetail(means: Means, actor: Actor, row: ThreadRow, now: Date) {
  const { database, vault } = means;
  const [[view], messages, materials] = await Promise.all([
    presentThreads(means, actor, [row], now),
    listMessages(database, row.id),
    listMaterials(means, "thread", row.id, { editable: false, role: actor.role }),
  ]);
  if (!view) throw new Error("a thread that was found is not shown");
  const people = await describeAccounts(messages.map(({ accountId }) => accountId));
  return {
    ...view,
    messages: messages.map((one) => {
      const author = people.get(one.accountId);
      const isAsker = one.side === "party" && one.accountId === row.accountId;
      return {
        n: one.n,
        side: one.side,
        author: isAsker ? view.asker.name : (author?.displayName ?? ""),
        roleLabel: ROLE_LABELS[one.role],
        body: openBody(vault, row, one),
        materials: materials.filter(({ id }) => materialsOf(one).includes(id)),
        toAll: one.toAll,
        at: one.at.toISOString(),
      };
    }),
  };
}
