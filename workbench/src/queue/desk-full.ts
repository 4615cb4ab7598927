import { ElMessageBox } from "element-plus";
import { ProblemError } from "@/api/problem.ts";

/** The desk is full: nothing was claimed, and one thing has to go first. */
export const isDeskFull = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && error.code === "intake.wip_full";

/** Says so where it cannot be missed; true when the clerk wants to see what lies on the desk. */
export async function tellDeskFull(problem: ProblemError): Promise<boolean> {
  return ElMessageBox.confirm(problem.detail || problem.title, "在手件数已到上限", {
    confirmButtonText: "查看我领取的",
    cancelButtonText: "知道了",
    type: "warning",
    customClass: "desk-full",
  }).then(
    () => true,
    () => false,
  );
}
