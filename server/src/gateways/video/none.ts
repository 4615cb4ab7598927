import type { Video } from "./port.ts";
import { problem } from "./problems.ts";

/** No media server is set up: whoever asks is told what to do instead. */
export function noVideo(): Video {
  const refuse = () => {
    throw problem("room.no_video", { retryAfter: 600 });
  };
  return {
    driver: "none",
    origins: [],
    open: async () => refuse(),
    admit: async () => refuse(),
    ticket: () => refuse(),
    record: async () => refuse(),
    recordings: async () => ({ files: [], pending: 0 }),
    film: null,
    // There is nobody to be taken out, and nothing to be closed.
    sendOut: async () => undefined,
    close: async () => undefined,
  };
}
