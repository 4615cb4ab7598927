/** What every event of a submission says; no personal data. */
export const factsOf = (row: {
  id: string;
  courtCode: string;
  caseId: string;
  accountId: string;
  partyKey: string;
  kind: string;
  application: string | null;
}) => ({
  about: `submission:${row.id}`,
  courtCode: row.courtCode,
  submissionId: String(row.id),
  caseId: String(row.caseId),
  accountId: String(row.accountId),
  partyKey: row.partyKey,
  kind: row.kind,
  application: row.application,
});
