import { COURT, key, PRIVATE_LOAN } from "../filings.ts";
import { accountPlans } from "./authorisation.account.ts";
import { casePlans } from "./authorisation.case.ts";
import { confirmationPlans } from "./authorisation.confirmations.ts";
import { contactPlans } from "./authorisation.contact.ts";
import { delegationPlans } from "./authorisation.delegations.ts";
import { deskPlans } from "./authorisation.desk.ts";
import { dossierPlans } from "./authorisation.dossier.ts";
import { feePlans } from "./authorisation.fee.ts";
import { filingPlans } from "./authorisation.filing.ts";
import { hearingPlans } from "./authorisation.hearing.ts";
import { intakePlans } from "./authorisation.intake.ts";
import { paymentPlans } from "./authorisation.payments.ts";
import type { Plan } from "./authorisation.plan.ts";
import { questioningPlans } from "./authorisation.questioning.ts";
import { receptionPlans } from "./authorisation.reception.ts";
import { roomPlans } from "./authorisation.room.ts";
import { submissionPlans } from "./authorisation.submission.ts";
import { FAR_COURT } from "./world.ts";

/** Keyed by `route | object`, or by the route where one plan serves for all its objects. */
export const plans: Readonly<Record<string, Plan>> = {
  ...accountPlans,
  ...filingPlans,
  ...intakePlans,
  ...casePlans,
  ...submissionPlans,
  ...contactPlans,
  ...feePlans,
  ...paymentPlans,
  ...confirmationPlans,
  ...deskPlans,
  ...delegationPlans,
  ...dossierPlans,
  ...hearingPlans,
  ...receptionPlans,
  ...questioningPlans,
  ...roomPlans,
  "POST /audit/verify": { body: () => ({}) },
  "GET /courts": { query: "?query=历下" },
  "GET /courts/:code": { standing: () => COURT },
  "GET /courts/:code/parameters | court": { standing: () => COURT },
  "GET /courts/:code/parameters | farCourt": { standing: () => FAR_COURT },
  "PUT /courts/:code/parameters | court": {
    standing: () => COURT,
    headers: { "if-match": '"0"' },
    body: () => ({ values: { correctionDays: 10 } }),
    async fresh({ staff }) {
      const { version } = (await staff.admin.ask("GET", `/courts/${COURT}/parameters`)).json;
      return { headers: { "if-match": `"${version}"` } };
    },
  },
  "PUT /courts/:code/parameters | farCourt": {
    standing: () => FAR_COURT,
    headers: { "if-match": '"0"' },
    body: () => ({ values: { correctionDays: 10 } }),
  },
  "GET /causes": { query: "?query=借钱不还" },
  "GET /court-days": { query: "?from=2026-02-09&to=2026-02-22" },
  "GET /forms/:id": { standing: () => "09" },
  "POST /fees/quote": { body: () => ({ kind: "property_first_instance", input: { claim_amount: "15000" } }) },
  "POST /deadlines/compute": { body: () => ({ rule: "答辩期", eventDate: "2026-02-02" }) },
  "POST /service-effects/compute": {
    body: () => ({ input: { mode: "electronic_confirmed_address", system_send_success: "2026-05-09T20:15" } }),
  },
  "POST /case-numbers/parse": { body: () => ({ text: "(2026)鲁0102民初123号" }) },
  "POST /identity-numbers/check": { body: () => ({ type: "resident_id", value: "11010519491231002X" }) },
  "POST /jurisdiction/advise": { body: () => ({ causeCode: PRIVATE_LOAN, defendantCourts: [COURT] }) },
  "POST /speech": { body: () => ({ text: "法院已经收到您的材料。" }) },
  "PUT /me/notices": { body: () => ({ groups: [{ group: "money", channels: { email: false } }] }) },
  "POST /me/notices/subscriptions": {
    headers: key(),
    body: () => ({ templateIds: ["sandbox-template-money"] }),
    fresh: async () => ({ headers: key() }),
  },
  "GET /notices": { query: "?about=filing:1" },
  // The address holds the secret; what stands for nobody's message changes nothing.
  "POST /notices/receipts/:provider": {
    standing: () => "aliyun",
    query: "?token=sandbox-receipt-token-0000000000000000",
    body: () => [],
    publicly: async () => ({ body: [] }),
  },
  "POST /messages/:id/read": { standing: ({ messageId }) => messageId },
};
