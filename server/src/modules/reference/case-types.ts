import { problem } from "./problems.ts";
import { readData } from "./read-data.ts";

export interface CaseType {
  /** The standard's four digits; `ext:` and the token for tokens outside of the standard. */
  readonly code: string;
  readonly name: string;
  /** 类型代字, as it stands in a case number. */
  readonly token: string;
  readonly category: string;
  readonly official: boolean;
}

const table = readData<{ version: string; types: CaseType[]; olderTokens: string[] }>("case-types");
const byCode = new Map(table.types.map((type) => [type.code, type]));

export const caseTypesVersion = table.version;

/** All case types of 《人民法院案件类型及其代字标准》 and the tokens in use besides. */
export function listCaseTypes(): readonly CaseType[] {
  return table.types;
}

/** The case type of a code. Throws `case_type.not_found`. */
export function findCaseType(code: string): CaseType {
  const found = byCode.get(code);
  if (found === undefined) throw problem("case_type.not_found");
  return found;
}

/** Every token that may stand in a case number, longest first, so that 执恢 is tried before 执. */
export const caseTokens: readonly string[] = [
  ...new Set([...table.types.map((type) => type.token), ...table.olderTokens]),
].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
