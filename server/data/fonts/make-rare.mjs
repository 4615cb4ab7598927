// Makes sutong-rare.ttf: the characters that Noto Serif SC lacks, drawn from Chiron Sung HK, and signs from Noto Sans Symbols 2.
// In an empty folder: npm install fontkit@2.0.4 fonteditor-core@2.6.3 subset-font@2.9.0 chiron-sung-hk-webfont@1.0.24
//   @fontsource/noto-sans-symbols-2@5.3.0 @expo-google-fonts/noto-serif-sc@0.4.3 && node make-rare.mjs
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fonteditor from "fonteditor-core";
import { create } from "fontkit";
import subsetFont from "subset-font";

const packages = process.env.PACKAGES ?? "node_modules";
const main = new Set(create(readFileSync(join(packages, "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf"))).characterSet);
const woff2 = (folder, fits) => readdirSync(join(packages, folder), { recursive: true }).filter((name) => fits.test(name)).sort().map((name) => join(packages, folder, name));
const isHan = (code) => (code >= 0x2e80 && code <= 0x2fdf) || (code >= 0x3000 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0x20000 && code <= 0x3ffff);
const isSign = (code) => (code >= 0x2190 && code <= 0x27bf) || (code >= 0x2b00 && code <= 0x2bff);
const sources = [
  ...woff2("chiron-sung-hk-webfont/woff2/vf", /\.woff2$/).map((file) => ({ file, takes: isHan, weight: 400 })),
  ...woff2("@fontsource/noto-sans-symbols-2/files", /-400-normal\.woff2$/).map((file) => ({ file, takes: isSign })),
];

const seen = new Set();
const glyphs = [];
for (const { file, takes, weight } of sources) {
  const font = create(readFileSync(file));
  const codes = font.characterSet.filter((code) => takes(code) && !main.has(code) && !seen.has(code));
  if (codes.length === 0) continue;
  const wanted = String.fromCodePoint(...codes.filter((code) => code < 0xfff0 || code > 0xffff));
  const pinned = weight ? { variationAxes: { wght: weight, PADG: 0 } } : {};
  const drawn = create(await subsetFont(readFileSync(file), wanted, { targetFormat: "truetype", ...pinned }));
  const scale = 1000 / font.unitsPerEm;
  for (const code of codes) {
    const { path, advanceWidth } = drawn.glyphForCodePoint(code);
    const contours = contoursOf(path.commands, scale);
    if (contours.length === 0) continue;
    seen.add(code);
    const points = contours.flat();
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    const box = { xMin: Math.min(...xs), yMin: Math.min(...ys), xMax: Math.max(...xs), yMax: Math.max(...ys) };
    glyphs.push({ name: `u${code.toString(16)}`, unicode: [code], contours, ...box, advanceWidth: Math.round(advanceWidth * scale), leftSideBearing: box.xMin });
  }
}
glyphs.sort((a, b) => a.unicode[0] - b.unicode[0]);

const font = fonteditor.Font.create();
const made = font.get();
const square = [{ x: 100, y: 0, onCurve: true }, { x: 100, y: 700, onCurve: true }, { x: 900, y: 700, onCurve: true }, { x: 900, y: 0, onCurve: true }];
made.glyf = [{ name: ".notdef", contours: [square], xMin: 100, yMin: 0, xMax: 900, yMax: 700, advanceWidth: 1000, leftSideBearing: 100 }, ...glyphs];
Object.assign(made.head, { unitsPerEm: 1000 });
Object.assign(made.hhea, { ascent: 1151, descent: -286, lineGap: 0 });
Object.assign(made["OS/2"], { usWeightClass: 400, sTypoAscender: 880, sTypoDescender: -120, sTypoLineGap: 0, usWinAscent: 1151, usWinDescent: 286, sxHeight: 536, sCapHeight: 729, fsType: 0 });
made.name = {
  fontFamily: "Sutong Rare", fontSubFamily: "Regular", uniqueSubFamily: "Sutong Rare Regular 1", fullName: "Sutong Rare Regular", version: "Version 1.0", postScriptName: "SutongRare-Regular",
  copyright: "Derived from Chiron Sung HK 1.024 (Tamcy; based on Source Han Serif, Adobe) and Noto Sans Symbols 2 (The Noto Project Authors)",
  license: "This Font Software is licensed under the SIL Open Font License, Version 1.1.", licenseURL: "https://openfontlicense.org",
};
font.set(made);
writeFileSync("sutong-rare.ttf", font.write({ type: "ttf", toBuffer: true }));
console.log(`${glyphs.length} characters`);

/** Outlines with quadratic curves: a cubic becomes two of them, within a unit or two of a thousand. */
function contoursOf(commands, scale) {
  const contours = [];
  let current = [];
  let at = [0, 0];
  const add = (x, y, onCurve) => current.push({ x: Math.round(x * scale), y: Math.round(y * scale), onCurve });
  const close = () => {
    const [first, last] = [current[0], current.at(-1)];
    if (current.length > 1 && last.onCurve && first.x === last.x && first.y === last.y) current.pop();
    if (current.length > 2) contours.push(current);
    current = [];
  };
  for (const { command, args: a } of commands) {
    if (command === "moveTo") { close(); add(a[0], a[1], true); }
    else if (command === "lineTo") add(a[0], a[1], true);
    else if (command === "quadraticCurveTo") { add(a[0], a[1], false); add(a[2], a[3], true); }
    else if (command === "bezierCurveTo") cubic(at, a, add);
    else if (command === "closePath") close();
    if (a.length > 0) at = a.slice(-2);
  }
  close();
  return contours;
}

function cubic([x0, y0], [x1, y1, x2, y2, x3, y3], add) {
  const middle = (a, b, c, d) => (a + 3 * b + 3 * c + d) / 8;
  const half = (a, b) => (a + b) / 2;
  const [mx, my] = [middle(x0, x1, x2, x3), middle(y0, y1, y2, y3)];
  const left = [half(x0, x1), half(y0, y1), half(half(x0, x1), half(x1, x2)), half(half(y0, y1), half(y1, y2))];
  const right = [half(half(x1, x2), half(x2, x3)), half(half(y1, y2), half(y2, y3)), half(x2, x3), half(y2, y3)];
  add((3 * (left[0] + left[2]) - x0 - mx) / 4, (3 * (left[1] + left[3]) - y0 - my) / 4, false);
  add(mx, my, true);
  add((3 * (right[0] + right[2]) - mx - x3) / 4, (3 * (right[1] + right[3]) - my - y3) / 4, false);
  add(x3, y3, true);
}
