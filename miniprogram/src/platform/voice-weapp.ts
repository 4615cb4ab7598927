import type { KeptFile, Recording, VoiceOutcome } from "./port";

/** The one recorder WeChat lends; `keep` moves what it made to where WeChat does not clear it away. */
export function recordInWechat(
  ended: (outcome: VoiceOutcome) => void,
  seconds: number,
  keep: (path: string, name: string) => Promise<KeptFile>,
): Recording {
  const recorder = uni.getRecorderManager();
  let kept = true;
  recorder.onStop(({ tempFilePath, duration = 0 }: { tempFilePath: string; duration?: number }) => {
    if (!kept) return ended({ kind: "dropped" });
    const lasted = Math.max(1, Math.min(seconds, Math.round(duration / 1000)));
    keep(tempFilePath, `语音留言 ${lasted} 秒.m4a`).then(
      (file) => ended({ kind: "recorded", file: { ...file, contentType: "audio/mp4" } }),
      () => ended({ kind: "refused" }),
    );
  });
  // Whoever says no to WeChat's question comes here, too.
  recorder.onError(() => ended({ kind: "refused" }));
  recorder.start({
    duration: seconds * 1000,
    format: "aac",
    sampleRate: 16_000,
    numberOfChannels: 1,
    encodeBitRate: 48_000,
  });
  const stop = (keeping: boolean) => {
    kept = keeping;
    recorder.stop();
  };
  return { stop: () => stop(true), drop: () => stop(false) };
}

let playing: UniApp.InnerAudioContext | null = null;
export async function playInWechat(url: string, header: Record<string, string>): Promise<void> {
  const { tempFilePath, statusCode } = await uni.downloadFile({ url, header });
  if (statusCode !== 200) throw new Error(`file answered ${statusCode}`);
  playing?.destroy();
  playing = uni.createInnerAudioContext();
  playing.src = tempFilePath;
  playing.play();
}
