import { problems } from "#core/problem.ts";

export const problem = problems({
  "thread.not_found": [404, "未找到您要的内容"],
  "thread.not_for_you": [403, "只有本案当事人、代理人可以在本案中联系法官"],
  "thread.which_party": [422, "您代表多位当事人，请选择为谁联系"],
  "thread.too_many": [409, "还有较多未结束的咨询，请先在原来的咨询中继续留言或者结束它"],
  "thread.court_away": [422, "该法院尚未开通在线联系，请拨打 12368 诉讼服务热线"],
  "thread.over": [409, "这次咨询结束已久，请新建一次咨询"],
  "thread.full": [409, "这次咨询的留言已经很多，请结束后新建一次咨询"],
  "thread.material": [422, "附件还没有传好或者不属于这次咨询，请重新添加"],
  "thread.not_owner": [409, "这条咨询由其他人员承办，请先转交给自己再答复"],
  "thread.unanswered": [409, "还没有答复当事人的最近一次留言，请先答复再结束"],
  "thread.no_case": [422, "这次咨询不属于任何案件，不能告知各方"],
  "thread.not_waiting": [409, "目前没有等待法院答复的留言，不需要上报"],
  "thread.top": [409, "已经上报到最上一级"],
  "thread.no_staff": [422, "请选择本院在岗的立案人员、法官、书记员或者负责人"],
  "thread.staff_away": [422, "所选人员今天不在岗，请换一位"],
  "thread.rated_already": [409, "您已经评价过，谢谢"],
  "contact.template_not_found": [404, "未找到该模板"],
  "contact.template_taken": [409, "已有同名模板，请换一个标题"],
  "contact.duty_staff": [422, "请从本院在岗的立案人员、书记员、法官、负责人中选择值班人员"],
});
