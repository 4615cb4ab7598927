import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { courtLevelOf, formatCaseNumber, parseCaseNumber, readCaseNumber } from "./case-number.ts";
import { findCaseType, listCaseTypes } from "./case-types.ts";
import { checkIdentityNumber, identityTypes } from "./identity-number.ts";
import { type MaskKind, mask, maskAddress, maskIdNumber, maskName, maskPhone } from "./masking.ts";

const TODAY = "2026-11-22";

function sharedVectors<T>(name: string): T | null {
  const file = new URL(`../../../../../shared/vectors/${name}.json`, import.meta.url);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : null;
}

describe("case numbers", () => {
  test.each<[text: string, parts: Record<string, unknown>]>([
    [
      "（2026）鲁0102民初123号",
      {
        courtCode: "鲁0102",
        courtLevel: "基层",
        special: null,
        type: "民初",
        serial: 123,
        suffix: null,
        legacy: false,
      },
    ],
    [" ( 2026 ) 鲁 ０１０２ 民初 1 号 ", { canonical: "（2026）鲁0102民初1号" }],
    ["〔2026〕鲁01民辖终20号", { canonical: "（2026）鲁01民辖终20号", courtLevel: "中级", type: "民辖终" }],
    ["[2026]新兵民初1号", {}],
    ["【2026】兵0101执恢7号", { courtCode: "兵0101", type: "执恢" }],
    ["（2026）最高法知民终2号", { courtLevel: "最高", special: "知", type: "民终" }],
    ["（2018）最高法商初1号", { special: "商", type: "初" }],
    ["（2026）鲁0102民初123号之二", { suffix: "之二" }],
    ["（2021）川0104民诉前调801号", { type: "民诉前调" }],
    ["（2026）鲁0102行赔初1号", { type: "行赔初" }],
    ["（2016）鲁01民破1号", { type: "民破" }],
    ["（2026）最高法刑核12345678号", { type: "刑核" }],
    [
      "(2014)历民初字第123号",
      { legacy: true, year: 2014, courtCode: "历", type: "民初", serial: 123, courtLevel: null },
    ],
    ["（2012）济民一初字第00123号", { legacy: true, courtCode: "济", type: "民一初", serial: 123 }],
    ["（2013）济执字第5号", { legacy: true, type: "执" }],
  ])("%s", (text, parts) => {
    if (Object.keys(parts).length === 0) expect(readCaseNumber(text)).toBeNull();
    else expect(parseCaseNumber(text)).toMatchObject(parts);
  });

  test.each([
    "",
    "号",
    "（2026）鲁0102民初0123号",
    "（2026）鲁0102民初0号",
    "（2026）鲁0102民初123",
    "（2026）鲁102民初123号",
    "（2026）鲁01025民初1号",
    "（2026）鲁0102民新1号",
    "（2026）美0102民初1号",
    "（26）鲁0102民初1号",
    "（2026）最高法刑核123号",
    "（2026）最高法刑核123456789号",
    "（2026）鲁0102初1号",
    "（2026）最高法01民终1号",
    "2026鲁0102民初1号",
    "（2026）鲁0102民初1号之",
    "（2026）鲁0102民初1号x",
    "（0000）鲁0102民初1号",
    "（2026）鲁0102民初-1号",
    "（2026）鲁0102民初9999999999999号",
    "（2026）鲁0102民初1".padEnd(5000, "1"),
  ])("%j is none", (text) => expect(() => parseCaseNumber(text)).toThrow(expect.objectContaining({ status: 422 })));

  test("every number that is given out is read back the same", () => {
    const parts = fc.record({
      year: fc.integer({ min: 2016, max: 2099 }),
      court: fc.constantFrom("最高法", "鲁", "鲁01", "鲁0102", "京0491", "兵", "军"),
      type: fc.constantFrom(...listCaseTypes().map((type) => type.token)),
      serial: fc.integer({ min: 10_000_000, max: 99_999_999 }),
    });
    fc.assert(
      fc.property(parts, (given) => {
        const read = readCaseNumber(formatCaseNumber(given));
        return (
          read?.year === given.year &&
          read.courtCode === given.court &&
          read.type === given.type &&
          read.serial === given.serial
        );
      }),
    );
    expect(() => formatCaseNumber({ year: 2026, court: "鲁0102", type: "民新", serial: 1 })).toThrow(RangeError);
    expect(() => formatCaseNumber({ year: 2026, court: "鲁0102", type: "民初", serial: 0 })).toThrow(RangeError);
    expect(() => formatCaseNumber({ year: 2026, court: "鲁0102", type: "执", special: null, serial: 1.5 })).toThrow(
      RangeError,
    );
  });

  test("case types by code; the longest token wins", () => {
    expect(findCaseType("0301")).toMatchObject({ token: "民初" });
    expect(listCaseTypes().filter((type) => type.official)).toHaveLength(167);
    expect(() => findCaseType("9999")).toThrow(expect.objectContaining({ status: 404 }));
    expect(courtLevelOf("鲁010")).toBeNull();
  });

  test("the shared vectors", () => {
    type Vectors = {
      vectors: { input: string; valid: boolean; legacy?: boolean; parsed?: Record<string, unknown> }[];
      format_vectors: { format: Parameters<typeof formatCaseNumber>[0]; expected: string }[];
    };
    const { vectors = [], format_vectors = [] } = sharedVectors<Vectors>("case-numbers") ?? {};
    for (const { input, valid, legacy = false, parsed } of vectors) {
      const read = readCaseNumber(input);
      expect([input, read !== null]).toEqual([input, valid]);
      if (read !== null) expect(read.legacy).toBe(legacy);
      if (parsed === undefined || read === null) continue;
      const { year, courtCode, courtLevel, special, type, serial, suffix, canonical } = read;
      expect({
        year,
        court_code: courtCode,
        court_level: courtLevel,
        special,
        type,
        serial,
        suffix,
        canonical,
      }).toEqual(parsed);
    }
    for (const { format, expected } of format_vectors) expect(formatCaseNumber(format)).toBe(expected);
  });
});

