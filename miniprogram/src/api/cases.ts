import type {
  Agency,
  AgencyAsked,
  AnswerForm,
  CaseLanguages,
  CaseLimit,
  Participant,
  Submission,
  SubmissionChoice,
  SubmissionDetail,
  SubmissionKind,
} from "./case-types";
import { call } from "./client";
import type { CaseEvent, CourtCase, Message, Page } from "./types";

export const listCases = (
  query: { cursor?: string | null; limit?: number; number?: string; party?: string; state?: string } = {},
) => call<Page<CourtCase>>({ path: "/cases", query });
export const getCase = (id: string) => call<CourtCase>({ path: `/cases/${id}` });
export const caseTimeline = (id: string) => call<{ items: CaseEvent[] }>({ path: `/cases/${id}/timeline` });
/** 审限; a kind of case that has none answers 404. */
export const caseLimit = (id: string) => call<CaseLimit>({ path: `/cases/${id}/time-limit` });

export const listMessages = (query: { cursor?: string | null; limit?: number } = {}) =>
  call<Page<Message>>({ path: "/messages", query });
export const readMessage = (id: string, key: string) =>
  call<void>({ method: "POST", path: `/messages/${id}/read`, body: {}, key });
export const readAllMessages = (key: string) =>
  call<void>({ method: "POST", path: "/messages/read-all", body: {}, key });

/** Number and code from the notice; a code may be left out where the court knows the person's document number. */
export const joinCase = (body: { number: string; accessCode?: string }, key: string) =>
  call<CourtCase>({ method: "POST", path: "/cases/join", body, key });
export const listParticipants = (id: string) => call<{ items: Participant[] }>({ path: `/cases/${id}/participants` });
export const moveParticipant = (
  id: string,
  participantId: string,
  body: { action: string; reason?: string },
  key: string,
) => call<{ state: string }>({ method: "POST", path: `/cases/${id}/participants/${participantId}/moves`, body, key });
/** Somebody with a power of attorney asks into a case; the client or the court confirms. */
export const askAgency = (body: AgencyAsked, key: string) =>
  call<{ id: string }>({ method: "POST", path: "/cases/agents", body, key });
export const listAgencies = () => call<{ items: Agency[] }>({ path: "/case-agencies" });

/** 语言文字 of the parties one acts for, in this case. */
export const caseLanguages = (id: string) => call<CaseLanguages>({ path: `/cases/${id}/languages` });
export const chooseCaseLanguage = (id: string, body: { partyKey: string; language: string; interpreter: boolean }) =>
  call<CaseLanguages>({ method: "PUT", path: `/cases/${id}/languages`, body });

export const listSubmissions = (id: string) => call<{ items: Submission[] }>({ path: `/cases/${id}/submissions` });
export const submissionKinds = (id: string) =>
  call<{ parties: { key: string; sideLabel: string; name: string }[]; items: SubmissionChoice[] }>({
    path: `/cases/${id}/submission-kinds`,
  });
export const answerForm = (id: string) => call<AnswerForm>({ path: `/cases/${id}/answer-form` });
export const openSubmission = <C>(
  id: string,
  body: { kind: SubmissionKind; application?: string; partyKey?: string },
  key: string,
) => call<SubmissionDetail<C>>({ method: "POST", path: `/cases/${id}/submissions`, body, key });
export const getSubmission = <C>(id: string) => call<SubmissionDetail<C>>({ path: `/submissions/${id}` });
export const saveSubmission = <C>(id: string, kind: SubmissionKind, content: C, version: number) =>
  call<SubmissionDetail<C>>({ method: "PUT", path: `/submissions/${id}`, body: { kind, content }, ifMatch: version });
export const moveSubmission = <C>(id: string, action: string, key: string) =>
  call<SubmissionDetail<C>>({ method: "POST", path: `/submissions/${id}/moves`, body: { action }, key });
