import { z } from "zod";
import { PUBLIC_ROLES } from "#core/actor.ts";
import { problems } from "#core/problem.ts";
import { OUTSIDE_CHANNELS, type OutsideChannel } from "#gateways/messages/port.ts";
import { type AnyRoute, ok, type Policy, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { maskEmail, maskPhone } from "#modules/reference/index.ts";
import { CHANNELS } from "./labels.ts";
import { GROUPS, type Group, LEGAL_MINIMUM } from "./ladders.ts";
import { addressOf, isOn } from "./reach.ts";

const problem = problems({
  "notice.legal_minimum": [422, "依法必须告知的事项会同时发短信，这一项不能关闭"],
  "notice.no_template": [422, "没有这种微信提醒，请刷新后再试"],
});

export const choicePolicy: Policy = {
  "GET /me/notices": PUBLIC_ROLES,
  "PUT /me/notices": PUBLIC_ROLES,
  "POST /me/notices/subscriptions": PUBLIC_ROLES,
};

/** What the public chooses among; `work` is not theirs. */
const CHOSEN = ["legal", "progress", "money"] as const satisfies Group[];
/** More than anybody taps: a client gone wild is not believed beyond it. */
const MOST_LEFT = 50;

const channelChoice = z.object({
  channel: z.string(),
  label: z.string(),
  on: z.boolean(),
  /** The law wants it: it cannot be switched off. */
  locked: z.boolean(),
  /** Why it is locked, or why it cannot be used now; to be shown as it is. */
  note: z.string().nullable(),
});
const choicesView = z
  .object({
    groups: z.array(
      z.object({ group: z.string(), label: z.string(), note: z.string(), channels: z.array(channelChoice) }),
    ),
    quiet: z.object({ from: z.string(), to: z.string(), note: z.string() }),
    addresses: z.object({ phone: z.string().nullable(), email: z.string().nullable() }),
    /** Templates a tap asks about, with how many messages were agreed to and not had. */
    subscriptions: z.array(
      z.object({ templateId: z.string(), group: z.string(), label: z.string(), left: z.number().int() }),
    ),
  })
  .meta({ id: "NoticeChoices" });

const wantedField = z.boolean().optional();
const choicesBody = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        group: z.enum(CHOSEN),
        channels: z.strictObject({ wechat: wantedField, sms: wantedField, email: wantedField }),
      }),
    )
    .min(1, "请选择")
    .max(CHOSEN.length),
});
const subscriptionsBody = z.strictObject({
  templateIds: z
    .array(z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, "模板编号格式不正确"))
    .min(1, "请先同意订阅")
    .max(5)
    .meta({ description: "这一次点按中，微信答复 accept 的模板" }),
});

export function choiceRoutes(means: Means): readonly AnyRoute[] {
  return [
    route({
      method: "GET",
      path: "/me/notices",
      tag: "notice",
      summary: "我的通知设置：各类通知用哪些方式",
      answers: { 200: choicesView },
      async handle({ actor }) {
        return ok(await showChoices(means, actor.accountId));
      },
    }),
    route({
      method: "PUT",
      path: "/me/notices",
      tag: "notice",
      summary: "改变通知设置",
      description: "没有写出的方式保持不变。依法必须告知的事项，短信不能关闭。",
      body: choicesBody,
      answers: { 200: choicesView },
      async command(work, { actor, body }) {
        const changes = body.groups.flatMap(({ group, channels }) =>
          OUTSIDE_CHANNELS.flatMap((channel) => {
            const wanted = channels[channel];
            return wanted === undefined ? [] : [{ group, channel, wanted }];
          }),
        );
        for (const { group, channel, wanted } of changes) {
          if (!wanted && LEGAL_MINIMUM[group]?.includes(channel)) throw problem("notice.legal_minimum");
          await work.change(
            `INSERT INTO notice_choice (account_id, group_code, channel, wanted, at) VALUES (?, ?, ?, ?, ?)
             ON DUPLICATE KEY UPDATE wanted = VALUES(wanted), at = VALUES(at)`,
            [actor.accountId, group, channel, wanted ? 1 : 0, work.at],
          );
        }
        const changed = new Map(changes.map(({ group, channel, wanted }) => [`${group} ${channel}`, wanted]));
        return ok(await showChoices(means, actor.accountId, changed));
      },
    }),
    route({
      method: "POST",
      path: "/me/notices/subscriptions",
      tag: "notice",
      summary: "同意接收微信提醒（点按一次，每种模板多一条）",
      body: subscriptionsBody,
      key: "required",
      answers: { 200: choicesView },
      async command(work, { actor, body }) {
        const known = Object.values(means.gateways.messages.subscriptions);
        const templateIds = [...new Set(body.templateIds)];
        if (templateIds.some((id) => !known.includes(id))) throw problem("notice.no_template");
        for (const templateId of templateIds) {
          await work.change(
            `INSERT INTO notice_subscription (account_id, template_id, left_count, at) VALUES (?, ?, 1, ?)
             ON DUPLICATE KEY UPDATE left_count = LEAST(left_count + 1, ${MOST_LEFT}), at = VALUES(at)`,
            [actor.accountId, templateId, work.at],
          );
        }
        const rows = await work.query<{ templateId: string; leftCount: number }>(
          "SELECT template_id AS templateId, left_count AS leftCount FROM notice_subscription WHERE account_id = ?",
          [actor.accountId],
        );
        const left = new Map(rows.map(({ templateId, leftCount }) => [templateId, Number(leftCount)]));
        return ok(await showChoices(means, actor.accountId, new Map(), left));
      },
    }),
  ];
}