describe("identity numbers", () => {
  test.each<[type: string, value: string, valid: boolean | null]>([
    ["resident_id", "11010519491231002X", true],
    ["resident_id", "１１０１０５１９４９１２３１００２Ｘ", true],
    ["resident_id", "11010519491231002Х", false],
    ["resident_id", "110105194912310021", false],
    ["resident_id", "11010519491331002X", false],
    ["resident_id", "11010519010229002X", false],
    ["resident_id", "110105-19491231-002X", false],
    ["resident_id", " 11010519491231002X", false],
    ["resident_id", "110105194912310", false],
    ["resident_id", "990105194912310029", false],
    ["resident_id", withDigit("11019920270101001"), false],
    ["resident_id", withDigit("11019918991231001"), false],
    ["resident_id", withDigit("11019920261122001"), true],
    ["resident_id", "830000199201300022", true],
    ["resident_id", "11010519491231002X' OR '1'='1", false],
    ["resident_id", "", false],
    ["hmt_residence_permit", "830000199201300022", true],
    ["hmt_residence_permit", "11010519491231002X", false],
    ["foreigner_pr_2023", "911124198801011235", true],
    ["foreigner_pr_2023", "911124198801011234", false],
    ["foreigner_pr_2023", "811124198801011235", false],
    ["foreigner_pr_2017", "USA110088010112", true],
    ["foreigner_pr_2017", "USA110088130112", false],
    ["foreigner_pr_2017", "USA11008801011", false],
    ["uscc", "91350100M000100Y43", true],
    ["uscc", "91350100m000100y43", true],
    ["uscc", "91350100M000100Y44", false],
    ["uscc", "91350100I000100Y43", false],
    ["uscc", "91350100M000100Y4", false],
    ["business_reg_no", "370100000000001", null],
    ["business_reg_no", "37010000000000", false],
    ["lawyer_licence", "13701201510123456", true],
    ["lawyer_licence", "23701201510123456", false],
    ["lawyer_licence", "13701202710123456", false],
    ["lawyer_licence", "1370120151012345X", false],
    ["cn_passport", "E12345678", true],
    ["cn_passport", "EA1234567", true],
    ["cn_passport", "EI1234567", false],
    ["cn_passport", "141234567", true],
    ["hk_macau_permit", "H12345678", true],
    ["hk_macau_permit", "M1234567890", true],
    ["hk_macau_permit", "H123456789", false],
    ["tw_permit", "1234567890A", true],
    ["tw_permit", "123456789", false],
    ["foreign_document", "X1234567", true],
    ["foreign_document", "<script>", false],
    ["mobile", "13800138000", true],
    ["mobile", "+8613800138000", true],
    ["mobile", "１３８００１３８０００", true],
    ["mobile", "12800138000", false],
    ["mobile", "13800138000;", false],
    ["mobile", "13800138000\n13900139000", false],
    ["bank_card", "4111 1111 1111 1111", true],
    ["bank_card", "4111111111111112", false],
  ])("%s %j: %s", (type, value, valid) => {
    const check = checkIdentityNumber(type, value, TODAY);
    expect(check.valid).toBe(valid);
    if (valid === false) expect(check.reason).toMatch(/[一-龥]/);
  });

  test("what is told besides", () => {
    expect(checkIdentityNumber("resident_id", "11010519491231002x", TODAY)).toMatchObject({
      normalized: "11010519491231002X",
      birth: "1949-12-31",
      gender: "女",
    });
    expect(checkIdentityNumber("resident_id", "370199900307123", TODAY)).toMatchObject({
      valid: false,
      legacy15: true,
      upgraded: "370199199003071237",
    });
    expect(checkIdentityNumber("uscc", "91350100M000100Y4A", TODAY).warnings[0]).toContain("放行");
    expect(checkIdentityNumber("uscc", "91350100M000100Y43", TODAY)).toMatchObject({ orgCodeOk: true, warnings: [] });
    expect(checkIdentityNumber("uscc", "91370102MA3C0ABC9A", TODAY).orgCodeOk).toBe(true);
    expect(checkIdentityNumber("uscc", "91350100M000100Y53", TODAY).orgCodeOk).toBe(false);
    expect(checkIdentityNumber("cn_passport", "e12345678", TODAY)).toMatchObject({
      valid: false,
      normalized: "E12345678",
    });
    expect(() => checkIdentityNumber("constructor", "1")).toThrow(
      expect.objectContaining({ code: "identity_number.unknown_type" }),
    );
    for (const type of identityTypes) expect(checkIdentityNumber(type, "x".repeat(10_000)).valid).toBe(false);
  });

  test("any one wrong digit of a resident number is noticed", () => {
    const digits = fc.tuple(
      fc.integer({ min: 0, max: 16 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 999 }),
    );
    fc.assert(
      fc.property(digits, ([at, add, serial]) => {
        const number = withDigit(`37019919900307${String(serial).padStart(3, "0")}`);
        const wrong = number.slice(0, at) + String((Number(number[at]) + add) % 10) + number.slice(at + 1);
        return (
          checkIdentityNumber("resident_id", number, TODAY).valid === true &&
          checkIdentityNumber("resident_id", wrong, TODAY).valid === false
        );
      }),
    );
  });

  test("the shared vectors", () => {
    type Vector = {
      type: string;
      value: string;
      valid: boolean | null;
      birth?: string;
      gender?: string;
      normalized?: string;
      legacy15?: boolean;
      upgraded?: string;
      org_code_ok?: boolean;
    };
    const shared = sharedVectors<{
      vectors: Vector[];
      types: string[];
      ui_masking: { kind: MaskKind; input: string; display: string }[];
    }>("ids");
    for (const { type, value, valid, org_code_ok, ...told } of shared?.vectors ?? []) {
      const check = checkIdentityNumber(type, value, TODAY);
      expect([type, value, check.valid]).toEqual([type, value, valid]);
      for (const name of ["birth", "gender", "normalized", "legacy15", "upgraded"] as const)
        if (told[name] !== undefined) expect([value, check[name]]).toEqual([value, told[name]]);
      if (org_code_ok !== undefined) expect([value, check.orgCodeOk]).toEqual([value, org_code_ok]);
    }
    for (const type of shared?.types ?? []) expect(identityTypes).toContain(type);
    for (const { kind, input, display } of shared?.ui_masking ?? []) expect(mask(kind, input)).toBe(display);
  });
});

