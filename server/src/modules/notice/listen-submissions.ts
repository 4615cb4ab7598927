import { listStaffOf } from "#modules/account/index.ts";
import { SIDES } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { labelOfSubmission, type SubmissionKind, termsOfSubmission } from "#modules/submission/index.ts";
import type { TemplateName } from "./catalogue.ts";
import { accountsOf, benchOfCase, idsOf, ofCase, tellEach } from "./of-case.ts";
import type { Hearers, Occasion } from "./tell.ts";

interface Submitted {
  readonly submissionId: string;
  readonly caseId: string;
  readonly partyKey: string;
  readonly kind: string;
  readonly application: string | null;
}

/** What both sides hear of what is handed in and answered in a running case, and the court's people of what waits. */
export function submissionMessages(means: Means): Hearers {
  async function of({ submissionId, caseId, partyKey, kind, application }: Submitted) {
    const { facts, people } = await ofCase(means, caseId);
    const own = people.filter((one) => one.partyKey === partyKey);
    const mine = new Set(accountsOf(own));
    const side = SIDES[own[0]?.side ?? ""] ?? "当事人";
    return {
      own: [...mine],
      others: accountsOf(people).filter((id) => !mine.has(id)),
      facts: { ...facts, side, documents: labelOfSubmission(kind as SubmissionKind, application) },
      link: { kind: "submission", id: submissionId },
    };
  }
  async function tellSide(whose: "own" | "others", event: Submitted, told: Occasion, template: TemplateName) {
    const about = await of(event);
    await tellEach(means, told, about[whose], template, about);
  }
  async function tellCourt(event: Submitted, told: Occasion): Promise<void> {
    const { facts } = await of(event);
    const { queue } = termsOfSubmission(event.kind as SubmissionKind, event.application);
    const staff =
      queue === "supervisor"
        ? idsOf(await listStaffOf(told.courtCode ?? "", ["supervisor"]))
        : await benchOfCase(means, event.caseId);
    await tellEach(means, told, staff, "submission.waiting", { facts, link: { kind: "case", id: event.caseId } });
  }
  async function decided(
    event: Submitted & { readonly open: boolean },
    told: Occasion,
    template: TemplateName,
  ): Promise<void> {
    await tellSide("own", event, told, template);
    // 保全 and the like: the other side learns of it when the court tells them (审判流程公开规定§8).
    if (event.open) await tellSide("others", event, told, "submission.decided");
  }
  return {
    async "submission.submitted"(event, told) {
      await tellCourt(event, told);
      // What waits for the common exchange is its own side's business (在线诉讼规则§14).
      if (event.open) await tellSide("others", event, told, "submission.filed");
    },
    async "submission.received"(event, told) {
      await tellSide("own", event, told, "submission.received");
      if (event.opened) await tellSide("others", event, told, "submission.opened");
    },
    "submission.returned": (event, told) => tellSide("own", event, told, "submission.returned"),
    "submission.granted": (event, told) => decided(event, told, "submission.granted"),
    "submission.refused": (event, told) => decided(event, told, "submission.refused"),
    "submission.disclosed": (event, told) => tellSide("others", event, told, "submission.opened"),
    async "submission.withdrawn"(event, told) {
      if (event.wasOpen) await tellSide("others", event, told, "submission.withdrawn");
    },
  };
}
