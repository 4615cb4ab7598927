import { type Clock, outbound } from "../outbound.ts";
import { isTokenGone, isWechatBusy, wechatErrcode, wechatToken } from "../wechat-token.ts";
import { GatewayError, MessageNotSent, type MessageProvider, type MessageWords } from "./port.ts";
import { asRecord } from "./records.ts";

export interface WechatSubscribeConfig {
  readonly baseUrl: string;
  readonly appId: string;
  readonly appSecret: string;
  /** Group of notices → template id; each template has thing1, thing2, time3 and thing4. */
  readonly templates: Readonly<Partial<Record<string, string>>>;
  readonly totalMs?: number;
}

const NAME = "wechat";
const NOT_AGREED = 43101;
const NO_SUCH_PERSON = 40003;
const THING = 20;

/**
 * 微信小程序订阅消息 (`/cgi-bin/message/subscribe/send`): one message for each time the person agreed. WeChat takes no
 * reference of ours and cannot be asked, so what was not answered is never sent again: the next channel takes over.
 */
export function wechatSubscribe(
  config: WechatSubscribeConfig,
  clock: Clock = () => performance.now(),
): MessageProvider {
  const { baseUrl, appId, appSecret, templates, totalMs = 6000 } = config;
  const gateway = `messages.${NAME}`;
  const call = outbound(gateway, { baseUrl, totalMs, attempts: 1 }, clock);
  const token = wechatToken(gateway, call, { appId, appSecret }, clock);
  /** Whatever goes wrong over a token, no message has left. */
  const tokenBy = (get: () => Promise<string>) =>
    get().catch((cause: unknown) => {
      throw new GatewayError(gateway, "no access token", { cause, unsent: true });
    });

  return {
    name: NAME,
    async send({ to, group, words }) {
      const template = templates[group];
      if (!template) throw new MessageNotSent("provider", "no template for this group");
      const body = { touser: to, template_id: template, page: words.page, lang: "zh_CN", data: dataOf(words) };
      const once = (accessToken: string) =>
        call({
          method: "POST",
          path: "/cgi-bin/message/subscribe/send",
          query: { access_token: accessToken },
          body,
          repeatable: false,
          busy: isWechatBusy,
        });
      let answer = await once(await tokenBy(token.get));
      // A token that is gone was looked at before the message was.
      if (isTokenGone(answer)) answer = await once(await tokenBy(token.renew));
      const code = wechatErrcode(answer);
      if (code === NOT_AGREED) throw new MessageNotSent("consent", "not agreed to");
      if (code === NO_SUCH_PERSON) throw new MessageNotSent("address", "no such openid");
      if (code !== 0) throw new MessageNotSent("provider", `errcode ${code}`);
      const { errcode, msgid } = asRecord(answer.json);
      if (answer.status !== 200 || errcode !== 0) throw new GatewayError(gateway, `answered ${answer.status}`);
      return { receipt: msgid === undefined ? null : String(msgid) };
    },
  };
}

function dataOf({ title, court, at }: MessageWords): Record<string, { value: string }> {
  const cut = (text: string) => ([...text].length > THING ? `${[...text].slice(0, THING - 1).join("")}…` : text);
  const local = new Date(at.getTime() + 8 * 3_600_000).toISOString();
  return {
    thing1: { value: cut(title) },
    thing2: { value: cut(court) },
    time3: { value: `${local.slice(0, 10)} ${local.slice(11, 16)}` },
    thing4: { value: "点开查看详情，本提醒不是送达" },
  };
}
