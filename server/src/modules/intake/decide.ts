import { Problem } from "#core/problem.ts";
import type { Work } from "#core/work.ts";
import { courtParameters, findCourt } from "#modules/court/index.ts";
import {
  acceptFiling,
  courtsBefore,
  type Defect,
  defectKind,
  type Held,
  holdForDecision,
  mediateFiling,
  refuseFiling,
  returnFiling,
  transferFiling,
} from "#modules/filing/index.ts";
import type { Means } from "#modules/module.ts";
import { findCause, isCauseCode, listCaseTypes } from "#modules/reference/index.ts";
import { claimForDecision, demandLease, tell } from "./claim.ts";
import { refusalGround } from "./grounds.ts";
import { IntakeItem } from "./model.ts";
import { compareWithBefore, namesOf } from "./one-shot.ts";
import { problem } from "./problems.ts";
import { recordDecision } from "./record.ts";
import { refreshSeries } from "./series.ts";
import { type Decision, intakeWorkflow } from "./workflow.ts";

/** What a clerk says with a decision. */
export type DecisionInput =
  | { action: "accept"; causeCode: string; caseTypeCode: string; note?: string | undefined }
  | {
      action: "return";
      defects: { code: string; pointer: string; note: string }[];
      dueDays?: number | undefined;
      overrideReason?: string | undefined;
    }
  | { action: "refuse"; groundCode: string; note: string }
  | { action: "transfer"; courtCode: string; note: string }
  | { action: "mediate"; note?: string | undefined };

/** What `case` is asked for on acceptance: a case with its number, in the same work. */
export interface Acceptance {
  readonly held: Held;
  readonly causeCode: string;
  readonly caseTypeCode: string;
}
type OpenCase = (work: Work, means: Means, acceptance: Acceptance) => Promise<{ caseId: string; caseNumber: string }>;
let openCase: OpenCase | null = null;
/** `case` stands above this module and says here how one is opened. */
export function openCasesBy(opener: OpenCase): void {
  openCase = opener;
}

/** Decides an item: guards, the filing's own move with its document, the item's end, one transaction. */
export async function decideItem(
  work: Work,
  means: Means,
  item: IntakeItem,
  fence: number | undefined,
  input: DecisionInput,
): Promise<IntakeItem> {
  await demandLease(work, item, fence);
  const state = intakeWorkflow.next(item.state, input.action, work.actor.role);
  const held = await holdForDecision(work, means, String(item.filingId));
  const decide = deciders[input.action] as (
    work: Work,
    means: Means,
    held: Held,
    input: DecisionInput,
  ) => Promise<void>;
  await decide(work, means, held, input);
  const note = "note" in input && input.note ? means.vault.seal(input.note, boundNote(item)) : null;
  const done = {
    decidedAction: input.action,
    decidedBy: work.actor.accountId,
    decidedAt: work.at,
    decidedNote: note,
  } as const;
  await recordDecision(work, item, {
    action: input.action,
    causeCode: input.action === "accept" ? input.causeCode : held.content.causeCode,
    codes:
      input.action === "return"
        ? input.defects.map(({ code }) => code)
        : input.action === "refuse"
          ? [input.groundCode]
          : [],
  });
  await item.update({ state, ...done, holderId: null, leaseUntil: null, dueOn: null }, { transaction: work.tx });
  if (item.seriesId) await refreshSeries(work, String(item.seriesId));
  await tell(work, item, input.action);
  return item;
}

/** What the note of a decision is sealed to. */
export const boundNote = ({ id }: { id: string }): string => `intake_item ${id} note`;

/** Claims a filing's item for its clerk and decides it in one work; with no decision it stays claimed. For demonstrations. */
export async function decideFiling(
  work: Work,
  means: Means,
  filingId: string,
  input: DecisionInput | null,
): Promise<void> {
  const item = await IntakeItem.findOne({
    where: { filingId },
    transaction: work.tx,
    lock: work.tx.LOCK.UPDATE,
    rejectOnEmpty: true,
  });
  const claimed = await claimForDecision(work, means, item);
  if (input) await decideItem(work, means, claimed, Number(claimed.fence), input);
}

type Deciders = {
  [A in Decision]: (
    work: Work,
    means: Means,
    held: Held,
    input: Extract<DecisionInput, { action: A }>,
  ) => Promise<void>;
};

