import { call } from "./client";
import type { Announced, Feed, Hearing, HearingAbsence, HearingAnswer, HearingDetail } from "./hearing-types";
import type { Page } from "./types";

/** 开庭: what I am called to, in every court. */
export const listHearings = (
  query: { caseId?: string; from?: string; to?: string; state?: string; cursor?: string | null; limit?: number } = {},
) => call<Page<Hearing>>({ path: "/hearings", query });
export const getHearing = (id: string) => call<HearingDetail>({ path: `/hearings/${id}` });
/** Dates struck, and whether one comes by picture and sound. */
export const answerHearing = (id: string, body: HearingAnswer, key: string) =>
  call<HearingDetail>({ method: "POST", path: `/hearings/${id}/responses`, body, key });

/** Days on which one cannot come, told before anybody asks. */
export const listAbsences = () => call<{ items: HearingAbsence[] }>({ path: "/hearing-absences" });
export const addAbsence = (body: { from: string; to: string }, key: string) =>
  call<HearingAbsence>({ method: "POST", path: "/hearing-absences", body, key });
export const dropAbsence = (id: string) => call<void>({ method: "DELETE", path: `/hearing-absences/${id}` });

/** The address by which a calendar reads one's hearings. A new one ends the old one. */
export const getFeed = () => call<Feed>({ path: "/me/calendar" });
export const renewFeed = () => call<Feed>({ method: "POST", path: "/me/calendar", body: {} });
export const dropFeed = () => call<void>({ method: "DELETE", path: "/me/calendar" });

/** 开庭公告 of one court and day, for everybody. */
export const listAnnounced = (query: { court: string; date: string }) =>
  call<{ items: Announced[] }>({ path: "/announcements/hearings", query, anonymous: true });
