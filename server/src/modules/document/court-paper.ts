import type { Block, Line, Paper } from "./paper.ts";

/**
 * A document of the court that exists as text (补正通知书, 受理案件通知书, 裁定书 …): the first paragraph that ends in a colon is
 * the addressee, the last lines are the court and the day, `一、` and `1.` begin their own paragraphs.
 */
export interface CourtPaper {
  readonly courtName: string;
  readonly title: string;
  /** 案号 or 收件编号. */
  readonly number: string | null;
  readonly mark?: string;
  readonly text: string;
  /** A QR code above the closing, with words beside it. */
  readonly code?: { readonly content: string; readonly caption: string; readonly lines: readonly Line[] };
}

export function courtPaper({ courtName, title, number, mark, text, code }: CourtPaper): Paper {
  const parts = text
    .split("\n")
    .map((part) => part.trim())
    .filter(Boolean);
  const closing = closingOf(parts, courtName);
  const body = parts.slice(0, parts.length - closing.length);
  return {
    court: courtName,
    title,
    author: courtName,
    ...(number === null ? {} : { number }),
    ...(mark === undefined ? {} : { mark }),
    blocks: [
      ...body.map((part, at): Block => {
        if (at === 0 && /[：:]$/.test(part)) return { kind: "salutation", text: part };
        return { kind: "paragraph", text: part };
      }),
      ...(code ? [{ kind: "code", ...code } as const] : []),
      ...(closing.length > 0 ? [{ kind: "closing", lines: closing } as const] : []),
    ],
  };
}

/** The court's name and the day below it, where the text ends so. */
function closingOf(parts: readonly string[], courtName: string): string[] {
  const last = parts.slice(-2);
  return last.length === 2 && last[0] === courtName && /^\d{4}年\d{1,2}月\d{1,2}日$/.test(last[1] ?? "") ? last : [];
}
