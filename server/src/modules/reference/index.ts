export {
  type CaseNumber,
  courtLevelOf,
  formatCaseNumber,
  normaliseCaseNumber,
  parseCaseNumber,
  readCaseNumber,
} from "./case-number.ts";
export { type CaseType, findCaseType, listCaseTypes } from "./case-types.ts";
export { type Cause, findCause, isCauseCode, listCauses, searchCauses } from "./causes.ts";
export {
  type AmountCheck,
  type Answer,
  type Answers,
  checkAnswers,
  crossedParts,
  missingAnswers,
  sumOfAmounts,
} from "./check-answers.ts";
export { citeInFull } from "./citation.ts";
export { type DeadlineRule, deadlineRule, listDeadlineRules } from "./deadline-rules.ts";
export { computeDeadline, type Deadline, type DeadlineQuestion } from "./deadlines.ts";
export {
  assessFee,
  FEE_CATEGORIES,
  type FeeCategory,
  type FeeFacts,
  HALVINGS,
  type Halving,
  isHalvable,
} from "./fee-assess.ts";
export { type CauseFee, feeOfCause } from "./fee-categories.ts";
export { type CourtFeeParameters, checkFeeParameters, type FeeParameterName, feeBounds } from "./fee-parameters.ts";
export type { FeeStep } from "./fee-steps.ts";
export { type FeeQuote, listFeeKinds, quoteFee } from "./fees.ts";
export {
  type Form,
  type FormField,
  type FormParts,
  type FormSection,
  type FormSummary,
  fieldsOf,
  findForm,
  GENERAL_FORM,
  listForms,
  suggestForm,
} from "./forms.ts";
export { courtCalendar } from "./holidays.ts";
export { checkIdentityNumber, type IdentityCheck, type IdentityType, identityTypes } from "./identity-number.ts";
export { type AdvisedCourt, adviseJurisdiction, type CourtLookup, type JurisdictionQuestion } from "./jurisdiction.ts";
export {
  type MaskKind,
  mask,
  maskAddress,
  maskBankCard,
  maskEmail,
  maskIdNumber,
  maskName,
  maskPhone,
} from "./masking.ts";
export { listReliefGrounds, RELIEF_KINDS, type ReliefGround, type ReliefKind, reliefGround } from "./relief-grounds.ts";
export { type CourtDirectory, referenceModule } from "./routes.ts";
export { computeServiceEffect, type ServiceEffect, type ServiceInput } from "./service-effect.ts";
export {
  DEDUCTIONS,
  type DeductionKind,
  type Procedure,
  TRIAL_LIMITS,
  type TrialClock,
  type TrialLimitView,
  trialLimit,
} from "./trial-limit.ts";
