import { problems } from "#core/problem.ts";

export const problem = problems({
  "case.not_found": [404, "未找到您要的内容"],
  "case.number_unreadable": [422, "案号格式不正确，例如（2026）鲁0102民初123号"],
  "case.join_refused": [422, "未能关联案件"],
  "case.join_too_many": [429, "尝试次数过多，请一小时后再试，或者联系承办书记员"],
  "case.agency_refused": [422, "案号与委托人姓名不一致，请对照授权委托书核对后再提交"],
  "case.agency_known": [409, "您已提交过申请，或者已经是该当事人的代理人"],
  "case.agency_crowded": [409, "该案等待确认的代理申请较多，请先联系承办书记员"],
  "case.no_practice": [422, "请先在“我的－律师执业认证”中完成认证，再以律师身份申请代理"],
  "case.two_agents": [409, "每位当事人最多委托两名诉讼代理人，请先终止其中一名的委托"],
  "case.power_needed": [403, "此项操作须有当事人的特别授权"],
  "case.not_yours_to_decide": [403, "此项由当事人本人或者法院办理"],
  "case.no_code": [404, "该当事人没有访问码，需要时请重新生成"],
  "case.no_party": [422, "案件中没有这位当事人，请刷新后重新选择"],
  "case.no_limit": [404, "这类案件没有法定的审理期限"],
  "case.closed": [409, "案件已经结案"],
  "case.limit_future": [422, "日期不能晚于今天"],
  "case.limit_before": [422, "日期不能早于立案之日"],
  "case.limit_open": [409, "已有一项扣除仍在进行，请先登记其结束日期"],
  "case.limit_not_open": [409, "没有正在进行的扣除"],
  "case.no_staff": [422, "所选人员不是本院在岗人员，请重新选择"],
});
