import { type Client, makeClient } from "./client.ts";
import { storedTokens } from "./tokens.ts";

export const tokens = storedTokens(localStorage);
let signedOut = () => {};

/** The one client of this page. */
export const api: Client = makeClient({
  fetch: (input, init) => fetch(input, init),
  tokens,
  onSignedOut: () => signedOut(),
  lock: async (work) => (navigator.locks ? await navigator.locks.request("sutong.workbench.refresh", work) : work()),
});

export function whenSignedOut(then: () => void): void {
  signedOut = then;
}

/** A fresh name for one action of the user. */
export function newKey(): string {
  // randomUUID asks for a secure origin; an inner court network may still serve plain http.
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
