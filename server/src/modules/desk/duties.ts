import { SYSTEM } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import type { EventName, Told } from "#core/outbox.ts";
import { courtDayOf } from "#core/period.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type CourtCase, participantsOf, sidesInCase } from "#modules/case/index.ts";
import { findNoticeRow, kindOfSource } from "#modules/fee/index.ts";
import { timeInWords } from "#modules/hearing/index.ts";
import {
  closeObligation,
  giveObligations,
  holdOfCase,
  holdOfSource,
  type Obligation,
  placeObligation,
  reopenObligation,
  rework,
} from "./obligations.ts";
import { duesOf, factsOfCase } from "./periods.ts";
import { type Inputs, ruleOf, startedBy } from "./rules.ts";

/** What an event does to the duties of a case whose row is held. Gives the ids of those it made, by party. */
export interface Heard {
  readonly work: Work;
  readonly database: Database;
  readonly courtCase: CourtCase;
  readonly eventId: string;
}
export type Made = ReadonlyMap<string, string>;
type Doing<Name extends EventName> = (event: Told<Name>, heard: Heard) => Promise<Made | undefined>;
export type Duties = { readonly [Name in EventName]?: Doing<Name> };

const FEE_PERIODS: Readonly<Record<string, string>> = { acceptance: "交纳案件受理费", appeal: "上诉交费" };
const sourceOf = (serviceId: string): string => `service:${serviceId}`;

