import { type Peer, reply } from "./peer.ts";

/** Something that reached a person's phone or mailbox. */
export interface Reached {
  readonly channel: "sms" | "wechat" | "email";
  readonly provider: string;
  readonly to: string;
  readonly text: string;
  /** The sender's own reference, where the channel carries one. */
  readonly reference: string | null;
  /** The provider's number. */
  readonly number: string;
  readonly at: number;
}

const KEPT = 100_000;
const SHOWN = 50;

/**
 * All phones and mailboxes of the sandbox's people, in one place: what a provider accepts lies here, as often as it was
 * accepted. `/phone` shows the newest, `/phone/messages.json?to=` gives them to a test.
 */
export function phoneBook() {
  const reached: Reached[] = [];
  const listeners = new Set<(one: Reached) => void>();
  const peer: Peer = {
    async handle({ request, response, path, url }) {
      if (request.method !== "GET") return reply(response, 405, {});
      const to = url.searchParams.get("to");
      const found = reached
        .filter((one) => !to || one.to === to)
        .slice(-SHOWN)
        .reverse();
      if (path === "/messages.json") return reply(response, 200, { items: found });
      if (path !== "" && path !== "/") return reply(response, 404, {});
      reply(response, 200, phonePage(found), "text/html");
    },
  };
  return {
    peer,
    reached: reached as readonly Reached[],
    /** Called when something has reached somebody, before the sender hears of it. */
    listen(listener: (one: Reached) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reach(one: Reached): void {
      reached.push(one);
      if (reached.length > KEPT) reached.splice(0, KEPT / 10);
      for (const listener of listeners) listener(one);
    },
  };
}

export type PhoneBook = ReturnType<typeof phoneBook>;

const CHANNELS = { sms: "短信", wechat: "微信订阅消息", email: "电子邮件" } as const;
const PROVIDERS: Readonly<Record<string, string>> = {
  aliyun: "阿里云",
  tencent: "腾讯云",
  wechat: "微信",
  smtp: "SMTP",
};

function phonePage(list: readonly Reached[]): string {
  const rows = list
    .map(
      ({ channel, provider, to, text, at }) => `<article class="${channel}"><header><b>${CHANNELS[channel]}</b>
<span>${plain(PROVIDERS[provider] ?? provider)}</span><span>${plain(to)}</span><time>${timeOf(at)}</time></header>
<p>${plain(text)}</p></article>`,
    )
    .join("\n");
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="5"><title>沙箱手机</title><style>
body{margin:0;background:#e9edf2;font:16px/1.6 "Noto Sans CJK SC",sans-serif;color:#1d2733}
main{max-width:430px;margin:0 auto;padding:20px 16px 48px}
h1{font-size:22px;margin:8px 0 2px}.hint{color:#5b6776;font-size:14px;margin:0 0 16px}
article{background:#fff;border-radius:14px;padding:12px 16px;margin:10px 0;box-shadow:0 1px 3px #0002;border-left:5px solid #1f4e8c}
article.wechat{border-color:#1aad19}article.email{border-color:#a26a00}
header{display:flex;gap:10px;font-size:13px;color:#5b6776;flex-wrap:wrap}header b{color:#1d2733}time{margin-left:auto}
p{margin:6px 0 2px;white-space:pre-wrap;overflow-wrap:anywhere}.none{text-align:center;color:#5b6776;margin-top:60px}
</style><main><h1>沙箱手机</h1><p class="hint">演示用：这里是各家短信、微信和邮件通道真正收下的内容，新的在上，每 5 秒更新。</p>
${rows || '<p class="none">还没有收到任何消息。</p>'}</main></html>`;
}

const timeOf = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(5, 19).replace("T", " ");

const plain = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
