import { join } from "node:path";
import { ROOT } from "../launcher/settings.ts";
import { fetchVoice, findVoice } from "../launcher/voice-program.ts";

/** Where the two programs of the voice lie; throws where there are none to be had, so that no machine passes without them. */
export async function lentVoice(): Promise<string> {
  const folder = join(ROOT, "var/voice/program");
  return findVoice([folder]) ?? (await fetchVoice(folder));
}
