import type { Database } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import { type Channel, channelKind } from "./kinds.ts";

/** How a party is reached when the next document goes to them: what others count on before it was sent. */
export type Outlook = "electronic" | "paper" | "public_notice";

/**
 * By party: electronically where the last confirmation of the address says so or an electronic service took effect before; by
 * public notice where nothing else is left; on paper else.
 */
export async function serviceOutlook(from: Database | Work, caseId: string): Promise<Map<string, Outlook>> {
  const ask = "read" in from ? from.read.bind(from) : from.query.bind(from);
  const served = (await ask(
    `SELECT party_key AS partyKey, channel, effective_on AS effectiveOn FROM service
     WHERE case_id = ? AND channel IS NOT NULL AND state <> 'cancelled' ORDER BY id`,
    [caseId],
  )) as { partyKey: string; channel: Channel; effectiveOn: unknown }[];
  const confirmed = (await ask(
    "SELECT party_key AS partyKey, electronic FROM service_address WHERE case_id = ? ORDER BY version",
    [caseId],
  )) as { partyKey: string; electronic: number }[];
  const outlook = new Map<string, Outlook>();
  for (const { partyKey, channel, effectiveOn } of served) {
    if (channel === "public_notice") outlook.set(partyKey, "public_notice");
    else if (effectiveOn !== null) outlook.set(partyKey, channelKind(channel).electronic ? "electronic" : "paper");
  }
  for (const { partyKey, electronic } of confirmed) {
    if (Number(electronic) === 1) outlook.set(partyKey, "electronic");
    else if (outlook.get(partyKey) === "electronic") outlook.set(partyKey, "paper");
  }
  return outlook;
}
