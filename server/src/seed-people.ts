import { createHash } from "node:crypto";
import type { Role } from "#core/actor.ts";
import { checkIdentityNumber } from "#modules/reference/index.ts";

const DAY_MS = 86_400_000;

export interface StaffSeed {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly courtCode: string;
}

/** Demonstration staff: the whole of 鲁0102, and a clerk and a supervisor in one court of each other province. */
export const STAFF: readonly StaffSeed[] = [
  { username: "clerk1", displayName: "赵敏", role: "clerk", courtCode: "鲁0102" },
  { username: "clerk2", displayName: "钱进", role: "clerk", courtCode: "鲁0102" },
  { username: "clerk3", displayName: "孙悦", role: "clerk", courtCode: "鲁0102" },
  { username: "supervisor1", displayName: "周正", role: "supervisor", courtCode: "鲁0102" },
  { username: "supervisor6", displayName: "王敬", role: "supervisor", courtCode: "鲁0102" },
  { username: "judge1", displayName: "吴清", role: "judge", courtCode: "鲁0102" },
  { username: "courtclerk1", displayName: "郑重", role: "court_clerk", courtCode: "鲁0102" },
  { username: "admin1", displayName: "冯安", role: "admin", courtCode: "鲁0102" },
  { username: "auditor1", displayName: "陈明", role: "auditor", courtCode: "鲁0102" },
  ...(["黑0103", "青2802", "川3301", "粤0118"] as const).flatMap((courtCode, index): StaffSeed[] => [
    {
      username: `clerk${index + 4}`,
      displayName: ["林雪", "才让", "扎西", "何佩"][index] as string,
      role: "clerk",
      courtCode,
    },
    {
      username: `supervisor${index + 2}`,
      displayName: ["高远", "桑杰", "泽仁", "梁文"][index] as string,
      role: "supervisor",
      courtCode,
    },
  ]),
];

/** Well-formed numbers that belong to nobody: 370199 is no district. */
export function idNumberOf(name: string): string {
  const digest = createHash("sha256").update(`seed ${name}`).digest();
  const birth = new Date(Date.UTC(1962, 0, 1) + (digest.readUInt32BE(0) % 13_000) * DAY_MS)
    .toISOString()
    .slice(0, 10)
    .replaceAll("-", "");
  const body = `370199${birth}${String(digest.readUInt32BE(4) % 1000).padStart(3, "0")}`;
  const sum = [...body].reduce(
    (total, digit, at) => total + Number(digit) * [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2][at]!,
    0,
  );
  return body + "10X98765432"[sum % 11];
}

/** What a resident number says of its holder. */
export function bornAs(idNumber: string) {
  const { birth, gender } = checkIdentityNumber("resident_id", idNumber);
  return { birthDate: birth ?? null, gender: gender ?? null };
}

export function phoneOf(name: string): string {
  return `1380000${String(createHash("sha256").update(name).digest().readUInt16BE(0) % 10_000).padStart(4, "0")}`;
}