export const DUTIES: Duties = {
  /** The periods that the law starts with service begin (民诉法§85: the day itself not counted). */
  async "service.effective"({ serviceId, partyKey, documentKind, effectiveOn }, heard) {
    return serve(heard, { serviceId, partyKey, documentKind }, effectiveOn);
  },
  async "service.effect_changed"({ serviceId, partyKey, documentKind, after }, heard) {
    if (after !== null) return serve(heard, { serviceId, partyKey, documentKind }, after);
    return closeAll(heard, await holdOfSource(heard.work, sourceOf(serviceId)), "cancelled", `service:${serviceId}`);
  },
  async "service.contested"({ serviceId }, heard) {
    return dispute(heard, serviceId, true);
  },
  async "service.contest_decided"({ serviceId }, heard) {
    return dispute(heard, serviceId, false);
  },
  async "service.cancelled"({ serviceId }, heard) {
    return closeAll(heard, await holdOfSource(heard.work, sourceOf(serviceId)), "cancelled", `service:${serviceId}`);
  },

  async "fee.served"(event, heard) {
    const notice = await findNoticeRow(within(heard.work, heard.database), SYSTEM, event.noticeId);
    const partyKey = await payerOf(heard, event);
    if (partyKey === null || notice.state !== "open" || notice.dueOn === null || notice.servedOn === null) return;
    const inputs: Inputs = {
      eventDate: notice.servedOn,
      subject: event.source,
      fixed: {
        dueOn: notice.dueOn,
        nominalOn: notice.nominalDueOn ?? notice.dueOn,
        provisional: notice.provisional,
        period: FEE_PERIODS[kindOfSource(event.source)] ?? "交纳案件受理费",
      },
    };
    const source = `fee_notice:${event.noticeId}`;
    return made(partyKey, await place(heard, { partyKey, rule: "fee", source, inputs }));
  },
  "fee.paid": ({ noticeId }, heard) => closeFee(heard, noticeId, "done"),
  "fee.exempted": ({ noticeId }, heard) => closeFee(heard, noticeId, "done"),
  // 申请缓减免: the time to pay stands still, and begins anew where relief is refused.
  "fee.relief_requested": ({ noticeId }, heard) => closeFee(heard, noticeId, "cancelled"),
  "fee.overdue": ({ noticeId }, heard) => closeFee(heard, noticeId, "expired"),
  "fee.closed": ({ noticeId }, heard) => closeFee(heard, noticeId, "cancelled"),
  "fee.deemed_withdrawn": ({ noticeId }, heard) => closeFee(heard, noticeId, "expired"),

  async "submission.submitted"({ submissionId, partyKey, kind, application }, heard) {
    const rule = answeredBy(kind, application);
    if (!rule) return;
    const open = (await holdOfCase(heard.work, String(heard.courtCase.id))).filter(
      (one) => one.partyKey === partyKey && one.rule === rule,
    );
    return closeAll(heard, open, "done", `submission:${submissionId}`);
  },
  async "submission.withdrawn"({ submissionId }, heard) {
    return giveBack(heard, submissionId);
  },
  async "submission.returned"({ submissionId }, heard) {
    return giveBack(heard, submissionId);
  },

  /** Summoned: every party is to be there. */
  async "hearing.notified"({ hearingId, startsAt, endsAt }, heard) {
    const words = timeInWords(new Date(startsAt), new Date(endsAt));
    const inputs: Inputs = { eventDate: courtDayOf(new Date(startsAt)), sitting: { startsAt, words } };
    const ids = new Map<string, string>();
    for (const partyKey of (await sidesInCase(heard.work, String(heard.courtCase.id))).keys()) {
      const id = await place(heard, { partyKey, rule: "attend", source: sittingOf(hearingId), inputs });
      if (id !== null) ids.set(partyKey, id);
    }
    return ids;
  },
  // Another time is a duty again once it was notified.
  "hearing.changed": ({ hearingId }, heard) => closeSitting(heard, hearingId, "cancelled"),
  "hearing.adjourned": ({ hearingId }, heard) => closeSitting(heard, hearingId, "cancelled"),
  "hearing.cancelled": ({ hearingId }, heard) => closeSitting(heard, hearingId, "cancelled"),
  "hearing.held": ({ hearingId }, heard) => closeSitting(heard, hearingId, "done"),

  /** The procedure is an input: 小额 knows other periods. */
  "case.assigned": (_event, heard) => again(heard),
  async "period.set"(_event, heard) {
    await again(heard);
    const caseId = String(heard.courtCase.id);
    const sides = await sidesInCase(heard.work, caseId);
    const dues = await duesOf(heard.work, caseId, sides);
    // What was struck out again is nobody's duty any more.
    const struck = (await holdOfCase(heard.work, caseId)).filter(
      ({ source, rule, partyKey }) =>
        source.startsWith("period:") &&
        !dues.some((due) => due.source === source && due.rule === rule && due.partyKey === partyKey),
    );
    await closeAll(heard, struck, "cancelled", `period:${caseId}`);
    const ids = new Map<string, string>();
    for (const due of dues) {
      const id = await place(heard, due);
      if (id !== null && !ids.has(due.partyKey)) ids.set(due.partyKey, id);
    }
    return ids;
  },
  async "case.closed"(_event, heard) {
    return endWithCase(heard);
  },
  async "case.deemed_withdrawn"(_event, heard) {
    return endWithCase(heard);
  },
  async "case.delegated"({ delegateId, partyKey }, { work, courtCase }) {
    await giveObligations(work, delegateId, String(courtCase.id), partyKey);
    return undefined;
  },
  async "case.participant_joined"({ accountId, partyKey }, { work, courtCase }) {
    await giveObligations(work, accountId, String(courtCase.id), partyKey);
    return undefined;
  },
};

const place = ({ work, courtCase, eventId }: Heard, placing: Parameters<typeof placeObligation>[3]) =>
  placeObligation(work, courtCase, eventId, placing);
const made = (partyKey: string, id: string | null): Made | undefined =>
  id === null ? undefined : new Map([[partyKey, id]]);

const sittingOf = (hearingId: string): string => `hearing:${hearingId}`;
async function closeSitting(heard: Heard, hearingId: string, state: "done" | "cancelled"): Promise<undefined> {
  return closeAll(heard, await holdOfSource(heard.work, sittingOf(hearingId)), state, sittingOf(hearingId));
}

