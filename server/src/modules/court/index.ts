import "./events.ts";
import type { Module } from "#modules/module.ts";
import { openDirectory } from "./directory.ts";
import { courtPolicy, courtRoutes } from "./routes.ts";

/** 法院名录 — which courts there are, and what each has settled within the bounds of the law. */
export const court: Module = {
  name: "court",
  routes(means) {
    openDirectory(means.database, means.clock);
    return courtRoutes(means);
  },
  policy: courtPolicy,
};

export { findCourt, forgetDirectory, listCourtsByDivision, listNeighbours, nameOfCourt } from "./directory.ts";
export { type ImportOutcome, importCourts } from "./import-roster.ts";
export {
  type CourtParameterValues,
  courtParameters,
  feeParametersOf,
  type Hours,
  type PrepaidAs,
  type Rounding,
  readHours,
} from "./parameters.ts";
export { type RosterRow, readRoster } from "./read-roster.ts";
export { seedCourts } from "./seed.ts";
export type { Court } from "./store.ts";
