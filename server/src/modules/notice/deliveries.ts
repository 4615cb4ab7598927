import { z } from "zod";
import type { Database } from "#core/database.ts";
import { momentView, stateView } from "#core/fields.ts";
import type { Vault } from "#core/sealed.ts";
import { maskEmail, maskPhone } from "#modules/reference/index.ts";
import { addressBound } from "./ask.ts";
import { CHANNELS, type DeliveryReason, type DeliveryState, REASONS, STATES } from "./labels.ts";
import type { Channel } from "./ladders.ts";

export const deliveryView = z
  .object({
    channel: stateView,
    state: stateView,
    /** Why it failed or was left out, to be shown as it is. */
    note: z.string().nullable(),
    /** When it was sent; null where it was not. */
    sentAt: momentView.nullable(),
    deliveredAt: momentView.nullable(),
    /** When it will be sent, if it is still to be. */
    dueAt: momentView.nullable(),
  })
  .meta({ id: "MessageDelivery" });
export type DeliveryView = z.infer<typeof deliveryView>;

/** For the court: where to, so far as it may be seen. */
export const sentView = deliveryView
  .extend({ to: z.string().nullable().meta({ description: "发到的号码或地址，已遮盖；站内消息和微信没有" }) })
  .meta({ id: "MessageSent" });
export type SentView = z.infer<typeof sentView>;

interface Row {
  readonly messageId: string;
  readonly channel: Channel;
  readonly state: DeliveryState;
  readonly reason: DeliveryReason | null;
  readonly sentAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly dueAt: Date | null;
}

/** How messages were sent, by message, from rung 0 upwards. */
export async function deliveriesOf(
  database: Database,
  messageIds: readonly string[],
): Promise<Map<string, DeliveryView[]>> {
  const found = new Map<string, DeliveryView[]>();
  if (messageIds.length === 0) return found;
  const rows = await database.read<Row>(
    `SELECT message_id AS messageId, channel, state, reason, sent_at AS sentAt, delivered_at AS deliveredAt, due_at AS dueAt
     FROM notice_delivery WHERE message_id IN (${messageIds.map(() => "?").join(", ")}) ORDER BY message_id, rung`,
    messageIds,
  );
  for (const { messageId, channel, state, reason, sentAt, deliveredAt, dueAt } of rows) {
    const view: DeliveryView = {
      channel: { code: channel, label: CHANNELS[channel] },
      state: { code: state, label: STATES[state] },
      note: reason ? REASONS[reason] : null,
      sentAt: sentAt?.toISOString() ?? null,
      deliveredAt: deliveredAt?.toISOString() ?? null,
      dueAt: state === "waiting" ? (dueAt?.toISOString() ?? null) : null,
    };
    found.set(messageId, [...(found.get(messageId) ?? []), view]);
  }
  return found;
}

/** To which number or address each was sent, masked; by message and channel. */
export async function addressesOf(
  { database, vault }: { readonly database: Database; readonly vault: Vault },
  messageIds: readonly string[],
): Promise<Map<string, string>> {
  if (messageIds.length === 0) return new Map();
  const rows = await database.read<{ id: string; messageId: string; channel: Channel; address: Buffer }>(
    `SELECT id, message_id AS messageId, channel, address FROM notice_delivery
     WHERE address IS NOT NULL AND channel IN ('sms', 'email') AND message_id IN (${messageIds.map(() => "?").join(", ")})`,
    messageIds,
  );
  return new Map(
    rows.map(({ id, messageId, channel, address }) => {
      const to = vault.open(address, addressBound(String(id)));
      return [`${messageId} ${channel}`, channel === "sms" ? maskPhone(to) : maskEmail(to)];
    }),
  );
}
