import { platform } from "@/platform";
import { call } from "./client";
import { origin } from "./request";
import { readTokens } from "./tokens";
import type { Account } from "./types";

/** Opens a file of the API that needs our sign-in. A session that ran out meanwhile is renewed by an ordinary call first. */
export async function openFile(path: string, contentType: string): Promise<void> {
  try {
    await show(path, contentType);
  } catch {
    await call<Account>({ path: "/me" });
    await show(path, contentType);
  }
}

function show(path: string, contentType: string): Promise<void> {
  const header = { Authorization: `Bearer ${readTokens()?.accessToken ?? ""}` };
  return platform.showFile(`${origin}/api/v1${path}`, header, contentType);
}
