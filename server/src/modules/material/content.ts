import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { factsOf } from "./events.ts";
import { ALL_TYPES, savedName, TYPES } from "./kinds.ts";
import { warningsOf } from "./present.ts";
import { problem } from "./problems.ts";
import type { MaterialRow } from "./store.ts";

/** Addresses to read from are short-lived, and each is asked for by a reader who is written down. */
const READ_SECONDS = 120;

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
export async function noteRead(
  work: Work,
  material: MaterialRow,
  variant: Variant | "reading" | "crop",
): Promise<void> {
  await work.emit({ name: "material.read", ...factsOf(material), variant });
}
