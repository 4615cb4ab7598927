import { createHmac } from "node:crypto";

export interface TurnConfig {
  /** `turn:turn.example.cn:3478?transport=udp`, `turns:…`: tried in this order. */
  readonly urls: readonly string[];
  /** coturn's `static-auth-secret`. */
  readonly secret: string;
}

/** As a page hands it to `RTCPeerConnection`. */
export interface IceServer {
  readonly urls: string[];
  readonly username: string;
  readonly credential: string;
}

/** Half a day in court; a page that connects anew is given new ones. */
const VALID_MS = 4 * 3_600_000;

/**
 * Credentials for a TURN server under coturn's `use-auth-secret` (draft-uberti-behave-turn-rest-00): good until the second
 * the name begins with, and nothing to be kept by either side.
 */
export function iceServers({ urls, secret }: TurnConfig, account: string, now: number): IceServer[] {
  const username = `${Math.floor((now + VALID_MS) / 1000)}:${account}`;
  const credential = createHmac("sha1", secret).update(username, "utf8").digest("base64");
  return [{ urls: [...urls], username, credential }];
}
