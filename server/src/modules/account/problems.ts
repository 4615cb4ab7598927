import { problems } from "#core/problem.ts";

export const problem = problems({
  "session.ended": [401, "登录已失效，请重新登录"],
  "session.code_refused": [401, "微信登录未成功，请重新打开小程序再试"],
  "session.wechat_blocked": [403, "微信提示该账号存在风险，暂不能登录，请先在微信中处理后再试"],
  "session.too_many": [429, "登录过于频繁，请稍后再试"],
  "session.bad_credentials": [401, "用户名或密码不正确，请核对后重新输入"],
  "session.totp_required": [401, "请输入动态口令"],
  "session.totp_refused": [401, "动态口令不正确或已使用过，请等待下一个口令"],
  "session.locked": [429, "多次登录未成功，已暂停登录，请稍后再试或联系本院管理员"],
  "session.disabled": [403, "该账号已停用，如需恢复请联系本院管理员"],
  "session.not_found": [404, "未找到该登录会话"],

  "account.unverified": [403, "请先完成实名认证"],
  "account.phone_refused": [422, "未能取得手机号码，请重新点击“获取手机号”"],
  "identity.invalid_number": [422, "证件号码有误，请核对后重新填写"],
  "identity.already_verified": [409, "已完成实名认证，不能改为他人信息"],
  "identity.bound": [409, "该证件号码已在另一账号完成实名认证"],
  "identity.too_many": [429, "今日核验次数已用完，请明日再试或申请人工核验"],
  "identity.changed": [409, "实名信息刚刚被修改，请刷新后重试"],
  "identity.in_review": [409, "正在人工核验，请等待结果"],
  "identity.nothing_to_review": [409, "请先填写实名信息，再申请人工核验"],
  "identity.review_not_found": [404, "未找到该核验申请"],
  "identity.no_court": [422, "没有这个法院，请重新选择"],

  "practice.invalid_number": [422, "律师执业证号有误，请核对后重新填写"],
  "practice.bound": [409, "该执业证号已在另一账号确认，如有疑问请联系法院管理员"],
  "practice.verified": [409, "执业信息已确认，变更请联系法院管理员"],
  "practice.not_found": [404, "未找到该执业信息"],

  "staff.not_found": [404, "未找到该工作人员"],
  "staff.username_taken": [409, "该用户名已被使用，请换一个"],
  "staff.self": [409, "不能对自己的账号进行此操作，请由另一位管理员办理"],
  "staff.wrong_password": [422, "原密码不正确，请重新输入"],
  "staff.weak_password": [422, "密码过于简单，请重新设置"],
  "staff.only": [403, "只有法院工作人员使用密码登录"],
});