async function serve(
  heard: Heard,
  { serviceId, partyKey, documentKind }: { serviceId: string; partyKey: string; documentKind: string },
  effectiveOn: string,
): Promise<Made | undefined> {
  const caseId = String(heard.courtCase.id);
  const side = (await sidesInCase(heard.work, caseId)).get(partyKey) ?? "";
  const known = await factsOfCase(heard.work, heard.courtCase, partyKey);
  let first: string | null = null;
  for (const rule of startedBy(documentKind, side)) {
    const inputs: Inputs = { eventDate: effectiveOn, documentKind, ...known(rule) };
    const id = await place(heard, { partyKey, rule, source: sourceOf(serviceId), inputs });
    first ??= id;
  }
  return made(partyKey, first);
}

async function dispute(heard: Heard, serviceId: string, contested: boolean): Promise<undefined> {
  for (const one of await holdOfSource(heard.work, sourceOf(serviceId))) {
    const inputs = { ...(JSON.parse(one.inputs) as Inputs), contested };
    if (isOlder(heard, one)) continue;
    await rework(heard.work, one, heard.eventId, inputs);
  }
}

/** Everything that service started, with what is known of the case today. */
async function again(heard: Heard): Promise<undefined> {
  for (const one of await holdOfCase(heard.work, String(heard.courtCase.id))) {
    if (!one.source.startsWith("service:") || one.state === "cancelled" || isOlder(heard, one)) continue;
    const { eventDate, documentKind, contested } = JSON.parse(one.inputs) as Inputs;
    const known = await factsOfCase(heard.work, heard.courtCase, one.partyKey);
    const inputs: Inputs = {
      eventDate,
      ...(documentKind ? { documentKind } : {}),
      ...(contested ? { contested } : {}),
      ...known(one.rule),
    };
    await rework(heard.work, one, heard.eventId, inputs);
  }
}

const isOlder = ({ eventId }: Heard, one: Obligation): boolean => BigInt(one.sourceEventId) > BigInt(eventId);

async function closeFee(heard: Heard, noticeId: string, state: "done" | "expired" | "cancelled"): Promise<undefined> {
  return closeAll(heard, await holdOfSource(heard.work, `fee_notice:${noticeId}`), state, `fee_notice:${noticeId}`);
}

async function closeAll(
  heard: Heard,
  them: readonly Obligation[],
  state: "done" | "expired" | "cancelled",
  by: string,
): Promise<undefined> {
  for (const one of them) if (!isOlder(heard, one)) await closeObligation(heard.work, one, state, by);
}

async function giveBack({ work, courtCase }: Heard, submissionId: string): Promise<undefined> {
  for (const one of await holdOfCase(work, String(courtCase.id)))
    if (one.state === "done" && one.closedBy === `submission:${submissionId}`) await reopenObligation(work, one);
}

async function endWithCase(heard: Heard): Promise<undefined> {
  const them = (await holdOfCase(heard.work, String(heard.courtCase.id))).filter(
    ({ rule }) => ruleOf(rule).endsWithCase,
  );
  return closeAll(heard, them, "cancelled", `case:${heard.courtCase.id}`);
}

const answeredBy = (kind: string, application: string | null): string | null =>
  kind === "answer" ? "answer" : APPLIED_FOR.includes(application ?? "") ? application : null;
/** Duties that are an application's own, under its name. */
const APPLIED_FOR: readonly string[] = ["jurisdiction_objection", "preservation_review"];

/** For whom an account pays: `counterclaim:d1` says it; else whoever they act for, on the side that brought the case first. */
async function payerOf(
  { work, courtCase }: Heard,
  event: { source: string; accountId: string },
): Promise<string | null> {
  const [, named] = event.source.split(":");
  const sides = await sidesInCase(work, String(courtCase.id));
  if (named && sides.has(named)) return named;
  const own = (await participantsOf(work, String(courtCase.id))).filter(
    ({ accountId }) => accountId === event.accountId,
  );
  const found = own.find(({ side }) => side === "plaintiff") ?? own[0];
  if (found) return found.partyKey;
  return [...sides].find(([, side]) => side === "plaintiff")?.[0] ?? null;
}
