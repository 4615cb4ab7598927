import { randomUUID } from "node:crypto";
import type { Actor } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import { findCaseRow, holdCaseFor, sidesInCase } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { renderPdf } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { enterKept, type Kept, keep } from "./enter.ts";
import { type Paper, paperUnder } from "./papers.ts";
import { problem } from "./problems.ts";
import { bindScans, retireScans } from "./scans.ts";
import type { Section } from "./sections.ts";

/** What the bench writes, or has scanned: one of the two. */
export interface Content {
  readonly title: string;
  readonly formedOn: string;
  readonly text?: string | undefined;
  readonly scans?: readonly string[] | undefined;
}
/** What the court itself puts into the 正卷: minutes, notices, what was formed on paper. */
export interface ByCourt extends Content {
  readonly section: Section;
  readonly paper?: Paper | undefined;
  /** Whose paper it is; the court's where nobody is named. */
  readonly partyKey?: string | undefined;
}

/** Printed or bound before the work begins; null where the scans were entered before. Throws `document.unprintable`. */
export async function layDown(means: Means, actor: Actor, caseId: string, entry: ByCourt): Promise<Kept | null> {
  const { courtCode, number } = await findCaseRow(means.database, actor, caseId);
  const { title, text = "", scans } = entry;
  const bound = scans ? await bindScans(means, "dossier_scan", caseId, scans) : null;
  if (scans && !bound) return null;
  const print = async () =>
    bound?.pdf ??
    renderPdf("court-paper", { courtName: await nameOfCourt(courtCode), title, number, text }, means.clock.now());
  const kept = await keep(means, { origin: "court", part: "", from: { print } });
  return bound?.photographs ? { ...kept, words: "picture" } : kept;
}

/** Throws `dossier.scan_gone`; `dossier.not_found` where the case has no such party. */
export async function enterByCourt(
  work: Work,
  means: Means,
  caseId: string,
  { section, title, formedOn, partyKey, scans, ...said }: ByCourt,
  kept: Kept | null,
): Promise<string> {
  if (kept === null) throw problem("dossier.scan_gone");
  const { courtCode } = await holdCaseFor(work, caseId);
  if (scans) await retireScans(work, scans);
  const side = partyKey === undefined ? null : (await sidesInCase(work, caseId)).get(partyKey);
  if (side === undefined) throw problem("dossier.not_found");
  const paper = paperUnder(section, said.paper);
  // Numbers and portraits of a person stay with them and the court (个人信息保护法§6).
  const open = section !== "identity" || paper === "mandate";
  const head = { caseId, courtCode, origin: "court", part: randomUUID(), side, partyKey: partyKey ?? null, open };
  const id = await enterKept(work, means, { ...head, section, paper, title, formedOn }, kept);
  if (id === null) throw problem("dossier.no_file");
  return id;
}
