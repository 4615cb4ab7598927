import { ElMessage } from "element-plus";
import { api } from "@/api/index.ts";
import { sayProblem } from "@/api/problem.ts";

/** Opens a paper of the server in a tab of its own. */
export async function openPdf(path: string): Promise<void> {
  try {
    const url = URL.createObjectURL(await api.blob(path));
    window.open(url, "_blank", "noopener");
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (error) {
    ElMessage.warning(sayProblem(error));
  }
}
