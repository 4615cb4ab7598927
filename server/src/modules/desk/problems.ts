import { problems } from "#core/problem.ts";

export const problem = problems({
  "obligation.not_found": [404, "未找到您要的内容"],
  "obligation.wrong_state": [409, "此项已经变化，请刷新后查看"],
  "period.stale": [412, "内容已在另一处更新，请刷新后再改"],
  "period.barred": [422, "期限不符合法律规定，请按提示修改"],
  "period.no_party": [422, "本案没有这位当事人，请重新选择"],
});
