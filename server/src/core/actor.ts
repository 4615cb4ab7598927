export const ROLES = [
  "litigant",
  "lawyer",
  "clerk",
  "judge",
  "court_clerk",
  "supervisor",
  "admin",
  "auditor",
  "officer",
  "system",
] as const;
export type Role = (typeof ROLES)[number];

/** Roles of the court's own people: they belong to one court and never file as a party. */
export const STAFF_ROLES = [
  "clerk",
  "judge",
  "court_clerk",
  "supervisor",
  "admin",
  "auditor",
] as const satisfies Role[];
/** `officer`: of a custody place, let in by a link for one questioning; neither the court's nor the public's. */
/** Roles of the public: they act for themselves or for those they represent. */
export const PUBLIC_ROLES = ["litigant", "lawyer"] as const satisfies Role[];

export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  litigant: "当事人",
  lawyer: "律师",
  clerk: "立案人员",
  judge: "法官",
  court_clerk: "书记员",
  supervisor: "立案庭负责人",
  admin: "系统管理员",
  auditor: "审计员",
  officer: "羁押场所民警",
  system: "系统",
};

/** Who is asking. `courtCode` is set for the court's own people only. */
export interface Actor {
  readonly accountId: string;
  readonly role: Role;
  readonly courtCode: string | null;
  readonly sessionId: string | null;
  /** Set for a program with a token: it may do nothing but what these name. */
  readonly scopes?: readonly string[];
  /** Known to handle nothing for anybody else: what they may see is asked more shortly. Not set, it is asked in full. */
  readonly ownRightOnly?: boolean;
}
/** As much of an actor as conditions of access ask about. */
export type Reader = Pick<Actor, "accountId" | "ownRightOnly">;

/** The application itself, acting on an event or a timer. */
export const SYSTEM: Actor = { accountId: "0", role: "system", courtCode: null, sessionId: null };

export const isStaff = (actor: Actor): boolean => (STAFF_ROLES as readonly Role[]).includes(actor.role);
