import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { inventedFront } from "#test/invented-papers.ts";
import { identityFront } from "#test/paper-pictures.ts";
import { conditionsOf, dice, photograph } from "#test/photographs.ts";
import { GatewayError } from "../gateway-error.ts";
import { Unreadable } from "./port.ts";
import { tesseractOcr } from "./tesseract.ts";

const seed = 4;
const random = dice(seed);
const card = inventedFront(random);
const ocr = tesseractOcr({ mostWaiting: 2 });
afterAll(() => ocr.stop());

const photo = async () => photograph(await identityFront(card), { ...conditionsOf(random), degrees: 2 }, random);
const textOf = (page: Awaited<ReturnType<typeof ocr.read>>) =>
  page.lines.map(({ glyphs }) => glyphs.map(({ text }) => text).join("")).join("\n");

test(`reads a card lying on its head, and says where each character is, seed ${seed}`, {
  timeout: 120_000,
}, async () => {
  const upright = await photo();
  const page = await ocr.read(await sharp(upright).rotate(180).jpeg().toBuffer());
  expect(page.turn).toBe(180);
  expect(textOf(page)).toContain(card.birth.slice(0, 4));
  // The number stands at the bottom of the card: on its head it is at the top, its first figure to the right.
  const digits = (line: (typeof page.lines)[number]) => line.glyphs.filter(({ text }) => /\d/.test(text)).length;
  const [number] = [...page.lines].sort((one, other) => digits(other) - digits(one));
  const [first, last] = [number?.glyphs[0]?.box, number?.glyphs.at(-1)?.box];
  expect(first?.top ?? 1).toBeLessThan(0.4);
  expect((first?.left ?? 0) - (last?.left ?? 1)).toBeGreaterThan(0.3);
});

test("what is no picture, nothing, or larger than anybody photographs is refused, and the next one is read", {
  timeout: 120_000,
}, async () => {
  const huge = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: "#fff" } })
    .png({ compressionLevel: 9 })
    .toBuffer();
  for (const bytes of [Buffer.alloc(0), Buffer.from("<svg"), Buffer.alloc(5000, 0xff), huge])
    await expect(ocr.read(bytes)).rejects.toThrow(Unreadable);
  const speck = await sharp({ create: { width: 8, height: 3000, channels: 3, background: "#fff" } })
    .png()
    .toBuffer();
  await expect(ocr.read(speck)).rejects.toThrow(Unreadable);
  const blank = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#888" } })
    .png()
    .toBuffer();
  expect(textOf(await ocr.read(blank)).length).toBeLessThan(5);
});

test("few may wait; who comes then is sent away at once", { timeout: 120_000 }, async () => {
  const blank = await sharp({ create: { width: 300, height: 300, channels: 3, background: "#fff" } })
    .png()
    .toBuffer();
  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(() => ocr.read(blank)));
  // One is being read, two wait.
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected", "rejected"]);
});

test("a reader that hangs is ended; whoever waits behind gets a new one", { timeout: 120_000 }, async () => {
  const hasty = tesseractOcr({ timeoutMs: 60 });
  const bytes = await photo();
  const first = hasty.read(bytes);
  const second = hasty.read(bytes);
  await expect(first).rejects.toThrow(GatewayError);
  await expect(second).rejects.toThrow(GatewayError);
  hasty.stop();
  await expect(hasty.read(bytes)).rejects.toThrow(GatewayError);
  hasty.stop();
});
