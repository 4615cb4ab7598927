import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seal } from "#sandbox/wechat-pay-signature.ts";
import { unseal } from "./wechat-seal.ts";

const { Aes } = createRequire(import.meta.url)("wechatpay-axios-plugin") as {
  Aes: {
    AesGcm: {
      encrypt(text: string, key: string, nonce: string, aad: string): string;
      decrypt(text: string, key: string, nonce: string, aad: string): string;
    };
  };
};
const KEY = "0123456789abcdef0123456789abcdef";
const boxed = (ciphertext: string, nonce: string, associated_data: string) => ({
  algorithm: "AEAD_AES_256_GCM" as const,
  ciphertext,
  nonce,
  associated_data,
});

describe("AEAD_AES_256_GCM", () => {
  it("opens a notice that the second client sealed", () => {
    const text = JSON.stringify({ mchid: "1900000001", amount: { total: 2_550 } });
    const known = Aes.AesGcm.encrypt(text, KEY, "0123456789ab", "transaction");
    expect(unseal(boxed(known, "0123456789ab", "transaction"), KEY)).toBe(text);
  });

  it("opens what the second client sealed, and the second client what the sandbox sealed", () => {
    const nonces = fc.stringMatching(/^[0-9a-f]{12}$/);
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1 }),
        nonces,
        fc.constantFrom("", "transaction", "refund", "证书"),
        (text, nonce, aad) => {
          const wellFormed = text.toWellFormed();
          expect(unseal(boxed(Aes.AesGcm.encrypt(wellFormed, KEY, nonce, aad), nonce, aad), KEY)).toBe(wellFormed);
          expect(Aes.AesGcm.decrypt(seal(wellFormed, aad, KEY, nonce).ciphertext, KEY, nonce, aad)).toBe(wellFormed);
        },
      ),
    );
  });

  it("no bit of the box can be other than it was", () => {
    const text = JSON.stringify({ amount: { total: 2_550 } });
    const { ciphertext } = seal(text, "transaction", KEY, "0123456789ab");
    const bytes = Buffer.from(ciphertext, "base64");
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const bent = Buffer.from(bytes);
      bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => unseal(boxed(bent.toString("base64"), "0123456789ab", "transaction"), KEY), String(bit)).toThrow();
    }
    for (let cut = 0; cut < bytes.length; cut++)
      expect(() =>
        unseal(boxed(bytes.subarray(0, cut).toString("base64"), "0123456789ab", "transaction"), KEY),
      ).toThrow();
    expect(() => unseal(boxed(ciphertext, "0123456789ac", "transaction"), KEY)).toThrow();
    expect(() => unseal(boxed(ciphertext, "0123456789ab", "refund"), KEY)).toThrow();
    expect(() => unseal(boxed(`${ciphertext}\n`, "0123456789ab", "transaction"), KEY)).toThrow(/Base64/);
    expect(unseal(boxed(ciphertext, "0123456789ab", "transaction"), KEY)).toBe(text);
  });
});
