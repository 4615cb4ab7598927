import { AGENT_WORDS, ID_TYPE_WORDS, PARTY_KINDS, PLACES, POWERS_WORDS, SPECIAL_WORDS } from "./columns.ts";
import type { RowCells } from "./row-cells.ts";

const MORE_SIDES: Readonly<Record<string, string>> = { 原告: "plaintiff", 被告: "defendant", 第三人: "third_party" };
const MORE = "parties.more";
const AGENTS = ["a1", "a2"] as const;

/** Everybody a row names, as the content of a filing wants them; not yet checked. */
export function readParties(cells: RowCells): Record<string, unknown>[] {
  const agents = AGENTS.filter((key) => hasAny(cells, key)).map((key) => readAgent(cells, key));
  const parties = [
    ...PLACES.filter(({ key }) => hasAny(cells, key)).map(({ key, side }) => readParty(cells, key, side)),
    ...readMore(cells),
  ];
  return parties.map((party) => (party["side"] === "plaintiff" ? { ...party, agents } : party));
}

const hasAny = (cells: RowCells, key: string): boolean =>
  ["kind", "name", "idNumber", "phone", "address"].some((field) => cells.has(`${key}.${field}`));

function readParty(cells: RowCells, key: string, side: string): Record<string, unknown> {
  const at = (field: string) => `${key}.${field}`;
  const kind = cells.choice(at("kind"));
  if (kind === null && !cells.has(at("kind")))
    cells.note(at("kind"), `没有写明${titleOf(key)}是个人还是单位`, `请填写“${PARTY_KINDS.join("”或“")}”`);
  const isPerson = kind !== "单位";
  const idType = cells.coded<string>(at("idType"), ID_TYPE_WORDS);
  return {
    key,
    side,
    kind: isPerson ? "natural" : "organisation",
    name: cells.text(at("name")),
    idType: idType ?? (isPerson ? "resident_id" : "uscc"),
    idNumber: cells.digits(at("idNumber")),
    phone: cells.digits(at("phone")),
    address: cells.text(at("address")),
    legalRepresentative: cells.text(at("legalRepresentative")),
    legalRepresentativeTitle: cells.text(at("legalRepresentativeTitle")),
    gender: cells.choice(at("gender")),
    birthDate: cells.day(at("birthDate")),
    ethnicity: cells.text(at("ethnicity")),
    habitualAddress: cells.text(at("habitualAddress")),
  };
}

function readAgent(cells: RowCells, key: string): Record<string, unknown> {
  const at = (field: string) => `${key}.${field}`;
  return {
    key,
    kind: cells.coded(at("kind"), AGENT_WORDS),
    name: cells.text(at("name")),
    phone: cells.digits(at("phone")),
    firm: cells.text(at("firm")),
    licenseNumber: cells.digits(at("licenseNumber")),
    powers: cells.coded(at("powers"), POWERS_WORDS),
    specialPowers: cells.choices(at("specialPowers")).map((word) => SPECIAL_WORDS[word]),
  };
}

/** 其他当事人: 身份｜类型｜姓名或名称｜证件号码｜电话｜住所｜法定代表人, one a line. */
function readMore(cells: RowCells): Record<string, unknown>[] {
  return cells.lines(MORE).flatMap((line, index) => {
    const [side = "", kind = "", name = "", idNumber = "", phone = "", address = "", legalRepresentative = ""] = line;
    const [role, isOrganisation] = [MORE_SIDES[side], kind === "单位"];
    if (!role || !(PARTY_KINDS as readonly string[]).includes(kind) || name === "" || line.length > 7) {
      cells.note(
        MORE,
        `“其他当事人”第 ${index + 1} 行不合格式`,
        "请按“身份｜类型｜姓名或名称｜证件号码｜电话｜住所｜法定代表人”填写；身份写原告、被告或第三人，类型写个人或单位，没有的空着",
      );
      return [];
    }
    return [
      {
        key: `x${index + 1}`,
        side: role,
        kind: isOrganisation ? "organisation" : "natural",
        name,
        idType: isOrganisation ? "uscc" : "resident_id",
        idNumber,
        phone,
        address,
        legalRepresentative,
      },
    ];
  });
}

const titleOf = (key: string): string => PLACES.find((place) => place.key === key)?.title ?? "当事人";
