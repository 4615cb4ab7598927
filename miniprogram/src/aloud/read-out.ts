/** What says a breath. `next` is what will be said after it. False when it could not be said to its end. */
export interface Mouth {
  say(breath: string, next: string | null): Promise<boolean>;
  hush(): void;
}

export interface Breath {
  readonly text: string;
  /** Called when its turn comes; false where it is no longer there to be said. */
  show?(): boolean;
}

/** Browsers fall silent in the middle of what takes long to say. */
const BREATH_LETTERS = 80;

/** Sentences, none longer than one breath. */
export function breaths(text: string): string[] {
  const sentences = text.match(/[^。！？；]+[。！？；]?/g) ?? [];
  return sentences.flatMap((sentence) =>
    Array.from({ length: Math.ceil(sentence.length / BREATH_LETTERS) }, (_, at) =>
      sentence.slice(at * BREATH_LETTERS, (at + 1) * BREATH_LETTERS),
    ),
  );
}

let stopNow: (() => void) | null = null;

export function stop(): void {
  stopNow?.();
}

/** Says one after the other. `ended` is called once, however it ends; "no-voice": nothing is said at all. */
export async function readOut(
  said: readonly Breath[],
  findMouth: () => Promise<Mouth | null>,
  ended: (broken: boolean) => void,
): Promise<"reading" | "no-voice"> {
  stop();
  let mouth: Mouth | null = null;
  let over = false;
  const end = (broken = false) => {
    if (over) return;
    over = true;
    stopNow = null;
    mouth?.hush();
    ended(broken);
  };
  stopNow = end;
  mouth = await findMouth().catch((error: unknown) => {
    stopNow = null;
    throw error;
  });
  if (over) {
    mouth?.hush();
    return "reading";
  }
  if (!mouth) {
    stopNow = null;
    return "no-voice";
  }
  void sayAll(said, mouth, () => over).then((whole) => end(!whole));
  return "reading";
}

async function sayAll(said: readonly Breath[], mouth: Mouth, over: () => boolean): Promise<boolean> {
  for (const [at, { text, show }] of said.entries()) {
    if (over()) return true;
    if (show?.() === false) continue;
    if (!(await mouth.say(text, said[at + 1]?.text ?? null).catch(() => false))) return false;
  }
  return true;
}
