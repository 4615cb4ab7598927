import sharp from "sharp";
import { expect, it } from "vitest";

/** The mini-program judges photographs before they are sent: here it is shown many, some spoilt in a known way. */
interface GreyPicture {
  width: number;
  height: number;
  grey: Uint8Array;
}
const { judgePhoto, JUDGED_SIDE } = (await import("../../../miniprogram/src/capture/judge-photo.ts" as string)) as {
  judgePhoto(picture: GreyPicture): string[];
  JUDGED_SIDE: number;
};

const SEED = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);
const EACH = 8;
const WORDS = "今借到李强人民币伍万元整用于资金周转约定于二零二五年十二月三十一日前归还逾期按约定利率计付利息特立此据";

type Spoil = (page: Buffer, chance: () => number) => Promise<Buffer>;
const SPOILT: Readonly<Record<string, Spoil>> = {
  "": (page, chance) =>
    sharp(page)
      .blur(0.4 + chance() * 1.6)
      .rotate(chance() * 6 - 3, { background: "#3b342c" })
      .jpeg({ quality: 70 })
      .toBuffer(),
  blur: (page, chance) =>
    sharp(page)
      .blur(5 + chance() * 4)
      .jpeg()
      .toBuffer(),
  dark: (page, chance) =>
    sharp(page)
      .linear(0.15 + chance() * 0.15, 0)
      .jpeg()
      .toBuffer(),
  glare: (page, chance) =>
    sharp(page)
      .composite([
        {
          input: Buffer.from(
            `<svg xmlns="http://www.w3.org/2000/svg" width="1500" height="2000"><defs><radialGradient id="g"><stop offset="0" stop-color="white"/><stop offset=".6" stop-color="white"/><stop offset="1" stop-color="white" stop-opacity="0"/></radialGradient></defs><ellipse cx="${450 + chance() * 600}" cy="${500 + chance() * 1000}" rx="${220 + chance() * 200}" ry="${180 + chance() * 160}" fill="url(#g)"/></svg>`,
          ),
        },
      ])
      .jpeg()
      .toBuffer(),
  cut: async (page, chance) => {
    const share = 0.55 + chance() * 0.2;
    const box =
      chance() < 0.5
        ? { width: Math.round(1500 * share), height: 2000 }
        : { width: 1500, height: Math.round(2000 * share) };
    return sharp(page)
      .extract({ left: 0, top: 0, ...box })
      .jpeg()
      .toBuffer();
  },
};

it(`finds blurred, dark, glaring and cut photographs, and leaves good ones alone (SEED=${SEED})`, {
  timeout: 120_000,
}, async () => {
  const chance = random(SEED);
  const pages = await Promise.all(Array.from({ length: EACH }, () => page(chance)));
  const told: Record<string, number> = {};
  const alarms: string[] = [];
  for (const [doubt, spoil] of Object.entries(SPOILT)) {
    for (let n = 0; n < EACH; n += 1) {
      const found = judgePhoto(await greyOf(await spoil(pages[n] as Buffer, chance)));
      if (doubt === "") alarms.push(...found);
      else told[doubt] = (told[doubt] ?? 0) + (found.includes(doubt) ? 1 : 0);
    }
  }
  console.log(
    `photographs: of ${EACH} each found ${JSON.stringify(told)}, false alarms ${JSON.stringify(alarms)} in ${EACH} good ones`,
  );
  for (const doubt of ["blur", "dark", "glare", "cut"]) expect(told[doubt], doubt).toBeGreaterThanOrEqual(EACH - 1);
  expect(alarms.length).toBeLessThanOrEqual(1);
});

it("says nothing of a page without writing", async () => {
  const blank = await sharp({ create: { width: 1500, height: 2000, channels: 3, background: "#e6e3dc" } })
    .jpeg()
    .toBuffer();
  expect(judgePhoto(await greyOf(blank))).toEqual([]);
});

/** A written page on a table, as an upright photograph would show it. */
async function page(chance: () => number): Promise<Buffer> {
  const [width, height, margin] = [1500, 2000, 60 + chance() * 120];
  const size = 24 + chance() * 18;
  const table = ["#3b342c", "#5a4a3a", "#c9b697", "#20242a"][Math.floor(chance() * 4)];
  const paper = ["#e9e6df", "#d8d4cc", "#f1eee6"][Math.floor(chance() * 3)];
  const ink = ["#222222", "#3a3a55", "#555555"][Math.floor(chance() * 3)];
  const fits = Math.floor((width - 2 * margin - 180) / size);
  const lines = Array.from({ length: 36 }, (_, line) => {
    const text = WORDS.slice(line % 9)
      .padEnd(fits, WORDS)
      .slice(0, line % 7 === 6 ? Math.floor(fits / 2) : fits);
    return `<text x="${margin + 90}" y="${margin + 150 + line * 46}" font-size="${size}" fill="${ink}" font-family="Noto Sans CJK SC">${text}</text>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${table}"/><rect x="${margin}" y="${margin}" width="${width - 2 * margin}" height="${height - 2 * margin}" fill="${paper}"/>${lines.join("")}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

async function greyOf(photo: Buffer): Promise<GreyPicture> {
  const small = sharp(photo).resize({ width: JUDGED_SIDE, height: JUDGED_SIDE, fit: "inside" }).greyscale().raw();
  const { data, info } = await small.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, grey: new Uint8Array(data) };
}

/** A small, fast generator (mulberry32). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
