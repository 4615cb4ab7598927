import { type Actor, isStaff } from "#core/actor.ts";
import { LANGUAGES } from "#core/language.ts";
import { courtDayOf } from "#core/period.ts";
import { findCaseRow, listCaseParties, listCases, listThrough, SIDES } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { maskAddress, maskEmail } from "#modules/reference/index.ts";
import { firstChannel } from "./attempt.ts";
import { effectOfAttempt, isOver } from "./effect.ts";
import { presentFacts } from "./facts.ts";
import { barredFrom, CHANNELS, type Channel, CONSENTS, DOCUMENT_KINDS, documentKind, nextChannel } from "./kinds.ts";
import type { ServiceContest } from "./model.ts";
import { listParts } from "./parts.ts";
import { knownOf, listAttempts, NEVER, openWord, type ServiceRow } from "./store.ts";
import { isTranslatable, listTranslations, nameOfTranslation } from "./translation.ts";
import { isConfirmed, whereaboutsOf } from "./where.ts";
import { serviceWorkflow } from "./workflow.ts";

const coded = <T extends string>(code: T | null, table: Readonly<Record<T, string | { label: string }>>) => {
  if (code === null) return null;
  const found = table[code];
  return { code, label: typeof found === "string" ? found : found.label };
};

/** Services as this reader sees them, who was asked before whether they may. */
export async function presentServices({ database, vault, clock }: Means, actor: Actor, rows: readonly ServiceRow[]) {
  const cases = await listCases(
    database,
    vault,
    rows.map(({ caseId }) => caseId),
  );
  const partiesIn = new Map(
    await Promise.all(
      [...cases.values()].map(async (found) => [found.id, await listCaseParties(database, vault, found)] as const),
    ),
  );
  const ids = rows.map(({ caseId }) => caseId);
  // Who only works for the party's lawyer reads it; receiving it is not theirs.
  const through = isStaff(actor) ? new Map() : await listThrough(database, vault, actor.accountId, ids);
  const today = courtDayOf(clock.now());
  return Promise.all(
    rows.map(async (row) => {
      const found = cases.get(row.caseId);
      const party = partiesIn.get(row.caseId)?.find(({ key }) => key === row.partyKey);
      return {
        id: row.id,
        caseId: row.caseId,
        caseNumber: found?.number ?? "",
        courtName: await nameOfCourt(row.courtCode),
        number: row.number,
        documentKind: coded(row.documentKind, DOCUMENT_KINDS),
        title: row.title,
        recipient: { key: row.partyKey, sideLabel: SIDES[party?.side ?? ""] ?? "", name: party?.name ?? "" },
        mine: !isStaff(actor),
        state: serviceWorkflow.present(row.state),
        moves: through.has(row.caseId) ? [] : movesOf(actor, row),
        channel: coded(row.channel, CHANNELS),
        dueOn: row.dueOn === NEVER ? null : row.dueOn,
        overdue: row.state === "pending" && row.dueOn < today,
        sentAt: row.sentAt?.toISOString() ?? null,
        effectiveOn: row.effectiveOn,
        presumed: Boolean(Number(row.presumed)),
        basis: row.basis,
        explanation: row.explanation,
        paper: {
          askedAt: row.paperAskedAt?.toISOString() ?? null,
          givenAt: row.paperGivenAt?.toISOString() ?? null,
        },
        version: row.version,
      };
    }),
  );
}

function movesOf(actor: Actor, row: ServiceRow) {
  const judgment = documentKind(row.documentKind).judgment;
  return serviceWorkflow.open(row.state, actor.role).filter(({ action }) => {
    if (action === "ask_paper") return judgment && row.paperAskedAt === null;
    if (action === "give_paper") return row.paperAskedAt !== null && row.paperGivenAt === null;
    return true;
  });
}

const CONTEST_STATES = { open: "待审查", accepted: "异议成立", refused: "异议不成立" } as const;

