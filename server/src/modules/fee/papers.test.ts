import { getDocument, OPS } from "pdfjs-dist/legacy/build/pdf.mjs";
import QRCode from "qrcode";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SYSTEM } from "#core/actor.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { type AcceptedCase, acceptedCase, giveBack, judge } from "#test/fees.ts";
import { clerk, key, seedCourtsAndRules } from "#test/filings.ts";
import { order, payAndTell } from "#test/payments.ts";
import { pdfText } from "#test/pdf-text.ts";
import { type Person, person, type StaffPerson } from "#test/people.ts";
import { rowsOf } from "#test/reliability/crowd.ts";
import { printNotice } from "./papers.ts";
import { findNoticeRow } from "./store.ts";

describe("papers of a notice, as they are printed", { timeout: 60_000 }, () => {
  let app: TestApp;
  let desk: StaffPerson;
  beforeAll(async () => {
    app = await startApp("feepapers");
    await seedCourtsAndRules(app);
    desk = await clerk(app);
  });
  afterAll(() => app.stop());

  async function print(who: Person, path: string) {
    const response = await fetch(`${app.origin}/api/v1${path}`, { headers: { authorization: `Bearer ${who.token}` } });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.status, bytes.toString("utf8").slice(0, 300)).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/pdf");
    expect(response.headers.get("cache-control")).toBe("no-store");
    return { text: (await pdfText(bytes)).join(""), code: await codeIn(bytes) };
  }
  const courtCase = (name: string, amountFen: number) => acceptedCase(app, name, { by: desk, change: { amountFen } });
  const look = async (one: AcceptedCase) => (await one.owner.ask("GET", one.notice)).json;

  it("notice.pdf: case, steps, the sum in figures and capitals, the last day, the pay code and its address", async () => {
    // §13(1): 50 + 2,250 + 2,000 + 345.67 × 1.5 % = 4,305.19, of odd jiao and fen.
    const one = await courtCase("周㛃", 20_034_567);
    const { number, assessedFen, dueOn, payCode, steps } = await look(one);
    expect(assessedFen).toBe(430_519);
    const { text, code } = await print(one.owner, `${one.notice}/notice.pdf`);
    for (const said of [
      "济南市历下区人民法院交费通知书",
      `编号${number}`,
      one.caseNumber,
      "周㛃：",
      "应交纳案件受理费4,305.19元（人民币肆仟叁佰零伍元壹角玖分）",
      "合计人民币肆仟叁佰零伍元壹角玖分4,305.19",
      "尚应交纳4,305.19元（人民币肆仟叁佰零伍元壹角玖分）",
      `交费期限${dueOn.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日")}以前（含当日）`,
      `缴款码：${payCode}`,
    ])
      expect(text).toContain(said);
    for (const { label } of steps as { label: string }[]) expect(text).toContain(label.replace(/\s/g, ""));
    expect(code).toEqual(codeOf(`${app.config.publicUrl}/#/pages/fee/code?code=${payCode}`));
    // An address that was set with a slash at its end is no other.
    const settings = { ...app.settings, publicUrl: "https://ss.example.cn/" };
    const row = await findNoticeRow(app.database, SYSTEM, one.noticeId);
    const set = await codeIn(await printNotice({ ...app, settings }, row));
    expect(set).toEqual(codeOf(`https://ss.example.cn/#/pages/fee/code?code=${payCode}`));
  });

  it("notice.pdf after relief and a part payment says both, and what is left; when nothing is left it asks for nothing", async () => {
    const one = await courtCase("许宁", 5_000_000);
    const head = await judge(app);
    const body = { kind: "reduce", ground: "reduce_welfare", statement: "福利院护理员，收入很低。" };
    const { id } = (await one.owner.ask("POST", `${one.notice}/relief`, body, key())).json;
    const grant = { action: "grant", reduceBy: "0.30", reason: "符合条件" };
    const preview = await head.ask("POST", `/fee-reliefs/${id}/preview`, grant);
    expect(preview.status, preview.text).toBe(200);
    expect((await one.owner.ask("GET", `/fee-reliefs/${id}`)).json.state.code).toBe("requested");
    expect((await head.ask("POST", `/fee-reliefs/${id}/moves`, grant, key())).status).toBe(200);
    const [decision] = (await one.owner.ask("GET", `${one.notice}/documents`)).json.items.slice(-1);
    expect(decision).toMatchObject({ kind: "relief_decision", ...preview.json });
    const printed = (await print(one.owner, `${one.notice}/documents/${decision.id}.pdf`)).text;
    for (const said of [
      "济南市历下区人民法院司法救助决定书",
      one.caseNumber,
      "许宁：",
      "准予减交315.00元",
      "还应交735.00元",
      "《诉讼费用交纳办法》第四十六条第三项、第四十八条",
    ])
      expect(printed).toContain(said);
    const other = await person(app, "旁人");
    expect((await other.ask("GET", `${one.notice}/documents/${decision.id}.pdf`)).status).toBe(404);
    expect((await one.owner.ask("GET", `${one.notice}/documents/999999.pdf`)).status).toBe(404);
    await payAndTell(app, await order(one.owner, one.notice, { amountFen: 10_000 }));
    const part = (await print(one.owner, `${one.notice}/notice.pdf`)).text;
    expect(part).toContain(
      "应交金额1,050.00元（人民币壹仟零伍拾元整）准予减免315.00元（人民币叁佰壹拾伍元整）" +
        "已交金额100.00元（人民币壹佰元整）尚应交纳635.00元（人民币陆佰叁拾伍元整）",
    );
    await payAndTell(app, await order(one.owner, one.notice));
    const done = await print(one.owner, `${one.notice}/notice.pdf`);
    expect(done.text).toContain("尚应交纳0.00元（人民币零元整）");
    expect(done.text).not.toContain("缴款码");
    expect(done.code).toBeNull();
  });

  it("bill.pdf: every receipt, what was received and given back, and the address that verifies it", async () => {
    const one = await courtCase("卫东", 5_000_000);
    const early = await one.owner.ask("GET", `${one.notice}/bill.pdf`);
    expect([early.status, early.json.code]).toEqual([409, "fee.no_receipt"]);
    await payAndTell(app, await order(one.owner, one.notice, { amountFen: 40_050 }));
    await payAndTell(app, await order(one.owner, one.notice));
    const receipts = await rowsOf<{ id: string; number: string; code: string }>(
      app,
      `SELECT id, receipt_number AS number, receipt_code AS code FROM payment WHERE notice_id = ${one.noticeId} ORDER BY id`,
    );
    expect(receipts).toHaveLength(2);
    const [first, second] = receipts as [(typeof receipts)[0], (typeof receipts)[0]];
    const { text, code } = await print(one.owner, `${one.notice}/bill.pdf`);
    for (const said of [
      "济南市历下区人民法院诉讼费收款凭证",
      "交款人卫东",
      `案号${one.caseNumber}`,
      "收费项目案件受理费",
      "收款合计1,050.00元（人民币壹仟零伍拾元整）",
      "实收金额1,050.00元（人民币壹仟零伍拾元整）",
      "合计人民币壹仟零伍拾元整1,050.00—",
    ])
      expect(text).toContain(said);
    for (const [{ number }, amount] of [
      [first, "400.50"],
      [second, "649.50"],
    ] as const)
      expect(text).toMatch(new RegExp(`${number}\\d+年\\d+月\\d+日微信支付${amount}—`));
    expect(text).not.toContain("已退金额");
    // What the code leads to is what the public route answers.
    const address = `${app.config.publicUrl}/#/pages/verify/index?number=${encodeURIComponent(first.number)}&code=${first.code}`;
    expect(code).toEqual(codeOf(address));
    const checked = await app.ask("GET", `/receipts/${encodeURIComponent(first.number)}?code=${first.code}`);
    expect(checked.json).toMatchObject({ valid: true, amountFen: 40_050, payer: "卫*" });

    // What went back since is on the next print.
    await rowsOf(app, `UPDATE payment SET refunded_fen = 5005 WHERE id = ${second.id}`);
    await giveBack(app, one.noticeId, "88001", 5_005);
    const after = (await print(desk, `${one.notice}/bill.pdf`)).text;
    expect(after).toContain(
      "收款合计1,050.00元（人民币壹仟零伍拾元整）已退金额50.05元（人民币伍拾元零伍分）" +
        "实收金额999.95元（人民币玖佰玖拾玖元玖角伍分）",
    );
    expect(after).toMatch(/微信支付649\.5050\.05/);
    const notice = (await print(one.owner, `${one.notice}/notice.pdf`)).text;
    for (const said of ["应交纳案件受理费999.95元", "退还的部分不再收取", "尚应交纳0.00元"])
      expect(notice).toContain(said);
    const stranger = await person(app, "路人");
    expect((await stranger.ask("GET", `${one.notice}/bill.pdf`)).status).toBe(404);
    expect(app.unexpected).toEqual([]);
  });
});

