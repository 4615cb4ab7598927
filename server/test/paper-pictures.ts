import { createRequire } from "node:module";
import sharp from "sharp";

/**
 * Identity cards, business licences and loan notes with words on them, for measuring what the reader
 * of pictures makes of them. The people are invented; each paper carries a mark that says so where a real one has none.
 */
const require = createRequire(import.meta.url);
const TYPEFACE = "Noto Serif SC";
const FONT_FILES = ["400Regular/NotoSerifSC_400Regular", "700Bold/NotoSerifSC_700Bold"].map((face) =>
  require.resolve(`@expo-google-fonts/noto-serif-sc/${face}.ttf`),
);
let typefaces: Promise<unknown> | null = null;

export interface IdentityFront {
  readonly name: string;
  readonly sex: string;
  readonly ethnicity: string;
  /** YYYY-MM-DD */
  readonly birth: string;
  readonly address: string;
  readonly number: string;
}
export interface IdentityBack {
  readonly issuer: string;
  readonly from: string;
  /** YYYY-MM-DD or 长期. */
  readonly until: string;
}
export interface Licence {
  readonly uscc: string;
  readonly name: string;
  readonly type: string;
  readonly representative: string;
  readonly capital: string;
  readonly founded: string;
  readonly address: string;
  readonly scope: string;
}
export interface Note {
  readonly title: string;
  readonly lender: string;
  readonly borrower: string;
  readonly sentences: readonly string[];
  readonly date: string;
}
/** `typeface` is one of the machine's own; without it the product's typeface is used. */
export interface Look {
  readonly typeface?: string;
}

export function identityFront(card: IdentityFront, look: Look = {}): Promise<Buffer> {
  const [year = "", month = "", day = ""] = card.birth.split("-").map((part) => String(Number(part)));
  const label = (x: number, y: number, text: string) =>
    `<text x="${x}" y="${y}" font-size="38" fill="#2f6a9c">${text}</text>`;
  const value = (x: number, y: number, text: string, size = 44) =>
    `<text x="${x}" y="${y}" font-size="${size}" fill="#15171a">${safe(text)}</text>`;
  return paper(1240, 780, look, (face) => [
    `<rect width="1240" height="780" rx="44" fill="#e4eef2"/>`,
    waves(1240, 780, "#cfdfe6"),
    `<rect x="860" y="110" width="300" height="390" fill="#c2ced6"/><circle cx="1010" cy="250" r="88" fill="#8c9aa6"/><path d="M880 500 q130 -190 260 0 z" fill="#6f7d89"/>`,
    `<g font-family="${face}">`,
    label(80, 130, "姓 名"),
    value(220, 132, card.name, 52),
    label(80, 218, "性 别"),
    value(220, 220, card.sex),
    label(400, 218, "民 族"),
    value(540, 220, card.ethnicity),
    label(80, 306, "出 生"),
    value(210, 308, year),
    label(330, 306, "年"),
    value(390, 308, month),
    label(460, 306, "月"),
    value(520, 308, day),
    label(590, 306, "日"),
    label(80, 394, "住 址"),
    ...chunks(card.address, 13).map((line, index) => value(220, 396 + index * 62, line, 42)),
    label(80, 690, "公民身份号码"),
    `<text x="430" y="692" font-size="54" letter-spacing="5" fill="#15171a">${card.number}</text></g>`,
  ]);
}

export function identityBack(card: IdentityBack, look: Look = {}): Promise<Buffer> {
  const dots = (day: string) => day.replaceAll("-", ".");
  return paper(1240, 780, look, (face) => [
    `<rect width="1240" height="780" rx="44" fill="#e8eeee"/>`,
    waves(1240, 780, "#d6e2dd"),
    `<circle cx="190" cy="190" r="110" fill="#c8403a" opacity="0.55"/>`,
    `<g font-family="${face}" fill="#15171a"><text x="400" y="190" font-size="74" font-weight="700">中华人民共和国</text>`,
    `<text x="420" y="320" font-size="88" font-weight="700">居民身份证</text>`,
    `<text x="250" y="600" font-size="42"><tspan>签发机关</tspan><tspan dx="30">${safe(card.issuer)}</tspan></text>`,
    `<text x="250" y="690" font-size="42"><tspan>有效期限</tspan><tspan dx="30">${dots(card.from)}-${dots(card.until)}</tspan></text></g>`,
  ]);
}

