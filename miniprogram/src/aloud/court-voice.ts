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
  let ahead: Fetched | null = fetched(player, first);
  try {
    await ahead.address;
  } catch (error) {
    if (error instanceof NoSpeech) return null;
    throw error;
  }
  let hushed = false;
  return {
    async say(breath, next) {
      const taken = ahead?.text === breath ? ahead : fetched(player, breath);
      ahead = null;
      const address = await taken.address;
      if (address === null) return true;
      if (next !== null && !hushed) ahead = fetched(player, next);
      const heard = !hushed && (await player.play(address));
      player.drop(address);
      return heard;
    },
    hush() {
      hushed = true;
      player.stop();
      void ahead?.address.then(
        (address) => address && player.drop(address),
        () => {},
      );
    },
  };
}

interface Fetched {
  readonly text: string;
  readonly address: Promise<string | null>;
}

function fetched(player: Player, text: string): Fetched {
  const address = fetchSpeech(text).then((sound) => (sound ? player.keep(sound) : null));
  // Whoever waits for it is told; nobody may, when it is stopped before.
  address.catch(() => {});
  return { text, address };
}
