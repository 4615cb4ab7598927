import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ClamdPeer, startClamd } from "#sandbox/clamd.ts";
import { startApp, type TestApp } from "#test/app.ts";
import * as make from "#test/material-files.ts";
import { type Person, person } from "#test/people.ts";
import { figure } from "#test/reliability/figure.ts";
import { handIn } from "#test/send-material.ts";
import { registerOwner } from "./owner.ts";

let app: TestApp;
let clamd: ClamdPeer;
let fang: Person;
const FILING = "7001";

beforeAll(async () => {
  clamd = await startClamd();
  app = await startApp("file_content", { environment: { CLAMD: `${clamd.host}:${clamd.port}` } });
  fang = await person(app, "王芳");
  registerOwner("filing", {
    find: async () => ({ editable: true, courtCode: "鲁0102", accountId: fang.accountId, round: 1 }),
  });
});
let right = 0;
let slowest = 0;
let begun = 0;
beforeEach(() => {
  begun = performance.now();
});
afterEach(({ task }) => {
  if (task.result?.state !== "fail") right += 1;
  slowest = Math.max(slowest, performance.now() - begun);
});
afterAll(async () => {
  figure("G13", "files judged rightly", right, { atLeast: 50 });
  figure("G13", "slowest, upload and all", Math.round(slowest), { atMost: 2000, unit: "ms", timed: true });
  expect(app.unexpected).toEqual([]);
  await app.stop();
  await clamd.stop();
});

const SYMLINK = 0xa1ff;
const bombText = Buffer.alloc(30 * 1024 ** 2);

