import { problems } from "#core/problem.ts";

export const problem = problems({
  "hearing.no_interpreter": [409, "这个时间没有空闲的该语种翻译人员，请另选时间"],
  "hearing.no_slot": [409, "所选日期内没有各方和法庭都有空的时间，请放宽日期或者缩短时长"],
  "resource.not_yours": [403, "只能登记本人的时间，其他人员和场所由负责人登记"],
  "resource.calendar_rule": [422, "日历中有无法识别的重复规则或者时区，请改为逐次安排后重新导出"],
});
