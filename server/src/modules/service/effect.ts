import { courtDayOf } from "#core/period.ts";
import { computeServiceEffect, type ServiceEffect, type ServiceInput } from "#modules/reference/index.ts";
import type { AllFacts } from "./facts.ts";
import { type Channel, channelKind } from "./kinds.ts";

/** What is known of one way that was tried. */
export interface Known {
  readonly id: string;
  readonly channel: Channel;
  readonly confirmed: boolean;
  readonly arrivedAt: Date | null;
  readonly readAt: Date | null;
  readonly repliedAt: Date | null;
  readonly facts: AllFacts;
  readonly over: boolean;
  readonly ruled: boolean;
  readonly ruledOn: string | null;
}

export interface Effect extends ServiceEffect {
  /** The way that gave the day; null where none did. */
  readonly attemptId: string | null;
}

const NONE: ServiceEffect = { effectiveDate: null, presumed: false, basis: "", explanation: "" };
const dayOf = (at: Date | null): string | null => (at === null ? null : courtDayOf(at));

/**
 * Whether and when one way took effect. The room itself decides nothing of it: what happened is said in the calculator's words
 * (rules §5.4, §5.5); a decision on a contest replaces the day that was contested, or takes the whole way away.
 */
export function effectOfAttempt(known: Known, procedure: string | null): ServiceEffect {
  if (known.ruled && known.ruledOn === null)
    return {
      ...NONE,
      basis: "在线诉讼规则§31",
      explanation: "经审查，受送达人关于没有收到的异议成立，这一次不发生送达效力，请改用其他方式。",
    };
  const input = inputOf(known, procedure);
  return input === null ? NONE : computeServiceEffect(input);
}

function inputOf(
  { channel, confirmed, ruledOn, facts, ...known }: Known,
  procedure: string | null,
): ServiceInput | null {
  const ruled = known.ruled ? ruledOn : null;
  switch (channel) {
    case "inapp":
    case "email":
      if (facts.bounced) return null;
      if (ruled !== null)
        return {
          mode: "electronic_recipient_proof",
          recipient_proves_arrival: ruled,
          system_send_success: dayOf(known.arrivedAt),
        };
      return confirmed
        ? { mode: "electronic_confirmed_address", system_send_success: dayOf(known.arrivedAt) }
        : {
            mode: "electronic_unconfirmed_address",
            replied_at: dayOf(known.repliedAt),
            read_receipt_at: dayOf(known.readAt),
          };
    case "post":
      if (ruled !== null || facts.signedOn) return { mode: "postal", signed_at: ruled ?? facts.signedOn };
      // 法院专递规定§11: only what lies with the recipient makes a returned letter served.
      if (facts.returnedOn && isRecipients(facts, confirmed))
        return { mode: "postal_returned_fault_of_recipient", returned_at: facts.returnedOn };
      return null;
    case "direct":
      return ruled !== null || facts.signedOn ? { mode: "direct", signed_at: ruled ?? facts.signedOn } : null;
    case "transfer":
      return ruled !== null || facts.signedOn ? { mode: "transferred", signed_at: ruled ?? facts.signedOn } : null;
    case "leave":
      return ruled !== null || facts.doneOn ? { mode: "leave_at_domicile", done_at: ruled ?? facts.doneOn } : null;
    case "public_notice":
      return facts.lastPublishedOn
        ? {
            mode: "public_notice",
            last_published: facts.lastPublishedOn,
            procedure:
              procedure === "summary" || procedure === "small" ? "summary" : facts.abroad ? "foreign" : "ordinary",
          }
        : null;
  }
}

/** Refused; or sent to an address that the recipient had given and that was wrong, or left without a word. */
export const isRecipients = ({ returnReason }: AllFacts, confirmed: boolean): boolean =>
  returnReason === "refused" || (confirmed && (returnReason === "wrong_address" || returnReason === "moved"));

/** Of all ways the earliest that took effect; of the same day one that is not merely presumed (在线诉讼规则§31第四款). */
export function effectOf(all: readonly Known[], procedure: string | null): Effect {
  const found = all
    .map((known) => ({ known, effect: effectOfAttempt(known, procedure) }))
    .filter(({ effect }) => effect.effectiveDate !== null)
    .sort(
      (a, b) =>
        String(a.effect.effectiveDate).localeCompare(String(b.effect.effectiveDate)) ||
        Number(a.effect.presumed) - Number(b.effect.presumed),
    );
  const [first] = found;
  if (!first) return { ...NONE, attemptId: null };
  const electronic = found.filter(({ known }) => channelKind(known.channel).electronic);
  const chosen = { ...first.effect, attemptId: first.known.id };
  if (electronic.length < 2 || !electronic.includes(first)) return chosen;
  const several = computeServiceEffect({
    mode: "electronic_multi",
    events: electronic.map(({ known, effect }) => ({ ch: known.channel, effective: effect.effectiveDate })),
  });
  return { ...chosen, effectiveDate: several.effectiveDate, basis: `${first.effect.basis}；${several.basis}` };
}

/** Nothing more can come of this way: what failed, or was ruled not to have arrived. */
export function isOver(known: Known, procedure: string | null): boolean {
  const { channel, facts, over, ruled, ruledOn } = known;
  if (over || (ruled && ruledOn === null) || facts.bounced) return true;
  if (effectOfAttempt(known, procedure).effectiveDate !== null) return false;
  return (
    (channel === "post" && facts.returnedOn !== undefined) || (channel === "direct" && facts.refusedOn !== undefined)
  );
}
