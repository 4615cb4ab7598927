import { courtDayOf } from "#core/period.ts";
import { findIdentity } from "#modules/account/index.ts";
import { findCourt, nameOfCourt } from "#modules/court/index.ts";
import { renderPdf } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { problem } from "./problems.ts";
import { openPart, type ReceptionRow } from "./store.ts";
import { OUTCOMES, TOPICS } from "./workflow.ts";

/** 答复意见书: the same bytes for the same answer. Throws `reception.no_answer`. */
export async function printAnswer({ vault }: Pick<Means, "vault">, row: ReceptionRow): Promise<Buffer> {
  const { answer, outcome, answeredAt, hearingId, startsAt, courtCode } = row;
  if (!answer || !outcome || !answeredAt) throw problem("reception.no_answer");
  const [courtName, { parentCode }, identity] = await Promise.all([
    nameOfCourt(courtCode),
    findCourt(courtCode),
    findIdentity(vault, row.accountId),
  ]);
  const heard = hearingId !== null && startsAt !== null ? `本院于${written(startsAt)}通过远程接访听取了您的意见。` : "";
  const above = parentCode === null ? "上一级法院" : await nameOfCourt(parentCode);
  const text = [
    `${identity?.name ?? ""}：`,
    `您于${written(row.askedAt)}就“${TOPICS[row.topic]}”问题向本院申请远程接访。${heard}经研究，现答复如下：`,
    openPart(vault, row, "answer", answer),
    `办理结果：${OUTCOMES[outcome]}。`,
    `对本答复有不同意见的，可以自收到之日起三十日内向${above}提出复查申请（信访工作条例第三十五条）。对裁判、执行行为不服的，请依照法律规定通过上诉、申请再审、执行异议等程序提出。`,
    courtName,
    written(answeredAt),
  ].join("\n");
  return renderPdf("court-paper", { courtName, title: "来访事项答复意见书", number: row.number, text }, answeredAt);
}

function written(at: Date): string {
  const [year, month, day] = courtDayOf(at).split("-").map(Number);
  return `${year}年${month}月${day}日`;
}
