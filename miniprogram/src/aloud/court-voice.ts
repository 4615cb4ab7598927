import { fetchSpeech, NoSpeech } from "@/api/speech";
import type { Mouth } from "./read-out";

/** How this phone keeps and plays a sound. */
export interface Player {
  /** An address under which it is played. */
  keep(sound: ArrayBuffer): Promise<string>;
  /** False when it was not heard to its end. */
  play(address: string): Promise<boolean>;
  stop(): void;
  drop(address: string): void;
}

/**
 * The court's own voice: each breath is said by the court's machine and heard here, the next is fetched meanwhile. Null
 * where the court has none.
 */
export async function courtVoice(player: Player, first: string): Promise<Mouth | null> {
  let ahead = fetched(player, first);
  try {
    await ahead.address;
  } catch (error) {
    if (error instanceof NoSpeech) return null;
    throw error;
  }
  return {
    async say(breath, next) {
      const address = await (ahead.text === breath ? ahead : fetched(player, breath)).address;
      if (next !== null) ahead = fetched(player, next);
      if (address === null) return true;
      const heard = await player.play(address);
      player.drop(address);
      return heard;
    },
    hush() {
      player.stop();
      void ahead.address.then(
        (address) => address && player.drop(address),
        () => {},
      );
    },
  };
}

function fetched(player: Player, text: string): { text: string; address: Promise<string | null> } {
  const address = fetchSpeech(text).then((sound) => (sound ? player.keep(sound) : null));
  // Whoever waits for it is told; nobody may, when it is stopped before.
  address.catch(() => {});
  return { text, address };
}
