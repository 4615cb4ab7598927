import { problems } from "#core/problem.ts";

export const problem = problems({
  "court.not_found": [404, "未找到该法院，请核对法院名称或者代字"],
  "court.not_yours": [403, "只能设置本院的事项"],
  "court.parameter_invalid": [422, "设置的内容不符合规定，请按提示修改"],
  "court.changed_meanwhile": [412, "本院的设置刚被他人修改，请刷新后再试"],
});
