import type { Story } from "./seed-people.ts";

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Asking = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<any>;

/** What a plaintiff does about the fee: pays by WeChat, as the sandbox plays it, or asks to be spared. */
export async function careForFee(litigant: Asking, fee: Story["fee"], sandboxUrl: string): Promise<void> {
  const [notice] = (await litigant("GET", "/fee-notices")).items;
  const key = (what: string) => ({ "idempotency-key": `seed-${what}-${notice.id}` });
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
  const { payment } = await litigant(
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
