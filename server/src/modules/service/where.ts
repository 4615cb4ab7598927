import type { Database } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { CaseRow } from "#modules/case/index.ts";
import { listContents } from "#modules/filing/index.ts";
import type { AddressContent } from "./address.ts";
import { openAddress } from "./address.ts";
import type { Channel, Consent, DocumentKind } from "./kinds.ts";

/** Where a party can be reached, and on whose word. */
export interface Whereabouts {
  readonly recipient: string;
  readonly postal: string;
  readonly phone: string;
  readonly email: string;
  /** The party gave or confirmed these addresses themselves; otherwise they are what the other side wrote. */
  readonly own: boolean;
  /** Why electronic service is allowed; null where nobody agreed. */
  readonly consent: "address" | "pleading" | null;
  readonly judgments: boolean;
}

/**
 * The party's own confirmation in this case; for plaintiffs else what they wrote and confirmed in the complaint; for everybody
 * else what the complaint says of them, which binds nobody (在线诉讼规则§29, 民诉法解释§137).
 */
export async function whereaboutsOf(
  from: { readonly database: Database; readonly vault: Vault },
  courtCase: Pick<CaseRow, "id" | "filingId">,
  partyKey: string,
): Promise<Whereabouts> {
  const { database, vault } = from;
  const [confirmed] = await database.read<{
    sealRef: string;
    content: Buffer;
    electronic: number;
    judgments: number;
  }>(
    "SELECT seal_ref AS sealRef, content, electronic, judgments FROM service_address WHERE case_id = ? AND party_key = ? ORDER BY version DESC LIMIT 1",
    [courtCase.id, partyKey],
  );
  if (confirmed) {
    const content: AddressContent = openAddress(vault, confirmed);
    return {
      ...spoken(content),
      own: true,
      consent: Number(confirmed.electronic) === 1 ? "address" : null,
      judgments: Number(confirmed.judgments) === 1,
    };
  }
  const filing = (await listContents(database, vault, [String(courtCase.filingId)])).get(String(courtCase.filingId));
  const party = filing?.parties.find(({ key }) => key === partyKey);
  if (filing && party?.side === "plaintiff" && filing.service.confirmed) {
    const { service } = filing;
    return {
      recipient: service.recipient || party.name,
      postal: service.address,
      phone: service.phone,
      email: service.email,
      own: true,
      consent: service.electronic === true ? "pleading" : null,
      judgments: service.judgments === true,
    };
  }
  return {
    recipient: party?.name ?? "",
    postal: party?.address ?? "",
    phone: party?.phone ?? "",
    email: "",
    own: false,
    consent: null,
    judgments: false,
  };
}

const spoken = ({ recipient, postalCode, address, phone, email }: AddressContent) => ({
  recipient,
  postal: postalCode === "" ? address : `${postalCode} ${address}`,
  phone,
  email,
});

/** What is written down as the address of an attempt. */
export function addressFor(channel: Channel, { postal, phone, email, recipient }: Whereabouts): string {
  if (channel === "inapp") return "本平台账号（已实名）";
  if (channel === "email") return email;
  if (channel === "post") return [postal, recipient, phone].filter(Boolean).join("　");
  return channel === "leave" || channel === "direct" ? postal : "";
}

/** Whether service at this address takes effect by arriving (电子), or by coming back (邮寄). */
export function isConfirmed(channel: Channel, { own, consent, judgments }: Whereabouts, kind: DocumentKind): boolean {
  if (channel === "inapp" || channel === "email") return consent !== null && (!kind.judgment || judgments);
  return own;
}

export const consentFor = (where: Whereabouts): Consent | null => where.consent;
