import { type Asking, type List, once } from "./seed-callers.ts";
import type { Story } from "./seed-stories.ts";

/** What a plaintiff does about the fee: pays by WeChat, as the sandbox plays it, or asks to be spared. */
export async function careForFee(litigant: Asking, fee: Story["fee"], sandboxUrl: string): Promise<void> {
  const [notice] = (await litigant<List>("GET", "/fee-notices")).items;
  if (!notice) return;
  const key = (what: string) => once(what, notice.id);
  if (fee === "relief") {
    const asked = {
      kind: "exempt",
      ground: "exempt_subsistence",
      statement: "本人下岗在家，靠低保生活，还要供孩子上学，一时拿不出诉讼费，请求免交。",
      materials: [],
    };
    await litigant("POST", `/fee-notices/${notice.id}/relief`, asked, key("relief"));
    return;
  }
  const { payment } = await litigant<{ payment: { id: string; orderNumber: string } }>(
    "POST",
    `/fee-notices/${notice.id}/payments`,
    { channel: "wechat_native" },
    key("pay"),
  );
  await fetch(`${sandboxUrl}/control/wechat-pay/pay`, {
    method: "POST",
    body: JSON.stringify({ orderNumber: payment.orderNumber, silent: true }),
  });
  await litigant("POST", `/payments/${payment.id}/moves`, { action: "check" }, key("check"));
}
