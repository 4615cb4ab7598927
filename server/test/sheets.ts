import { createHash } from "node:crypto";
import ExcelJS from "exceljs";
import type { Answered, TestApp } from "./app.ts";
import { COURT, key } from "./filings.ts";
import { idNumberOf, type Person, person } from "./people.ts";
import { sendBytes } from "./send-material.ts";

export { type Packed, zip } from "./zip.ts";

/** Sheets and archives of bulk filing, filled in as people do: the template is fetched, and its cells are written. */

export type Cells = Readonly<Record<string, ExcelJS.CellValue>>;
export const SHEET = "填写";
export const FIRST_ROW = 6;

export const hash = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** A lawyer whose practice is confirmed. */
export async function lawyer(app: TestApp, name: string): Promise<Person> {
  const one = await person(app, name, { verified: true });
  const digits = BigInt(`0x${createHash("sha256").update(name).digest("hex").slice(0, 10)}`) % 100_000n;
  const licenseNumber = `137012020101${String(digits).padStart(5, "0")}`;
  const answer = await one.ask("PUT", "/me/practice", { licenseNumber, firm: "山东明德律师事务所" });
  if (answer.json?.role !== "lawyer") throw new Error(`${name} is no lawyer: ${answer.text}`);
  return one;
}

export async function templateOf(app: TestApp, formId = "09"): Promise<Buffer> {
  const response = await fetch(`${app.origin}/api/v1/forms/${formId}/bulk-template.xlsx`);
  if (response.status !== 200) throw new Error(`no template: ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

export async function openBook(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ArrayBuffer);
  return book;
}
export const pageOf = (book: ExcelJS.Workbook): ExcelJS.Worksheet => {
  const page = book.getWorksheet(SHEET);
  if (!page) throw new Error("no sheet to fill in");
  return page;
};
/** The column of a key, from 1. */
export function columnOf(page: ExcelJS.Worksheet, name: string): number {
  const keys = page.getRow(1).values as unknown[];
  const at = keys.indexOf(name);
  if (at < 0) throw new Error(`no column ${name}`);
  return at;
}

/** A template with cases in it, from row 6; `change` may do to the page what it likes. */
export async function sheetOf(
  template: Buffer,
  rows: readonly Cells[],
  change: (page: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void = () => {},
): Promise<Buffer> {
  const book = await openBook(template);
  const page = pageOf(book);
  rows.forEach((cells, at) => {
    for (const [name, value] of Object.entries(cells)) page.getCell(FIRST_ROW + at, columnOf(page, name)).value = value;
  });
  change(page, book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** A loan that a lawyer claims for somebody: nothing is missing but what the archive holds. */
export function loan(number: number, agent: string, change: Cells = {}): Cells {
  const plaintiff = `原告${"甲乙丙丁戊己庚辛壬癸"[number % 10]}${"赵钱孙李周吴郑王冯陈"[Math.floor(number / 10) % 10]}${"一二三四五六七八九十"[Math.floor(number / 100) % 10]}`;
  return {
    reference: `HT-${number}`,
    "p1.kind": "个人",
    "p1.name": plaintiff,
    "p1.idNumber": idNumberOf(plaintiff),
    "p1.phone": "13800138000",
    "p1.address": "山东省济南市历下区经十路1号",
    "d1.kind": "个人",
    "d1.name": "李强",
    "d1.phone": "13900139000",
    "d1.address": "山东省济南市历下区解放路2号",
    "a1.kind": "律师",
    "a1.name": agent,
    "a1.phone": "13600136000",
    "a1.firm": "山东明德律师事务所",
    "a1.licenseNumber": "13701202010112345",
    "a1.powers": "特别授权",
    "a1.specialPowers": "承认诉讼请求；和解",
    claims: `请求判令被告归还借款本金${50_000 + number}元｜${50_000 + number}.00`,
    amount: `${50_000 + number}.00`,
    facts:
      "2025年3月5日，被告因资金周转向原告借款，原告当日通过银行转账交付，约定2025年12月31日前归还。到期后多次催要，被告至今未还。",
    "answers.claims.1.2": `${50_000 + number}`,
    "service.recipient": agent,
    "service.phone": "13600136000",
    "service.address": "山东省济南市历下区泉城路4号",
    "service.electronic": "是",
    "service.channels": "平台；短信",
    "service.judgments": "是",
    "service.stages": "一审",
    "service.confirmed": "是",
    ...Object.fromEntries(
      ["filing", "mediation", "evidence", "inquiry", "hearing", "service", "signature"].map((stage) => [
        `consents.${stage}`,
        "同意",
      ]),
    ),
    "mediation.understood": "是",
    "mediation.wish": "暂不确定",
    "files.identity": "身份证.jpg",
    "files.power_of_attorney": "授权委托书.jpg",
    "files.license": "律师证.jpg",
    "files.firm_letter": "所函.jpg",
    "files.evidence": `证据/${number}/借条.jpg｜证明借款事实`,
    ...change,
  };
}

/** Announces a job and sends its files. Gives the job's id. */
export async function uploadJob(
  app: TestApp,
  who: Person,
  sheet: Buffer,
  archive: Buffer | null,
  { formId = "09", once = key() }: { formId?: string; once?: Record<string, string> } = {},
): Promise<string> {
  const body = {
    formId,
    courtCode: COURT,
    sheet: { name: "批量.xlsx", bytes: sheet.length, sha256: hash(sheet) },
    ...(archive ? { archive: { name: "证据.zip", bytes: archive.length, sha256: hash(archive) } } : {}),
  };
  const announced = await who.ask("POST", "/filings/bulk", body, once);
  if (announced.status !== 201) throw new Error(`not announced: ${announced.text}`);
  for (const [file, bytes] of [
    [announced.json.sheet, sheet],
    [announced.json.archive, archive],
  ] as const) {
    if (!file || !bytes) continue;
    const status = await sendBytes(app, file.upload, bytes);
    if (status !== 200) throw new Error(`the store answered ${status}`);
    const done = await who.ask("POST", `/materials/${file.material.id}/complete`);
    if (done.status !== 200) throw new Error(`not completed: ${done.text}`);
  }
  await app.settle();
  return announced.json.job.id;
}

export const jobOf = async (who: Person, id: string): Promise<Answered["json"]> =>
  (await who.ask("GET", `/jobs/${id}`)).json;
export async function rowsOf(who: Person, id: string, state = ""): Promise<Answered["json"][]> {
  const rows = [];
  for (let cursor = ""; ; ) {
    const { json } = await who.ask(
      "GET",
      `/jobs/${id}/rows?limit=100${state && `&state=${state}`}${cursor && `&cursor=${cursor}`}`,
    );
    rows.push(...json.items);
    if (json.nextCursor === null) return rows;
    cursor = json.nextCursor;
  }
}

export const move = (who: Person, id: string, action: string): Promise<Answered> =>
  who.ask("POST", `/jobs/${id}/moves`, { action }, key());

/** Lets the worker do what is due until the job rests. */
export async function untilRests(app: TestApp, who: Person, id: string): Promise<Answered["json"]> {
  for (let tries = 0; tries < 200; tries += 1) {
    await app.settle();
    const job = await jobOf(who, id);
    if (!["validating", "creating", "submitting"].includes(job.state.code)) return job;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the job does not come to rest");
}

/** Asks for a phase and waits for its end. */
export async function phase(app: TestApp, who: Person, id: string, action: string): Promise<Answered["json"]> {
  const answer = await move(who, id, action);
  if (answer.status !== 200) throw new Error(`${action}: ${answer.text}`);
  return untilRests(app, who, id);
}

/** Signs the batch once. */
export async function signJob(app: TestApp, who: Person, id: string, picture: Buffer): Promise<void> {
  const body = { bytes: picture.length, sha256: hash(picture), contentType: "image/jpeg" };
  const { json, status, text } = await who.ask("POST", `/jobs/${id}/signature`, body);
  if (status !== 201) throw new Error(`no signature: ${text}`);
  await sendBytes(app, json.upload, picture);
  const done = await who.ask("POST", `/materials/${json.material.id}/complete`);
  if (done.status !== 200) throw new Error(done.text);
  await app.settle();
}