/** One service with everything that is known of it: documents, every way that was tried, contests, and what may be done next. */
export async function presentService(means: Means, actor: Actor, row: ServiceRow) {
  const { database, vault } = means;
  const staff = isStaff(actor);
  const [[view], courtCase, documents, translations, attempts, contests] = await Promise.all([
    presentServices(means, actor, [row]),
    findCaseRow(database, actor, row.caseId),
    listParts(database, row.id),
    listTranslations(database, row.id),
    listAttempts(database, row.id),
    listContests(database, row.id),
  ]);
  const kind = documentKind(row.documentKind);
  const known = attempts.map((attempt) => ({ attempt, known: knownOf(vault, row, attempt) }));
  const where = staff ? await whereaboutsOf(means, courtCase, row.partyKey) : null;
  const open = row.state === "pending" || row.state === "sent" || row.state === "failed";
  const channels = (Object.keys(CHANNELS) as Channel[]).map((code) => ({
    code,
    label: CHANNELS[code].label,
    barred: barredFrom(code, kind, courtCase.trialProcedure),
  }));
  const suggested = !staff || !open ? null : await suggestedFor(means, courtCase, row);
  const acknowledged = attempts.some(({ repliedAt }) => repliedAt);
  const consent = where ? where.consent : null;
  return {
    ...view,
    moves: (view?.moves ?? []).filter(({ action }) => action !== "acknowledge" || !acknowledged),
    judgment: kind.judgment,
    consent: coded(row.consent ?? consent, CONSENTS),
    warnings: where
      ? warningsOf(row, kind, isConfirmed("inapp", where, kind), suggested, courtCase.trialProcedure)
      : [],
    documents: documents.map((part) => ({
      position: part.position,
      title: part.title,
      sha256: part.sha256,
      bytes: part.bytes === null ? null : Number(part.bytes),
      path: `/services/${row.id}/document.pdf?part=${part.position}`,
      moves: staff && isTranslatable(row, part) ? [{ action: "translate", label: "附译文" }] : [],
      translations: translations
        .filter(({ position }) => position === part.position)
        .map((one) => ({
          language: coded(one.language, LANGUAGES),
          title: nameOfTranslation(part.title, one),
          machine: one.source === "machine",
          translator: one.translator,
          sha256: one.sha256,
          path: `/services/${row.id}/document.pdf?part=${part.position}&language=${one.language}`,
        })),
    })),
    attempts: known.map(({ attempt, known: one }) => {
      const effect = effectOfAttempt(one, courtCase.trialProcedure);
      const address = openWord(vault, row, "address", attempt.address);
      return {
        id: String(attempt.id),
        channel: coded(one.channel, CHANNELS),
        address: staff ? maskedAddress(one.channel, address) : address,
        confirmed: one.confirmed,
        sentAt: attempt.sentAt.toISOString(),
        arrivedAt: one.arrivedAt?.toISOString() ?? null,
        readAt: one.readAt?.toISOString() ?? null,
        repliedAt: one.repliedAt?.toISOString() ?? null,
        facts: presentFacts(one.facts),
        effectiveOn: effect.effectiveDate,
        presumed: effect.presumed,
        basis: effect.basis,
        explanation:
          effect.explanation || (isOver(one, courtCase.trialProcedure) ? "这一次没有送达，请改用其他方式。" : ""),
      };
    }),
    contests: contests.map((contest) => ({
      id: String(contest.id),
      claimedOn: contest.claimedOn,
      disputedOn: contest.disputedOn,
      note: openWord(vault, row, "contest", contest.note),
      state: coded(contest.state, CONTEST_STATES),
      effectiveOn: contest.effectiveOn ?? null,
      reason: openWord(vault, row, "reason", contest.reason ?? null),
      at: contest.at.toISOString(),
      decidedAt: contest.decidedAt?.toISOString() ?? null,
    })),
    channels: staff ? channels : [],
    suggested: coded(suggested, CHANNELS),
    certificate: row.effectiveAt ? `/services/${row.id}/certificate.pdf` : null,
  };
}

async function suggestedFor(means: Means, courtCase: Parameters<typeof firstChannel>[1], row: ServiceRow) {
  if (row.state === "pending" || row.channel === null) return firstChannel(means, courtCase, row);
  return nextChannel(row.channel, documentKind(row.documentKind));
}

function warningsOf(
  row: ServiceRow,
  kind: ReturnType<typeof documentKind>,
  agreed: boolean,
  suggested: Channel | null,
  procedure: string | null,
): string[] {
  const found: string[] = [];
  const barred =
    suggested === "public_notice" || row.channel === "leave" ? barredFrom("public_notice", kind, procedure) : null;
  if (barred) found.push(barred);
  if (row.state === "pending" && !agreed)
    found.push(
      kind.judgment
        ? "受送达人没有同意以电子方式接收裁判文书，在线发送须有回复或者阅知才产生送达效力。"
        : "受送达人没有确认电子送达地址，在线发送须有回复或者阅知才产生送达效力；也可以同时邮寄。",
    );
  if (row.paperAskedAt && !row.paperGivenAt)
    found.push("受送达人要求提供纸质文书，请及时提供（民事诉讼法第九十条第二款）。");
  return found;
}

const maskedAddress = (channel: Channel, address: string): string => {
  if (address === "" || channel === "inapp") return address;
  return channel === "email" ? maskEmail(address) : maskAddress(address.split("　")[0] ?? "");
};

type ContestRow = Pick<
  ServiceContest,
  "id" | "claimedOn" | "disputedOn" | "note" | "state" | "effectiveOn" | "reason" | "at" | "decidedAt"
>;
const listContests = (database: Means["database"], serviceId: string): Promise<ContestRow[]> =>
  database.read<ContestRow>(
    `SELECT id, DATE_FORMAT(claimed_on, '%Y-%m-%d') AS claimedOn, DATE_FORMAT(disputed_on, '%Y-%m-%d') AS disputedOn, note, state,
       DATE_FORMAT(effective_on, '%Y-%m-%d') AS effectiveOn, reason, at, decided_at AS decidedAt
     FROM service_contest WHERE service_id = ? ORDER BY id`,
    [serviceId],
  );
