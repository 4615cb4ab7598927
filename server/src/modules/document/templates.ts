import { type AnswerPaper, answerPleading, type PetitionPaper, petition } from "./answer-paper.ts";
import { type BilingualPaper, bilingual } from "./bilingual.ts";
import { type ComplaintPaper, complaint } from "./complaint.ts";
import { type CourtPaper, courtPaper } from "./court-paper.ts";
import { type FeeBillPaper, feeBill } from "./fee-bill.ts";
import { type FeeNoticePaper, feeNotice } from "./fee-notice.ts";
import { type HearingTranscriptPaper, hearingTranscript } from "./hearing-transcript.ts";
import { type MandatePaper, mandate } from "./mandate.ts";
import type { Paper } from "./paper.ts";
import { type ReceiptPaper, receipt } from "./receipt.ts";
import { type ServiceCertificatePaper, serviceCertificate } from "./service-certificate.ts";
import { type SummonsPaper, summons } from "./summons.ts";

/** Every paper by its name, and the facts it is made of. */
export interface Templates {
  "fee-notice": FeeNoticePaper;
  "fee-bill": FeeBillPaper;
  "court-paper": CourtPaper;
  "bilingual-paper": BilingualPaper;
  complaint: ComplaintPaper;
  "answer-paper": AnswerPaper;
  "petition-paper": PetitionPaper;
  mandate: MandatePaper;
  receipt: ReceiptPaper;
  "service-certificate": ServiceCertificatePaper;
  summons: SummonsPaper;
  "hearing-transcript": HearingTranscriptPaper;
}
export type TemplateName = keyof Templates;

const templates: { readonly [Name in TemplateName]: (data: Templates[Name]) => Paper } = {
  "fee-notice": feeNotice,
  "fee-bill": feeBill,
  "court-paper": courtPaper,
  "bilingual-paper": bilingual,
  complaint,
  "answer-paper": answerPleading,
  "petition-paper": petition,
  mandate,
  receipt,
  "service-certificate": serviceCertificate,
  summons,
  "hearing-transcript": hearingTranscript,
};

export function compose<Name extends TemplateName>(template: Name, data: Templates[Name]): Paper {
  return templates[template](data);
}
