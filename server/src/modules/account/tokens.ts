import { createHash, createHmac, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import jwt from "jsonwebtoken";

export const ACCESS_SECONDS = 600;
const ISSUER = "sutong";
/** For whom: a token made for another purpose, even under the same key, opens nothing here. */
const AUDIENCE = "sutong-api";

/** What an access token says: which session of which account. Role and court are read from the store, never from here. */
export interface AccessClaims {
  readonly accountId: string;
  readonly sessionId: string;
  /** Seconds since 1970, by the database's clock. */
  readonly expires: number;
}

export interface AccessTokens {
  issue(accountId: string, sessionId: string, at: Date): string;
  /** The claims of a token that we signed, or null. Whether it is still good is for the caller to see. */
  read(token: string): AccessClaims | null;
}

export function accessTokens(secret: string): AccessTokens {
  // A KeyObject: a string key would be imported anew at every check (30 times slower on Node 20).
  const key: KeyObject = createSecretKey(createHmac("sha256", secret).update("access token").digest());
  return {
    issue(accountId, sessionId, at) {
      const iat = Math.floor(at.getTime() / 1000);
      const claims = { iss: ISSUER, aud: AUDIENCE, sub: accountId, sid: sessionId, iat, exp: iat + ACCESS_SECONDS };
      return jwt.sign(claims, key, { algorithm: "HS256" });
    },
    read(token) {
      try {
        // The node's own clock may be wrong by minutes, so the time is checked against the store's.
        const claims = jwt.verify(token, key, {
          algorithms: ["HS256"],
          issuer: ISSUER,
          audience: AUDIENCE,
          ignoreExpiration: true,
        });
        if (typeof claims === "string") return null;
        const { sub, exp } = claims;
        const sid: unknown = claims["sid"];
        if (!isId(sub) || !isId(sid) || typeof exp !== "number") return null;
        return { accountId: sub, sessionId: sid, expires: exp };
      } catch {
        return null;
      }
    },
  };
}

const isId = (value: unknown): value is string => typeof value === "string" && /^[1-9]\d{0,19}$/.test(value);

/**
 * A refresh token: the family's 256 random bits, shared by all tokens of one session, and 256 random bits of its own.
 * Who knows the family but not the token of the moment has held an old one; who knows neither has guessed and can do no harm.
 */
export interface RefreshToken {
  readonly text: string;
  readonly familyHash: string;
  readonly tokenHash: string;
}

const PART = /^([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/;

export function newRefreshToken(family: string = random()): RefreshToken {
  return hashed(family, random());
}

export function readRefreshToken(text: string): (RefreshToken & { readonly family: string }) | null {
  const [, family, own] = PART.exec(text) ?? [];
  return family && own ? { ...hashed(family, own), family } : null;
}

function hashed(family: string, own: string): RefreshToken {
  return { text: `${family}.${own}`, familyHash: sha256(family), tokenHash: sha256(`${family}.${own}`) };
}

const random = () => randomBytes(32).toString("base64url");
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
