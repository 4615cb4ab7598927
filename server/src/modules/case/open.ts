import { randomBytes } from "node:crypto";
import { nextNumber } from "#core/counter.ts";
import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { issueAcceptanceFee } from "#modules/fee/index.ts";
import type { Acceptance } from "#modules/intake/index.ts";
import type { Means } from "#modules/module.ts";
import { findCaseType, formatCaseNumber } from "#modules/reference/index.ts";
import { enterFirst } from "./enter.ts";
import { carryLanguage } from "./language.ts";
import { CaseEvent, CaseParty, CourtCase } from "./model.ts";
import { caseWorkflow } from "./workflow.ts";

/**
 * Opens the case of an accepted filing in the acceptance's own work, and gives it its number: year of receipt, court,
 * type, and the next of a counter that is locked until the work ends (法〔2015〕137号 第三条、第六条: in order, none twice,
 * none left out; the year is that of receiving, not of approving).
 */
export async function openCase(
  work: Work,
  means: Means,
  { held, causeCode, caseTypeCode }: Acceptance,
): Promise<{ caseId: string; caseNumber: string }> {
  const { vault } = means;
  const { filing, content, facts } = held;
  const { token } = findCaseType(caseTypeCode);
  const year = Number(facts.receivedOn.slice(0, 4));
  const sealRef = randomBytes(16).toString("hex");
  const bound = `case ${sealRef}`;
  const serial = await nextNumber(work, `case ${year} ${filing.courtCode} ${token}`);
  const number = formatCaseNumber({ year, court: filing.courtCode, type: token, serial });
  const opened = await CourtCase.create(
    {
      sealRef,
      filingId: filing.id,
      accountId: String(filing.accountId),
      courtCode: filing.courtCode,
      year,
      special: "",
      typeToken: token,
      serial,
      number,
      caseTypeCode,
      causeCode,
      amountFen: content.amountFen,
      state: caseWorkflow.start,
      title: vault.seal(facts.title, bound),
      filedOn: facts.receivedOn,
      acceptedOn: courtDayOf(work.at),
      createdAt: work.at,
    },
    { transaction: work.tx },
  );
  await CaseParty.bulkCreate(
    content.parties.map(({ key, side, kind, name, idNumber, legalRepresentative }, position) => ({
      caseId: opened.id,
      partyKey: key,
      side,
      position,
      name: vault.seal(name, bound),
      nameIndex: vault.index("name", name),
      idIndex: idNumber === "" ? null : vault.index("id-number", idNumber),
      kind,
      repIndex: legalRepresentative === "" ? null : vault.index("name", legalRepresentative),
    })),
    { transaction: work.tx },
  );
  await enterFirst(work, vault, opened, content);
  await carryLanguage(work, vault, opened, content.service);
  const { reason } = await issueAcceptanceFee(work, means, {
    caseId: opened.id,
    caseNumber: number,
    held,
    causeCode,
    caseTypeCode,
  });
  const lines = [
    {
      kind: "received",
      title: "法院收到起诉材料",
      detail: `收件编号 ${facts.receiptNumber}`,
      at: filing.submittedAt ?? work.at,
    },
    { kind: "accepted", title: "立案", detail: `案号${number}`, at: work.at },
    ...(reason ? [{ kind: "fee_free", title: "不需要预交费用", detail: reason, at: work.at }] : []),
  ];
  await CaseEvent.bulkCreate(
    lines.map(({ kind, title, detail, at }) => ({
      caseId: opened.id,
      kind,
      source: kind,
      title,
      detail: vault.seal(detail, bound),
      at,
    })),
    { transaction: work.tx },
  );
  await work.emit({
    name: "case.opened",
    about: `case:${opened.id}`,
    courtCode: filing.courtCode,
    caseId: opened.id,
    filingId: filing.id,
    accountId: String(filing.accountId),
  });
  return { caseId: opened.id, caseNumber: number };
}
