import "./events.ts";
import type { Module } from "#modules/module.ts";
import { announcingRoutes } from "./announce-routes.ts";
import { feedRoutes } from "./feed-routes.ts";
import { hearingSubscribers } from "./listen.ts";
import { defineHearing } from "./model.ts";
import { answeringRoutes } from "./negotiate-routes.ts";
import { planPolicy, planRoutes } from "./plan-routes.ts";
import { hearingPolicy } from "./policy.ts";
import { resourcePolicy, resourceRoutes } from "./resources-routes.ts";
import { roomJobs, roomSubscribers } from "./room-listen.ts";
import { roomPolicy, roomRoutes } from "./room-routes.ts";
import "./room-events.ts";
import { hearingRoutes } from "./routes.ts";
import { slotsPolicy, slotsRoutes } from "./slots-routes.ts";
import { transcriptPolicy, transcriptRoutes } from "./transcript-routes.ts";

/** 开庭: when a court sits over a case, who comes, and where; nobody and no room is ever booked twice. */
export const hearing: Module = {
  name: "hearing",
  define: defineHearing,
  policy: { ...hearingPolicy, ...slotsPolicy, ...planPolicy, ...resourcePolicy, ...roomPolicy, ...transcriptPolicy },
  subscribers: (means) => ({ ...hearingSubscribers(means), ...roomSubscribers(means) }),
  jobs: roomJobs,
  routes: (means) => [
    ...slotsRoutes(means),
    ...planRoutes(means),
    ...resourceRoutes(means),
    ...hearingRoutes(means),
    ...answeringRoutes(means),
    ...feedRoutes(means),
    ...announcingRoutes(means),
    ...roomRoutes(means),
    ...transcriptRoutes(means),
  ],
};

export { bookHearing, releaseBooking } from "./book.ts";
export { mustBeBench, scheduleHearing } from "./fix.ts";
export { remindersOf } from "./remind.ts";
export { placeOfHearing } from "./remind-place.ts";
export { addResource } from "./resources-manage.ts";
export { listRooms } from "./resources-rooms.ts";
export { EARLY_MS } from "./room-enter.ts";
export type { Room } from "./room-store.ts";
export { endSession, openSession, readSessions, type Session, type SessionSeat } from "./session.ts";
export { ruleSessionsBy } from "./session-rules.ts";
export { type Beside, giveSeat, leaveSession, seatBeside } from "./session-seat.ts";
export { inWords as timeInWords } from "./slots-words.ts";
export { findHearing, type HearingRow, holdHearing, type Seat, seatsOf } from "./store.ts";
export { printTranscript } from "./transcript-print.ts";
export { HEARING_KINDS, HEARING_MODES, type HearingKind, hearingWorkflow } from "./workflow.ts";