export function businessLicence(licence: Licence, look: Look = {}): Promise<Buffer> {
  const rows: readonly (readonly [string, string])[] = [
    ["名　　称", licence.name],
    ["类　　型", licence.type],
    ["法定代表人", licence.representative],
    ["注册资本", licence.capital],
    ["成立日期", licence.founded.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日")],
    ["住　　所", licence.address],
    ["经营范围", licence.scope],
  ];
  let y = 470;
  const body = rows.flatMap(([label, value]) => {
    const lines = chunks(value, 24);
    const at = y;
    y += 62 * lines.length + 14;
    return [
      `<text x="130" y="${at}" font-size="36" fill="#5c4a2a">${label}</text>`,
      ...lines.map(
        (line, index) => `<text x="350" y="${at + index * 62}" font-size="38" fill="#1b1b1b">${safe(line)}</text>`,
      ),
    ];
  });
  return paper(1400, 1180, look, (face) => [
    `<rect width="1400" height="1180" fill="#fbf7ea"/><rect x="34" y="34" width="1332" height="1112" fill="none" stroke="#c8a04c" stroke-width="10"/>`,
    `<g font-family="${face}"><circle cx="700" cy="130" r="58" fill="#cf3f36" opacity="0.7"/>`,
    `<text x="700" y="290" font-size="92" font-weight="700" letter-spacing="30" text-anchor="middle" fill="#1b1b1b">营业执照</text>`,
    `<text x="130" y="380" font-size="36" fill="#5c4a2a">统一社会信用代码</text><text x="480" y="380" font-size="40" letter-spacing="2" fill="#1b1b1b">${licence.uscc}</text>`,
    ...body,
    `<text x="880" y="1090" font-size="34" fill="#5c4a2a">登记机关</text></g><circle cx="1150" cy="1040" r="86" fill="none" stroke="#cf3f36" stroke-width="7" opacity="0.6"/>`,
  ]);
}

export function loanPaper(note: Note, look: Look = {}): Promise<Buffer> {
  const lines = note.sentences.flatMap((sentence) => chunks(`　　${sentence}`, 22));
  return paper(1200, 1600, look, (face) => [
    `<rect width="1200" height="1600" fill="#fcfaf3"/><g font-family="${face}" fill="#1d2330">`,
    `<text x="600" y="210" font-size="74" font-weight="700" letter-spacing="24" text-anchor="middle">${note.title}</text>`,
    ...lines.map((line, index) => `<text x="110" y="${350 + index * 82}" font-size="44">${safe(line)}</text>`),
    `<text x="640" y="${470 + lines.length * 82}" font-size="46">借款人：${safe(note.borrower)}</text>`,
    `<text x="640" y="${560 + lines.length * 82}" font-size="42">${note.date}</text></g>`,
    `<circle cx="960" cy="${450 + lines.length * 82}" r="34" fill="#b8322a" opacity="0.35"/>`,
  ]);
}

async function paper(
  width: number,
  height: number,
  { typeface = TYPEFACE }: Look,
  body: (face: string) => readonly string[],
): Promise<Buffer> {
  // Drawing one word with each file makes the typeface known to everything drawn later.
  typefaces ??= Promise.all(
    FONT_FILES.map((fontfile) => sharp({ text: { text: "字", font: TYPEFACE, fontfile } }).toBuffer()),
  );
  await typefaces;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body(typeface).join("")}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

function waves(width: number, height: number, colour: string): string {
  const lines = Array.from({ length: 14 }, (_, index) => {
    const y = (index * height) / 14 + 20;
    return `<path d="M0 ${y} q${width / 8} -30 ${width / 4} 0 t${width / 4} 0 t${width / 4} 0 t${width / 4} 0" stroke="${colour}" stroke-width="3" fill="none"/>`;
  });
  return lines.join("");
}

function chunks(text: string, length: number): string[] {
  const characters = [...text];
  return Array.from({ length: Math.max(1, Math.ceil(characters.length / length)) }, (_, index) =>
    characters.slice(index * length, (index + 1) * length).join(""),
  );
}

const safe = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
