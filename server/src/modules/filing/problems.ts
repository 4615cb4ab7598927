import { problems } from "#core/problem.ts";

export const problem = problems({
  "filing.not_found": [404, "未找到您要的内容"],
  "filing.not_editable": [409, "当前状态下不能修改立案材料"],
  "filing.conflict": [409, "同一处内容已在另一台设备上修改，请选择保留哪一份"],
  "filing.incomplete": [422, "还有必须处理的事项，处理后即可提交"],
  "filing.court_closed": [422, "该法院尚未开通网上立案"],
  "filing.too_many": [422, "未提交的草稿过多，请先提交或撤回一部分"],
  "filing.no_receipt": [409, "尚未提交，还没有收件凭证"],
  "filing.nothing_there": [422, "该位置没有可以查看的内容"],
});
