import type { TestApp } from "./app.ts";
import { accepting, COURT, claimed, clerk, key, seedCourtsAndRules, submitted } from "./filings.ts";
import type { Person, StaffPerson } from "./people.ts";

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
  /** Of the filing's content: `{amountFen: 20_000_000, parties: …}`. */
  readonly change?: Record<string, unknown>;
  readonly causeCode?: string;
  readonly caseTypeCode?: string;
}

/** A case that was accepted, with its fee notice, through HTTP. Private loan of 50,000 yuan (fee 1,050.00) unless said otherwise. */
export async function acceptedCase(
  app: TestApp,
  name: string,
  { courtCode = COURT, by, defendant, change, causeCode, caseTypeCode }: AcceptedOptions = {},
): Promise<AcceptedCase> {
  const filing = await submitted(app, name, {
    courtCode,
    ...(change ? { change } : {}),
    ...(defendant ? { defendant } : {}),
  });
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

export { seedCourtsAndRules };
