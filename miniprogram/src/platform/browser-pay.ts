import type { PayChannel, WechatOpening } from "@/api/types";
import type { CashierOutcome } from "./port";

/**
 * WeChat's page for browsers works on phones, and not within WeChat's own browser; everywhere else a phone scans. Nothing
 * is ever taken for paid here: the browser only opens doors.
 */
export function browserChannel(userAgent: string): PayChannel {
  const phone = /Android|iPhone|iPod|HarmonyOS|Mobile/i.test(userAgent) && !/iPad|Macintosh/i.test(userAgent);
  return phone && !/MicroMessenger/i.test(userAgent) ? "wechat_h5" : "wechat_native";
}

export function payInBrowser(opening: WechatOpening, comeBackTo: string): CashierOutcome {
  if ("codeUrl" in opening) return { kind: "scan", codeUrl: opening.codeUrl };
  if (!("h5Url" in opening)) return { kind: "unfinished" };
  window.location.assign(withReturn(opening.h5Url, comeBackTo));
  return { kind: "left" };
}

/** WeChat's page goes back to `redirect_url` when the person has paid or has not. */
export function withReturn(h5Url: string, comeBackTo: string): string {
  return `${h5Url}${h5Url.includes("?") ? "&" : "?"}redirect_url=${encodeURIComponent(comeBackTo)}`;
}

export function addressOf(page: string): string {
  const { origin, pathname } = window.location;
  return `${origin}${pathname}#${page}`;
}

/** Drawn here, so that no other server learns of anybody's order. The drawing comes only when it is needed. */
export async function drawQr(text: string): Promise<string> {
  const { qrSvg } = await import("./qr");
  return `data:image/svg+xml,${encodeURIComponent(qrSvg(text))}`;
}
