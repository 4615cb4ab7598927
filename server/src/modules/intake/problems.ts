import { problems } from "#core/problem.ts";

export const problem = problems({
  "intake.not_found": [404, "未找到您要的内容"],
  "intake.decided": [409, "该件已由他人办结"],
  "intake.leased": [409, "该件正由其他同事审查"],
  "intake.assigned": [409, "该件已指派给其他同事"],
  "intake.stale_fence": [409, "您领取的时间已过，该件已放回队列或被重新领取，请重新领取后再处理"],
  "intake.fence_required": [428, "请带上领取时得到的编号（fence）"],
  "intake.not_claimed": [409, "请先领取该件再作决定"],
  "intake.unknown_defect": [422, "补正事项不在目录中"],
  "intake.unknown_ground": [422, "不予受理的事由不在目录中"],
  "intake.second_return": [403, "一次性告知后再次要求补正，须由立案庭负责人决定并写明理由"],
  "intake.override_reason": [422, "再次要求补正须写明理由，理由会告知申请人"],
  "intake.no_consent": [422, "申请人没有同意诉前调解，不能转调解"],
  "intake.unknown_staff": [422, "没有这位可以指派的同事"],
  "intake.unknown_case_type": [422, "案件类型不存在，请重新选择"],
  "intake.unknown_cause": [422, "案由不存在，请重新选择"],
  "intake.unknown_court": [422, "没有这个法院，请重新选择"],
  "intake.court_mismatch": [422, "不能移送给本院"],
});
