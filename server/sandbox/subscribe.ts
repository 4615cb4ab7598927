import type { PhoneBook } from "./sms-phone.ts";

/**
 * 订阅消息 at WeChat: what a person has agreed to by a tap, one message for each. A message nobody agreed to is refused
 * with 43101, as there.
 */
export function subscriptions(templates: readonly string[], phones: PhoneBook, now: () => number) {
  const left = new Map<string, number>();
  const of = (openid: string, template: string) => `${openid} ${template}`;
  return {
    templates,
    /** The person has tapped “允许”. */
    accept(openid: string, template: string, times = 1): void {
      left.set(of(openid, template), (left.get(of(openid, template)) ?? 0) + times);
    },
    left: (openid: string, template: string): number => left.get(of(openid, template)) ?? 0,
    send(body: Record<string, unknown>): object {
      const refuse = (errcode: number, errmsg: string) => ({ errcode, errmsg });
      const [openid, template] = [String(body["touser"] ?? ""), String(body["template_id"] ?? "")];
      if (!/^o.{27}$/.test(openid)) return refuse(40003, "invalid openid");
      if (!templates.includes(template)) return refuse(40037, "invalid template_id");
      const data = typeof body["data"] === "object" && body["data"] !== null ? body["data"] : {};
      const values: string[] = [];
      for (const [name, field] of Object.entries(data as Record<string, { value?: unknown }>)) {
        const value = field?.value;
        if (typeof value !== "string" || value === "" || (/^thing/.test(name) && [...value].length > 20))
          return refuse(47003, `argument invalid! data.${name}.value invalid`);
        values.push(value);
      }
      if (values.length !== 4) return refuse(47003, "argument invalid! data");
      const key = of(openid, template);
      if ((left.get(key) ?? 0) <= 0) return refuse(43101, "user refuse to accept the msg");
      left.set(key, (left.get(key) ?? 0) - 1);
      const number = String(now() * 1000 + Math.floor(Math.random() * 1000));
      const text = values.join("\n");
      phones.reach({
        channel: "wechat",
        provider: "wechat",
        to: openid,
        text,
        reference: String(body["page"] ?? ""),
        number,
        at: now(),
      });
      return { errcode: 0, errmsg: "ok", msgid: Number(number) };
    },
  };
}

export type Subscriptions = ReturnType<typeof subscriptions>;
