import type { ReliefRequest } from "@/api/fees";
import type { ReliefGround, ReliefKind } from "@/api/types";
import { storage } from "@/platform/storage";
import { today } from "@/values/dates";

/** An application as it is being written; kept on the phone with every letter. */
export interface ReliefForm {
  kind: ReliefKind | "";
  ground: string;
  statement: string;
  deferUntil: string;
  /** Papers already with the court, in the order they came. */
  materials: { id: string; name: string }[];
}

const LONGEST_DAYS = 365;
const SHORTEST_STATEMENT = 5;
const LONGEST_STATEMENT = 2000;
// Under "cache:" so that it goes when the person signs out of this phone: it tells of their need.
const place = (noticeId: string) => `cache:relief:${noticeId}`;

export function readReliefForm(noticeId: string): ReliefForm {
  const empty: ReliefForm = { kind: "", ground: "", statement: "", deferUntil: "", materials: [] };
  return { ...empty, ...storage.read<ReliefForm>(place(noticeId)) };
}
export function keepReliefForm(noticeId: string, form: ReliefForm): void {
  storage.write(place(noticeId), form);
}
export function dropReliefForm(noticeId: string): void {
  storage.remove(place(noticeId));
}

/** The grounds this payer may rely on for what they ask: some are for natural persons only (诉讼费用交纳办法§44). */
export function groundsFor(grounds: readonly ReliefGround[], kind: ReliefKind | "", natural: boolean): ReliefGround[] {
  return grounds.filter((each) => each.kind.code === kind && (natural || !each.naturalOnly));
}

export interface Missing {
  field: "kind" | "ground" | "statement" | "deferUntil";
  message: string;
}

/** What is still missing, in the order of the page. */
export function missingIn(form: ReliefForm, now = new Date()): Missing[] {
  const missing: Missing[] = [];
  if (form.kind === "") missing.push({ field: "kind", message: "请先选要申请哪一种" });
  else if (form.ground === "") missing.push({ field: "ground", message: "请选一种您的情况" });
  if (form.kind === "defer") {
    const problem = deferProblem(form.deferUntil, now);
    if (problem) missing.push({ field: "deferUntil", message: problem });
  }
  const { length } = form.statement.trim();
  if (length < SHORTEST_STATEMENT) missing.push({ field: "statement", message: "请写几句您的困难" });
  if (length > LONGEST_STATEMENT)
    missing.push({ field: "statement", message: `最多写 ${LONGEST_STATEMENT} 个字，现在是 ${length} 个` });
  return missing;
}

function deferProblem(day: string, now: Date): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return "请选缓交到哪一天";
  if (day <= today(now)) return "缓交的日子要在今天以后";
  const last = today(new Date(now.getTime() + LONGEST_DAYS * 24 * 3600_000));
  return day > last ? "最长可以申请缓交一年" : null;
}

export function requestOf(form: ReliefForm): ReliefRequest {
  return {
    kind: form.kind as ReliefKind,
    ground: form.ground,
    statement: form.statement.trim(),
    ...(form.kind === "defer" ? { deferUntil: form.deferUntil } : {}),
    materials: form.materials.map((each) => each.id),
  };
}
