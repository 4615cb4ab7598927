import { problems } from "#core/problem.ts";

export const problem = problems({
  "service.not_found": [404, "未找到这份送达"],
  "service.no_party": [422, "案件中没有这位当事人，请重新选择受送达人"],
  "service.no_document": [422, "请写明文书正文，或者选择案卷中的一份材料"],
  "service.case_over": [409, "本案已经审结，只能送达裁判文书"],
  "service.nobody_there": [409, "受送达人还没有在平台上加入本案，请改用邮寄等其他方式"],
  "service.channel_barred": [409, "这种送达方式不能用于本次送达"],
  "service.no_further_channel": [409, "没有下一种送达方式，请根据案件情况选择送达方式"],
  "service.not_for_you": [403, "只有受送达人可以办理此项"],
  "service.facts_invalid": [422, "送达事实不完整或者前后不一致，请核对"],
  "service.claimed_on": [422, "请填写实际收到的日期，不能晚于今天"],
  "service.ruled_on": [422, "请核对认定的送达日期"],
  "service.no_certificate": [409, "送达还没有生效，生效后即可取得送达回证"],
  "service.no_paper": [409, "本次送达不需要另行提供纸质文书"],
  "service.address_stale": [412, "送达地址确认书已在另一处更新，请刷新后再改"],
  "service.untranslatable": [409, "只有本院在此写成、还没有送达的文书可以附译文"],
  "service.which_party": [422, "请选择为哪一位当事人确认送达地址"],
});

/** Why a paper of the case cannot be served. */
export const paperRefused = (code: string, message: string) =>
  problem("service.no_document", { errors: [{ pointer: "/dossierItemId", code, message }] });
