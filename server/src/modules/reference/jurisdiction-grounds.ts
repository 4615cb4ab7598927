import { defendantPlaces, type Grounds, isOneOf, type Places } from "./jurisdiction-places.ts";
import type { Confidence, JurisdictionQuestion as Question } from "./jurisdiction-question.ts";

/** 原告就被告 (§22), and the exceptions where the plaintiff's court decides (§23). */
export function byDefendant(question: Question, grounds: Grounds): void {
  const status = question.defendantStatus;
  const plaintiff = question.plaintiffHabitualCourt ?? question.plaintiffCourt;
  const personal = isOneOf(question.causeCode, "二");
  if (
    status === "compulsory_education" ||
    status === "imprisoned" ||
    ((status === "abroad" || status === "missing") && personal)
  ) {
    const why = {
      abroad: "对不在中国境内居住的人提起身份关系诉讼",
      missing: "对下落不明的人提起身份关系诉讼",
      compulsory_education: "被告被采取强制性教育措施",
      imprisoned: "被告被监禁",
    }[status];
    grounds.want(plaintiff, "原告的住所地或者经常居住地", `${why}，由原告住所地法院管辖`, "民事诉讼法§23");
    return;
  }
  const places = defendantPlaces(question);
  grounds.want(places, "被告的住所地或者经常居住地", "被告住所地；与经常居住地不一致的，为经常居住地", "民事诉讼法§22");
  if (places.length > 1)
    grounds.warn("被告在两个以上法院辖区的，各该法院都有管辖权，任选其一起诉", "民事诉讼法§22第三款、§36");
}

/** 追索赡养费、扶养费、抚养费 with defendants in several places: also the plaintiff's court (解释§9). */
export function bySupport(question: Question, grounds: Grounds): void {
  byDefendant(question, grounds);
  if (new Set(defendantPlaces(question)).size > 1) {
    grounds.add(
      question.plaintiffHabitualCourt ?? question.plaintiffCourt,
      "追索赡养费、扶养费、抚养费的几个被告不在同一辖区，可以由原告住所地法院管辖",
      "民诉法解释§9",
    );
  }
}

/** 离婚: who has left the domicile for more than a year (解释§12). */
export function byDivorce(question: Question, grounds: Grounds): void {
  const { plaintiffAwayOverOneYear: plaintiffAway, defendantAwayOverOneYear: defendantAway } = question;
  if (plaintiffAway === true && defendantAway === true) {
    const habitual = question.defendantHabitualCourts;
    if (habitual !== undefined && habitual.length > 0)
      grounds.add(habitual, "夫妻双方离开住所地超过一年，由被告经常居住地法院管辖", "民诉法解释§12");
    else
      grounds.want(
        question.plaintiffHabitualCourt,
        "被告的经常居住地；没有的，补充原告起诉时的居住地",
        "夫妻双方离开住所地超过一年，被告没有经常居住地的，由原告起诉时居住地法院管辖",
        "民诉法解释§12",
      );
    return;
  }
  byDefendant(question, grounds);
  if (defendantAway === true)
    grounds.want(
      question.plaintiffCourt,
      "原告的住所地",
      "夫妻一方离开住所地超过一年，另一方起诉离婚，可以由原告住所地法院管辖",
      "民诉法解释§12",
    );
}

/** 合同: the defendant's court or that of performance (§24, 解释§18). */
export function byContract(question: Question, grounds: Grounds): void {
  const defendants = defendantPlaces(question);
  byDefendant(question, grounds);
  const basis = "民事诉讼法§24；民诉法解释§18";
  const agreed = question.performanceCourt;
  if (question.performed === false) {
    const party = [...defendants, question.plaintiffHabitualCourt ?? question.plaintiffCourt];
    if (agreed !== undefined && party.includes(agreed))
      grounds.add(agreed, "合同没有实际履行，约定的履行地是一方住所地", basis);
    else grounds.warn("合同没有实际履行，双方住所地又都不在约定的履行地，只能向被告住所地法院起诉", basis);
    return;
  }
  if (agreed !== undefined) {
    grounds.add(agreed, "合同约定的履行地", basis);
    return;
  }
  const side = (party: "plaintiff" | "defendant" | undefined): Places =>
    party === "plaintiff"
      ? (question.plaintiffHabitualCourt ?? question.plaintiffCourt)
      : party === "defendant"
        ? defendants
        : undefined;
  if (question.subject === "real_estate")
    grounds.want(question.realEstateCourt, "不动产所在地", "交付不动产的，不动产所在地为履行地", basis);
  else if (question.subject === "instant")
    grounds.want(question.tradeCourt, "交易行为地", "即时结清的合同，交易行为地为履行地", basis);
  else if (question.subject === "other")
    grounds.want(
      side(question.obligor),
      "由哪一方履行义务及其住所地",
      "其他标的，履行义务一方所在地为履行地",
      basis,
      "medium",
    );
  else if (question.subject === "money" || isOneOf(question.causeCode, "108")) {
    // 借款: the plaintiff who claims the money back receives it.
    const receiver = question.moneyReceiver ?? (isOneOf(question.causeCode, "108") ? "plaintiff" : undefined);
    const confidence: Confidence = question.moneyReceiver === undefined ? "medium" : "high";
    grounds.want(
      side(receiver),
      "由哪一方接收货币及其住所地",
      "争议标的为给付货币，接收货币一方所在地为合同履行地",
      basis,
      confidence,
    );
  } else grounds.warn("请补充约定的履行地，或者争议的是付款、交付不动产还是其他义务，才能判断合同履行地的法院", basis);
}

