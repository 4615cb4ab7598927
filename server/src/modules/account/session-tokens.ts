import type { z } from "zod";
import type { Means } from "#modules/module.ts";
import { presentMe } from "./me.ts";
import type { sessionTokens } from "./schema.ts";
import type { SignedIn } from "./sign-in-staff.ts";
import { ACCESS_SECONDS, accessTokens } from "./tokens.ts";

/** What a client that was just let in keeps. */
export async function tokensOf(
  { database, vault, settings }: Means,
  { account, sessionId, refreshToken, at }: SignedIn,
): Promise<z.infer<typeof sessionTokens>> {
  return {
    accessToken: accessTokens(settings.tokenSecret).issue(account.id, sessionId, at),
    expiresIn: ACCESS_SECONDS,
    refreshToken,
    account: await presentMe(database.read, vault, account.id),
  };
}
