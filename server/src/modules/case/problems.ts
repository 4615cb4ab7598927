import { problems } from "#core/problem.ts";

export const problem = problems({
  "case.not_found": [404, "未找到您要的内容"],
  "case.number_unreadable": [422, "案号格式不正确，例如（2026）鲁0102民初123号"],
});
