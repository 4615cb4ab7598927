import { problems } from "#core/problem.ts";

export const problem = problems({
  "reception.not_found": [404, "未找到您要的内容"],
  "reception.court_away": [422, "该法院尚未开通远程接访，请拨打 12368 诉讼服务热线"],
  "reception.no_upper": [422, "该法院没有可以一同接访的上级法院"],
  "reception.open_already": [409, "同一事项已有一次接访正在办理，请在原来的接访中补充材料"],
  "reception.not_your_court": [403, "由受理接访的法院办理"],
  "reception.not_invited": [403, "只有应邀参加的上级法院法官可以答复不能参加"],
  "reception.receiver": [422, "请从名单中选择接访法官和书记员"],
  "reception.notice": [422, "时间太近，来不及通知来访人，请选择更晚的日期"],
  "reception.same_court": [422, "请选择另一个法院"],
  "reception.not_begun": [409, "还没有到约定的时间，不能记为未参加"],
  "reception.rated_already": [409, "您已经评价过，谢谢"],
  "reception.no_answer": [404, "还没有答复"],
});