/** What must not be taken, and the first words of what the person is told. */
type Refused = [what: string, told: RegExp, file: () => Buffer | Promise<Buffer>, sent?: make.Sent];
const refused: Refused[] = [
  ["plain zip", /^压缩包/, () => make.zip([{ name: "a.txt", data: "a" }])],
  ["EICAR as it is", /^无法识别|^文件未通过病毒/, () => Buffer.from(make.EICAR)],
  ["EICAR in a zip", /^压缩包|病毒/, () => make.zip([{ name: "a.com", data: make.EICAR }])],
  [
    "EICAR in a zip in a zip",
    /^压缩包|病毒/,
    () => make.zip([{ name: "b.zip", data: make.zip([{ name: "a", data: make.EICAR }]) }]),
  ],
  [
    "EICAR behind a PDF",
    /病毒/,
    async () => Buffer.concat([await make.pdf(), Buffer.from(make.EICAR)]),
    { contentType: "application/pdf" },
  ],
  ["EICAR in a picture", /病毒/, async () => Buffer.concat([await make.jpeg(), Buffer.from(make.EICAR)])],
  ["EICAR in Word, packed", /病毒/, () => make.office([{ name: "word/media/x.bin", data: make.EICAR }])],
  [
    "EICAR in a sheet in Word",
    /病毒/,
    () =>
      make.office([
        { name: "word/embeddings/a.xlsx", data: make.office([{ name: "xl/x.bin", data: make.EICAR }], make.SHEET) },
      ]),
  ],
  [
    "zip in Word",
    /^文件中嵌入/,
    () => make.office([{ name: "word/embeddings/a.bin", data: make.zip([{ name: "a", data: "a" }]) }]),
  ],
  ["program in Word", /^文件中嵌入/, () => make.office([{ name: "word/embeddings/a.bin", data: "MZ\x90\0 program" }])],
  ["encrypted zip", /密码|^压缩包/, () => make.zip([{ name: "a", data: make.EICAR, flags: 1 }])],
  ["zip with ../", /结构异常/, () => make.office([{ name: "../../etc/passwd", data: "x" }])],
  ["zip with a link", /结构异常/, () => make.office([{ name: "word/link", data: "/etc/passwd", mode: SYMLINK }])],
  [
    "zip that lies about sizes",
    /解压后过大/,
    () => make.office([{ name: "word/big.xml", data: bombText, claimedSize: 100 }]),
  ],
  ["zip bomb that does not lie", /解压后过大/, () => make.office([{ name: "word/big.xml", data: bombText }])],
  [
    "one part twice",
    /结构异常/,
    () =>
      make.office([
        { name: "word/a.xml", data: make.noise(4000) },
        { name: "word/a.xml", data: make.noise(4000), at: 2 },
      ]),
  ],
  [
    "overlap under another name",
    /结构异常/,
    () =>
      make.office([
        { name: "word/aa.xml", data: "x" },
        { name: "word/bb.xml", data: "x", at: 2 },
      ]),
  ],
  ["overlapping parts, both whole", /结构异常/, make.overlapping],
  ["docm", /含有宏/, () => make.office([], "ms-word.document.macroEnabled.main+xml")],
  ["macro without saying so", /含有宏/, () => make.office([{ name: "word/vbaProject.bin", data: "x" }])],
  [
    "outside template",
    /外部模板/,
    () =>
      make.office([
        {
          name: "word/_rels/settings.xml.rels",
          data: '<Relationship Type="x/attachedTemplate" Target="http://x/a.dotm" TargetMode="External"/>',
        },
      ]),
  ],
  ["old Word", /旧版或加密/, () => Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(2000)])],
  [
    "SVG with script",
    /^SVG/,
    () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  ],
  [
    "SVG renamed .png",
    /^SVG/,
    () => Buffer.from('<?xml version="1.0"?><svg/>'),
    { name: "a.png", contentType: "image/png" },
  ],
  ["HTML", /^SVG/, () => Buffer.from("<!DOCTYPE html><script>alert(1)</script>")],
  ["MP4 named .jpg", /名称或登记的类型/, make.mp4, { name: "a.jpg" }],
  ["MP4 announced as JPEG", /名称或登记的类型/, make.mp4, { contentType: "image/jpeg" }],
  ["HEIC renamed .jpg", /HEIC.*兼容性最佳/, make.heic, { name: "IMG_0001.jpg", contentType: "image/jpeg" }],
  ["program", /程序文件|无法识别/, () => Buffer.concat([Buffer.from("MZ"), make.noise(500)])],
  ["noise", /^无法识别/, () => Buffer.concat([Buffer.from([1, 2, 3, 4]), make.noise(500)])],
  [
    "PNG profile bomb",
    /异常的附加数据/,
    async () => make.withChunk(await make.png(), "iCCP", make.iccBomb(60 * 1024 ** 2)),
  ],
  [
    "PNG text bomb",
    /异常的附加数据/,
    async () => make.withChunk(await make.png(), "zTXt", make.iccBomb(60 * 1024 ** 2)),
  ],
  ["pixel flood", /8000 万像素|损坏/, () => make.hugePng(60_000, 60_000)],
  ["large picture drawn in passes", /渐进/, () => make.layeredJpeg(4600, 4000)],
  ["cut picture", /损坏或不完整/, async () => (await make.jpeg(2000, 1500)).subarray(0, 9000)],
  ["PDF with a password", /密码.*另存为/, make.lockedPdf],
  ["PDF with a giant page", /尺寸过大/, () => make.pdf({ pages: 1, size: [20_000, 20_000] })],
  ["PDF with a swelling stream", /异常的压缩数据/, () => make.paddedPdf(100 * 1024 ** 2)],
  [
    "PDF without pages",
    /没有页面/,
    () => Buffer.from("%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"),
  ],
  ["MP4 cut short", /损坏或不完整/, () => make.mp4().subarray(0, 300)],
];

describe("refused, with what to do", () => {
  test.each(refused)("%s", async (_, told, file, sent) => {
    const answer = await handIn(app, fang, FILING, await file(), sent);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ state: { code: "refused" }, refusedReason: expect.stringMatching(told) });
    expect(answer.json.refusedReason).toMatch(/请|不能/);
    const opened = await fang.ask("GET", `/materials/${answer.json.id}/content`);
    expect(opened.status).toBe(409);
  });
});

