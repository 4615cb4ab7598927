export { GatewayError } from "../gateway-error.ts";

/** As much as is said in one go: a long sentence. */
export const MOST_LETTERS = 300;

/**
 * The court's own voice: says Chinese on the court's own machines. Throws `GatewayError` where none is set up or too many
 * wait; `Unsayable` for a text without one word or figure.
 */
export interface Voice {
  /** False where none is set up: whoever asks is told so at once. */
  readonly on: boolean;
  /** The text spoken, as MP3 of one channel. */
  say(text: string): Promise<Buffer>;
}

export class Unsayable extends Error {
  constructor() {
    super("the text holds nothing to be said");
    this.name = "Unsayable";
  }
}
