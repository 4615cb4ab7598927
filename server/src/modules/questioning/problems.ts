import { problems } from "#core/problem.ts";

export const problem = problems({
  "questioning.not_found": [404, "未找到您要的内容"],
  "questioning.not_your_court": [403, "由提请提讯的法院办理"],
  "questioning.party": [422, "请从本案的自然人当事人中选择，或者填写姓名和证件号码"],
  "questioning.id_number": [422, "证件号码不正确，请核对"],
  "questioning.bench": [422, "请从名单中选择审判人员和书记员，二人缺一不可"],
  "questioning.assist": [422, "请选择上一级或者下一级法院的法官"],
  "questioning.counsel": [422, "请从被提讯人的代理人、辩护人中选择"],
  "questioning.place": [422, "请从名单中选择羁押场所和提讯室"],
  "questioning.hours": [422, "不在该羁押场所对本院开放的时间内"],
  "questioning.link": [404, "链接无效、已经使用过或者已经过期，请向法院书记员索取新的链接"],
  "questioning.over": [409, "这次提讯已经不需要民警参加，不再发出链接"],
  "questioning.badge": [422, "警号与法院登记的不一致，请核对后重新填写"],
  "questioning.badge_tries": [429, "核对次数过多，请稍后再试"],
  "questioning.identity": [422, "证件号码与法院提讯的人不一致，请核对是否带错人"],
  "questioning.identify_first": [409, "请先核对被提讯人的身份"],
  "questioning.not_ready": [409, "还不能开始提讯"],
  "custody.not_found": [404, "未找到您要的内容"],
  "custody.taken": [409, "名单中已有同名的羁押场所"],
  "custody.hours": [422, "开放时间请按 09:00-12:00,14:00-17:30 的写法填写"],
  "custody.changed_meanwhile": [412, "名单已被更新，请核对最新内容后再试"],
});
