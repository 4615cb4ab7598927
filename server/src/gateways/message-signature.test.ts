import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { expect, test } from "vitest";
import { messageSigner } from "./message-signature.ts";

test("an ed25519 signature stands over exactly the base RFC 9421 describes", () => {
  const { privateKey } = generateKeyPairSync("ed25519");
  const sign = messageSigner(
    {
      id: "court-2026",
      algorithm: "ed25519",
      privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    },
    () => 1_790_000_000_000,
  );
  const message = { method: "GET", url: new URL("https://court.example/cases/1?a=b"), headers: {}, body: null };
  const headers = sign(message);
  const parameters = headers["signature-input"]?.replace(/^sig1=/, "") ?? "";
  expect(parameters).toMatch(
    /^\("@method" "@path" "@query"\);created=1790000000;expires=1790000060;nonce="[\w-]{24}";keyid="court-2026";alg="ed25519"$/,
  );
  const base = `"@method": GET\n"@path": /cases/1\n"@query": ?a=b\n"@signature-params": ${parameters}`;
  const signature = Buffer.from(/:(.+):/.exec(headers["signature"] ?? "")?.[1] ?? "", "base64");
  expect(verify(null, Buffer.from(base), createPublicKey(privateKey), signature)).toBe(true);
  expect(verify(null, Buffer.from(`${base} `), createPublicKey(privateKey), signature)).toBe(false);
  expect(sign(message)["signature-input"]).not.toBe(headers["signature-input"]);
});
