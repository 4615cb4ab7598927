/** What the desk asks for: documents, channels, and the facts of each channel. The server checks all of it. */
export const documentKinds = [
  ["notice", "通知书"],
  ["evidence_notice", "举证通知书"],
  ["summons", "传票"],
  ["answer_copy", "答辩状副本"],
  ["decision", "决定书"],
  ["ruling", "裁定书"],
  ["quiet_ruling", "保全、先予执行裁定书"],
  ["judgment", "判决书"],
  ["mediation", "调解书"],
  ["other", "其他文书"],
] as const;

export interface FactField {
  name: string;
  label: string;
  type: "day" | "moment" | "text" | "choice" | "check";
  choices?: readonly (readonly [string, string])[];
  hint?: string;
}
const day = (name: string, label: string): FactField => ({ name, label, type: "day" });
const text = (name: string, label: string, hint?: string): FactField => ({
  name,
  label,
  type: "text",
  ...(hint ? { hint } : {}),
});

export const factFields: Readonly<Record<string, readonly FactField[]>> = {
  post: [
    text("trackingNumber", "邮件号码"),
    {
      name: "tracking",
      label: "投递进度",
      type: "choice",
      choices: [
        ["collected", "已收寄"],
        ["in_transit", "运输中"],
        ["delivering", "投递中"],
        ["delivered", "已签收"],
        ["returned", "已退回"],
      ],
    },
    day("signedOn", "签收日期"),
    text("signedBy", "签收人"),
    day("returnedOn", "退回日期"),
    {
      name: "returnReason",
      label: "退回原因",
      type: "choice",
      choices: [
        ["refused", "受送达人或者其代收人拒收"],
        ["wrong_address", "地址不准确"],
        ["moved", "已搬迁，未告知新地址"],
        ["absent", "多次投递无人签收"],
        ["unknown", "查无此人"],
      ],
    },
  ],
  direct: [
    day("signedOn", "签收日期"),
    text("signedBy", "签收人"),
    text("relation", "与受送达人的关系", "本人签收的不填"),
    day("refusedOn", "拒绝签收日期"),
  ],
  leave: [
    day("doneOn", "留置日期"),
    text("place", "留置地点"),
    text("witnesses", "见证人", "基层组织或者所在单位的代表；没有见证人的，须拍照、录像"),
    { name: "recorded", label: "已拍照、录像记录留置过程", type: "check" },
  ],
  transfer: [text("through", "转交单位"), day("signedOn", "签收日期")],
  public_notice: [
    day("lastPublishedOn", "最后张贴或者刊登日期"),
    text("publishedIn", "公告载体", "例如：人民法院公告网"),
    text("reason", "公告原因", "写明下落不明或者其他方式无法送达的经过"),
    { name: "abroad", label: "受送达人在中华人民共和国领域内没有住所（公告期六十日）", type: "check" },
  ],
  email: [
    { name: "arrivedAt", label: "系统显示发送成功的时间", type: "moment" },
    { name: "readAt", label: "阅知时间", type: "moment" },
    { name: "repliedAt", label: "回复收悉时间", type: "moment" },
    { name: "bounced", label: "邮件被退回", type: "check" },
  ],
};

/** The facts as the server takes them: what was left empty is left out. */
export function factsOf(channel: string, form: Readonly<Record<string, string | boolean>>): Record<string, unknown> {
  return Object.fromEntries(
    (factFields[channel] ?? []).flatMap(({ name, type }): [string, unknown][] => {
      const value = form[name];
      if (type === "check") return value === true ? [[name, true]] : [];
      if (typeof value !== "string" || value.trim() === "") return [];
      return [[name, type === "moment" ? `${value}:00+08:00` : value.trim()]];
    }),
  );
}

export const chipOf = ({ state, overdue }: { state: { code: string }; overdue: boolean }): string =>
  overdue || state.code === "failed"
    ? "red"
    : state.code === "contested" || state.code === "pending"
      ? "amber"
      : state.code === "effective"
        ? "green"
        : "blue";
