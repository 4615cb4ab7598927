import type { Role } from "@/api/contract.ts";
import { deskRoles } from "@/cases/waiting.ts";
import { feeRoles } from "@/fees/words.ts";

export interface MenuEntry {
  path: string;
  label: string;
  name: string;
  roles: Role[];
}

/** What each office opens. The server decides what it may do there; this only keeps doors that never open out of sight. */
export const menu: MenuEntry[] = [
  { path: "/intake", label: "收案审查", name: "intake", roles: ["clerk", "supervisor"] },
  { path: "/overview", label: "督办总览", name: "overview", roles: ["supervisor"] },
  { path: "/identity-reviews", label: "身份核验", name: "identity", roles: ["supervisor"] },
  { path: "/cases", label: "案件", name: "cases", roles: ["clerk", "supervisor", "judge", "court_clerk"] },
  { path: "/hearings", label: "开庭", name: "hearings", roles: ["clerk", "supervisor", "judge", "court_clerk"] },
  { path: "/tasks", label: "我的待办", name: "tasks", roles: ["judge", "court_clerk", "supervisor", "clerk"] },
  { path: "/submissions", label: "当事人提交", name: "submissions", roles: deskRoles },
  { path: "/services", label: "送达", name: "services", roles: ["clerk", "supervisor", "judge", "court_clerk"] },
  { path: "/contact", label: "联系法官", name: "contact", roles: ["clerk", "supervisor", "judge", "court_clerk"] },
  {
    path: "/receptions",
    label: "远程接访",
    name: "receptions",
    roles: ["clerk", "supervisor", "judge", "court_clerk"],
  },
  { path: "/questionings", label: "远程提讯", name: "questionings", roles: ["supervisor", "judge", "court_clerk"] },
  { path: "/fees", label: "诉讼费", name: "fees", roles: feeRoles },
  { path: "/staff", label: "人员账号", name: "staff", roles: ["admin"] },
  { path: "/routing", label: "分案规则", name: "routing", roles: ["admin", "supervisor"] },
  { path: "/courtrooms", label: "法庭", name: "courtrooms", roles: ["admin"] },
  {
    path: "/absences",
    label: "不在岗",
    name: "absences",
    roles: ["clerk", "supervisor", "judge", "court_clerk", "admin"],
  },
  { path: "/audit", label: "审计日志", name: "audit", roles: ["auditor"] },
  { path: "/operations", label: "系统运行", name: "operations", roles: ["admin", "auditor"] },
];

export function menuOf(role: Role): MenuEntry[] {
  return menu.filter((entry) => entry.roles.includes(role));
}

export function homeOf(role: Role): string {
  return menuOf(role)[0]?.path ?? "/nothing";
}
