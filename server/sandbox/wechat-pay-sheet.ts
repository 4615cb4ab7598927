import type { ServerResponse } from "node:http";
import type { Order } from "./wechat-pay-orders.ts";

/** What a person sees on the phone: who asks for how much, one button to pay and one to leave. No script at all. */
export function paySheet(
  response: ServerResponse,
  order: Order,
  { payee, action, back }: { payee: string; action: string; back: string | null },
): void {
  const returning = back ? `<input type="hidden" name="redirect_url" value="${escaped(back)}">` : "";
  const button = (name: string, text: string) =>
    `<button name="answer" value="${name}" class="${name}">${text}</button>`;
  page(
    response,
    200,
    "微信支付",
    `<p class="payee">付款给 ${escaped(payee)}</p>
<p class="sum"><small>¥</small>${yuan(order.total)}</p>
<dl><dt>商品</dt><dd>${escaped(order.description)}</dd><dt>商户单号</dt><dd>${escaped(order.out_trade_no)}</dd></dl>
<form method="post" action="${escaped(action)}">${returning}${button("pay", "确认支付")}${button("cancel", "取消")}</form>`,
  );
}

/** How it ended; goes back by itself where the merchant said where to. */
export function outcome(
  response: ServerResponse,
  { title, text, good, back }: { title: string; text: string; good: boolean; back: string | null },
): void {
  const onward = back
    ? `<a class="pay" href="${escaped(back)}">返回商家</a>`
    : `<p class="note">可以关闭本页，回到原来的页面查看结果。</p>`;
  page(
    response,
    good ? 200 : 400,
    title,
    `<p class="mark ${good ? "good" : "bad"}">${good ? "✓" : "!"}</p><h1>${escaped(title)}</h1><p class="payee">${escaped(text)}</p>${onward}`,
    good ? back : null,
  );
}

/** Where a demonstration types or pastes the code that a phone would scan. */
export function scanForm(response: ServerResponse): void {
  page(
    response,
    200,
    "扫码",
    `<p class="payee">把付款码里的链接粘贴到这里，就像用手机扫了它</p>
<form method="get"><input name="code" placeholder="weixin://wxpay/bizpayurl?pr=…" required autocomplete="off"><button class="pay">打开</button></form>`,
  );
}

/** Only web pages: nothing that would run. */
export function safeReturn(given: string | null): string | null {
  if (!given || !URL.canParse(given)) return null;
  const url = new URL(given);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
}

export const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const STYLE = `
*{box-sizing:border-box;margin:0}
body{font:16px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;background:#ededed;color:#191919;min-height:100vh;display:flex;flex-direction:column;align-items:center}
header{width:100%;background:#07803f;color:#fff;text-align:center;padding:14px;font-weight:600}
main{width:100%;max-width:430px;background:#fff;padding:32px 24px 28px;margin:0 auto;flex:1;text-align:center}
@media(min-width:480px){main{flex:none;margin:28px auto;border-radius:14px;box-shadow:0 6px 24px #0001}}
.payee{color:#555}.sum{font-size:46px;font-weight:600;line-height:1.3;margin:8px 0 24px}.sum small{font-size:26px;margin-right:4px}
dl{display:grid;grid-template-columns:auto 1fr;gap:10px 16px;border-top:1px solid #eee;padding:18px 0;margin-bottom:18px;text-align:left}
dt{color:#666}dd{text-align:right;overflow-wrap:anywhere}
form{display:grid;gap:12px}
button,a.pay{font:inherit;font-weight:600;border:0;border-radius:8px;padding:13px;min-height:48px;display:block;width:100%;text-decoration:none;cursor:pointer}
.pay{background:#07803f;color:#fff}.cancel{background:#f2f2f2;color:#333}
button:focus-visible,a:focus-visible,input:focus-visible{outline:3px solid #0a7;outline-offset:2px}
input{font:inherit;width:100%;padding:12px;border:1px solid #ccc;border-radius:8px;margin-top:20px}
.mark{width:72px;height:72px;line-height:72px;border-radius:50%;color:#fff;font-size:40px;margin:20px auto 12px}
.good{background:#07803f}.bad{background:#b45309}h1{font-size:22px;margin-bottom:8px}.mark~a.pay{margin-top:32px}
.note{color:#666;font-size:14px;margin-top:28px}footer{color:#666;font-size:13px;padding:14px 24px;text-align:center}`;

function page(response: ServerResponse, status: number, title: string, body: string, goTo: string | null = null): void {
  const onward = goTo ? `<meta http-equiv="refresh" content="2;url=${escaped(goTo)}">` : "";
  const text = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">${onward}
<title>${escaped(title)} · 演示支付</title><style>${STYLE}</style></head>
<body><header>微信支付（演示）</header><main>${body}</main><footer>这是演示环境的支付页，不会真的扣款。</footer></body></html>`;
  response
    .writeHead(status, {
      "content-type": "text/html; charset=utf-8",
      "content-length": Buffer.byteLength(text),
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    })
    .end(text);
}
