import { createDecipheriv } from "node:crypto";
import { z } from "zod";

export const sealed = z.object({
  algorithm: z.literal("AEAD_AES_256_GCM"),
  ciphertext: z.string().max(65_536),
  // May be absent or empty; then nothing more was authenticated.
  associated_data: z.string().max(64).default(""),
  nonce: z.string().min(8).max(16),
});
export type Sealed = z.infer<typeof sealed>;

const TAG_BYTES = 16;

/** Opens what WeChat sealed with the APIv3 key; throws unless every bit of it, the tag included, is as it was sealed. */
export function unseal({ ciphertext, associated_data, nonce }: Sealed, apiV3Key: string): string {
  const bytes = Buffer.from(ciphertext, "base64");
  if (bytes.toString("base64") !== ciphertext) throw new Error("ciphertext is not plain Base64");
  if (bytes.length <= TAG_BYTES) throw new Error("ciphertext without a tag");
  const decipher = createDecipheriv("aes-256-gcm", Buffer.from(apiV3Key, "utf8"), Buffer.from(nonce, "utf8"), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(associated_data, "utf8"));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const text = Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text);
}