const deciders: Deciders = {
  async accept(work, means, held, { causeCode, caseTypeCode, note = "" }) {
    if (!isCauseCode(causeCode))
      throw problem("intake.unknown_cause", {
        errors: [{ pointer: "/causeCode", code: "unknown", message: "案由不存在" }],
      });
    if (!listCaseTypes().some(({ code }) => code === caseTypeCode)) {
      throw problem("intake.unknown_case_type", {
        errors: [{ pointer: "/caseTypeCode", code: "unknown", message: "案件类型不存在" }],
      });
    }
    if (!openCase) throw new Error("no module opens cases");
    const opened = await openCase(work, means, { held, causeCode, caseTypeCode });
    await acceptFiling(work, means, held, { ...opened, causeName: findCause(causeCode).name, note });
  },

  /** One round of correction tells everything (行诉法§51, 登记立案规定§7); a second is the supervisor's to order, and says why. */
  async return(work, means, held, { defects, dueDays, overrideReason }) {
    const again = held.filing.round > 1;
    const told = await compareWithBefore(work, means, held, defects.map(describeDefect));
    const { detail, visibleBefore } = namesOf(told);
    if (again && work.actor.role !== "supervisor")
      throw problem("intake.second_return", {
        detail: `一次性告知后再次要求补正，须由立案庭负责人决定并写明理由。${detail}`,
        members: { visibleBefore },
      });
    if (again && !overrideReason)
      throw problem("intake.override_reason", {
        detail: `再次要求补正须写明理由，理由会告知申请人。${detail}`,
        errors: [{ pointer: "/overrideReason", code: "required", message: "请写明再次要求补正的理由" }],
        members: { visibleBefore },
      });
    const { correctionDays } = await courtParameters(held.filing.courtCode);
    await returnFiling(work, means, held, {
      defects: told.map(({ label: _, ...defect }) => defect),
      dueDays: dueDays ?? correctionDays,
      overrideReason: again ? (overrideReason ?? null) : null,
    });
    if (again)
      await work.emit({
        name: "intake.overridden",
        about: `filing:${held.filing.id}`,
        courtCode: held.filing.courtCode,
        filingId: held.filing.id,
        round: held.filing.round,
        codes: told.map(({ code }) => code),
        visibleBefore: told.filter((one) => one.visibleBefore).map(({ code }) => code),
      });
  },

  async refuse(work, means, held, { groundCode, note }) {
    const ground = refusalGround(groundCode);
    if (!ground)
      throw problem("intake.unknown_ground", {
        errors: [{ pointer: "/groundCode", code: "unknown", message: "请从目录中选择事由" }],
      });
    await refuseFiling(work, means, held, ground, note);
  },

  async transfer(work, means, held, { courtCode, note }) {
    if (courtCode === held.filing.courtCode)
      throw problem("intake.court_mismatch", {
        errors: [{ pointer: "/courtCode", code: "same", message: "不能移送给本院" }],
      });
    await findCourt(courtCode).catch((error: unknown) => {
      throw error instanceof Problem
        ? problem("intake.unknown_court", {
            errors: [{ pointer: "/courtCode", code: "unknown", message: "没有这个法院" }],
          })
        : error;
    });
    const before = await courtsBefore({ read: work.query }, held.filing.id);
    if (before.length > 0 && work.actor.role !== "supervisor")
      throw problem("intake.transfer_again", {
        detail: before.includes(courtCode)
          ? "该件由您选择的法院移送而来，不能自行移送回去（民事诉讼法第三十七条）。须由立案庭负责人与对方法院协商或报请上级法院指定管辖后决定。"
          : "该件由其他法院移送而来，不能再自行移送（民事诉讼法第三十七条）。须由立案庭负责人决定。",
        members: { courtsBefore: before },
      });
    await transferFiling(work, means, held, courtCode, note);
  },

  /** Only with consent on record: the wish and the consent to this stage (在线诉讼规则§4, 在线调解规则§5). */
  async mediate(work, means, held, { note = "" }) {
    if (!maySendToMediation(held.content)) throw problem("intake.no_consent");
    await mediateFiling(work, means, held, note);
  },
};

export const maySendToMediation = ({ consents, mediation }: Held["content"]): boolean =>
  consents.mediation === "agree" && mediation.wish === "yes";

export function describeDefect(
  { code, pointer, note }: { code: string; pointer: string; note: string },
  index: number,
): Defect {
  const kind = defectKind(code);
  if (!kind)
    throw problem("intake.unknown_defect", {
      errors: [{ pointer: `/defects/${index}/code`, code: "unknown", message: "请从目录中选择补正事项" }],
    });
  const { title, basis, fix } = kind;
  return { code, title, basis, fix, note, pointer: pointer || kind.pointer };
}
