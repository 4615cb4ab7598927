import { z } from "zod";
import type { Actor } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import { line, prose } from "#core/fields.ts";
import { LANGUAGES, MACHINE_MADE, WRITTEN, type Written } from "#core/language.ts";
import type { Work } from "#core/work.ts";
import { findCaseRow } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { renderPdf } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { type KeptFile, keepPdf, listParts, type PartRow } from "./parts.ts";
import { problem } from "./problems.ts";
import { factsOfService } from "./settle.ts";
import { findService, holdService, openWord, type ServiceRow } from "./store.ts";

/** 译文 (民诉法§11): a paper the court wrote, served with its translation beside it; the Chinese text is the one that counts. */
type Translated = Exclude<Written, "zh-CN">;
export const translatedField = z.enum(
  WRITTEN.filter((code): code is Translated => code !== "zh-CN"),
  "请选择译文的语言",
);
export const translating = z.strictObject({
  part: z.number().int().min(1).max(9),
  language: translatedField,
  title: line(200, 1),
  text: prose(50_000, 1),
  source: z.enum(["human", "machine"], "请选择人工翻译还是机器翻译"),
  translator: line(100).default(""),
});
export type Translating = z.infer<typeof translating>;

export interface TranslationRow extends KeptFile {
  readonly position: number;
  readonly language: Translated;
  readonly source: "human" | "machine";
  readonly translator: string;
}

export async function listTranslations({ read }: Pick<Database, "read">, serviceId: string): Promise<TranslationRow[]> {
  const rows = await read<TranslationRow>(
    `SELECT position, language, source, translator, file_key AS fileKey, sha256, bytes FROM service_translation
     WHERE service_id = ? ORDER BY position, language`,
    [serviceId],
  );
  return rows.map((row) => ({ ...row, position: Number(row.position), bytes: Number(row.bytes) }));
}

/** As a list and 送达回证 name it: `判决书（维吾尔语译文；机器翻译，仅供参考，以汉文为准）`. */
export const nameOfTranslation = (title: string, { language, source }: TranslationRow): string =>
  `${title}（${LANGUAGES[language]}译文${source === "machine" ? `；${MACHINE_MADE}` : ""}）`;

/** Only what the court wrote here is translated here, and only until it has taken effect. */
export const isTranslatable = (row: Pick<ServiceRow, "effectiveAt" | "state">, { source }: PartRow): boolean =>
  source === "text" && row.effectiveAt === null && row.state !== "cancelled";

/** Prints both texts beside each other, before the transaction. Throws `service.untranslatable`, 422 `document.unprintable`. */
export async function drawTranslation(means: Means, actor: Actor, id: string, given: Translating): Promise<KeptFile> {
  const row = await findService(means.database, actor, id);
  const part = (await listParts(means.database, row.id)).find(({ position }) => position === given.part);
  if (!part || !isTranslatable(row, part)) throw problem("service.untranslatable");
  const courtCase = await findCaseRow(means.database, actor, row.caseId);
  const paper = {
    courtName: await nameOfCourt(row.courtCode),
    title: part.title,
    number: courtCase.number,
    language: given.language,
    translatedTitle: given.title,
    text: openWord(means.vault, row, "text", part.text),
    translation: given.text,
    source: given.source,
    translator: given.translator,
  };
  return keepPdf(means, row, await renderPdf("bilingual-paper", paper, means.clock.now()));
}

/** Lays the translation beside its document; a second one in the same language takes its place. Throws `service.untranslatable`. */
export async function attachTranslation(work: Work, id: string, given: Translating, drawn: KeptFile): Promise<void> {
  const held = await holdService(work, id);
  if (held.effectiveAt || held.state === "cancelled") throw problem("service.untranslatable");
  const { part, language, source, translator } = given;
  const { fileKey, sha256, bytes } = drawn;
  await work.change(
    `INSERT INTO service_translation (service_id, position, language, source, translator, file_key, sha256, bytes, added_by, added_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE source = VALUES(source), translator = VALUES(translator), file_key = VALUES(file_key),
       sha256 = VALUES(sha256), bytes = VALUES(bytes), added_by = VALUES(added_by), added_at = VALUES(added_at)`,
    [String(held.id), part, language, source, translator, fileKey, sha256, bytes, work.actor.accountId, work.at],
  );
  await work.emit({ name: "service.translated", ...factsOfService(held), language, source });
}
