export interface ServiceMode {
  mode: string;
  label: string;
  basis: string;
  /** The day that is asked for, by its field. */
  field: string;
  asks: string;
}

/** How a notice can have reached the payer, and which day counts. The server computes the effect. */
export const serviceModes: ServiceMode[] = [
  { mode: "direct", label: "直接送达", basis: "民事诉讼法§87、§88", field: "signed_at", asks: "送达回证上的签收日期" },
  { mode: "postal", label: "邮寄送达", basis: "民事诉讼法§91", field: "signed_at", asks: "回执上的收件日期" },
  {
    mode: "postal_returned_fault_of_recipient",
    label: "邮件退回（受送达人原因）",
    basis: "法院专递规定§11",
    field: "returned_at",
    asks: "文书退回之日",
  },
  { mode: "leave_at_domicile", label: "留置送达", basis: "民事诉讼法§89", field: "done_at", asks: "留置当日" },
  {
    mode: "electronic_confirmed_address",
    label: "电子送达（确认过的地址）",
    basis: "在线诉讼规则§31(1)",
    field: "system_send_success",
    asks: "系统显示发送成功之日",
  },
  {
    mode: "electronic_unconfirmed_address",
    label: "电子送达（未确认的地址）",
    basis: "在线诉讼规则§31(2)",
    field: "replied_at",
    asks: "当事人回复收到之日",
  },
  {
    mode: "transferred",
    label: "转交送达",
    basis: "民事诉讼法§92–§94",
    field: "signed_at",
    asks: "送达回证上的签收日期",
  },
  {
    mode: "public_notice",
    label: "公告送达",
    basis: "民事诉讼法§95",
    field: "last_published",
    asks: "最后张贴或者刊登之日",
  },
];

/** The input of the service calculator for one mode and its day. */
export function serviceInput(mode: ServiceMode, day: string, procedure: string): Record<string, string> {
  const input: Record<string, string> = { mode: mode.mode, [mode.field]: day };
  if (mode.mode === "public_notice") input["procedure"] = procedure;
  return input;
}

/** Today as a court day. */
export function courtDay(now: number): string {
  return new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
}
