import { h5 } from "./h5";
import type { Platform } from "./port";
import { weapp } from "./weapp";

/** The one we run on; the build knows, and leaves the other out. */
export const platform: Platform = process.env.UNI_PLATFORM === "h5" ? h5 : weapp;

export type { LiveDriver, LiveState, LiveTicket } from "./live";
export type {
  CashierOutcome,
  FileSource,
  KeptFile,
  LiveRoom,
  LiveSource,
  Platform,
  Recording,
  VoiceOutcome,
} from "./port";
