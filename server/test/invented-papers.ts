import { capitalYuan } from "#core/capital-yuan.ts";
import type { IdentityBack, IdentityFront, Licence, Note } from "./paper-pictures.ts";

/** People, firms and loans that do not exist, drawn by a seeded `random`. */
type Random = () => number;
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const between = (random: Random, low: number, high: number) => low + Math.floor(random() * (high - low + 1));
const two = (value: number) => String(value).padStart(2, "0");

const SURNAMES =
  "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 欧阳 司马".split(" ");
const GIVEN =
  "伟 芳 娜 秀英 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀兰 霞 平 刚 桂英 建国 志强 文静 雪梅 子轩 思雨 国栋 海燕 晓东".split(
    " ",
  );
const PLACES = [
  ["330106", "浙江省杭州市西湖区", "杭州市公安局西湖分局"],
  ["110108", "北京市海淀区", "北京市公安局海淀分局"],
  ["440305", "广东省深圳市南山区", "深圳市公安局南山分局"],
  ["320508", "江苏省苏州市姑苏区", "苏州市公安局姑苏分局"],
  ["510107", "四川省成都市武侯区", "成都市公安局武侯区分局"],
  ["370203", "山东省青岛市市北区", "青岛市公安局市北分局"],
] as const;
const ROADS = ["文三路", "中山北路", "人民东路", "学院南路", "解放街", "建设大道", "长江西路", "和平里"];
const ETHNICITIES = ["汉", "汉", "汉", "汉", "回", "满", "壮", "苗", "土家", "维吾尔", "朝鲜"];
const TRADES = ["科技", "贸易", "建筑工程", "餐饮管理", "物流", "信息技术", "机械设备", "文化传播"];
const TYPES = [
  "有限责任公司（自然人投资或控股）",
  "有限责任公司",
  "其他股份有限公司（非上市）",
  "有限责任公司（自然人独资）",
];

export const inventedName = (random: Random): string => pick(random, SURNAMES) + pick(random, GIVEN);

export function inventedFront(random: Random): IdentityFront {
  const [region, place] = pick(random, PLACES);
  const birth = `${between(random, 1955, 2004)}-${two(between(random, 1, 12))}-${two(between(random, 1, 28))}`;
  const order = between(random, 100, 999);
  const road = `${place}${pick(random, ROADS)}${between(random, 2, 998)}号`;
  return {
    name: inventedName(random),
    sex: order % 2 === 1 ? "男" : "女",
    ethnicity: pick(random, ETHNICITIES),
    birth,
    address:
      random() < 0.7
        ? `${road}${between(random, 1, 38)}幢${between(random, 1, 4)}单元${between(random, 1, 30)}0${between(random, 1, 4)}室`
        : road,
    number: withCheckDigit(`${region}${birth.replaceAll("-", "")}${order}`),
  };
}

export function inventedBack(random: Random): IdentityBack {
  const [, , issuer] = pick(random, PLACES);
  const day = `${two(between(random, 1, 12))}-${two(between(random, 1, 28))}`;
  const year = between(random, 2012, 2024);
  return {
    issuer,
    from: `${year}-${day}`,
    until: random() < 0.25 ? "长期" : `${year + pick(random, [10, 20])}-${day}`,
  };
}

export function inventedLicence(random: Random): Licence {
  const [region, place] = pick(random, PLACES);
  const city = place.replace(/^.*?省/, "").replace(/市.*$/, "");
  return {
    uscc: withUsccCheck(
      `91${region}MA${Array.from({ length: 6 }, () => pick(random, [..."0123456789ABCDEFGHJKLMNPQRTUWXY"])).join("")}`,
    ),
    name: `${city}${pick(random, ["恒信", "宏达", "瑞丰", "星辰", "博远", "金诚", "华盛"])}${pick(random, TRADES)}有限公司`,
    type: pick(random, TYPES),
    representative: inventedName(random),
    capital: pick(random, ["壹佰万元整", "伍佰万元整", "壹仟万元整"]),
    founded: `${between(random, 2005, 2023)}-${two(between(random, 1, 12))}-${two(between(random, 1, 28))}`,
    address: `${place}${pick(random, ROADS)}${between(random, 2, 998)}号${between(random, 1, 30)}0${between(random, 1, 9)}室`,
    scope: "技术开发、技术咨询、技术服务；批发、零售：日用百货、机电设备。",
  };
}

export interface InventedNote {
  readonly note: Note;
  readonly truth: Readonly<Record<string, string>>;
}

export function inventedNote(random: Random): InventedNote {
  const [lender, borrower] = [inventedName(random), inventedName(random)];
  const yuan = between(random, 1, 60) * pick(random, [500, 1000, 5000, 10000]);
  const day = (year: number, month: number, date: number) => `${year}年${month}月${date}日`;
  const [year, month, date] = [between(random, 2019, 2024), between(random, 1, 12), between(random, 1, 28)];
  const due = day(year + 1, month, date);
  const capitals = capitalYuan(yuan * 100);
  const rate = pick(random, ["年利率6%", "月利率1%", "年利率12%", "不计利息"]);
  const title = pick(random, ["借条", "借据", "欠条"]);
  const verb = title === "欠条" ? "欠" : "借到";
  return {
    note: {
      title,
      lender,
      borrower,
      sentences: [
        `今${verb}${lender}${capitals}（¥${random() < 0.5 ? yuan.toLocaleString("en-US") : yuan}元），约定${rate === "不计利息" ? "不计利息" : `按${rate}计息`}，于${due}前一次性还清。`,
        "逾期不还的，愿意承担由此产生的一切费用。",
      ],
      date: day(year, month, date),
    },
    truth: {
      lender,
      borrower,
      amount: String(yuan * 100),
      date: `${year}-${two(month)}-${two(date)}`,
      dueDate: `${year + 1}-${two(month)}-${two(date)}`,
      interest: rate,
    },
  };
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const withCheckDigit = (seventeen: string): string =>
  seventeen + "10X98765432"[WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(seventeen[at]), 0) % 11];

const CHARSET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/** 16 characters become 18: the organisation's own check character, then that of the whole. */
function withUsccCheck(sixteen: string): string {
  const digit =
    11 -
    ([3, 7, 9, 10, 5, 8, 4, 2].reduce(
      (sum, weight, at) => sum + weight * Number.parseInt(sixteen[8 + at] as string, 36),
      0,
    ) %
      11);
  const code = sixteen + (digit === 10 ? "X" : digit === 11 ? "0" : digit);
  let [weight, sum] = [1, 0];
  for (const character of code) {
    sum += CHARSET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return code + CHARSET[(31 - (sum % 31)) % 31];
}
