export type Ending =
  | "draft"
  | "submitted"
  | "under_review"
  | "correction_required"
  | "resubmitted"
  | "accepted"
  | "refused"
  | "transferred"
  | "in_mediation"
  | "withdrawn"
  | "lapsed";

export interface Story {
  readonly plaintiff: string;
  readonly defendant: string;
  readonly cause: string;
  readonly claim: string;
  readonly facts: string;
  /** null where nothing is to be paid. */
  readonly amountFen: number | null;
  readonly courtCode: string;
  /** How many days ago it was handed in. */
  readonly daysAgo: number;
  readonly ending: Ending;
  /** What became of the fee of an accepted one; nothing yet where left out. */
  readonly fee?: "paid" | "relief";
}

const loan = (amount: string, since: string) => ({
  cause: "CIV2025:108(3)",
  claim: `请求判令被告归还借款本金${amount}元及利息`,
  facts: `${since}，被告以资金周转为由向原告借款${amount}元，原告当日通过银行转账交付，被告出具借条，约定一年内归还。到期后原告多次催要，被告以各种理由拖延，至今未还。`,
});
const property = (months: number) => ({
  cause: "CIV2025:126",
  claim: "请求判令被告支付拖欠的物业费及违约金",
  facts: `原告为被告所住小区提供物业服务，双方签有物业服务合同。被告自入住后拖欠物业费${months}个月，经书面催缴仍未交纳。`,
});
const sale = {
  cause: "CIV2025:88",
  claim: "请求判令被告支付货款并承担逾期付款损失",
  facts:
    "双方签订买卖合同，原告按约交付货物并经被告签收，被告支付部分货款后，余款逾期至今未付，多次对账均确认欠款数额。",
};
const divorce = {
  cause: "CIV2025:14",
  claim: "请求判令原告与被告离婚，婚生子由原告直接抚养",
  facts: "双方婚后因性格不合经常争吵，自两年前起分居至今，感情确已破裂。婚生子一直随原告生活。",
};
const wages = {
  cause: "CIV2025:205",
  claim: "请求判令被告支付拖欠的劳动报酬",
  facts: "原告在被告处从事保安工作，双方签有劳动合同。被告自去年下半年起拖欠工资，经劳动仲裁裁决后仍未支付。",
};
const traffic = {
  cause: "CIV2025:411",
  claim: "请求判令被告赔偿医疗费、误工费、护理费等损失",
  facts: "被告驾驶机动车与骑电动车的原告相撞，致原告受伤住院。交警部门认定被告负事故全部责任。",
};

