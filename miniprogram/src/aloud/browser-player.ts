import type { Player } from "./court-voice";

/** One element for all that is heard: what played before falls silent. */
export function browserPlayer(): Player {
  const sound = new Audio();
  let settle: (heard: boolean) => void = () => {};
  sound.onended = () => settle(true);
  sound.onerror = () => settle(false);
  return {
    keep: async (bytes) => URL.createObjectURL(new Blob([bytes], { type: "audio/mpeg" })),
    play: (address) =>
      new Promise((resolve) => {
        settle = resolve;
        sound.src = address;
        sound.play().catch(() => resolve(false));
      }),
    stop() {
      sound.pause();
      settle(false);
    },
    drop: (address) => URL.revokeObjectURL(address),
  };
}
