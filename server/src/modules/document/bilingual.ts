import { MACHINE_MADE } from "#core/language.ts";
import type { Translated } from "./glyphs.ts";
import type { Block, Paper } from "./paper.ts";

/**
 * A paper of the court beside its translation (民诉法§11): Chinese at the left, the other language at the right, paragraph by
 * paragraph. The Chinese text is the one that counts; what a machine translated says so on every page.
 */
export interface BilingualPaper {
  readonly courtName: string;
  readonly title: string;
  /** 案号. */
  readonly number: string | null;
  readonly language: Translated;
  readonly translatedTitle: string;
  readonly text: string;
  readonly translation: string;
  readonly source: "human" | "machine";
  /** Who translated it, where somebody did. */
  readonly translator: string;
}

const NAMES: Readonly<Record<Translated, string>> = { bo: "藏文", mn: "蒙古文", ug: "维吾尔文" };

export function bilingual(data: BilingualPaper): Paper {
  const { courtName, title, number, language, translatedTitle, source, translator } = data;
  const isMachine = source === "machine";
  const closing = isMachine
    ? `右侧为${NAMES[language]}译文。${MACHINE_MADE}。`
    : `右侧为${NAMES[language]}译文，${translator ? `由${translator}翻译，` : ""}以汉文为准。`;
  const blocks: Block[] = [
    {
      kind: "bilingual",
      language,
      head: { text: title, translated: translatedTitle },
      rows: pairs(data.text, data.translation),
    },
    { kind: "note", text: closing },
  ];
  return {
    court: courtName,
    title,
    author: courtName,
    compact: true,
    ...(number === null ? {} : { number }),
    ...(isMachine ? { mark: MACHINE_MADE } : {}),
    blocks,
  };
}

/** Paragraph beside paragraph where both have as many; else the whole texts stand beside each other. */
function pairs(text: string, translation: string): { text: string; translated: string }[] {
  const [left, right] = [text, translation].map((each) =>
    each
      .split("\n")
      .map((part) => part.trim())
      .filter(Boolean),
  ) as [string[], string[]];
  if (left.length !== right.length) return [{ text: left.join("\n"), translated: right.join("\n") }];
  return left.map((part, at) => ({ text: part, translated: right[at] as string }));
}
