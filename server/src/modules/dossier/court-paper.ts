import { randomUUID } from "node:crypto";
import type { Actor } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import { findCaseRow, holdCaseFor } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { renderPdf } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { enterKept, type Kept, keep } from "./enter.ts";
import { problem } from "./problems.ts";
import type { Section } from "./sections.ts";

/** What the court itself puts into the 正卷: minutes, notices, what was formed on paper. */
export interface ByCourt {
  readonly section: Section;
  readonly title: string;
  readonly text: string;
  readonly formedOn: string;
}

/** Printed before the work begins. Throws `document.unprintable`. */
export async function printByCourt(
  means: Means,
  actor: Actor,
  caseId: string,
  { title, text }: ByCourt,
): Promise<Kept> {
  const { courtCode, number } = await findCaseRow(means.database, actor, caseId);
  const paper = { courtName: await nameOfCourt(courtCode), title, number, text };
  const pdf = await renderPdf("court-paper", paper, means.clock.now());
  return keep(means, { origin: "court", part: "", from: { print: async () => pdf } });
}

export async function enterByCourt(
  work: Work,
  means: Means,
  caseId: string,
  { section, title, formedOn }: ByCourt,
  kept: Kept,
): Promise<string> {
  const { courtCode } = await holdCaseFor(work, caseId);
  const head = { caseId, courtCode, origin: "court", part: randomUUID(), side: null, partyKey: null, open: true };
  const id = await enterKept(work, means, { ...head, section, title, formedOn }, kept);
  if (id === null) throw problem("dossier.no_file");
  return id;
}
