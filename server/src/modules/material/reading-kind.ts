import type { ReadPage } from "#gateways/ocr/port.ts";
import { readIdentityBack, readIdentityFront } from "./reading-identity.ts";
import { readLicence } from "./reading-licence.ts";
import { readNote } from "./reading-note.ts";
import { type ReadField, type Row, rowsOf, textOf } from "./reading-text.ts";

/** What a photograph turned out to be, by the words on it. */
export const READING_KINDS = {
  identity_front: "居民身份证（人像面）",
  identity_back: "居民身份证（国徽面）",
  business_license: "营业执照",
  loan_note: "借条、欠条",
  other: "其他材料",
} as const;
export type ReadingKind = keyof typeof READING_KINDS;

export const FIELD_LABELS: Readonly<Record<string, string>> = {
  name: "姓名",
  sex: "性别",
  ethnicity: "民族",
  birth: "出生日期",
  address: "住址",
  number: "公民身份号码",
  issuer: "签发机关",
  validFrom: "有效期起",
  validUntil: "有效期至",
  uscc: "统一社会信用代码",
  type: "类型",
  legalRepresentative: "法定代表人（负责人）",
  lender: "出借人",
  borrower: "借款人",
  amount: "金额（元）",
  date: "落款日期",
  dueDate: "还款日期",
  interest: "利息约定",
};
const LICENCE_LABELS: Readonly<Record<string, string>> = { name: "名称", address: "住所" };
export const labelOfField = (kind: ReadingKind, name: string): string =>
  (kind === "business_license" ? LICENCE_LABELS[name] : undefined) ?? FIELD_LABELS[name] ?? name;

export const labelOfReading = (kind: ReadingKind): string => READING_KINDS[kind];

/** Words that only such a paper carries; two of them, spelt right, are enough. */
const SIGNS: Readonly<Record<Exclude<ReadingKind, "other">, readonly RegExp[]>> = {
  identity_front: [/姓.?名|性.?别/, /民.?族/, /\d{4}年.{0,2}\d{1,2}月/, /住.?址/, /公民身份|身份号码/, /\d{17}[\dXx]/],
  identity_back: [/签发机关/, /有效期限/, /居民身份证/, /公安局/, /\d{4}\.\d\d\.\d\d/],
  business_license: [
    /营业执照/,
    /统一社会信用代码|社会信用/,
    /法定代表人|负责人|经营者/,
    /注册资本/,
    /经营范围/,
    /登记机关/,
  ],
  loan_note: [/借条|借据|欠条/, /今借|今欠|借到|欠到?/, /借款人|欠款人/, /元整|人民币/, /还清|归还|偿还/, /利息|利率/],
};
const readers = {
  identity_front: readIdentityFront,
  identity_back: readIdentityBack,
  business_license: readLicence,
  loan_note: readNote,
  other: () => [],
} as const satisfies Record<ReadingKind, (rows: readonly Row[]) => ReadField[]>;

export function understand(page: ReadPage): { kind: ReadingKind; fields: ReadField[] } {
  const rows = rowsOf(page);
  const kind = kindOf(textOf(rows.flatMap(({ run }) => run)));
  return { kind, fields: readers[kind](rows) };
}

function kindOf(text: string): ReadingKind {
  const [best] = (Object.keys(SIGNS) as (keyof typeof SIGNS)[])
    .map((kind) => ({ kind, signs: SIGNS[kind].filter((sign) => sign.test(text)).length }))
    .sort((a, b) => b.signs - a.signs);
  return best && best.signs >= 2 ? best.kind : "other";
}
