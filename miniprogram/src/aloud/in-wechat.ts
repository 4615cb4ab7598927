import { courtVoice, type Player } from "./court-voice";
import { breaths, readOut, stop } from "./read-out";

export { stop };

declare const wx: { env: { USER_DATA_PATH: string } };

/** Reads what the page has told of itself: here nobody can look at a page, and WeChat's own voice sends words away. */
export function start(ended: (broken: boolean) => void, sayings: readonly string[]): Promise<"reading" | "no-voice"> {
  const said = sayings.flatMap(breaths).map((text) => ({ text }));
  return readOut(said, () => courtVoice(wechatPlayer(), said[0]?.text ?? ""), ended);
}

/** One sound is heard, one is fetched: files of so many names are written over and over, none is left behind. */
const FILES = 3;
let written = 0;

function wechatPlayer(): Player {
  const files = uni.getFileSystemManager();
  const sound = uni.createInnerAudioContext();
  // Whoever keeps the phone silent and asks for a voice wants to hear it.
  uni.setInnerAudioOption?.({ obeyMuteSwitch: false });
  let settle: (heard: boolean) => void = () => {};
  sound.onEnded(() => settle(true));
  sound.onError(() => settle(false));
  return {
    keep(data) {
      written += 1;
      const filePath = `${wx.env.USER_DATA_PATH}/aloud-${written % FILES}.mp3`;
      return new Promise((resolve, reject) => {
        files.writeFile({ filePath, data, success: () => resolve(filePath), fail: reject });
      });
    },
    play: (address) =>
      new Promise((resolve) => {
        settle = resolve;
        sound.src = address;
        sound.play();
      }),
    stop() {
      sound.destroy();
      settle(false);
    },
    drop: (filePath) => files.unlink({ filePath }),
  };
}
