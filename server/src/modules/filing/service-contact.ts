import type { Database } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import { openContent } from "./store.ts";

const LOOKED_AT = 5;

export interface ServiceContact {
  readonly phone: string;
  readonly email: string;
}

/** The phone and e-mail a person has confirmed as address for service, in the newest filing they handed in that has one. */
export async function findServiceContact(
  { database, vault }: { readonly database: Database; readonly vault: Vault },
  accountId: string,
): Promise<ServiceContact | null> {
  const rows = await database.read<{ id: string; sealRef: string; content: Buffer }>(
    `SELECT id, seal_ref AS sealRef, content FROM filing WHERE account_id = ? AND submitted_at IS NOT NULL AND reading_ended_at IS NULL
     ORDER BY id DESC LIMIT ${LOOKED_AT}`,
    [accountId],
  );
  for (const row of rows) {
    const { service } = openContent(vault, row).content;
    if (!service.confirmed || service.electronic !== true) continue;
    const agreed = (channel: "sms" | "email", value: string) => (service.channels.includes(channel) ? value : "");
    const contact = { phone: agreed("sms", service.phone), email: agreed("email", service.email) };
    if (contact.phone || contact.email) return contact;
  }
  return null;
}
