import { randomBytes } from "node:crypto";
import { courtDayOf } from "#core/period.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { type CaseRow, listCaseParties } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { beginAttempt } from "./attempt.ts";
import { casePaper } from "./case-papers.ts";
import { type Channel, type DocumentKindCode, documentKind } from "./kinds.ts";
import { type PartSource, Service, ServiceDocument } from "./model.ts";
import { drawPart, type KeptFile, keepPdf, materialPdf } from "./parts.ts";
import { problem } from "./problems.ts";
import { settle, stateOf } from "./settle.ts";
import { NEVER, sealWord } from "./store.ts";
import { serviceWorkflow } from "./workflow.ts";

export interface ServiceOrder {
  readonly documentKind: DocumentKindCode;
  readonly title: string;
  readonly text?: string | undefined;
  readonly materialId?: string | undefined;
  readonly dossierItemId?: string | undefined;
  readonly recipients: readonly string[];
  readonly channel?: Channel | undefined;
}

/** Number of the certificate: the day, and eight signs that say nothing. */
const newNumber = (day: string): string => {
  const signs = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
  return `SD${day.replaceAll("-", "")}${[...randomBytes(8)].map((byte) => signs[byte % signs.length]).join("")}`;
};
export const newSealRef = (): string => randomBytes(16).toString("hex");

interface Laying {
  readonly sealRef: string;
  readonly documentKind: DocumentKindCode;
  readonly title: string;
  readonly partyKey: string;
  readonly source: string | null;
  readonly dueOn: string;
}
interface Part {
  readonly title: string;
  readonly source: PartSource;
  readonly text?: string;
  readonly materialId?: string;
  readonly itemId?: string;
  readonly kept?: KeptFile;
}

/** Lays a service down, to be sent later. */
export async function layService(
  work: Work,
  vault: Vault,
  courtCase: Pick<CaseRow, "id" | "courtCode">,
  given: Laying,
  parts: readonly Part[],
): Promise<Service> {
  const held = await Service.create(
    {
      ...given,
      caseId: String(courtCase.id),
      courtCode: courtCase.courtCode,
      number: newNumber(courtDayOf(work.at)),
      ...stateOf(serviceWorkflow.start),
      createdAt: work.at,
      createdBy: work.actor.accountId,
    },
    { transaction: work.tx },
  );
  for (const [at, { title, source, text, materialId = null, itemId = null, kept }] of parts.entries()) {
    const sealed = text === undefined ? null : sealWord(vault, held, "text", text);
    const row = { serviceId: String(held.id), position: at + 1, title, source, text: sealed, materialId, itemId };
    await ServiceDocument.create({ ...row, ...(kept ?? {}) }, { transaction: work.tx });
  }
  return held;
}

const sourceOf = ({ text, materialId }: Pick<ServiceOrder, "text" | "materialId">): PartSource => {
  if (text !== undefined) return "text";
  return materialId === undefined ? "dossier" : "material";
};

/** What was made for each recipient before the transaction. */
export type Prepared = ReadonlyMap<string, { readonly sealRef: string; readonly kept?: KeptFile }>;

/** Draws the document for every recipient where it is to be sent at once. Throws `service.no_party`, `service.no_document`. */
export async function prepareServices(means: Means, courtCase: CaseRow, order: ServiceOrder): Promise<Prepared> {
  const parties = await listCaseParties(means.database, means.vault, courtCase);
  if (order.recipients.some((partyKey) => !parties.some(({ key }) => key === partyKey)))
    throw problem("service.no_party");
  if ([order.text, order.materialId, order.dossierItemId].filter((one) => one !== undefined).length !== 1)
    throw problem("service.no_document");
  // Closed cases go on only with what closed them.
  if (courtCase.state !== "accepted" && !documentKind(order.documentKind).judgment) throw problem("service.case_over");
  if (order.materialId !== undefined && order.channel === undefined)
    await materialPdf(means, courtCase, order.materialId);
  // One that cannot be served on one of them is said now, not when it is sent.
  if (order.dossierItemId !== undefined && order.channel === undefined)
    for (const partyKey of order.recipients) await casePaper(means, courtCase, order.dossierItemId, partyKey);
  const made = new Map<string, { sealRef: string; kept?: KeptFile }>();
  for (const partyKey of new Set(order.recipients)) {
    const sealRef = newSealRef();
    if (order.channel === undefined) made.set(partyKey, { sealRef });
    else {
      const text = order.text === undefined ? null : sealWord(means.vault, { sealRef }, "text", order.text);
      const part = {
        title: order.title,
        source: sourceOf(order),
        text,
        materialId: order.materialId ?? null,
        itemId: order.dossierItemId ?? null,
      };
      const pdf = await drawPart(means, courtCase, { sealRef, partyKey }, part);
      made.set(partyKey, { sealRef, kept: await keepPdf(means, { sealRef }, pdf) });
    }
  }
  return made;
}

/** One service for each recipient, sent at once where a channel was named. */
export async function createServices(
  work: Work,
  means: Means,
  courtCase: CaseRow,
  { channel, ...order }: ServiceOrder,
  prepared: Prepared,
): Promise<Service[]> {
  const laid: Service[] = [];
  for (const [partyKey, { sealRef, kept }] of prepared) {
    const { documentKind: kind, title, text, materialId, dossierItemId } = order;
    const held = await layService(
      work,
      means.vault,
      courtCase,
      { sealRef, documentKind: kind, title, partyKey, source: null, dueOn: NEVER },
      [
        {
          title,
          source: sourceOf(order),
          ...(text === undefined ? {} : { text }),
          ...(materialId === undefined ? {} : { materialId }),
          ...(dossierItemId === undefined ? {} : { itemId: dossierItemId }),
          ...(kept ? { kept } : {}),
        },
      ],
    );
    if (channel) {
      await beginAttempt(work, means, held, channel);
      await held.update(stateOf(serviceWorkflow.next(held.state, "send", work.actor.role)), { transaction: work.tx });
      await settle(work, means, held);
    }
    laid.push(held);
  }
  return laid;
}
