import type { Actor } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import { GatewayError } from "#gateways/files/port.ts";
import type { Means } from "#modules/module.ts";
import { factsOf } from "./events.ts";
import { ALL_TYPES, savedName, TYPES } from "./kinds.ts";
import { warningsOf } from "./present.ts";
import { problem } from "./problems.ts";
import { findMaterial, type MaterialRow } from "./store.ts";

/** Addresses to read from are short-lived, and each is asked for by a reader who is written down. */
const READ_SECONDS = 120;
const MAX_READ_PICTURE_BYTES = 20 * 1024 ** 2;

export type Variant = "view" | "original";

/**
 * An address where the content can be read for two minutes. `view` of a picture is the one drawn anew; everything else is
 * shown as handed in, a PDF with scripts only saved. Throws `material.not_found`, `material.not_ready`.
 */
export async function signContent(means: Means, material: MaterialRow, variant: Variant): Promise<string> {
  const { files } = means.gateways;
  const { sealedKey, viewKey, name, detectedType } = material;
  if (material.state !== "ready" || !detectedType) throw problem("material.not_ready");
  if (variant === "view" && viewKey) {
    const view = {
      seconds: READ_SECONDS,
      fileName: savedName(name, "jpeg"),
      contentType: TYPES.jpeg.contentType,
      inline: true,
    };
    return files.signDownload(viewKey, view);
  }
  return files.signDownload(sealedKey, {
    seconds: READ_SECONDS,
    fileName: savedName(name, detectedType),
    contentType: ALL_TYPES[detectedType].contentType,
    inline: variant === "view" && !warningsOf(material).includes("pdf_script"),
  });
}

/** Writes down who opened what (reliability rule 36). */
export async function noteRead(work: Work, material: MaterialRow, variant: Variant): Promise<void> {
  await work.emit({ name: "material.read", ...factsOf(material), variant });
}

/** The text on a picture, as a suggestion. Throws `material.not_picture`, `material.not_ready`, `material.ocr_off`. */
export async function readText(means: Means, actor: Actor, id: string): Promise<{ text: string; confidence: number }> {
  const { material } = await findMaterial(means, actor, id);
  if (material.state !== "ready") throw problem("material.not_ready");
  if (!material.viewKey) throw problem("material.not_picture");
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of (await means.gateways.files.read(material.viewKey)) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_READ_PICTURE_BYTES) throw problem("material.not_picture");
    chunks.push(chunk);
  }
  try {
    return await means.gateways.ocr.read(Buffer.concat(chunks));
  } catch (error) {
    if (error instanceof GatewayError) throw problem("material.ocr_off", { retryAfter: error.extras.retryAfter ?? 60 });
    throw error;
  }
}
