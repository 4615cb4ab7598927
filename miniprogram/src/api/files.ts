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

/** Plays a voice note or another sound of the API. */
export async function playFile(path: string): Promise<void> {
  const once = () =>
    platform.play(`${origin}/api/v1${path}`, { Authorization: `Bearer ${readTokens()?.accessToken ?? ""}` });
  try {
    await once();
  } catch {
    await call<Account>({ path: "/me" });
    await once();
  }
}

/** Opens pages of a dossier where the page in front cannot draw them: in the system's viewer, with no menu to send them on. */
export async function openPages(path: string): Promise<void> {
  const once = () =>
    platform.showPages(`${origin}/api/v1${path}`, { Authorization: `Bearer ${readTokens()?.accessToken ?? ""}` });
  try {
    await once();
  } catch {
    await call<Account>({ path: "/me" });
    await once();
  }
}

function show(path: string, contentType: string): Promise<void> {
  const header = { Authorization: `Bearer ${readTokens()?.accessToken ?? ""}` };
  return platform.showFile(`${origin}/api/v1${path}`, header, contentType);
}
