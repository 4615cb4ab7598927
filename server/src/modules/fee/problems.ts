import { problems } from "#core/problem.ts";

export const problem = problems({
  "fee.not_found": [404, "未找到您要的内容"],
  "fee.money_received": [409, "已收到款项，不能直接撤销，请先变更费用并退费"],
  "fee.already_served": [409, "送达已经登记，交费期限已经开始计算"],
  "fee.not_served": [422, "按所填情况尚未送达，请改用其他方式送达或者补充日期"],
  "fee.change_mismatch": [422, "变更的原因与变更后的内容不一致，请核对"],
  "fee.known_source": [409, "该事项已有交费通知，请变更原来的通知"],
  "fee.no_fee": [422, "按所填情况不需要交费"],
  "fee.payer": [422, "请写明由谁交费"],
  "fee.no_receipt": [409, "还没有收到款项，交费后即可查看票据"],
  "relief.not_found": [404, "未找到您要的内容"],
  "relief.ground": [422, "请从列出的情形中选择，并与申请的种类一致"],
  "relief.natural_only": [422, "免交诉讼费用只适用于自然人；单位可以申请减交或者缓交"],
  "relief.too_little": [422, "减交的比例不得低于 30%"],
  "relief.too_much": [422, "减交的金额须小于应交金额；全部免除请按免交办理"],
  "relief.amount": [422, "请写明减交的比例或者金额"],
  "relief.defer_until": [422, "请写明缓交到哪一天，须在今天以后一年以内"],
  "relief.materials": [422, "所列材料中有未上传完成的，请先上传"],
  "relief.decided_before": [409, "同类申请已有决定；有新情况的，请联系承办法院"],
});
