import type { EventName, Told } from "#core/outbox.ts";
import { showSource } from "#modules/fee/index.ts";
import { HEARING_KINDS, type HearingKind, timeInWords } from "#modules/hearing/index.ts";
import { DOCUMENT_KINDS } from "#modules/service/index.ts";
import { labelOfSubmission, type SubmissionKind } from "#modules/submission/index.ts";
import { ruleOf } from "./rules.ts";

/** Who hears of an event: everybody who takes part, those who act for the party it names, or for whoever is to pay. */
export type Hearing = "everybody" | "side" | "payer";
/** Words of the case that a title needs: 原告, 被告, 第三人 by a party's key. */
export interface Words {
  side(partyKey: string): string;
}
export interface ChangeKind<Name extends EventName> {
  readonly label: string;
  hearing(event: Told<Name>): Hearing;
  /** Whoever it is about knows it already. */
  notTo?(event: Told<Name>): string;
  /** What has changed, in a line that names nobody; null: not worth one. */
  title(event: Told<Name>, words: Words): string | null;
}
type Table = { readonly [Name in EventName]?: ChangeKind<Name> };

const everybody = (): Hearing => "everybody";
const side = (): Hearing => "side";
const payer = (): Hearing => "payer";
/** What is dealt with before the others may know of it is its own side's (审判流程公开规定§8). */
const toldTo = ({ open }: { open: boolean }): Hearing => (open ? "everybody" : "side");
const paper = ({ kind, application }: { kind: string; application: string | null }): string =>
  labelOfSubmission(kind as SubmissionKind, application);
const servedTo = ({ documentKind }: { documentKind: string }): Hearing =>
  isQuiet(documentKind) ? "side" : "everybody";
const fee = ({ source }: { source: string }): string => showSource(source).label;

const sitting = ({ kind }: { kind: HearingKind }): string => HEARING_KINDS[kind];
const time = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }): string =>
  timeInWords(new Date(startsAt), new Date(endsAt));
const document = ({ documentKind }: { documentKind: string }): string =>
  (DOCUMENT_KINDS as Readonly<Record<string, { label: string }>>)[documentKind]?.label ?? "文书";
const isQuiet = (documentKind: string): boolean =>
  (DOCUMENT_KINDS as Readonly<Record<string, { quiet: boolean }>>)[documentKind]?.quiet ?? false;
export const labelOfDocument = (documentKind: string): string => document({ documentKind });

