import { problems } from "#core/problem.ts";

export const problem = problems({
  "submission.not_found": [404, "未找到您要的内容"],
  "submission.not_editable": [409, "已提交的内容不能再修改，需要补充的请另行提交"],
  "submission.stale": [412, "内容已在另一处更新，请刷新后再改"],
  "submission.incomplete": [422, "还有必须处理的事项，处理后即可提交"],
  "submission.not_for_you": [403, "您在本案中的地位不能提交此项"],
  "submission.which_party": [422, "您代表多位当事人，请选择为谁提交"],
  "submission.open_already": [409, "已有一份尚未办结，请在原来的一份上继续"],
  "submission.case_over": [409, "本案已经审结，不能再提交"],
  "submission.other_kind": [422, "内容与提交的种类不一致，请刷新后重试"],
  "submission.no_paper": [404, "此项没有可供打印的文书"],
  "submission.nothing_to_decide": [409, "此项只需接收或者退回，不需要作出准许与否的决定"],
  "submission.nothing_to_disclose": [409, "此项已经对其他当事人公开，或者不需要另行公开"],
  "submission.other_queue": [403, "此项由院长或者庭长决定"],
});
