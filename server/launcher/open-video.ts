import { join } from "node:path";
import type { House } from "./house.ts";
import { startJanus } from "./janus.ts";
import { missingForFilms } from "./janus-program.ts";
import { say, seconds } from "./say.ts";
import type { Settings } from "./settings.ts";

/** The media server of remote hearings: one given from outside, Tencent's, or a Janus of our own where it can be had. */
export async function openVideo(house: House, settings: Settings): Promise<Record<string, string>> {
  const env = process.env;
  if (env["JANUS_URL"] || env["TRTC_SDK_APP_ID"] || env["JANUS"] === "off") return {};
  const folder = join(settings.dataDir, "janus");
  const start = performance.now();
  const janus = await startJanus({
    folder,
    programs: [join(folder, "program"), join(settings.root, "var/janus/program")],
    logFile: join(settings.logs, "janus.log"),
    publicAddress: env["JANUS_PUBLIC_ADDRESS"],
    tell: (line) => say(`  … ${line}`),
  });
  if (janus === null) {
    say("  – 没有视频服务,远程开庭暂不能用 / no Janus, no remote hearings: apt-get install janus");
    return {};
  }
  house.keep(janus.supervised);
  say(`  ✓ 视频服务 / video: Janus, 127.0.0.1  (${seconds(start)})`);
  const missing = missingForFilms();
  if (missing.length > 0)
    say(`  – 录音录像不合成,只存原始文件 / recordings stay as raw files: apt-get install ${missing.join(" ")}`);
  return janus.settings;
}
