import { problems } from "#core/problem.ts";

export const problem = problems({
  "fee.unknown_kind": [422, "没有这种诉讼费用，请核对费用种类"],
  "fee.invalid_input": [422, "计算诉讼费用的内容有误，请按提示修改"],
  "fee.refused": [422, "依照法律规定不能这样计算，请按提示修改"],
  "deadline.invalid": [422, "计算期限的内容有误，请按提示修改"],
  "trial.extension_refused": [422, "依照法律规定不能这样延长审限，请核对批准机关和期限"],
  "trial.span": [422, "扣除审限的结束日期早于开始日期，请核对"],
  "service_effect.invalid": [422, "判断送达的内容有误，请按提示修改"],
  "case_number.invalid": [422, "案号格式不正确，请对照文书核对，例如（2026）鲁0102民初123号"],
  "identity_number.unknown_type": [422, "没有这种证件类型，请重新选择"],
  "jurisdiction.invalid": [422, "查询管辖法院的内容有误，请按提示修改"],
  "speech.off": [409, "这里还没有开通朗读，可以在手机“设置—无障碍”里打开屏幕朗读"],
  "speech.nothing": [422, "这段文字里没有可以朗读的内容，请换一段"],
  "reference.cursor": [422, "翻页标记无效，请从第一页重新查看"],
  "cause.not_found": [404, "未找到该案由"],
  "reference.span": [422, "请核对起止日期，一次最多查询六十二天"],
  "form.not_found": [404, "未找到该诉状表格"],
  "case_type.not_found": [404, "未找到该案件类型"],
});