/** 网络购物: the buyer's domicile for what is delivered online, else where the goods are received (解释§20). */
export function byOnlinePurchase(question: Question, grounds: Grounds): void {
  byDefendant(question, grounds);
  const basis = "民诉法解释§20";
  const buyer = question.plaintiffHabitualCourt ?? question.plaintiffCourt;
  if (question.performanceCourt !== undefined)
    grounds.add(question.performanceCourt, "买卖合同对履行地有约定的，从其约定", basis);
  else if (question.delivery === "online")
    grounds.want(buyer, "买受人的住所地", "通过信息网络交付标的，买受人住所地为合同履行地", basis);
  else grounds.want(question.receivingCourt, "收货地", "通过其他方式交付标的，收货地为合同履行地", basis);
}

/** 侵权: where it was done, where it took effect, the defendant's court (§29, 解释§24–26). */
export function byTort(question: Question, grounds: Grounds): void {
  byDefendant(question, grounds);
  const basis = "民事诉讼法§29；民诉法解释§24";
  grounds.add(question.tortCourts, "侵权行为实施地", basis);
  grounds.add(question.resultCourts, "侵权结果发生地", basis);
  if (question.online === true) {
    grounds.add(
      question.plaintiffHabitualCourt ?? question.plaintiffCourt,
      "信息网络侵权，侵权结果发生地包括被侵权人住所地",
      "民诉法解释§25",
    );
  }
  grounds.add(question.productCourts, "产品制造地、产品销售地、服务提供地", "民诉法解释§26");
  if (question.tortCourts === undefined && question.resultCourts === undefined && question.online !== true) {
    grounds.warn("请补充侵权行为实施地、侵权结果发生地，那里的法院也可以管辖", basis);
  }
}

/** 铁路、公路、水上和航空事故 (§30). */
export function byAccident(question: Question, grounds: Grounds): void {
  grounds.want(question.accidentCourt, "事故发生地", "事故发生地", "民事诉讼法§30");
  grounds.add(question.firstArrivalCourt, "车辆、船舶最先到达地", "民事诉讼法§30");
  byDefendant(question, grounds);
}

/** 劳动争议: the employer's place or where the contract is performed; arbitration comes first. */
export function byLabour(question: Question, grounds: Grounds): void {
  const basis = "最高人民法院关于审理劳动争议案件适用法律问题的解释（一）§3";
  grounds.want(question.employerCourt ?? question.defendantCourts, "用人单位所在地", "用人单位所在地", basis);
  grounds.add(question.workCourt, "劳动合同履行地", basis);
  grounds.warn(
    "劳动争议须先向劳动人事争议仲裁委员会申请仲裁，对裁决不服的，收到裁决书之日起十五日内起诉",
    "劳动争议调解仲裁法§5、§50",
  );
}

/** 申请支付令: the debtor's basic court, whatever the amount. */
export function byPaymentOrder(question: Question, grounds: Grounds): void {
  grounds.want(
    defendantPlaces(question),
    "债务人的住所地",
    "申请支付令，由债务人住所地基层人民法院管辖",
    "民事诉讼法§225；民诉法解释§23",
  );
}

/** 公司设立、确认股东资格、分配利润、解散等 (§27, 解释§22). */
export function byCompany(question: Question, grounds: Grounds): void {
  grounds.want(
    question.companyCourt ?? question.defendantCourts,
    "公司住所地",
    "公司设立、股东资格、分配利润、解散等纠纷：公司住所地",
    "民事诉讼法§27；民诉法解释§22",
  );
}

/** 票据 (§26). */
export function byBill(question: Question, grounds: Grounds): void {
  grounds.want(question.billPaymentCourt, "票据支付地", "票据支付地", "民事诉讼法§26");
  byDefendant(question, grounds);
}

/** 保险 (§25, 解释§21). */
export function byInsurance(question: Question, grounds: Grounds): void {
  byDefendant(question, grounds);
  grounds.add(
    question.insuredItemCourt,
    "保险标的物所在地（运输工具为登记注册地、目的地、事故发生地）",
    "民事诉讼法§25；民诉法解释§21",
  );
  if (isOneOf(question.causeCode, "372"))
    grounds.add(question.insuredPersonCourt, "人身保险：被保险人住所地", "民诉法解释§21");
}

/** 运输 (§28). */
export function byTransport(question: Question, grounds: Grounds): void {
  grounds.add(question.departureCourt, "运输始发地", "民事诉讼法§28");
  grounds.add(question.destinationCourt, "运输目的地", "民事诉讼法§28");
  byDefendant(question, grounds);
}

/** 财产租赁、融资租赁 (解释§19): where the thing is used, unless the contract says otherwise. */
export function byLease(question: Question, grounds: Grounds): void {
  byDefendant(question, grounds);
  if (question.performanceCourt !== undefined)
    grounds.add(question.performanceCourt, "合同约定的履行地", "民诉法解释§19");
  else
    grounds.want(
      question.leasedItemCourt,
      "租赁物使用地",
      "财产租赁、融资租赁合同以租赁物使用地为合同履行地",
      "民诉法解释§19",
    );
}
