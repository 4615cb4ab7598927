import type { Coded, Page, Role } from "@/api/contract.ts";
import { api } from "@/api/index.ts";
import type { Submission } from "@/cases/contract.ts";
import { deskRoles, ownQuery } from "@/cases/waiting.ts";
import type { Thread } from "@/contact/contract.ts";
import type { DossierRequest } from "@/dossier/contract.ts";

/** One thing that waits for this reader. */
export interface Task {
  key: string;
  kind: "thread" | "submission" | "dossier" | "interpreter";
  label: string;
  title: string;
  of: string;
  caseNumber: string;
  /** The moment, or the court day, by which it is to be done; null where the law names none. */
  due: string | null;
  to: string;
}
interface InterpreterNeed {
  case: { id: string; number: string };
  party: { key: string; sideLabel: string; name: string };
  language: Coded;
}
/** A day ends with the day: 24:00 of the court's clock. */
export const endOf = (due: string): number => Date.parse(due.length === 10 ? `${due}T24:00:00+08:00` : due);
export const isLate = (task: Task, now: number): boolean => task.due !== null && endOf(task.due) < now;

/** The soonest due first; what has no day comes last. */
export const inOrder = (tasks: readonly Task[]): Task[] =>
  [...tasks].sort(
    (a, b) => (a.due ? endOf(a.due) : Infinity) - (b.due ? endOf(b.due) : Infinity) || a.key.localeCompare(b.key),
  );

export async function readTasks(role: Role, signal?: AbortSignal): Promise<Task[]> {
  const mine = role === "supervisor" ? {} : { mine: "true" };
  const isDesk = deskRoles.includes(role);
  const [threads, submissions, requests, needs] = await Promise.all([
    api.get<Page<Thread>>("/threads", { awaiting: "court", ...mine, limit: 100 }, signal),
    isDesk ? api.get<{ items: Submission[] }>("/submissions", ownQuery(role), signal) : { items: [] },
    isDesk
      ? api.get<{ items: (DossierRequest & { caseId: string })[] }>("/dossier-requests", { state: "asked" }, signal)
      : { items: [] },
    api.get<{ items: InterpreterNeed[] }>("/interpreter-needs", role === "clerk" ? {} : mine, signal),
  ]);
  return inOrder([
    ...threads.items.map(
      (one): Task => ({
        key: `thread ${one.id}`,
        kind: "thread",
        label: "当事人留言",
        title: one.subject,
        of: `${one.asker.sideLabel} ${one.asker.name}`,
        caseNumber: one.case?.number ?? "",
        due: one.dueAt,
        to: `/contact/${one.id}`,
      }),
    ),
    ...submissions.items.map(
      (one): Task => ({
        key: `submission ${one.id}`,
        kind: "submission",
        label: "当事人提交",
        title: one.title,
        of: `${one.party.sideLabel} ${one.party.name}`,
        caseNumber: one.caseNumber,
        due: one.dueOn,
        to: `/cases/${one.caseId}?tab=submissions&submission=${one.id}`,
      }),
    ),
    ...requests.items.map(
      (one): Task => ({
        key: `dossier ${one.id}`,
        kind: "dossier",
        label: "阅卷申请",
        title: one.purpose,
        of: one.reader,
        caseNumber: "",
        due: one.dueAt,
        to: `/cases/${one.caseId}?tab=dossier`,
      }),
    ),
    ...needs.items.map(
      (one): Task => ({
        key: `interpreter ${one.case.id} ${one.party.key}`,
        kind: "interpreter",
        label: "安排翻译",
        title: `${one.language.label}翻译`,
        of: `${one.party.sideLabel} ${one.party.name}`,
        caseNumber: one.case.number,
        due: null,
        to: `/cases/${one.case.id}?tab=participants`,
      }),
    ),
  ]);
}
