import { join } from "node:path";
import { say } from "./say.ts";
import type { Settings } from "./settings.ts";
import { fetchVoice, findVoice, voiceSettings } from "./voice-program.ts";

/** The court's own voice. Nobody waits for its programs: where they must be fetched, it speaks as soon as they are here. */
export function openVoice(settings: Settings): Record<string, string> {
  if (process.env["VOICE"]) return {};
  const folder = join(settings.dataDir, "voice/program");
  const found = findVoice([folder, join(settings.root, "var/voice/program")]);
  if (found === null) {
    say("  … 正在后台获取朗读程序 / fetching a voice in the background: espeak-ng, lame (about 8 MB)");
    fetchVoice(folder).then(
      () => say("  ✓ 朗读程序已取得 / the voice has been fetched"),
      (error: Error) => say(`  – 没有朗读程序,只用手机自带的声音 / no voice of our own: ${error.message}`),
    );
  }
  return voiceSettings(found ?? folder);
}
