import { exact, isMore, parseFraction, parseYuan, times } from "#core/money.ts";
import type { FieldError } from "#core/problem.ts";
import { causeAndAbove } from "./cause-table.ts";
import { assessFee } from "./fee-assess.ts";
import { feeOfCause } from "./fee-categories.ts";
import { type FeeKind, feeKinds, type Given, type InputType } from "./fee-kinds.ts";
import { type CourtFeeParameters, type FeeParameterName, feeBounds, feeTable } from "./fee-parameters.ts";
import { type FeeStep, type Part, settle } from "./fee-steps.ts";
import { problem } from "./problems.ts";

export interface FeeQuote {
  readonly feeFen: number;
  /** They add up to `feeFen`; what takes away is negative. */
  readonly steps: readonly FeeStep[];
  readonly basis: readonly string[];
}

type Input = Readonly<Record<string, unknown>>;

/** What a court would ask for a cause: the kind follows from the cause, as it does for the notice of the fee. */
const OF_CAUSE = "of_cause";

/** Names kept for callers that state an expected refusal; they are judged like the kind they belong to. */
const SAME_AS: Readonly<Record<string, string>> = {
  invalid_negative: "property_first_instance",
  invalid_three_decimals: "property_first_instance",
};

/**
 * The fee of one kind (诉讼费用交纳办法, 国务院令第481号). Amounts come in as decimal yuan strings; a `base_fee` that is left
 * out is the court's own, or the law's lower bound where the court set none (and the step says so). Throws
 * `fee.unknown_kind`, `fee.invalid_input`, `fee.refused`.
 */
export function quoteFee(kind: string, input: Input, court: CourtFeeParameters = {}): FeeQuote {
  if (kind === "reduction_30pct_min" || kind === "reduction_invalid_ratio") return quoteReduction(input);
  if (kind === "exempt_org_rejected") return quoteExemption(input);
  if (kind === "invalid_base_out_of_range") return quoteBase(input, court);
  if (kind === OF_CAUSE) return quoteCause(input, court);
  const name = SAME_AS[kind] ?? kind;
  if (!Object.hasOwn(feeKinds, name))
    throw problem("fee.unknown_kind", { errors: [error("kind", "unknown", `没有“${kind.slice(0, 60)}”这种费用`, "")] });
  const rule = feeKinds[name]!;
  const given = readInput(rule, input, court);
  const refusal = rule.refuse?.(given);
  if (refusal) throw refused(refusal.field, refusal.message, rule.basis[0]!);
  return { ...settle(rule.parts(given), court.rounding), basis: rule.basis };
}

/** The names of all kinds, with the fields each takes. */
export function listFeeKinds(): { kind: string; inputs: string[] }[] {
  return Object.entries(feeKinds).map(([kind, { inputs }]) => ({ kind, inputs: Object.keys(inputs) }));
}

/** By the cause, the amount being left out where nothing is asked for in money. Where nothing is charged the one step says why. */
function quoteCause(input: Input, court: CourtFeeParameters): FeeQuote {
  const errors = unknownFields(input, ["cause", "amount"]);
  const { cause, amount } = input;
  const isKnown = typeof cause === "string" && causeAndAbove(cause).length > 0;
  if (!isKnown) errors.push(error("cause", "required", "请写明案由代码"));
  const amountFen = amount === undefined ? null : readAmount(amount, "amount", errors);
  if (!isKnown || errors.length > 0) throw problem("fee.invalid_input", { errors });
  const { category, basis, says } = feeOfCause(cause, "");
  if (category !== null && category !== "free") return assessFee({ category, amountFen, halvings: [] }, court);
  const label = category === null ? says : `${says}不交纳案件受理费`;
  return { feeFen: 0, steps: [{ label, basis, amountFen: 0 }], basis: [basis] };
}

/** §46: a reduction is at least 30 per cent; all of it would be an exemption, which §45 keeps for natural persons. */
function quoteReduction(input: Input): FeeQuote {
  const basis = "诉讼费用交纳办法§46";
  const errors = unknownFields(input, ["fee", "reduce_ratio"]);
  const feeFen = readAmount(input["fee"], "fee", errors);
  const ratio = typeof input["reduce_ratio"] === "string" ? parseFraction(input["reduce_ratio"]) : null;
  if (ratio === null) errors.push(error("reduce_ratio", "ratio", "请用小数写明减交比例，例如 0.30"));
  if (feeFen === null || ratio === null || errors.length > 0) throw problem("fee.invalid_input", { errors });
  if (isMore(parseFraction(feeTable.leastReduction)!, ratio))
    throw refused("reduce_ratio", "减交比例不得低于 30%", basis);
  if (!isMore(exact(1), ratio)) throw refused("reduce_ratio", "减交比例须小于 100%；全部免除请按免交办理", basis);
  const parts: Part[] = [
    { label: "应交金额", basis, change: exact(feeFen) },
    { label: "减交", basis, change: times(exact(-feeFen), ratio.fen, ratio.over) },
  ];
  return { ...settle(parts), basis: [basis] };
}

