import type { OutsideChannel } from "#gateways/messages/port.ts";
import { findOpenid, findVerifiedPhone } from "#modules/account/index.ts";
import { findServiceContact } from "#modules/filing/index.ts";
import type { Means } from "#modules/module.ts";
import type { DeliveryReason } from "./labels.ts";
import { type Group, LEGAL_MINIMUM } from "./ladders.ts";

export type Reach =
  | { readonly to: string; readonly reason: null }
  | { readonly to: null; readonly reason: DeliveryReason };
const not = (reason: DeliveryReason): Reach => ({ to: null, reason });

/** Where a channel finds a person now, or why it must not or cannot be used. */
export async function reachBy(means: Means, accountId: string, group: Group, channel: OutsideChannel): Promise<Reach> {
  const { gateways, database } = means;
  if (!isOn(means, group, channel)) return not("off");
  if (!LEGAL_MINIMUM[group]?.includes(channel)) {
    const [choice] = await database.read<{ wanted: number }>(
      "SELECT wanted FROM notice_choice WHERE account_id = ? AND group_code = ? AND channel = ?",
      [accountId, group, channel],
    );
    if (choice && Number(choice.wanted) === 0) return not("choice");
  }
  const to = await addressOf(means, accountId, channel);
  if (!to) return not("no_address");
  if (channel === "wechat") {
    const [row] = await database.read<{ leftCount: number }>(
      "SELECT left_count AS leftCount FROM notice_subscription WHERE account_id = ? AND template_id = ?",
      [accountId, gateways.messages.subscriptions[group] ?? ""],
    );
    if (Number(row?.leftCount ?? 0) === 0) return not("no_quota");
  }
  return { to, reason: null };
}

export const isOn = ({ gateways: { messages } }: Means, group: Group, channel: OutsideChannel): boolean =>
  messages.providers(channel).length > 0 && (channel !== "wechat" || messages.subscriptions[group] !== undefined);

/** The number WeChat has vouched for, else what the person gave as their address for service. */
export async function addressOf(means: Means, accountId: string, channel: OutsideChannel): Promise<string | null> {
  if (channel === "wechat") return findOpenid(means.vault, accountId);
  const contact = () => findServiceContact(means, accountId);
  if (channel === "email") return (await contact())?.email || null;
  const phone = (await findVerifiedPhone(means.vault, accountId)) ?? (await contact())?.phone ?? "";
  return /^1[3-9]\d{9}$/.test(phone) ? phone : null;
}