const J = "鲁0102";
/** Filings in every state, in five provinces. */
export const STORIES: readonly Story[] = [
  {
    plaintiff: "王芳",
    defendant: "李强",
    ...loan("50000", "2025年3月5日"),
    amountFen: 5_000_000,
    courtCode: J,
    daysAgo: 0,
    ending: "draft",
  },
  {
    plaintiff: "刘洋",
    defendant: "张伟",
    ...loan("80000", "2024年11月2日"),
    amountFen: 8_000_000,
    courtCode: J,
    daysAgo: 6,
    ending: "submitted",
  },
  {
    plaintiff: "陈静",
    defendant: "杨帆",
    ...loan("30000", "2025年1月18日"),
    amountFen: 3_000_000,
    courtCode: J,
    daysAgo: 5,
    ending: "submitted",
  },
  {
    plaintiff: "赵磊",
    defendant: "黄涛",
    ...sale,
    amountFen: 26_500_000,
    courtCode: J,
    daysAgo: 4,
    ending: "submitted",
  },
  { plaintiff: "周婷", defendant: "吴刚", ...divorce, amountFen: null, courtCode: J, daysAgo: 3, ending: "submitted" },
  {
    plaintiff: "徐丽",
    defendant: "孙浩",
    ...traffic,
    amountFen: 12_876_540,
    courtCode: J,
    daysAgo: 3,
    ending: "submitted",
  },
  {
    plaintiff: "马超",
    defendant: "朱峰",
    ...wages,
    amountFen: 4_200_000,
    courtCode: J,
    daysAgo: 2,
    ending: "submitted",
  },
  {
    plaintiff: "胡萍",
    defendant: "郭亮",
    ...property(18),
    amountFen: 614_250,
    courtCode: J,
    daysAgo: 2,
    ending: "submitted",
  },
  {
    plaintiff: "高敏",
    defendant: "郭亮",
    ...property(14),
    amountFen: 477_750,
    courtCode: J,
    daysAgo: 1,
    ending: "submitted",
  },
  {
    plaintiff: "林峰",
    defendant: "罗军",
    ...loan("120000", "2025年5月9日"),
    amountFen: 12_000_000,
    courtCode: J,
    daysAgo: 1,
    ending: "submitted",
  },
  {
    plaintiff: "何雪",
    defendant: "梁波",
    ...loan("20000", "2025年6月1日"),
    amountFen: 2_000_000,
    courtCode: J,
    daysAgo: 3,
    ending: "under_review",
  },
  {
    plaintiff: "宋佳",
    defendant: "郑凯",
    ...loan("65000", "2025年2月14日"),
    amountFen: 6_500_000,
    courtCode: J,
    daysAgo: 4,
    ending: "correction_required",
  },
  {
    plaintiff: "谢丹",
    defendant: "韩磊",
    ...sale,
    amountFen: 9_860_000,
    courtCode: J,
    daysAgo: 8,
    ending: "resubmitted",
  },
  {
    plaintiff: "唐敏",
    defendant: "冯勇",
    ...loan("45000", "2024年12月20日"),
    amountFen: 4_500_000,
    courtCode: J,
    daysAgo: 7,
    ending: "accepted",
    fee: "paid",
  },
  {
    plaintiff: "许琳",
    defendant: "曹明",
    ...traffic,
    amountFen: 7_350_000,
    courtCode: J,
    daysAgo: 6,
    ending: "accepted",
    fee: "relief",
  },
  {
    plaintiff: "邓超然",
    defendant: "彭飞",
    ...loan("15000", "2025年4月4日"),
    amountFen: 1_500_000,
    courtCode: J,
    daysAgo: 9,
    ending: "refused",
  },
  {
    plaintiff: "曾慧",
    defendant: "萧然",
    ...sale,
    amountFen: 5_480_000,
    courtCode: J,
    daysAgo: 5,
    ending: "transferred",
  },
  {
    plaintiff: "田甜",
    defendant: "董建",
    ...property(9),
    amountFen: 307_125,
    courtCode: J,
    daysAgo: 5,
    ending: "in_mediation",
  },
  {
    plaintiff: "潘虹",
    defendant: "袁立",
    ...loan("10000", "2025年7月7日"),
    amountFen: 1_000_000,
    courtCode: J,
    daysAgo: 4,
    ending: "withdrawn",
  },
  {
    plaintiff: "蔡文",
    defendant: "于海",
    ...loan("38000", "2024年8月8日"),
    amountFen: 3_800_000,
    courtCode: J,
    daysAgo: 30,
    ending: "lapsed",
  },
  {
    plaintiff: "关雪",
    defendant: "佟大山",
    ...loan("60000", "2025年1月1日"),
    amountFen: 6_000_000,
    courtCode: "黑0103",
    daysAgo: 2,
    ending: "submitted",
  },
  {
    plaintiff: "才旦卓玛",
    defendant: "索南",
    ...loan("25000", "2025年3月1日"),
    amountFen: 2_500_000,
    courtCode: "青2802",
    daysAgo: 2,
    ending: "submitted",
  },
  {
    plaintiff: "泽仁旺姆",
    defendant: "格桑",
    ...sale,
    amountFen: 3_360_000,
    courtCode: "川3301",
    daysAgo: 1,
    ending: "submitted",
  },
  {
    plaintiff: "梁嘉欣",
    defendant: "陈志豪",
    ...wages,
    amountFen: 5_150_000,
    courtCode: "粤0118",
    daysAgo: 2,
    ending: "accepted",
  },
];
