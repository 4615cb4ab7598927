import { checkAnswers, crossedParts, fieldsOf } from "#modules/reference/index.ts";
import { answersOf, type Facts, filled, type Rule, when } from "./rule.ts";

const datesIn = (facts: Facts): [pointer: string, value: string, label: string][] =>
  Object.entries(facts.content.answers).flatMap(([id, value]) => {
    const field = facts.form ? fieldsOf(facts.form).get(id) : undefined;
    return field?.type === "date" && typeof value === "string" && value !== "无"
      ? [[`/answers/${id}`, value, field.label] as [string, string, string]]
      : [];
  });
/** Things that have happened already: their date cannot lie ahead. */
const PAST = /签订|发生|结婚|提供|发放|交付|事故|入职|还息|催促|离职|办卡/;

const ASK_THE_ARBITRATOR = "双方有有效的书面仲裁协议的，应向仲裁机构申请仲裁，法院不受理。";

/** The answers of the model form, and what they say of arbitration and of time. */
export const formRules: readonly Rule[] = [
  {
    code: "form.answer_malformed",
    severity: "block",
    basis: "法〔2025〕82号示范文本",
    find: (facts) =>
      facts.form
        ? checkAnswers(facts.form, answersOf(facts)).map(({ pointer, message }) => ({
            pointer,
            message: `表格中有一项填写有误：${message}`,
            fix: "请按提示改正；不清楚的可以填“无”或留空。",
          }))
        : [],
  },
  {
    code: "form.required_missing",
    severity: "warn",
    basis: "法〔2025〕82号示范文本",
    find: ({ form, content }) =>
      form
        ? [...fieldsOf(form).values()]
            // The total is asked for once, beside the claims.
            .filter(
              (field) =>
                field.required && field.label !== "标的总额" && !filled(String(content.answers[field.id] ?? "")),
            )
            .map((field) => ({
              pointer: `/answers/${field.id}`,
              message: `表格中的“${field.label}”还没有填`,
              fix: "请填写；确实没有的填“无”。",
            }))
        : [],
  },
  {
    code: "form.parts_crossed",
    severity: "warn",
    basis: "法〔2025〕82号示范文本（诉讼请求填写说明）",
    find(facts) {
      const message = facts.form ? crossedParts(facts.form, answersOf(facts)) : null;
      return when(
        message !== null,
        "/answers",
        message ?? "",
        "请只保留与您身份相符的那一部分，另一部分清空或者填“无”。",
      );
    },
  },
  {
    code: "form.arbitration_first",
    severity: "warn",
    basis: "劳动争议调解仲裁法第五条；民事诉讼法第一百二十七条",
    find: ({ cause, materials }) =>
      when(
        /劳动争议|劳动合同|劳动关系|追索劳动报酬/.test(cause?.name ?? "") && !materials.byKind["evidence"],
        "/materials",
        "劳动争议一般要先经过劳动仲裁",
        "请上传仲裁裁决书或不予受理通知书；只追索劳动报酬且有工资欠条的除外。",
      ),
  },
  {
    code: "date.in_future",
    severity: "block",
    basis: "民事诉讼法第一百二十四条",
    find: (facts) =>
      datesIn(facts).flatMap(([pointer, value, label]) =>
        when(
          PAST.test(label) && value > facts.today,
          pointer,
          `“${label}”的日期晚于今天`,
          "已经发生的事，日期不能在今天之后，请核对。",
        ),
      ),
  },
  {
    code: "date.too_old",
    severity: "hint",
    basis: "民法典第一百八十八条",
    find: (facts) =>
      datesIn(facts).flatMap(([pointer, value, label]) =>
        when(
          /期限止|逾期/.test(label) && value < `${Number(facts.today.slice(0, 4)) - 3}${facts.today.slice(4)}`,
          pointer,
          `“${label}”已超过三年`,
          "一般诉讼时效为三年。仍可起诉，但请准备曾经催要的证据。",
        ),
      ),
  },
  {
    code: "arbitration.agreed",
    severity: "warn",
    basis: "民事诉讼法第一百二十七条第二项",
    find: ({ content }) => [
      ...when(
        Object.values(content.answers).some((value) => typeof value === "string" && /仲裁委员会|仲裁委/.test(value)),
        "/answers",
        "约定内容中提到仲裁",
        ASK_THE_ARBITRATOR,
      ),
      // Labour disputes go through an arbitration of their own first: there it is no agreement.
      ...when(
        /(约定|提交)[^。；]{0,40}仲裁委/.test(content.facts) && !/劳动/.test(content.facts),
        "/facts",
        "事实中提到双方约定了仲裁",
        ASK_THE_ARBITRATOR,
      ),
    ],
  },
];
