import { problems } from "#core/problem.ts";

export const problem = problems({
  "filing.not_found": [404, "未找到您要的内容"],
  "filing.not_editable": [409, "当前状态下不能修改立案材料"],
  "filing.conflict": [409, "同一处内容已在另一台设备上修改，请选择保留哪一份"],
  "filing.incomplete": [422, "还有必须处理的事项，处理后即可提交"],
  "filing.court_closed": [422, "该法院尚未开通网上立案"],
  "filing.too_many": [422, "未提交的草稿过多，请先提交或撤回一部分"],
  "mediation.not_found": [404, "未找到该调解"],
  "mediation.over": [409, "该调解已办结"],
  "mediation.consent": [422, "延长调解须双方同意，请记录双方的同意"],
  "mediation.too_long": [422, "延长的期限超出范围，请重新选择日期"],
  "paper.received_on": [422, "收到日期有误，请核对"],
  "paper.parties": [422, "请至少填写一名原告和一名被告"],
  "paper.no_account": [422, "没有这个当事人账号，请核对或者不填"],
  "filing.no_receipt": [409, "尚未提交，还没有收件凭证"],
  "filing.bundle_too_large": [422, "材料过多，不能合订成一份，请分别打开各份材料"],
  "filing.nothing_there": [422, "该位置没有可以查看的内容"],
});
