import type { StaffMember } from "@/api/contract.ts";
import { timeText } from "@/style/format.ts";

/** What is shown once to who hands it over. */
export interface HandedOver {
  staff: StaffMember;
  password: string;
  totpSecret: string;
  totpAddress: string;
}

export const staffRoles = [
  { code: "clerk", label: "立案人员", does: "收案审查、立案、送达" },
  { code: "judge", label: "法官", does: "承办案件、开庭、裁判文书" },
  { code: "court_clerk", label: "书记员", does: "排期、笔录、卷宗、送达" },
  { code: "supervisor", label: "立案庭负责人", does: "督办、分派、减免与退费审批" },
  { code: "admin", label: "系统管理员", does: "人员、分案规则、系统运行；不看案件" },
  { code: "auditor", label: "审计员", does: "查阅和核验审计日志；不办案" },
];

/** By what the administrator knows whom they give new credentials to; it goes into the audit. */
export const shownProofs = [
  { code: "work_card", label: "工作证" },
  { code: "identity_card", label: "居民身份证" },
  { code: "known", label: "本人当面，管理员认识" },
];

export const consequences: Readonly<Record<string, string>> = {
  disable: "其登录立即失效，领取中的件回到队列，不能再登录。",
  sign_out: "其在各处的登录立即失效，密码和动态口令不变。",
  enable: "可以用原来的密码和动态口令登录。",
};

interface Chip {
  text: string;
  tone: "green" | "red" | "amber" | "blue";
  title?: string;
}
export function chipsOf({ state, locked, firstPasswordUntil }: StaffMember, now = new Date()): Chip[] {
  const chips: Chip[] = [{ text: state.label, tone: state.code === "active" ? "green" : "red" }];
  if (locked) chips.push({ text: "登录已锁定", tone: "amber" });
  if (firstPasswordUntil && state.code === "active")
    chips.push(
      new Date(firstPasswordUntil) > now
        ? { text: "待首次登录", tone: "blue", title: `首次登录密码 ${timeText(firstPasswordUntil)} 前有效` }
        : { text: "首次密码已过期", tone: "amber", title: "请用“重置登录”重新交给本人" },
    );
  return chips;
}

/** The part of the API's document that tells who may ask what. */
export interface ApiDocument {
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, { tags: string[]; summary: string; "x-roles": string | string[] }>>;
}
export interface Rights {
  tag: string;
  label: string;
  rows: { summary: string; reads: boolean; roles: readonly string[] }[];
}

/** What each office of the court may do, room by room: read from the document that is printed of the very routes. */
export function rightsOf({ tags, paths }: ApiDocument): Rights[] {
  const all = staffRoles.map(({ code }) => code);
  const rows = Object.values(paths).flatMap((methods) =>
    Object.entries(methods).map(
      ([
        method,
        {
          tags: [tag],
          summary,
          "x-roles": allowed,
        },
      ]) => ({
        tag,
        summary,
        reads: method === "get",
        roles:
          typeof allowed === "string"
            ? allowed === "signed-in"
              ? all
              : []
            : all.filter((role) => allowed.includes(role)),
      }),
    ),
  );
  return tags
    .map(({ name, description }) => ({
      tag: name,
      label: description.split(/[：（]/)[0] ?? name,
      rows: rows.filter(({ tag, roles }) => tag === name && roles.length > 0),
    }))
    .filter((room) => room.rows.length > 0);
}
