import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type FormField, fieldsOf, findForm, listForms } from "#modules/reference/index.ts";
import { pdfText } from "#test/pdf-text.ts";
import { type ComplaintPaper, renderDocx, renderPdf } from "./index.ts";

/**
 * Every form as DOCX, opened by LibreOffice without a screen and turned into PDF by it, says what our own PDF says. This is the
 * nearest to a court's office opening the file.
 */
const found = spawnSync("soffice", ["--version"], { encoding: "utf8" });
const office = found.status === 0;
if (!office)
  console.info("soffice is not installed: the DOCX files are not converted (apt install libreoffice-writer-nogui)");

const forms = [...listForms().filter(({ full }) => full), findForm("00")].map(({ id, name }) => [id, name] as const);
const folder = mkdtempSync(join(tmpdir(), "sutong-office-"));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** What the papers say, without page numbers and the mark at the head, which stand where the pages happen to end. */
const said = async (pdf: Buffer): Promise<string> =>
  (await pdfText(pdf)).map((page) => page.replace(/第\d+页共\d+页/, "").replace(MARK, "")).join("");
const MARK = "收件编号收鲁0102-20261122-00017";
/** A cell that goes over a page is read in another order: characters are counted instead. */
const counted = (text: string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const character of text) counts[character] = (counts[character] ?? 0) + 1;
  return counts;
};

describe.skipIf(!office)("DOCX in LibreOffice", () => {
  beforeAll(async () => {
    for (const [id] of forms) writeFileSync(join(folder, `${id}.docx`), await renderDocx("complaint", filled(id)));
    const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
    const files = forms.map(([id]) => join(folder, `${id}.docx`));
    // About ten seconds; a machine that is busy with much else needs several times that.
    await promisify(execFile)("soffice", [profile, "--headless", "--convert-to", "pdf", "--outdir", folder, ...files], {
      timeout: 170_000,
    });
  }, 180_000);

  it.each(forms)("%s %s says the same", async (id) => {
    const [ours, theirs] = await Promise.all([
      renderPdf("complaint", filled(id)).then(said),
      said(readFileSync(join(folder, `${id}.pdf`))),
    ]);
    expect(ours.length).toBeGreaterThan(900);
    expect(counted(theirs)).toEqual(counted(ours));
    for (const { label, type } of fieldsOf(findForm(id)).values())
      if (type === "money") expect(theirs).toContain(label.replace(/\s/g, "").slice(0, 4));
  });
});

function filled(formId: string): ComplaintPaper {
  const person = {
    kind: "natural",
    name: "王㛃𠮷",
    gender: "女",
    birthDate: "1988-03-05",
    ethnicity: "汉族",
    workplace: "济南某学校",
    occupation: "教师",
    phone: "13800138000",
    idType: "resident_id",
    idNumber: "370102198803051223",
    address: "山东省济南市历下区经十路1号",
    habitualAddress: "",
    legalRepresentative: "",
    legalRepresentativeTitle: "",
    orgType: "有限责任公司",
    ownership: "民营",
    agents: [],
  } as const;
  return {
    formId,
    causeName: "相邻关系纠纷",
    courtName: "山东省济南市历下区人民法院",
    receiptNumber: "收鲁0102-20261122-00017",
    masked: false,
    parties: [
      { ...person, side: "plaintiff" },
      { ...person, side: "defendant", kind: "organisation", name: "济南某商贸有限公司" },
    ],
    claims: [{ text: "判令被告归还借款本金50000元", amountFen: 5_000_000 }],
    amountFen: 5_000_000,
    facts: "2025年3月5日，被告因资金周转向原告借款50000元。\n到期后多次催要，至今未还。",
    answers: Object.fromEntries([...fieldsOf(findForm(formId)).values()].map((field) => [field.id, answerOf(field)])),
    service: {
      recipient: "王㛃",
      phone: "13800138000",
      postalCode: "250000",
      address: "经十路1号",
      email: "w@example.cn",
      electronic: true,
      channels: ["sms"],
    },
    mediation: { understood: true, wish: "unsure" },
    evidence: [{ name: "借条", purpose: "证明借款事实", originality: "原件" }],
    signature: { picture: null, signedOn: "2026-11-22" },
  };
}

function answerOf({ type, options = [], example = "" }: FormField): Answer {
  if (type === "yesno") return "yes";
  if (type === "single") return options[0] ?? "";
  if (type === "multi") return options.slice(0, 1);
  return type === "table" ? [example.split("｜")] : example;
}
