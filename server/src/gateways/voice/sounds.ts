import { createHash } from "node:crypto";

/**
 * The sounds said last: a page's questions are the same for everybody, all day. Kept under a hash of their words and by
 * this process alone; whoever asks while a sound is being made waits for that one.
 */
export function keepSounds(mostBytes: number, make: (words: string) => Promise<Buffer>) {
  const made = new Map<string, Buffer>();
  const making = new Map<string, Promise<Buffer>>();
  let bytes = 0;

  function keep(key: string, sound: Buffer): void {
    bytes += sound.length;
    made.set(key, sound);
    for (const [oldest, { length }] of made) {
      if (bytes <= mostBytes) return;
      made.delete(oldest);
      bytes -= length;
    }
  }

  return async (words: string): Promise<Buffer> => {
    const key = createHash("sha256").update(words).digest("base64");
    const known = made.get(key);
    if (known) {
      made.delete(key);
      made.set(key, known);
      return known;
    }
    const begun = making.get(key);
    if (begun) return begun;
    const sound = make(words).finally(() => making.delete(key));
    making.set(key, sound);
    keep(key, await sound);
    return sound;
  };
}
