import { problems } from "#core/problem.ts";

export const problem = problems({
  "payment.not_found": [404, "未找到您要的内容"],
  "payment.nothing_due": [409, "这份交费通知目前没有需要支付的金额"],
  "payment.amount": [422, "支付金额不能超过尚未交纳的金额"],
  "payment.already_paid": [409, "您之前的付款已经成功，请不要重复支付"],
  "payment.not_open": [409, "这笔订单已不能支付，请重新点一次支付"],
  "payment.openid_missing": [422, "请在微信小程序中登录后支付，或改用扫码支付"],
  "payment.counter_only_native": [403, "窗口代办请使用扫码支付"],
  "payment.unsettled": [409, "之前的订单还没有结果，请稍候再试"],
  "refund.not_found": [404, "未找到您要的内容"],
  "refund.not_paid": [409, "这笔订单没有收到款项，不能退款"],
  "refund.too_much": [422, "退款金额超过可退金额"],
  "refund.same_person": [403, "提出退款的人不能自己审批，请由另一位负责人办理"],
  "refund.note_required": [422, "请写明不批准的理由"],
  "refund.still_under_way": [409, "微信仍在处理这笔退款，不需要重新提交"],
  "alarm.not_found": [404, "未找到您要的内容"],
  "alarm.resolved": [409, "这条异常已由同事处理"],
  "reconciliation.not_found": [404, "这一天还没有对账"],
  "reconciliation.too_early": [422, "微信在次日上午 10 点后提供账单，请选择更早的日期"],
  "reconciliation.difference_closed": [409, "这条差异已经处理"],
});
