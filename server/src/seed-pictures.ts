import { PDFDocument, rgb, StandardFonts } from "pdf-lib";
import sharp from "sharp";

/** Papers for demonstrations, drawn and not photographed: lines and figures only, so that no font is needed to read them. */

const lines = (count: number, from: number, width: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `<rect x="70" y="${from + index * 46}" width="${width - (index % 3) * 90}" height="10" rx="5" fill="#8d8878"/>`,
  ).join("");

/** A hand-written note of a loan, with a thumb print. */
export function loanNote(seed: number): Promise<Buffer> {
  const tilt = (seed % 5) - 2;
  return draw(
    720,
    960,
    `<rect width="720" height="960" fill="#6b6358"/><g transform="rotate(${tilt} 360 480)">
     <rect x="40" y="40" width="640" height="880" fill="#fbf8ef"/><rect x="250" y="90" width="220" height="26" rx="6" fill="#3d3a33"/>
     ${lines(8, 180, 560)}<path d="M90 640 q60 -50 110 0 t120 -10" stroke="#1c2f6b" stroke-width="6" fill="none"/>
     <circle cx="540" cy="660" r="42" fill="none" stroke="#b8322a" stroke-width="10" stroke-dasharray="9 5"/>
     <circle cx="540" cy="660" r="24" fill="#b8322a" opacity="0.45"/>${lines(2, 780, 380)}</g>`,
  );
}

/** The outline of an identity card. */
export function identityCard(seed: number): Promise<Buffer> {
  const hue = (seed * 47) % 360;
  return draw(
    860,
    540,
    `<rect width="860" height="540" fill="#4c5158"/><rect x="30" y="30" width="800" height="480" rx="26" fill="#e8eef2"/>
     <circle cx="660" cy="220" r="90" fill="hsl(${hue} 18% 62%)"/><rect x="560" y="300" width="200" height="120" rx="60" fill="hsl(${hue} 18% 52%)"/>
     ${[90, 150, 210, 290, 340].map((y, index) => `<rect x="80" y="${y}" width="${360 - index * 40}" height="22" rx="8" fill="#5b6a78"/>`).join("")}
     <rect x="80" y="440" width="620" height="26" rx="8" fill="#2e3b47"/>`,
  );
}

/** A signature on white. */
export function signature(seed: number): Promise<Buffer> {
  const sway = 20 + (seed % 7) * 6;
  return draw(
    600,
    260,
    `<rect width="600" height="260" fill="#fff"/><path d="M70 150 C 130 ${40 + sway}, 180 ${220 - sway}, 240 140 S 350 ${70 + sway}, 380 150 S 470 ${200 - sway}, 530 110" stroke="#10131a" stroke-width="9" fill="none" stroke-linecap="round"/>`,
  );
}

function draw(width: number, height: number, body: string): Promise<Buffer> {
  return sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`))
    .jpeg({ quality: 82 })
    .toBuffer();
}

/** Two pages of a bank's record of transfers. */
export async function bankRecord(amountFen: number): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Courier);
  for (const title of ["TRANSFER RECORD 1/2", "TRANSFER RECORD 2/2"]) {
    const page = document.addPage([595, 842]);
    page.drawText(title, { x: 60, y: 770, size: 18, font });
    page.drawLine({ start: { x: 60, y: 755 }, end: { x: 535, y: 755 }, thickness: 1, color: rgb(0.3, 0.3, 0.3) });
    for (let row = 0; row < 12; row += 1) {
      page.drawText(
        `2025-03-${String(row + 5).padStart(2, "0")}   ${row === 0 ? `-${(amountFen / 100).toFixed(2)}` : `-${(row * 37.5).toFixed(2)}`}   CNY`,
        { x: 60, y: 720 - row * 28, size: 12, font },
      );
    }
  }
  return Buffer.from(await document.save());
}
