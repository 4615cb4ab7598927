import { createGuardrails, generateSecret, generateURI, verifySync } from "otplib";

const STEP_SECONDS = 30;
/** Ours are 20 bytes; a demonstration may bring the 10 bytes that many authenticator examples use. */
const guardrails = createGuardrails({ MIN_SECRET_BYTES: 10 });

/**
 * The time step of a right code (RFC 6238, six digits, 30 s, one step of difference allowed either way), or null for a
 * wrong one and for one of the step `after` or before, which has been used.
 */
export function totpStep(secret: string, code: string, at: Date, after: number): number | null {
  const epoch = Math.floor(at.getTime() / 1000);
  const result = verifySync({ secret, token: code, epoch, epochTolerance: STEP_SECONDS, guardrails });
  if (!result.valid || !("timeStep" in result)) return null;
  return result.timeStep > after ? result.timeStep : null;
}

export const newTotpSecret = (): string => generateSecret();

/** What an authenticator app scans. */
export const totpAddress = (username: string, secret: string): string =>
  generateURI({ issuer: "诉通", label: username, secret });
