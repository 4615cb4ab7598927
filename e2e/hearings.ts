import { randomUUID } from "node:crypto";
import type { StaffCaller } from "./desk.ts";

const key = () => ({ "idempotency-key": randomUUID() });

/** Gives a case its judge and court clerk, where it has none: nothing is scheduled without them. */
export async function benchOf(staff: StaffCaller, caseId: string): Promise<void> {
  const { judge } = await staff("GET", `/cases/${caseId}`);
  if (judge) return;
  const { items } = await staff("GET", "/case-staff");
  const first = (role: string) => items.find((each: { role: { code: string } }) => each.role.code === role)?.id;
  const bench = { action: "assign", judgeId: first("judge"), clerkId: first("court_clerk"), procedure: "summary" };
  await staff("POST", `/cases/${caseId}/moves`, bench, key());
}
