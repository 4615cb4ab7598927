import { randomBytes } from "node:crypto";
import { z } from "zod";
import { type Actor, isStaff } from "#core/actor.ts";
import { emailField, line, mobileField, nameField } from "#core/fields.ts";
import type { Vault } from "#core/sealed.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import {
  actingFor,
  findCaseRow,
  holdCaseFor,
  listCaseParties,
  participantsOf,
  SIDES,
  writeCaseEvent,
} from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { maskAddress, maskEmail, maskName, maskPhone } from "#modules/reference/index.ts";
import { ServiceAddress } from "./model.ts";
import { problem } from "./problems.ts";

/** 送达地址确认书 (民诉法解释§137, 法院专递规定§4–5). */
export const addressContent = z.strictObject({
  recipient: nameField(50, 1),
  /** 代收人. */
  receiver: nameField(50).default(""),
  postalCode: z
    .string()
    .regex(/^(\d{6})?$/, "邮政编码为 6 位数字")
    .default(""),
  address: line(200, 5),
  phone: mobileField,
  email: emailField.default(""),
  electronic: z.boolean(),
  judgments: z.boolean().default(false),
  stages: z
    .array(z.enum(["first", "second", "execution"]))
    .min(1, "请选择适用的程序")
    .max(3),
});
export type AddressContent = z.infer<typeof addressContent>;
export const addressing = addressContent.extend({
  partyKey: z.string().regex(/^[a-z0-9]{1,16}$/),
  /** The consequences were read and understood. */
  understood: z.literal(true, "请阅读并确认知悉送达地址确认的后果"),
});

/** What the party is told before they confirm; its wording is part of what was agreed. */
export const CONSEQUENCES = [
  "您确认的地址适用于所选的各个审判、执行程序；地址变更的，请及时在此修改并重新确认。",
  "同意电子送达后，文书送到本平台之日就是送达之日，不论您是否点开；答辩、上诉等期限从次日起计算。短信、微信提醒不是送达。",
  "判决书、裁定书、调解书只有您另外同意才电子送达；即使同意，您仍可以随时要求提供纸质文书。",
  "因您提供的地址不准确、变更后没有告知，或者您、您指定的代收人拒绝签收，文书被退回的，退回之日视为送达之日。",
] as const;

const bound = ({ sealRef }: { sealRef: string }): string => `service address ${sealRef}`;
export const openAddress = (vault: Vault, row: { sealRef: string; content: Buffer }): AddressContent =>
  JSON.parse(vault.open(row.content, bound(row))) as AddressContent;

/** Confirms a party's addresses: a new version, those before stay. Throws 412 for another version, 404 for whoever acts for nobody. */
export async function confirmAddress(
  work: Work,
  { vault, database }: Means,
  caseId: string,
  { partyKey, understood: _, ...content }: z.infer<typeof addressing>,
  version: number,
): Promise<void> {
  const row = await holdCaseFor(work, caseId);
  const mine = await actingFor(work, String(row.id));
  if (!mine.some((one) => one.partyKey === partyKey)) throw problem("service.which_party");
  const last = await ServiceAddress.max<number | null, ServiceAddress>("version", {
    where: { caseId: row.id, partyKey },
    transaction: work.tx,
  });
  if ((Number(last) || 0) !== version) throw problem("service.address_stale");
  const sealRef = randomBytes(16).toString("hex");
  const sealed = vault.seal(JSON.stringify(content), bound({ sealRef }));
  const judgments = content.electronic && content.judgments;
  await ServiceAddress.create(
    {
      sealRef,
      caseId: String(row.id),
      partyKey,
      version: version + 1,
      content: sealed,
      electronic: content.electronic,
      judgments,
      confirmedAt: work.at,
      confirmedBy: work.actor.accountId,
    },
    { transaction: work.tx },
  );
  const party = (await listCaseParties(within(work, database), vault, row)).find(({ key }) => key === partyKey);
  await writeCaseEvent(work, vault, row, {
    kind: "service_address",
    source: `service_address:${partyKey}:${version + 1}`,
    title: "确认送达地址",
    detail: `${SIDES[party?.side ?? ""] ?? ""}${party?.name ?? ""}${content.electronic ? "，同意电子送达" : ""}`,
  });
  await work.emit({
    name: "service.address_confirmed",
    about: `case:${row.id}`,
    courtCode: row.courtCode,
    caseId: String(row.id),
    partyKey,
    electronic: content.electronic,
  });
}

/** The confirmations of a case: one's own in full, for the court of all parties, masked. */
export async function presentAddresses(means: Means, actor: Actor, caseId: string) {
  const { database, vault } = means;
  const courtCase = await findCaseRow(database, actor, caseId);
  const [parties, participants] = await Promise.all([
    listCaseParties(database, vault, courtCase),
    participantsOf(database, courtCase.id),
  ]);
  const staff = isStaff(actor);
  const own = new Set(participants.filter((one) => one.accountId === actor.accountId).map((one) => one.partyKey));
  const rows = await database.read<{
    sealRef: string;
    partyKey: string;
    version: number;
    content: Buffer;
    confirmedAt: Date;
  }>(
    `SELECT seal_ref AS sealRef, party_key AS partyKey, version, content, confirmed_at AS confirmedAt
     FROM service_address WHERE case_id = ? ORDER BY version DESC`,
    [courtCase.id],
  );
  const items = parties
    .filter(({ key }) => staff || own.has(key))
    .map(({ key, side, name }) => {
      const row = rows.find(({ partyKey }) => partyKey === key);
      const content = row ? openAddress(vault, row) : null;
      return {
        party: { key, sideLabel: SIDES[side] ?? "", name },
        version: Number(row?.version ?? 0),
        confirmedAt: row?.confirmedAt.toISOString() ?? null,
        content: content && staff ? masked(content) : content,
      };
    });
  return { caseId: courtCase.id, consequences: [...CONSEQUENCES], items };
}

const masked = (content: AddressContent): AddressContent => ({
  ...content,
  recipient: maskName(content.recipient),
  receiver: content.receiver && maskName(content.receiver),
  address: maskAddress(content.address),
  phone: maskPhone(content.phone),
  email: content.email && maskEmail(content.email),
});
