import { divisions, LETTERS, type Level, levelOf, provinceOf, specialCourts } from "./data.ts";

/** A row of the directory, as written. */
export interface CourtRow {
  readonly code: string;
  readonly name: string;
  readonly level: Level;
  readonly parentCode: string | null;
  readonly province: string | null;
  readonly city: string | null;
  readonly divisionCode: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly open: boolean;
  readonly provisional: boolean;
  readonly source: string;
  readonly sourceVersion: string;
}

/**
 * The directory until the official table is imported: every row is provisional. The code of an ordinary court follows its
 * division (法〔2015〕137号§5), which is not sure: after a change of divisions a court may keep its old code (§13).
 */
export function provisionalCourts(): CourtRow[] {
  const byCode = new Map<string, CourtRow>();
  for (const row of [...ordinaryCourts(), ...otherCourts()]) byCode.set(row.code, row);
  return [...byCode.values()];
}

/**
 * By custom a district's court carries the city's name (济南市历下区人民法院), a county's, an autonomous county's and a
 * county-level city's does not (平阴县人民法院, 康定市人民法院); so does a district of a 地区.
 */
export function nameOfBasicCourt(city: string, county: string): string {
  const isDistrict = county.endsWith("区") && !county.endsWith("自治区") && county !== "市辖区";
  return `${isDistrict ? city : ""}${county}人民法院`;
}

function ordinaryCourts(): CourtRow[] {
  const letters = new Map(Object.entries(LETTERS).map(([letter, code]) => [code, letter]));
  const common = {
    address: null,
    phone: null,
    open: true,
    provisional: true,
    source: `代字由行政区划代码推得：${divisions.source}`.slice(0, 200),
    sourceVersion: divisions.version,
  };
  return divisions.provinces.flatMap((province) => {
    const letter = letters.get(province.code) ?? "";
    const inProvince = { ...common, province: province.name };
    const rows: CourtRow[] = [
      {
        ...inProvince,
        code: letter,
        name: `${province.name}高级人民法院`,
        level: "高级",
        parentCode: "最高法",
        city: null,
        divisionCode: `${province.code}0000`,
      },
    ];
    for (const city of province.cities) {
      const cityCourt = `${letter}${city.code.slice(2)}`;
      rows.push({
        ...inProvince,
        code: cityCourt,
        name: `${city.name}中级人民法院`,
        level: "中级",
        parentCode: letter,
        city: city.name,
        divisionCode: `${city.code}00`,
      });
      for (const [code, county] of city.counties) {
        rows.push({
          ...inProvince,
          code: `${letter}${code.slice(2)}`,
          name: nameOfBasicCourt(city.name, county),
          level: "基层",
          parentCode: cityCourt,
          city: city.name,
          divisionCode: code,
        });
      }
    }
    return rows;
  });
}

function otherCourts(): CourtRow[] {
  return specialCourts.courts.map(({ code, name, level, parent, city, division, confidence }) => {
    if (levelOf(code) === null) throw new Error(`special-courts.json: ${code} is no court code`);
    return {
      code,
      name,
      level,
      parentCode: code === "最高法" ? null : parent,
      province: provinceOf(code),
      city,
      divisionCode: division ?? null,
      address: null,
      phone: null,
      // The highest court takes no filings here.
      open: code !== "最高法",
      provisional: true,
      source: `${specialCourts.source}（${confidence}）`.slice(0, 200),
      sourceVersion: specialCourts.version,
    };
  });
}
