import { SYSTEM } from "../src/core/actor.ts";
import { holdNotice, receiveMoney, returnMoney } from "../src/modules/fee/index.ts";
import type { TestApp } from "./app.ts";
import {
  accepting,
  COURT,
  claimed,
  clerk,
  type Filed,
  key,
  picture,
  privateLoan,
  readyDraft,
  submitted,
  upload,
} from "./filings.ts";
import { type Person, type StaffPerson, staffMember } from "./people.ts";

export interface AcceptedCase {
  readonly caseId: string;
  readonly caseNumber: string;
  readonly filingId: string;
  /** Empty where the case is free. */
  readonly noticeId: string;
  /** `/fee-notices/:id`. */
  readonly notice: string;
  readonly owner: Person;
  readonly clerk: StaffPerson;
}
export interface AcceptedOptions {
  readonly courtCode?: string;
  readonly by?: StaffPerson;
  readonly defendant?: string;
  /** The name of the organisation that files for itself, by the person named. */
  readonly organisation?: string;
  /** Of the filing's content: `{amountFen: 20_000_000, parties: …}`. */
  readonly change?: Record<string, unknown>;
  readonly causeCode?: string;
  readonly caseTypeCode?: string;
}

/** A case that was accepted, with its fee notice, through HTTP. Private loan of 50,000 yuan (fee 1,050.00) unless said otherwise. */
export async function acceptedCase(
  app: TestApp,
  name: string,
  { courtCode = COURT, by, defendant, organisation, change, causeCode, caseTypeCode }: AcceptedOptions = {},
): Promise<AcceptedCase> {
  const options = { courtCode, ...(change ? { change } : {}), ...(defendant ? { defendant } : {}) };
  const filing = organisation
    ? await submittedFor(app, organisation, name, options)
    : await submitted(app, name, options);
  const who = by ?? (await clerk(app, courtCode === COURT ? "clerk1" : `clerk-${[...courtCode].length}`, courtCode));
  const { item, fence } = await claimed(who, filing);
  const decision = {
    ...accepting(fence),
    ...(causeCode ? { causeCode } : {}),
    ...(caseTypeCode ? { caseTypeCode } : {}),
  };
  const accepted = await who.ask("POST", `${item}/moves`, decision, key());
  if (accepted.status !== 200) throw new Error(`not accepted: ${accepted.text}`);
  await app.settle();
  const { caseId, caseNumber } = (await filing.owner.ask("GET", filing.path)).json;
  const notices = await filing.owner.ask("GET", `/fee-notices?caseId=${caseId}`);
  if (notices.status !== 200) throw new Error(`no notices: ${notices.text}`);
  const noticeId: string = notices.json.items[0]?.id ?? "";
  return {
    caseId,
    caseNumber,
    filingId: filing.id,
    noticeId,
    notice: `/fee-notices/${noticeId}`,
    owner: filing.owner,
    clerk: who,
  };
}

/** Handed in by somebody for the organisation they act for, with the papers of one. */
async function submittedFor(
  app: TestApp,
  organisation: string,
  name: string,
  options: NonNullable<Parameters<typeof readyDraft>[2]>,
): Promise<Filed> {
  const [, defendant] = privateLoan(name).parties;
  const plaintiff = {
    key: "p1",
    side: "plaintiff",
    kind: "organisation",
    name: organisation,
    idType: "uscc",
    idNumber: "91350100M000100Y43",
    phone: "053188886666",
    address: "山东省济南市历下区解放路166号",
    legalRepresentative: name,
    legalRepresentativeTitle: "执行董事",
    orgType: "有限责任公司",
  };
  const change = { parties: [plaintiff, defendant], ...options.change };
  const draft = await readyDraft(app, name, { ...options, change });
  for (const kind of ["business_license", "legal_rep_certificate"])
    await upload(app, draft.owner, draft.id, kind, await picture(`${organisation} ${kind}`));
  await app.settle();
  const answer = await draft.owner.ask("POST", `${draft.path}/moves`, { action: "submit" }, key());
  if (answer.status !== 200) throw new Error(`not submitted: ${answer.text}`);
  await app.settle();
  return draft;
}

/** Money for a notice, as `payment` brings it. */
export const receive = (app: TestApp, noticeId: string, paymentId: string, amountFen: number) =>
  app.transact(SYSTEM, async (work) =>
    receiveMoney(work, app, await holdNotice(work, noticeId), { paymentId, amountFen }),
  );
/** Money that went back, as `payment` says it. */
export const giveBack = (app: TestApp, noticeId: string, refundId: string, amountFen: number, fromSurplus = false) =>
  app.transact(SYSTEM, async (work) =>
    returnMoney(work, app, await holdNotice(work, noticeId), { refundId, amountFen, fromSurplus }),
  );

export const judge = (app: TestApp, username = "judge1", courtCode = COURT): Promise<StaffPerson> =>
  staffMember(app, { username, role: "judge", courtCode });

/** Balances of a notice's accounts: debit is positive. */
export async function ledgerOf(app: TestApp, noticeId: string): Promise<Record<string, number>> {
  const rows = await app.database.read<{ debit: string; credit: string; fen: string }>(
    "SELECT debit, credit, amount_fen AS fen FROM ledger_entry WHERE notice_id = ?",
    [noticeId],
  );
  const balances: Record<string, number> = { receivable: 0, income: 0, relief: 0, wechat: 0, surplus: 0 };
  for (const { debit, credit, fen } of rows) {
    balances[debit] = (balances[debit] ?? 0) + Number(fen);
    balances[credit] = (balances[credit] ?? 0) - Number(fen);
  }
  return balances;
}

/** What the ledger must say of a notice, at every moment; `came` is all that came in less all that went back. */
export async function checkLedger(app: TestApp, noticeId: string, came?: number): Promise<void> {
  const [row] = await app.database.read<{ assessed: string; relief: string; paid: string; refunded: string }>(
    "SELECT assessed_fen AS assessed, relief_fen AS relief, paid_fen AS paid, refunded_fen AS refunded FROM fee_notice WHERE id = ?",
    [noticeId],
  );
  const [assessed, relief, paid, refunded] = [row?.assessed, row?.relief, row?.paid, row?.refunded].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const balances = await ledgerOf(app, noticeId);
  const due = assessed - relief;
  const net = paid - refunded;
  const wechat = came ?? net;
  const expected = {
    receivable: Math.max(0, due - net),
    income: -assessed,
    relief,
    wechat,
    surplus: -(Math.max(0, net - due) + (wechat - net)),
  };
  for (const [account, fen] of Object.entries(expected))
    if (balances[account] !== fen)
      throw new Error(
        `notice ${noticeId}: ${account} is ${balances[account]}, not ${fen}: ${JSON.stringify(balances)}`,
      );
}