describe("taken", () => {
  type Taken = [what: string, type: RegExp, file: () => Buffer | Promise<Buffer>, more: object, sent?: make.Sent];
  const taken: Taken[] = [
    [
      "JPEG",
      /jpeg/,
      () => make.jpeg(),
      { width: 640, height: 480, pages: 1 },
      { name: "借条.jpg", contentType: "image/jpg" },
    ],
    ["PNG announced as JPEG", /png/, () => make.png(), { pages: 1 }, { contentType: "image/jpeg" }],
    ["PDF with packed objects", /pdf/, () => make.pdf({ pages: 3 }), { pages: 3, warnings: [] }],
    ["PDF with plain objects", /pdf/, () => make.pdf({ pages: 41, packed: false }), { pages: 41 }],
    ["Word", /wordprocessingml/, () => make.office(), { pages: null }, { name: "起诉状.docx" }],
    [
      "Excel in Word",
      /wordprocessingml/,
      () => make.office([{ name: "word/embeddings/a.xlsx", data: make.office([], make.SHEET) }]),
      {},
    ],
    ["Excel", /spreadsheetml/, () => make.office([], make.SHEET), {}],
    ["MP4", /video\/mp4/, () => make.mp4(), {}, { name: "录像.mp4", contentType: "video/mp4" }],
    ["M4A", /audio\/mp4/, () => make.mp4("M4A "), {}, { name: "录音.m4a", contentType: "audio/x-m4a" }],
    [
      "MP3",
      /audio\/mpeg/,
      () => Buffer.concat([Buffer.from("ID3\x04\0\0\0\0\0\0\xff\xfb\x90\0", "latin1"), make.noise(800)]),
      {},
    ],
    [
      "boundary inside the content",
      /pdf/,
      async () =>
        Buffer.concat([await make.pdf(), Buffer.from("\r\n------boundary\r\nContent-Disposition: x\r\n\r\n")]),
      { pages: 2 },
    ],
  ];
  test.each(taken)("%s", async (_, type, file, more, sent) => {
    const bytes = await file();
    const answer = await handIn(app, fang, FILING, bytes, sent);
    expect(answer.json).toMatchObject({
      state: { code: "ready" },
      refusedReason: null,
      contentType: expect.stringMatching(type),
      ...more,
    });
    const opened = await fang.ask("GET", `/materials/${answer.json.id}/content?variant=original`);
    const original = Buffer.from(
      await (await fetch(new URL(opened.headers.get("location") as string, app.origin))).arrayBuffer(),
    );
    expect(original.equals(bytes)).toBe(true);
  });

  test("a script in a PDF is told, and such a file is only saved, never opened in the page", async () => {
    const answer = await handIn(app, fang, FILING, await make.pdf({ script: "app.alert(1)" }));
    expect(answer.json).toMatchObject({ state: { code: "ready" }, warnings: [expect.stringContaining("脚本")] });
    const opened = await fang.ask("GET", `/materials/${answer.json.id}/content`);
    const shown = await fetch(new URL(opened.headers.get("location") as string, app.origin));
    expect(shown.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(shown.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("a picture is drawn anew for viewing: upright, small, without what the phone wrote into it; the original stays", async () => {
    const bytes = await make.jpeg(4000, 1000, true);
    expect(bytes.includes("CANARY-EXIF")).toBe(true);
    const answer = await handIn(app, fang, FILING, bytes, { name: "现场.jpg" });
    expect(answer.json).toMatchObject({ width: 1000, height: 4000 });
    const opened = await fang.ask("GET", `/materials/${answer.json.id}/content?variant=view`);
    const view = await fetch(new URL(opened.headers.get("location") as string, app.origin));
    const drawn = Buffer.from(await view.arrayBuffer());
    const { default: sharp } = await import("sharp");
    expect(await sharp(drawn).metadata()).toMatchObject({ format: "jpeg", width: 600, height: 2400 });
    expect(drawn.includes("CANARY-EXIF")).toBe(false);
    expect(drawn.includes("Exif")).toBe(false);
    expect(view.headers.get("content-disposition")).toMatch(/^inline/);
  });
});
