import type { Work } from "#core/work.ts";
import { courtParameters, findCourt } from "#modules/court/index.ts";
import {
  acceptanceNotice,
  correctionDueOn,
  correctionNotice,
  type DocumentText,
  type Held,
  mediationDueOn,
  mediationNotice,
  refusalRuling,
  transferNotice,
} from "#modules/filing/index.ts";
import type { Means } from "#modules/module.ts";
import { findCause } from "#modules/reference/index.ts";
import { type DecisionInput, describeDefect } from "./decide.ts";
import { refusalGround } from "./grounds.ts";
import { compareWithBefore } from "./one-shot.ts";
import { problem } from "./problems.ts";
import type { Decision } from "./workflow.ts";

type Previews = {
  [A in Decision]: (
    held: Held,
    input: Extract<DecisionInput, { action: A }>,
    work: Work,
    means: Means,
  ) => Promise<DocumentText>;
};

/** Only the number is not known before the decision: it is the next one at that moment. */
const NUMBER_TO_COME = "（案号在立案时编定）";

const previews: Previews = {
  accept: async ({ facts }, { causeCode, note = "" }) =>
    acceptanceNotice({ ...facts, causeName: findCause(causeCode).name }, NUMBER_TO_COME, note),

  async return(held, { defects, dueDays, overrideReason }, work, means) {
    const { filing, facts } = held;
    const { correctionDays } = await courtParameters(filing.courtCode);
    const dueOn = correctionDueOn(facts.today, dueDays ?? correctionDays);
    return correctionNotice(
      facts,
      await compareWithBefore(work, means, held, defects.map(describeDefect)),
      dueOn,
      filing.round > 1 ? (overrideReason ?? null) : null,
    );
  },

  async refuse({ facts }, { groundCode, note }) {
    const ground = refusalGround(groundCode);
    if (!ground) throw problem("intake.unknown_ground");
    return refusalRuling(facts, ground, note);
  },

  transfer: async ({ facts }, { courtCode, note }) => transferNotice(facts, await findCourt(courtCode), note),

  mediate: async ({ facts }, { note = "" }) => mediationNotice(facts, mediationDueOn(facts.today), note),
};

/** The document that a decision would send, by the same texts as the decision itself; nothing is decided. */
export function previewDecision(work: Work, means: Means, held: Held, input: DecisionInput): Promise<DocumentText> {
  const preview = previews[input.action] as (
    held: Held,
    input: DecisionInput,
    work: Work,
    means: Means,
  ) => Promise<DocumentText>;
  return preview(held, input, work, means);
}
