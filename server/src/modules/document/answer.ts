import type { Answer } from "#http/route.ts";

export const PDF = "application/pdf";
export const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** A paper as an answer: shown in the page where it is a PDF, saved where it is a DOCX, under its Chinese name (RFC 6266). */
export function answerPaper(bytes: Buffer, name: string, type: typeof PDF | typeof DOCX = PDF): Answer {
  const ending = type === PDF ? "pdf" : "docx";
  const label = `${[...name.replace(/[\p{C}/\\:*?"<>|]/gu, "_")].slice(0, 100).join("")}.${ending}`;
  const encoded = encodeURIComponent(label).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return {
    status: 200,
    bytes,
    headers: {
      "content-type": type,
      "content-disposition": `${type === PDF ? "inline" : "attachment"}; filename="paper.${ending}"; filename*=UTF-8''${encoded}`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  };
}