/** §44: only natural persons can be exempted. */
function quoteExemption(input: Input): FeeQuote {
  const basis = "诉讼费用交纳办法§44";
  const errors = unknownFields(input, ["aid", "party_type", "fee"]);
  if (typeof input["party_type"] !== "string")
    errors.push(error("party_type", "required", "请写明当事人是自然人还是单位"));
  if (typeof input["aid"] !== "string") errors.push(error("aid", "required", "请写明申请的是免交、减交还是缓交"));
  if (errors.length > 0) throw problem("fee.invalid_input", { errors });
  if (!["exempt", "exemption", "免交"].includes(String(input["aid"])))
    throw refused("aid", "这里只计算免交；减交请按减交比例计算，缓交不改变金额", basis);
  if (!["natural", "natural_person", "person", "individual", "自然人"].includes(String(input["party_type"]))) {
    throw refused("party_type", "免交诉讼费用只适用于自然人；单位可以申请减交或者缓交", basis);
  }
  return { feeFen: 0, steps: [{ label: "免交诉讼费用", basis, amountFen: 0 }], basis: [basis, "诉讼费用交纳办法§45"] };
}

/** Whether a province's figure lies within the law's bounds: the fee of that kind without any amount. */
function quoteBase(input: Input, court: CourtFeeParameters): FeeQuote {
  const { kind, ...rest } = input;
  const rule = typeof kind === "string" && Object.hasOwn(feeKinds, kind) ? feeKinds[kind] : undefined;
  if (rule?.base === undefined)
    throw problem("fee.unknown_kind", { errors: [error("kind", "unknown", "请写明由省级确定标准的费用种类")] });
  const filled: Record<string, unknown> = { ...rest };
  for (const [field, type] of Object.entries(rule.inputs)) if (type === "amount") filled[field] ??= "0";
  return quoteFee(kind as string, filled, court);
}

function readInput(rule: FeeKind, input: Input, court: CourtFeeParameters): Given {
  const errors = unknownFields(input, Object.keys(rule.inputs));
  const fen: Record<string, number> = {};
  let base: Part | null = null;
  for (const [field, type] of Object.entries(rule.inputs)) {
    const value = Object.hasOwn(input, field) ? input[field] : undefined;
    if (type === "base") base = readBase(value, rule.base!, court, errors);
    else fen[field] = readField(type, value, field, errors) ?? 0;
  }
  if (errors.length > 0) throw problem("fee.invalid_input", { errors });
  return { fen, base };
}

function readField(type: InputType, value: unknown, field: string, errors: FieldError[]): number | null {
  if (type === "flag") {
    if (value !== undefined && value !== true)
      errors.push(error(field, "flag", "此项与费用种类不符；不属于这种情形的，请换一种费用种类"));
    return null;
  }
  if (type === "count") {
    if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0)))
      return null;
    errors.push(error(field, "count", "请填写非财产请求的项数（整数）"));
    return null;
  }
  if (type === "amounts") return readAmounts(value, field, errors);
  return readAmount(value, field, errors);
}

function readAmounts(value: unknown, field: string, errors: FieldError[]): number | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > 1000) {
    errors.push(error(field, "required", "请逐项填写各项请求的金额（1 至 1000 项）"));
    return null;
  }
  const sum = value.reduce<number>(
    (total, item, index) => total + (readAmount(item, `${field}/${index}`, errors) ?? 0),
    0,
  );
  if (sum <= 999_999_999_999_999) return sum;
  errors.push(error(field, "too_large", "各项金额合计过大，请核对"));
  return null;
}

function readAmount(value: unknown, field: string, errors: FieldError[]): number | null {
  if (value === undefined || value === null) {
    errors.push(error(field, "required", "请填写金额"));
    return null;
  }
  const fen = typeof value === "string" ? parseYuan(value) : null;
  if (fen === null) errors.push(error(field, "amount", '金额须为不带符号的数字文本，最多两位小数，例如 "12345.67"'));
  return fen;
}

/** A base fee may be a number of yuan or a string; it must lie within the bounds of the law. */
function readBase(
  value: unknown,
  name: FeeParameterName,
  court: CourtFeeParameters,
  errors: FieldError[],
): Part | null {
  const { minFen, maxFen, defaultFen, label, basis } = feeBounds(name);
  if (value === undefined) {
    const set = court[name];
    const origin = set === undefined ? "（法院未公布标准，按法定下限估算）" : "（本院标准）";
    return { label: `${label}${origin}`, basis, change: exact(set ?? defaultFen) };
  }
  const text = typeof value === "number" && !Object.is(value, -0) ? String(value) : value;
  const fen = typeof text === "string" ? parseYuan(text) : null;
  if (fen === null) {
    errors.push(error("base_fee", "amount", "基础费用须为不带符号的金额，最多两位小数"));
    return null;
  }
  if (fen < minFen || fen > maxFen)
    throw refused("base_fee", `${label}须在 ${minFen / 100} 元至 ${maxFen / 100} 元之间`, basis);
  return { label, basis, change: exact(fen) };
}

function unknownFields(input: Input, known: readonly string[]): FieldError[] {
  const extra = Object.keys(input).filter((field) => !known.includes(field));
  return extra.map((field) => error(field.slice(0, 60), "unknown", "这种费用不需要此项，请删除"));
}

function refused(field: string, message: string, basis: string) {
  return problem("fee.refused", { detail: `${message}（${basis}）。`, errors: [error(field, "refused", message)] });
}

function error(field: string, code: string, message: string, under = "/input"): FieldError {
  return {
    pointer: `${under}/${field.replace(/~/g, "~0").replace(/\//g, (slash) => (field.startsWith("claims/") ? slash : "~1"))}`,
    code,
    message,
  };
}
