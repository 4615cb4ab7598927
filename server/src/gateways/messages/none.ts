import type { Messages } from "./port.ts";

/** No channel is set up: people are told inside the app only, and nothing is ever taken for sent. */
export const noMessages = (): Messages => ({ providers: () => [], subscriptions: {}, close: () => undefined });
