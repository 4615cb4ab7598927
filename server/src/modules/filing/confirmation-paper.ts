import { createHash } from "node:crypto";
import { type Actor, isStaff } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { findIdentity } from "#modules/account/index.ts";
import { type CoSignature, type MandatePaper, renderPdf } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { maskAddress, maskIdNumber, maskPhone } from "#modules/reference/index.ts";
import { CAPACITIES, type Shown } from "./confirmation-shown.ts";
import { signersOf } from "./confirmation-signers.ts";
import { type ConfirmationRow, findSigned, listConfirmationRows, openPart } from "./confirmation-store.ts";
import { fingerprint } from "./confirmation-subject.ts";
import type { FilingContent } from "./content.ts";
import { problem } from "./problems.ts";
import { type FilingRow, openContent } from "./store.ts";

type Row = FilingRow & { content: Buffer };
interface Kept {
  readonly row: ConfirmationRow;
  readonly shown: Shown;
  readonly signature: Buffer;
}

/** What was confirmed and stands, of one kind, the oldest first. */
async function listKept(means: Means, filing: Row, kind: ConfirmationRow["kind"]): Promise<Kept[]> {
  const rows = (await listConfirmationRows(means.database, filing.id))
    .filter((row) => row.kind === kind && row.state === "confirmed")
    .reverse();
  return Promise.all(
    rows.map(async (row) => {
      const signed = await findSigned(means.database, row.id);
      if (!signed) throw new Error(`confirmation ${row.id} is confirmed and has no signature`);
      return {
        row,
        shown: JSON.parse(openPart(means.vault, row, "snapshot", signed.snapshot)) as Shown,
        signature: Buffer.from(openPart(means.vault, row, "signature", signed.signature), "base64"),
      };
    }),
  );
}

export interface Signatures {
  /** Whose the filing's own signature is, where others sign beside; else empty. */
  readonly signer: string;
  readonly coSignatures: readonly CoSignature[];
}

/** Who stands under the complaint: those who signed on their own phones, under the very words it has now, beside whoever files. */
export async function signaturesOf(means: Means, filing: Row, content: FilingContent): Promise<Signatures> {
  const kept = await listKept(means, filing, "cosign");
  const coSignatures = kept
    .filter(({ row }) => row.contentHash === fingerprint(content, row))
    .map(({ row, shown, signature }) => ({
      name: shown.party.name,
      by: shown.capacity === "self" ? "" : `${CAPACITIES[shown.capacity]}${shown.party.confirmer}`,
      picture: signature,
      signedOn: courtDayOf(row.decidedAt ?? row.offeredAt),
    }));
  if (coSignatures.length === 0) return { signer: "", coSignatures };
  const filer = await findIdentity(means.vault, filing.accountId);
  const own = signersOf(content, filer, [], courtDayOf(means.clock.now())).filter(({ by }) => by === "filing");
  return { signer: own.map(({ party }) => party.name).join("、"), coSignatures };
}

/** 授权委托书 of one confirmation, as it was confirmed. The court's people see personal fields masked. Throws 404. */
export async function mandateOf(means: Means, actor: Actor, filing: Row, id: string): Promise<MandatePaper> {
  const found = (await listKept(means, filing, "agency")).find(({ row }) => String(row.id) === id);
  if (!found) throw problem("confirmation.not_found");
  return mandate(means, filing, found, isStaff(actor));
}

/** All of them, as files of a bundle. */
export async function mandatesOf(means: Means, actor: Actor, filing: Row) {
  const kept = await listKept(means, filing, "agency");
  const { content } = openContent(means.vault, filing);
  const standing = kept.filter(({ row }) => row.contentHash === fingerprint(content, row));
  return Promise.all(
    standing.map(async (each) => {
      const pdf = await renderPdf(
        "mandate",
        mandate(means, filing, each, isStaff(actor)),
        each.row.decidedAt ?? undefined,
      );
      return {
        name: `授权委托书（${each.shown.party.name}委托${each.shown.agent?.name ?? ""}）.pdf`,
        kind: "授权委托书",
        purpose: "",
        family: "pdf" as const,
        sha256: createHash("sha256").update(pdf).digest("hex"),
        read: async () => pdf,
      };
    }),
  );
}

function mandate(means: Means, filing: Row, { row, shown, signature }: Kept, masked: boolean): MandatePaper {
  const { content } = openContent(means.vault, filing);
  const { party, agent, capacity } = shown;
  if (!agent) throw new Error(`confirmation ${row.id} is of an agency and names no agent`);
  const hide = (mask: (text: string) => string, text: string) => (masked && text !== "" ? mask(text) : text);
  const decidedAt = row.decidedAt ?? row.offeredAt;
  return {
    receiptNumber: filing.receiptNumber,
    masked,
    superseded: row.contentHash !== fingerprint(content, row),
    principal: {
      name: party.name,
      isOrganisation: party.isOrganisation,
      idNumber: party.isOrganisation ? party.idNumber : hide(maskIdNumber, party.idNumber),
      address: party.isOrganisation ? party.address : hide(maskAddress, party.address),
      phone: hide(maskPhone, party.phone),
      legalRepresentative: party.legalRepresentative,
      signer: capacity === "self" ? "" : `${CAPACITIES[capacity]} ${party.confirmer}`,
    },
    agent: {
      name: agent.name,
      kind: agent.kind,
      firm: agent.firm,
      licenseNumber: agent.licenseNumber,
      idNumber: hide(maskIdNumber, agent.idNumber),
      phone: hide(maskPhone, agent.phone),
      relation: agent.relation,
    },
    matter: matterOf(shown),
    courtName: shown.courtName,
    powers: agent.powers,
    specialPowers: agent.specialPowers.map(({ label, explanation, given }) => ({
      label,
      explanation: inThirdPerson(explanation),
      given,
    })),
    signature,
    confirmedOn: courtDayOf(decidedAt),
    confirmedAt: new Date(decidedAt.getTime() + 8 * 3_600_000).toISOString().slice(11, 19),
    contentHash: row.contentHash ?? "",
  };
}

/** `王芳与李强民间借贷纠纷一案`. */
function matterOf({ party, parties, causeName }: Shown): string {
  const others = parties.filter(({ side, name }) => side !== party.side && name !== "").map(({ name }) => name);
  return `${party.name}${others.length > 0 ? `与${others.join("、")}` : ""}${causeName ?? "纠纷"}一案`;
}

/** What is said to the principal on the phone, as a paper says it. */
const inThirdPerson = (text: string): string => text.replaceAll("您", "委托人").replaceAll("他", "代理人");