/** What is told at the desk, one line for each event. */
export const CHANGES: Table = {
  "case.opened": { label: "立案", hearing: everybody, title: () => "案件已立案" },
  "case.deemed_withdrawn": { label: "按撤诉处理", hearing: everybody, title: () => "本案按撤诉处理" },
  "case.limit_changed": {
    label: "审理期限",
    hearing: everybody,
    title: ({ lastDay }) => `审理期限有变更，届满之日为 ${lastDay}`,
  },
  "case.closed": { label: "结案", hearing: everybody, title: () => "案件已审结" },
  "case.assigned": { label: "审判人员", hearing: everybody, title: () => "法院确定了审判人员或者审理程序" },
  "case.participant_joined": {
    label: "参与人",
    hearing: everybody,
    notTo: ({ accountId }) => accountId,
    title: ({ partyKey }, { side }) => `${side(partyKey)}一方有人加入本案`,
  },
  "case.participant_ended": {
    label: "参与人",
    hearing: everybody,
    title: ({ partyKey }, { side }) => `${side(partyKey)}一方有人不再参加本案`,
  },
  "case.delegated": {
    label: "代管",
    hearing: side,
    notTo: ({ delegateId }) => delegateId,
    title: ({ kind, partyKey }, { side }) =>
      kind === "stand_in" ? `${side(partyKey)}的代理律师将本案交由其他律师代管` : null,
  },
  "case.delegation_ended": {
    label: "代管",
    hearing: side,
    title: ({ kind, partyKey }, { side }) => (kind === "stand_in" ? `${side(partyKey)}一方本案的代管已结束` : null),
  },
  "case.agency_asked": { label: "代理", hearing: side, title: () => "有人申请担任代理人，请确认" },
  "fee.issued": { label: "诉讼费", hearing: payer, title: (event) => `${fee(event)}交费通知已发出` },
  "fee.served": { label: "诉讼费", hearing: payer, title: (event) => `请在 ${event.dueOn} 前交纳${fee(event)}` },
  "fee.overdue": { label: "诉讼费", hearing: payer, title: (event) => `${fee(event)}的交费期限已过` },
  "fee.paid": { label: "诉讼费", hearing: payer, title: (event) => `${fee(event)}已交清` },
  "fee.changed": { label: "诉讼费", hearing: payer, title: (event) => `${fee(event)}有变动` },
  "fee.refund_due": { label: "诉讼费", hearing: payer, title: (event) => `${fee(event)}有应退的款项` },
  "fee.relief_decided": { label: "司法救助", hearing: payer, title: () => "法院对缓减免申请作出了决定" },
  "fee.exempted": { label: "司法救助", hearing: payer, title: (event) => `${fee(event)}已免交` },
  "submission.submitted": {
    label: "提交",
    // What waits for the common exchange is its own side's business (在线诉讼规则§14).
    hearing: ({ open }) => (open ? "everybody" : "side"),
    title: (event, { side }) => `${side(event.partyKey)}提交了${paper(event)}`,
  },
  "submission.received": { label: "提交", hearing: side, title: (event) => `法院已接收${paper(event)}` },
  "submission.returned": { label: "提交", hearing: side, title: (event) => `${paper(event)}被退回补正` },
  "submission.withdrawn": { label: "提交", hearing: side, title: (event) => `${paper(event)}已撤回` },
  "submission.granted": { label: "法院答复", hearing: toldTo, title: (event) => `法院准许了${paper(event)}` },
  "submission.refused": { label: "法院答复", hearing: toldTo, title: (event) => `法院未准许${paper(event)}` },
  "submission.disclosed": {
    label: "提交",
    hearing: everybody,
    title: (event, { side }) => `法院公开了${side(event.partyKey)}的${paper(event)}及其办理情况`,
  },
  "service.sent": { label: "送达", hearing: side, title: (event) => `法院发出了${document(event)}` },
  "service.effective": {
    label: "送达",
    hearing: servedTo,
    title: (event, { side }) => `${document(event)}已于 ${event.effectiveOn} 送达${side(event.partyKey)}`,
  },
  "service.effect_changed": {
    label: "送达",
    hearing: servedTo,
    title: (event, { side }) =>
      event.after === null
        ? `${document(event)}送达${side(event.partyKey)}的日期（${event.before}）已撤销`
        : `${document(event)}送达${side(event.partyKey)}的日期由 ${event.before} 改为 ${event.after}`,
  },
  "service.contested": {
    label: "送达",
    hearing: servedTo,
    title: (event, { side }) => `${side(event.partyKey)}对${document(event)}的送达日期提出异议`,
  },
  "service.contest_decided": {
    label: "送达",
    hearing: servedTo,
    title: (event) => `法院对${document(event)}送达日期的异议作出了决定`,
  },
  "service.failed": {
    label: "送达",
    hearing: servedTo,
    title: (event, { side }) => `${document(event)}未能送达${side(event.partyKey)}，法院将改用其他方式`,
  },
  "service.cancelled": { label: "送达", hearing: side, title: (event) => `${document(event)}的送达已撤销` },
  "period.set": { label: "期限", hearing: everybody, title: () => "法院登记了本案的举证期限等事项" },
  "hearing.proposed": { label: "开庭", hearing: everybody, title: () => "法院提供了开庭时间供各方选择" },
  "hearing.change_asked": {
    label: "开庭",
    hearing: everybody,
    title: ({ partyKey }, { side }) => `${side(partyKey)}申请改期，法院提供了新的时间供各方选择`,
  },
  "hearing.fixed": {
    label: "开庭",
    hearing: everybody,
    title: (event) => `${sitting(event)}时间确定为 ${time(event)}`,
  },
  "hearing.notified": {
    label: "开庭",
    hearing: everybody,
    title: (event) => `法院通知 ${time(event)} ${sitting(event)}`,
  },
  "hearing.changed": { label: "开庭", hearing: everybody, title: (event) => `${sitting(event)}改期至 ${time(event)}` },
  "hearing.mode_changed": { label: "开庭", hearing: everybody, title: (event) => `${sitting(event)}的参加方式有变更` },
  "hearing.adjourned": { label: "开庭", hearing: everybody, title: (event) => `${sitting(event)}已延期` },
  "hearing.cancelled": { label: "开庭", hearing: everybody, title: (event) => `${sitting(event)}已取消` },
  "hearing.held": { label: "开庭", hearing: everybody, title: (event) => `已于 ${time(event)} ${sitting(event)}` },
  "obligation.changed": {
    label: "期限变更",
    hearing: ({ rule }) => (ruleOf(rule).served?.documents.some(isQuiet) ? "side" : "everybody"),
    title: ({ partyKey, rule, before, dueOn }, { side }) =>
      // The sitting tells its own time.
      rule === "attend" ? null : `${side(partyKey)}的${ruleOf(rule).label}期限由 ${before} 改为 ${dueOn}`,
  },
  "obligation.expired": {
    label: "期限届满",
    hearing: side,
    title: ({ rule, dueOn }) => `${ruleOf(rule).label}期限已于 ${dueOn} 届满`,
  },
};

export const labelOfChange = (kind: string): string => CHANGES[kind as EventName]?.label ?? "变动";
