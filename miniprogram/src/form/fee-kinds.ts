/** A kind of fee people ask for; `amountName` is how POST /fees/quote calls its amount. */
export interface FeeKind {
  value: string;
  label: string;
  note?: string;
  amountName?: string;
  amountLabel?: string;
  fixed?: Record<string, unknown>;
}

export const FEE_KINDS: readonly FeeKind[] = [
  {
    value: "property_first_instance",
    label: "要钱的官司",
    note: "借款、买卖、工程款、赔钱等财产案件",
    amountName: "claim_amount",
    amountLabel: "一共要求多少钱",
  },
  {
    value: "property_summary_procedure",
    label: "要钱的官司（简易程序）",
    note: "事情清楚、争议不大，收一半",
    amountName: "claim_amount",
    amountLabel: "一共要求多少钱",
    fixed: { summary: true },
  },
  {
    value: "divorce",
    label: "离婚",
    note: "财产总额 20 万元以内不另收",
    amountName: "property_total",
    amountLabel: "要分的财产一共多少钱（不分财产写 0）",
  },
  { value: "labor", label: "劳动争议", note: "拖欠工资、工伤待遇等，每件 10 元" },
  {
    value: "personality_rights",
    label: "名誉、肖像、身体受伤等",
    note: "侵害人格权",
    amountName: "damages",
    amountLabel: "要求赔多少钱",
  },
  { value: "other_non_property", label: "其他不涉及钱的" },
  {
    value: "execution",
    label: "申请强制执行",
    note: "执行后由被执行人交，不用先垫",
    amountName: "amount",
    amountLabel: "要执行多少钱",
  },
  {
    value: "preservation",
    label: "申请财产保全",
    note: "先查封、冻结对方财产",
    amountName: "amount",
    amountLabel: "要保全多少钱",
  },
  { value: "payment_order", label: "申请支付令", amountName: "amount", amountLabel: "欠款多少钱" },
];
