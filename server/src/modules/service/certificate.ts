import type { Actor } from "#core/actor.ts";
import { findCaseRow, listCaseParties, SIDES, titleOfCase } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { renderPdf } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { effectOfAttempt } from "./effect.ts";
import { presentFacts } from "./facts.ts";
import { CHANNELS, CONSENTS } from "./kinds.ts";
import { listParts } from "./parts.ts";
import { problem } from "./problems.ts";
import { type CertificateFacts, publicKeyOf, sealCertificate, signingKey } from "./seal.ts";
import { knownOf, listAttempts, openWord, type ServiceRow } from "./store.ts";
import { writtenDay, writtenMoment } from "./texts.ts";
import { listTranslations, nameOfTranslation } from "./translation.ts";

/** 送达回证 of a service that took effect: the same bytes whenever it is asked for. Throws `service.no_certificate`. */
export async function printCertificate(means: Means, actor: Actor, row: ServiceRow): Promise<Buffer> {
  const { database, vault, settings } = means;
  const { effectiveOn, effectiveAt } = row;
  if (effectiveOn === null || effectiveAt === null || row.state === "cancelled")
    throw problem("service.no_certificate");
  const courtCase = await findCaseRow(database, actor, row.caseId);
  const [parties, parts, translations, attempts, courtName] = await Promise.all([
    listCaseParties(database, vault, courtCase),
    listParts(database, row.id),
    listTranslations(database, row.id),
    listAttempts(database, row.id),
    nameOfCourt(row.courtCode),
  ]);
  const party = parties.find(({ key }) => key === row.partyKey);
  const key = signingKey(settings.certificateSeed);
  const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;
  const ways = attempts.map((attempt) => {
    const known = knownOf(vault, row, attempt);
    const effect = effectOfAttempt(known, courtCase.trialProcedure);
    return { attempt, known, effect, address: openWord(vault, row, "address", attempt.address) };
  });
  const facts: CertificateFacts = {
    version: 1,
    number: row.number,
    keyId: publicKeyOf(key).keyId,
    court: { code: row.courtCode, name: courtName },
    caseNumber: courtCase.number,
    title: row.title,
    documents: parts.flatMap(({ position, title, sha256, bytes }) => [
      { title, sha256: sha256 ?? "", bytes: Number(bytes) },
      ...translations
        .filter((one) => one.position === position)
        .map((one) => ({ title: nameOfTranslation(title, one), sha256: one.sha256, bytes: one.bytes })),
    ]),
    recipient: { name: party?.name ?? "", side: SIDES[party?.side ?? ""] ?? "" },
    consent: row.consent ? CONSENTS[row.consent] : "",
    attempts: ways.map(({ attempt, known, effect, address }) => ({
      channel: CHANNELS[known.channel].label,
      address,
      confirmed: known.confirmed,
      sentAt: attempt.sentAt.toISOString(),
      arrivedAt: iso(known.arrivedAt),
      readAt: iso(known.readAt),
      repliedAt: iso(known.repliedAt),
      facts: presentFacts(known.facts),
      effectiveOn: effect.effectiveDate,
    })),
    effect: {
      on: effectiveOn,
      presumed: Boolean(Number(row.presumed)),
      basis: row.basis,
      explanation: row.explanation,
    },
    issuedAt: effectiveAt.toISOString(),
  };
  const moment = (at: Date | null | undefined): string => (at ? writtenMoment(at) : "");
  const pdf = await renderPdf(
    "service-certificate",
    {
      courtName,
      number: row.number,
      caseNumber: courtCase.number,
      matter: titleOfCase(vault, courtCase),
      recipient: `${facts.recipient.side}　${facts.recipient.name}`,
      documents: facts.documents,
      consent: facts.consent,
      attempts: ways.map(({ attempt, known, address }) => ({
        channel: CHANNELS[known.channel].label,
        address,
        sent: moment(attempt.sentAt),
        arrived: moment(known.arrivedAt),
        read: moment(known.readAt),
        replied: moment(known.repliedAt),
        facts: presentFacts(known.facts),
      })),
      effectiveOn: writtenDay(effectiveOn),
      presumed: facts.effect.presumed,
      basis: row.basis,
      explanation: row.explanation,
      keyId: facts.keyId,
      issued: writtenMoment(effectiveAt),
    },
    effectiveAt,
  );
  return sealCertificate(pdf, facts, key);
}
