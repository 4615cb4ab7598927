import type { CaseRow, listCaseParties } from "#modules/case/index.ts";

type Parties = Awaited<ReturnType<typeof listCaseParties>>;

export const writtenDay = (day: string): string => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日");
/** A moment in the court's own time, to the second. */
export const writtenMoment = (at: Date): string => {
  const local = new Date(at.getTime() + 8 * 3_600_000).toISOString();
  return `${writtenDay(local.slice(0, 10))} ${local.slice(11, 19)}`;
};

/** 应诉通知书 (民诉法§128, §129, §52, §61; 答辩期 of those without a domicile in China: §285). */
export function respondNotice(
  courtCase: Pick<CaseRow, "number">,
  parties: Parties,
  partyKey: string,
  { courtName, causeName, today }: { readonly courtName: string; readonly causeName: string; readonly today: string },
): string {
  const names = (side: string): string =>
    parties
      .filter((party) => party.side === side)
      .map(({ name }) => name)
      .join("、");
  const party = parties.find(({ key }) => key === partyKey);
  const you = party?.kind === "organisation" ? "你单位" : "你";
  const role = party?.side === "third_party" ? "第三人" : "被告";
  return [
    `${party?.name ?? ""}：`,
    `${names("plaintiff")}与${names("defendant")}${causeName}一案，本院已经立案，案号为${courtCase.number}。${you}是本案的${role}。现向${you}送达起诉状副本一份，并将有关事项通知如下：`,
    `一、${you}应当在收到起诉状副本之日的次日起十五日内提出答辩状；在中华人民共和国领域内没有住所的，期限为三十日。不提出答辩状的，不影响本院审理。`,
    `二、对管辖权有异议的，应当在提交答辩状期间提出。`,
    `三、${you}有权委托诉讼代理人，提出回避申请，收集、提供证据，进行辩论，请求调解，提起上诉，并应当依法行使诉讼权利，遵守诉讼秩序。`,
    `四、需要委托诉讼代理人的，应当提交由${you}签名或者盖章的授权委托书，写明委托事项和权限。`,
    `五、请在本平台加入本案，确认送达地址，在线查看案卷、提交答辩状和证据；也可以到本院诉讼服务中心办理。`,
    courtName,
    writtenDay(today),
  ].join("\n");
}
