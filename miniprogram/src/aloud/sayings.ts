import { getCurrentInstance, type InjectionKey, inject, onUnmounted, provide } from "vue";

/**
 * What stands on a page, told by the page and by its parts: WeChat shows nobody what is drawn. A browser looks at the page
 * itself, and none of this is in its build.
 */
export interface Sayings {
  /** From top to bottom. */
  all(): Promise<string[]>;
}
type Words = () => readonly (string | null | undefined | false)[];
type Place = () => number | Promise<number>;
interface Told extends Sayings {
  add(words: Words, place: Place): () => void;
}

const KEY: InjectionKey<Told> = Symbol("sayings");
const TOP = -2e6;
const AFTER_TOP = -1e6;
const BOTTOM = 1e9;
const isH5 = process.env.UNI_PLATFORM === "h5";
const pages = new WeakMap<object, Told>();

/** A page tells its words; those of its title and of its fields come to them by themselves. */
export const useSayings: (words?: Words) => void = isH5 ? () => {} : tellOfPage;
/** A frame tells what stands above and below everything else. */
export const useFrameSayings: (above: Words, below: Words) => void = isH5 ? () => {} : tellOfFrame;
/** A part of a page tells its words, at the place where the element of that class stands. */
export const useSaying: (words: Words, element: string) => void = isH5 ? () => {} : tellOfPart;
/** What the page in front tells; null where it tells nothing. */
export const sayingsHere: () => Sayings | null = isH5 ? () => null : () => inject(KEY, null);

function tellOfPage(words: Words = () => []): void {
  const page = getCurrentInstance();
  if (!page) return;
  const told = pages.get(page) ?? makeTold();
  pages.set(page, told);
  provide(KEY, told);
  told.add(words, () => AFTER_TOP);
}

function tellOfFrame(above: Words, below: Words): void {
  const told = inject(KEY, null);
  told?.add(above, () => TOP);
  told?.add(below, () => BOTTOM);
}

function tellOfPart(words: Words, element: string): void {
  const told = inject(KEY, null);
  const self = getCurrentInstance()?.proxy;
  if (told && self) onUnmounted(told.add(words, () => topOf(self, element)));
}

function topOf(component: unknown, element: string): Promise<number> {
  return new Promise((resolve) => {
    uni
      .createSelectorQuery()
      .in(component as never)
      .select(element)
      .boundingClientRect()
      .exec((boxes: ({ top?: number } | null)[]) => resolve(boxes[0]?.top ?? 0));
  });
}

function makeTold(): Told {
  const parts = new Set<{ words: Words; place: Place }>();
  return {
    add(words, place) {
      const part = { words, place };
      parts.add(part);
      return () => parts.delete(part);
    },
    async all() {
      const placed = await Promise.all([...parts].map(async ({ words, place }) => ({ words, at: await place() })));
      return placed
        .sort((one, other) => one.at - other.at)
        .flatMap(({ words }) => words())
        .flatMap((each) => (each && /[\p{L}\p{N}]/u.test(each) ? [each.replace(/\s+/g, " ").trim()] : []));
    },
  };
}
