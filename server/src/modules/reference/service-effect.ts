import { addDays, type Calendar } from "#core/period.ts";
import { computeDeadline } from "./deadlines.ts";
import { courtCalendar } from "./holidays.ts";
import { invalid, Reader } from "./service-input.ts";

export interface ServiceEffect {
  /** The court day on which service takes effect; null when it did not (or when the question is another one). */
  readonly effectiveDate: string | null;
  /** 推定送达: the recipient may still prove that nothing arrived. */
  readonly presumed: boolean;
  readonly basis: string;
  readonly explanation: string;
  readonly timely?: boolean;
  readonly appealDeadlines?: Readonly<Record<string, string>>;
  readonly provisional?: boolean;
}

export type ServiceInput = Readonly<Record<string, unknown>> & { readonly mode: string };

type Judge = (read: Reader, calendar: Calendar) => ServiceEffect;

interface Mode {
  readonly fields: readonly string[];
  readonly judge: Judge;
}

const done = (effectiveDate: string | null, basis: string, explanation: string, presumed = false): ServiceEffect => ({
  effectiveDate,
  presumed,
  basis,
  explanation,
});

const modes: Readonly<Record<string, Mode>> = {
  /** 在线诉讼规则§31第一款第一项, 民诉法解释§135: arrived is served, whether opened or not, working day or not. */
  electronic_confirmed_address: {
    fields: ["system_send_success"],
    judge: (read) =>
      done(
        read.optionalDay("system_send_success"),
        "在线诉讼规则§31(1)；民诉法解释§135",
        "送达到当事人提供或者确认的电子地址，系统显示发送成功之日即为送达之日；没有发送成功的，尚未送达，请改用其他方式。",
      ),
  },
  /** 在线诉讼规则§31第一款第二项: an answer or an act counts at once; a read receipt is presumed service. */
  electronic_unconfirmed_address: {
    fields: ["read_receipt_at", "replied_at"],
    judge(read) {
      const replied = read.optionalDay("replied_at");
      const seen = read.optionalDay("read_receipt_at");
      if (replied !== null)
        return done(
          replied,
          "在线诉讼规则§31(2)1",
          "受送达人回复已收到，或者已按送达内容作出诉讼行为，以该日为送达之日。",
        );
      if (seen !== null)
        return done(
          seen,
          "在线诉讼规则§31(2)2",
          "系统反馈受送达人已阅知，推定该日送达；能证明系统错误、地址非本人使用或者非本人阅知的除外。",
          true,
        );
      return done(null, "在线诉讼规则§31(2)", "地址未经确认，又没有回复或者阅知，不发生送达效力，请改用其他方式送达。");
    },
  },
  /** 在线诉讼规则§31第四款: of several electronic ways the first that took effect. */
  electronic_multi: {
    fields: ["events"],
    judge(read) {
      const earliest = read.events("events").sort()[0] ?? null;
      return done(
        earliest,
        "在线诉讼规则§31(4)",
        earliest === null
          ? "各种电子方式均未有效送达，请改用其他方式。"
          : "使用多种电子方式的，以最先完成有效送达的时间为准。",
      );
    },
  },
  /** 民诉法解释§135第二款: the recipient's proof of the day of arrival prevails over the sender's record. */
  electronic_recipient_proof: {
    fields: ["recipient_proves_arrival", "system_send_success"],
    judge(read) {
      const sent = read.optionalDay("system_send_success");
      const proven = read.optionalDay("recipient_proves_arrival");
      return done(
        proven ?? sent,
        "民诉法解释§135",
        proven === null
          ? "没有相反证明的，以系统显示发送成功的日期为准。"
          : "受送达人证明的到达日期与系统显示不一致的，以其证明的到达日期为准。",
      );
    },
  },
  postal: {
    fields: ["signed_at"],
    judge: (read) =>
      done(
        read.optionalDay("signed_at"),
        "民事诉讼法§91",
        "邮寄送达以回执上注明的收件日期为送达日期；尚未签收的，还没有送达。",
      ),
  },
  postal_returned_fault_of_recipient: {
    fields: ["returned_at"],
    judge: (read) =>
      done(
        read.day("returned_at"),
        "法院专递规定§11",
        "因受送达人提供的地址不准确、拒收等原因退回的，文书退回之日视为送达之日；受送达人能证明自己没有过错的除外。",
      ),
  },
  /** 民事诉讼法§95 (30 days), §283 (60 days abroad); 民诉法解释§140: not in summary or small-claims procedure. */
  public_notice: {
    fields: ["last_published", "procedure"],
    judge(read) {
      const published = read.day("last_published");
      const procedure = read.procedure("procedure");
      if (procedure === "summary")
        return done(
          null,
          "民诉法解释§140",
          "适用简易程序（包括小额诉讼）的案件不适用公告送达，需要公告的请先转为普通程序。",
        );
      const days = procedure === "foreign" ? 60 : 30;
      return done(
        addDays(published, days),
        procedure === "foreign" ? "民事诉讼法§283" : "民事诉讼法§95；民诉法解释§138",
        `自最后张贴或者刊登之日起满 ${days} 日，视为送达。`,
      );
    },
  },
  leave_at_domicile: {
    fields: ["done_at"],
    judge: (read) =>
      done(
        read.day("done_at"),
        "民事诉讼法§89",
        "留置送达以留置当日为送达之日；须有见证人或者拍照、录像记录，调解书不适用留置送达。",
      ),
  },
  direct: {
    fields: ["signed_at"],
    judge: (read) =>
      done(read.optionalDay("signed_at"), "民事诉讼法§87、§88", "直接送达以受送达人在送达回证上签收的日期为送达日期。"),
  },
  transferred: {
    fields: ["signed_at"],
    judge: (read) =>
      done(read.optionalDay("signed_at"), "民事诉讼法§92–§94", "转交送达以受送达人在送达回证上签收的日期为送达日期。"),
  },
  /** 民事诉讼法§85第四款: time on the way does not count; handed to the post in time is in time. */
  mailed_filing: {
    fields: ["deadline", "posted_at", "timely"],
    judge(read) {
      const timely = read.day("posted_at") <= read.day("deadline");
      const explanation = timely
        ? "期满前已交邮，以邮戳为准，不算过期。"
        : "交邮时期限已经届满；有正当理由的，可在障碍消除后十日内申请顺延。";
      return { ...done(null, timely ? "民事诉讼法§85第四款" : "民事诉讼法§85第四款、§86", explanation), timely };
    },
  },
  /** 民诉法解释§244: each party's time to appeal runs from its own service; the judgment takes effect after the last. */
  both_parties_different_dates: {
    fields: ["appeal_deadlines", "judgment_served"],
    judge(read, calendar) {
      const served = read.days("judgment_served");
      const deadlines = [...served].map(
        ([party, day]) => [party, computeDeadline({ rule: "上诉期-判决", eventDate: day }, calendar)] as const,
      );
      return {
        ...done(
          null,
          "民诉法解释§244；民事诉讼法§171",
          "各方的上诉期从各自收到判决书的次日起分别计算；最后一方的上诉期届满而无人上诉的，判决生效。",
        ),
        appealDeadlines: Object.fromEntries(deadlines.map(([party, deadline]) => [party, deadline.lastDay])),
        provisional: deadlines.some(([, deadline]) => deadline.provisional),
      };
    },
  },
};

/** Whether and when service took effect (rules §5.4, §5.5). `input` names the mode and what happened. Throws `service_effect.invalid`. */
export function computeServiceEffect(input: ServiceInput, calendar: Calendar = courtCalendar): ServiceEffect {
  const mode = Object.hasOwn(modes, input.mode) ? modes[input.mode] : undefined;
  if (mode === undefined)
    throw invalid([{ pointer: "/input/mode", code: "unknown", message: "没有这种送达方式，请重新选择" }]);
  const extra = Object.keys(input).filter((field) => field !== "mode" && !mode.fields.includes(field));
  if (extra.length > 0)
    throw invalid(
      extra.map((field) => ({
        pointer: `/input/${field.slice(0, 60)}`,
        code: "unknown",
        message: "这种送达方式没有此项，请删除",
      })),
    );
  try {
    return mode.judge(new Reader(input), calendar);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalid([{ pointer: "/input", code: "range", message: "日期超出了可计算的年份，请核对" }]);
  }
}

export function listServiceModes(): string[] {
  return Object.keys(modes);
}
