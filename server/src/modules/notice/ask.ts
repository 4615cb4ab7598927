import { GatewayError, type MessageFact } from "#gateways/messages/port.ts";
import type { Means } from "#modules/module.ts";
import type { Claimed } from "./climb.ts";

/** What the provider says of an attempt: `unsent` is its word that it has nothing by our reference. */
export type Asked = MessageFact | "unsent" | "unknowable" | "no answer";

/** Asks by our own reference what became of an attempt whose answer was lost. Nothing is sent from here. */
export async function ask({ gateways, vault, logger }: Means, row: Claimed): Promise<Asked> {
  if (row.channel === "inapp" || !row.address) return "unknowable";
  const provider = gateways.messages.providers(row.channel).find(({ name }) => name === row.provider);
  if (!provider?.find) return "unknowable";
  const to = vault.open(row.address, addressBound(row.id));
  try {
    const fact = await provider.find({ reference: row.id, to, triedAt: row.triedAt ?? row.at });
    return fact ?? "unsent";
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    logger.warn({ err: error, deliveryId: row.id }, "notice cannot be asked about");
    return "no answer";
  }
}

export const addressBound = (deliveryId: string): string => `notice_delivery ${deliveryId}`;