test.each<[MaskKind, string, string]>([
  ["name", "张三", "张*"],
  ["name", "欧阳娜娜", "欧***"],
  ["name", "𠮷野家", "𠮷**"],
  ["name", "", ""],
  ["resident_id", "11010519491231002X", "110***********002X"],
  ["id_number", "E12345678", "E******78"],
  ["phone", "13800138000", "138****8000"],
  ["address", "山东省济南市历下区经十路1号", "山东省济南市历下区******"],
  ["address", "北京市朝阳区建国路88号", "北京市朝阳区******"],
  ["address", "内蒙古自治区呼伦贝尔市鄂温克族自治旗某路1号", "内蒙古自治区呼伦贝尔市鄂温克族自治旗******"],
  ["address", "经十路1号", "******"],
  ["email", "zhangsan@example.com", "z*******@example.com"],
  ["uscc", "91350100M000100Y43", "91350100M000100Y43"],
  ["bank_card", "6222020200112233445", "6222***********3445"],
])("masked %s %s → %s", (kind, value, shown) => expect(mask(kind, value)).toBe(shown));

test("nothing of a short value is given away by its mask", () => {
  expect(maskPhone("12345")).toBe("*****");
  expect(maskIdNumber("1234")).toBe("****");
  expect(mask("email", "nobody")).toBe("******");
  expect(maskName("王")).toBe("王");
  expect(maskAddress("")).toBe("");
});

/** GB 11643's check digit, written a second time so that the test does not lean on what it tests. */
function withDigit(seventeen: string): string {
  let sum = 0;
  for (let index = 0; index < 17; index += 1) sum += (2 ** (17 - index) % 11) * Number(seventeen[index]);
  const digit = (12 - (sum % 11)) % 11;
  return seventeen + (digit === 10 ? "X" : String(digit));
}