/** `changed` and `left` are what the asking work has just written and nobody else can see yet. */
async function showChoices(
  means: Means,
  accountId: string,
  changed: ReadonlyMap<string, boolean> = new Map(),
  left: ReadonlyMap<string, number> | null = null,
) {
  const { database, gateways } = means;
  const [chosen, counted, phone, email] = await Promise.all([
    database.read<{ groupCode: string; channel: string; wanted: number }>(
      "SELECT group_code AS groupCode, channel, wanted FROM notice_choice WHERE account_id = ?",
      [accountId],
    ),
    database.read<{ templateId: string; leftCount: number }>(
      "SELECT template_id AS templateId, left_count AS leftCount FROM notice_subscription WHERE account_id = ?",
      [accountId],
    ),
    addressOf(means, accountId, "sms"),
    addressOf(means, accountId, "email"),
  ]);
  const wanted = new Map(chosen.map((each) => [`${each.groupCode} ${each.channel}`, Number(each.wanted) === 1]));
  const quota = left ?? new Map(counted.map(({ templateId, leftCount }) => [templateId, Number(leftCount)]));
  const leftOf = (group: Group) => quota.get(gateways.messages.subscriptions[group] ?? "") ?? 0;

  const show = (group: Group, channel: OutsideChannel) => {
    const locked = LEGAL_MINIMUM[group]?.includes(channel) ?? false;
    const key = `${group} ${channel}`;
    const on = locked || (changed.get(key) ?? wanted.get(key) ?? true);
    const trouble = !isOn(means, group, channel)
      ? "本院没有开通这种方式"
      : channel === "sms" && !phone
        ? "还没有绑定手机号码，绑定后才能收到短信"
        : channel === "email" && !email
          ? "在送达地址确认书中填写电子邮箱后可以使用"
          : channel === "wechat" && leftOf(group) === 0
            ? "订阅次数已用完，点“订阅微信提醒”可以再收"
            : null;
    const note = trouble ?? (locked ? "法律要求告知，不能关闭" : null);
    return { channel, label: CHANNELS[channel], on, locked, note };
  };
  const [from = "", to = ""] = means.settings.quietHours.split("-");
  return {
    groups: CHOSEN.map((group) => ({
      group,
      ...GROUPS[group],
      channels: OUTSIDE_CHANNELS.map((channel) => show(group, channel)),
    })),
    quiet: {
      from,
      to,
      note: "夜间不打扰：不急的短信和微信提醒，等到早上再发；站内消息随时可看。",
    },
    addresses: { phone: phone && maskPhone(phone), email: email && maskEmail(email) },
    subscriptions: CHOSEN.flatMap((group) => {
      const templateId = gateways.messages.subscriptions[group];
      return templateId ? [{ templateId, group, label: GROUPS[group].label, left: leftOf(group) }] : [];
    }),
  };
}