/** The squares of the QR code on the first page, row by row, `#` for dark; null where there is none. */
async function codeIn(pdf: Buffer): Promise<string[] | null> {
  const reader = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const { fnArray, argsArray } = await (await (await reader.promise).getPage(1)).getOperatorList();
  await reader.destroy();
  for (const [at, fn] of fnArray.entries()) {
    if (fn !== OPS.constructPath) continue;
    const [kinds, points] = argsArray[at] as [number[], number[]];
    // It is drawn as strokes along the middle of its rows: nothing else is nothing but a hundred straight strokes.
    if (kinds.length < 200 || kinds.some((kind) => kind !== OPS.moveTo && kind !== OPS.lineTo)) continue;
    const strokes: { row: number; from: number; to: number }[] = [];
    for (let point = 0; point < points.length; point += 4) {
      const [from = 0, y = 0, to = 0] = points.slice(point, point + 3);
      strokes.push({ row: Math.floor(y), from: Math.round(from), to: Math.round(to) });
    }
    const first = Math.min(...strokes.map(({ row }) => row));
    const left = Math.min(...strokes.map(({ from }) => from));
    const size = Math.max(...strokes.map(({ to }) => to)) - left;
    const rows = Array.from({ length: size }, () => Array<string>(size).fill("."));
    for (const { row, from, to } of strokes) rows[row - first]?.fill("#", from - left, to - left);
    return rows.map((row) => row.join(""));
  }
  return null;
}

/** The code of a text, square by square: two texts never have the same. */
function codeOf(text: string): string[] {
  const { data, size } = QRCode.create(text, { errorCorrectionLevel: "M" }).modules;
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => (data[row * size + column] ? "#" : ".")).join(""),
  );
}
