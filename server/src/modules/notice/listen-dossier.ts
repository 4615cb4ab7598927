import { courtDayOf } from "#core/period.ts";
import { listStaffOf } from "#modules/account/index.ts";
import { findDossierRequest } from "#modules/dossier/index.ts";
import type { Means } from "#modules/module.ts";
import type { TemplateName } from "./catalogue.ts";
import { benchOfCase, idsOf, ofCase, tellEach } from "./of-case.ts";
import type { Hearers, Occasion } from "./tell.ts";

interface Asked {
  readonly requestId: string;
  readonly caseId: string;
  readonly accountId: string;
}

/** Who asked to read hears the answer; the court's people that somebody waits for one. */
export function dossierMessages(means: Means): Hearers {
  async function tellAsker({ caseId, accountId }: Asked, told: Occasion, template: TemplateName, until = "") {
    const { facts } = await ofCase(means, caseId);
    const link = { kind: "dossier", id: caseId };
    await tellEach(means, told, [accountId], template, { facts: { ...facts, dueOn: until }, link });
  }
  async function tellCourt(staff: readonly string[], event: Omit<Asked, "accountId">, told: Occasion, late: boolean) {
    const request = await findDossierRequest(means.database, event.requestId);
    // Answered by now.
    if (request?.state !== "asked") return;
    const { facts } = await ofCase(means, event.caseId);
    const about = { facts: { ...facts, dueOn: momentText(request.dueAt) }, link: { kind: "case", id: event.caseId } };
    await tellEach(means, told, staff, late ? "dossier.request_late" : "dossier.requested", about);
  }
  return {
    "dossier.requested": async (event, told) => tellCourt(await benchOfCase(means, event.caseId), event, told, false),
    "dossier.request_due": async (event, told) =>
      tellCourt(idsOf(await listStaffOf(told.courtCode ?? "", ["supervisor"])), event, told, true),
    "dossier.request_granted": (event, told) =>
      tellAsker(event, told, "dossier.request_granted", momentText(new Date(event.until))),
    "dossier.request_refused": (event, told) => tellAsker(event, told, "dossier.request_refused"),
    "dossier.request_ended": (event, told) => tellAsker(event, told, "dossier.request_ended"),
  };
}

/** `2026-11-30 18:05`, as the court's clock says. */
const momentText = (at: Date): string =>
  `${courtDayOf(at)} ${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(11, 16)}`;
