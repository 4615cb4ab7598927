import { join } from "node:path";
import { ROOT } from "../launcher/settings.ts";
import { findOrFetchVoice } from "../launcher/voice-program.ts";

/** Where the two programs of the voice lie; throws where there are none to be had, so that no machine passes without them. */
export async function lentVoice(): Promise<string> {
  const voice = await findOrFetchVoice([join(ROOT, "var/voice/program")]);
  if (voice === null) throw new Error("no voice: apt-get install espeak-ng lame");
  return voice["VOICE_FOLDER"] ?? "";
}
