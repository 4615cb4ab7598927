import type { z } from "zod";
import { ROLE_LABELS, type Role } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import type { Written } from "#core/language.ts";
import type { Vault } from "#core/sealed.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { maskIdNumber, maskName, maskPhone } from "#modules/reference/index.ts";
import { openClaim, openName, openPhone } from "./identity.ts";
import { openLicence } from "./practice.ts";
import { problem } from "./problems.ts";
import type { accountView } from "./schema.ts";
import { unreadSql } from "./unread.ts";
import { IDENTITY_STATES, type IdentityState, type PracticeState, practiceWorkflow } from "./workflow.ts";

interface Mine {
  readonly id: string;
  readonly role: Role;
  readonly courtCode: string | null;
  readonly nameSealed: Buffer | null;
  readonly maskedName: string | null;
  readonly phoneSealed: Buffer | null;
  readonly phoneVerifiedAt: Date | null;
  readonly language: Written;
  readonly identity: IdentityState | null;
  readonly idType: string;
  readonly claimSealed: Buffer;
  readonly idNumberSealed: Buffer;
  readonly identityReason: string;
  readonly practice: PracticeState | null;
  readonly firm: string;
  readonly licenceSealed: Buffer;
  readonly practiceReason: string;
  readonly username: string | null;
  readonly displayName: string;
  readonly unread: string;
}

// Every screen begins with it: one statement.
const mineSql = (): string => `
  SELECT a.id, a.role, a.court_code AS courtCode, a.name_sealed AS nameSealed, a.masked_name AS maskedName,
         a.phone_sealed AS phoneSealed, a.phone_verified_at AS phoneVerifiedAt, a.language,
         i.state AS identity, i.id_type AS idType, i.name_sealed AS claimSealed, i.id_number_sealed AS idNumberSealed,
         i.reason AS identityReason,
         p.state AS practice, p.firm, p.licence_sealed AS licenceSealed, p.reason AS practiceReason,
         s.username, s.display_name AS displayName, ${unreadSql()} AS unread
  FROM account a
  LEFT JOIN identity i ON i.account_id = a.id
  LEFT JOIN practice p ON p.account_id = a.id
  LEFT JOIN staff s ON s.account_id = a.id
  WHERE a.id = ?`;

/** The account as its owner sees it; `read` is the database's, or that of a work under way. Throws 401 `session.ended`. */
export async function presentMe(
  read: Database["read"],
  vault: Vault,
  accountId: string,
): Promise<z.infer<typeof accountView>> {
  const [mine] = await read<Mine>(mineSql(), [accountId]);
  if (!mine) throw problem("session.ended");
  const phone = openPhone(vault, mine);
  return {
    id: mine.id,
    role: mine.role,
    roleLabel: ROLE_LABELS[mine.role],
    name: mine.username === null ? openName(vault, mine) : mine.displayName,
    nameMasked: mine.maskedName,
    phoneMasked: phone && maskPhone(phone),
    phoneVerified: mine.phoneVerifiedAt !== null,
    identity: identityOf(vault, mine),
    practice: mine.practice && {
      state: practiceWorkflow.present(mine.practice),
      firm: mine.firm,
      licenseNumberMasked: maskIdNumber(openLicence(vault, { accountId, licenceSealed: mine.licenceSealed })),
      ...(mine.practiceReason ? { reason: mine.practiceReason } : {}),
    },
    court: mine.courtCode === null ? null : { code: mine.courtCode, name: await nameOfCourt(mine.courtCode) },
    staff: mine.username === null ? null : { username: mine.username, name: mine.displayName },
    unreadMessages: Number(mine.unread),
    language: mine.language,
  };
}

function identityOf(vault: Vault, mine: Mine): z.infer<typeof accountView>["identity"] {
  if (!mine.identity)
    return {
      state: { code: "none", label: IDENTITY_STATES.none },
      nameMasked: null,
      idType: null,
      idNumberMasked: null,
    };
  const claim = { accountId: mine.id, nameSealed: mine.claimSealed, idNumberSealed: mine.idNumberSealed };
  const { name, idNumber } = openClaim(vault, claim);
  return {
    state: { code: mine.identity, label: IDENTITY_STATES[mine.identity] },
    nameMasked: maskName(name),
    idType: mine.idType,
    idNumberMasked: maskIdNumber(idNumber),
    ...(mine.identityReason ? { reason: mine.identityReason } : {}),
  };
}
