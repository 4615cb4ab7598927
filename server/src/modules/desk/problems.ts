import { problems } from "#core/problem.ts";

export const problem = problems({
  "obligation.not_found": [404, "未找到您要的内容"],
  "obligation.wrong_state": [409, "此项已经变化，请刷新后查看"],
  "webhook.not_found": [404, "未找到您要的内容"],
  "webhook.too_many": [409, "最多登记 5 个推送地址，请先撤销不用的"],
  "webhook.barred": [422, "这个地址不能用于推送，请按提示修改"],
  "webhook.paused": [409, "推送已暂停，请先恢复"],
  "webhook.replay_from": [422, "开始的时刻太早，请按提示修改"],
  "period.stale": [412, "内容已在另一处更新，请刷新后再改"],
  "period.no_reason": [422, "改动已经登记的事项，请写明理由"],
  "period.barred": [422, "期限不符合法律规定，请按提示修改"],
  "period.no_party": [422, "本案没有这位当事人，请重新选择"],
});
