import { filled, type Rule, when } from "./rule.ts";

/** The court, and filings made before. */
export const courtRules: readonly Rule[] = [
  {
    code: "court.closed",
    severity: "block",
    basis: "人民法院在线运行规则第五条",
    find: ({ court }) =>
      when(!court.open, "/courtCode", `${court.name}尚未开通网上立案`, "请选择其他有管辖权的法院，或到该院窗口立案。"),
  },
  {
    code: "court.level_doubtful",
    severity: "warn",
    basis: "民事诉讼法第十八条、第十九条；法发〔2021〕27号",
    find: ({ court, content }) =>
      when(
        court.level === "基层" && (content.amountFen ?? 0) >= 50_000_000_000,
        "/courtCode",
        "标的额在 5 亿元以上，一般由中级人民法院管辖",
        "请核对标的总额，或改选中级人民法院。",
      ),
  },
  {
    code: "court.level_high",
    severity: "warn",
    basis: "民事诉讼法第十八条；法发〔2021〕27号",
    find: ({ court, content }) =>
      when(
        ["最高", "高级", "中级"].includes(court.level) &&
          content.amountFen !== null &&
          content.amountFen < 10_000_000_000,
        "/courtCode",
        "这个标的额一般由基层人民法院管辖",
        "请核对法院；法律另有规定的可以保留。",
      ),
  },
  {
    code: "court.not_the_defendants",
    severity: "hint",
    basis: "民事诉讼法第二十二条、第二十四条",
    find: ({ court, content, cause }) => {
      const place = court.name.replace(/人民法院$/, "").replace(/^.*?[省市州区](?=.+[市区县旗])/, "");
      const addresses = content.parties
        .flatMap(({ address, habitualAddress, side }) => (side === "third_party" ? [] : [address, habitualAddress]))
        .filter(filled);
      const near = addresses.some((address) => address.includes(place));
      return when(
        cause !== null && place.length >= 2 && addresses.length > 0 && !near,
        "/courtCode",
        `双方住所似乎都不在${court.name}辖区`,
        "一般由被告住所地法院管辖；合同纠纷还可以是合同履行地。选择有依据的可以保留。",
      );
    },
  },
  {
    code: "filing.duplicate",
    severity: "warn",
    basis: "民诉法解释第二百四十七条；民事诉讼法第一百二十七条第五项",
    find: ({ duplicates }) =>
      duplicates.slice(0, 3).map((receipt) => ({
        pointer: "",
        message: `同样的当事人和案由已有一件申请（${receipt}）`,
        fix: "请确认不是重复起诉；需要补充的，请在原申请中补正或撤回原申请。",
      })),
  },
];
