import { existsSync } from "node:fs";

/** Debian's package libfaketime: a node that is started with it stands at another time of day. */
export const LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
if (!existsSync(LIBRARY)) process.stdout.write("libfaketime is missing (apt-get install libfaketime)\n");

/** Timers follow the true clock: only the time of day is wrong, as it is on such a machine. */
export const STEADY = { LD_PRELOAD: LIBRARY, FAKETIME_DONT_FAKE_MONOTONIC: "1", DONT_FAKE_MONOTONIC: "1" };
