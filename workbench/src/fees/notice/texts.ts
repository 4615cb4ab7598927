import type { FeeNotice } from "@/api/contract.ts";
import { fenText } from "@/style/format.ts";

/** 2026-11-22 as rulings write it. */
export function dayWords(day: string | null): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(day ?? "");
  return match ? `${match[1]}年${Number(match[2])}月${Number(match[3])}日` : "";
}

/** What a ruling that deems the action withdrawn rests on, for the judge to read before it is made (登记立案规定§11). */
export function deemedWithdrawnText(notice: FeeNotice): string {
  const served = notice.servedOn ? `，该通知于${dayWords(notice.servedOn)}送达` : "";
  const part = notice.paidFen - notice.refundedFen > 0 ? `，仅交纳${fenText(notice.paidFen - notice.refundedFen)}` : "";
  return [
    `${notice.caseNumber}`,
    `${notice.title}一案，本院向${notice.payer.name}发出编号为${notice.number}的交费通知书${served}，通知其自接到通知次日起七日内交纳案件受理费${fenText(notice.dueFen)}，交费期限至${dayWords(notice.dueOn)}届满。`,
    `${notice.payer.name}在期限内未交清${part}，也未申请缓交、减交或者免交。`,
    "依照《诉讼费用交纳办法》第二十二条、《最高人民法院关于人民法院登记立案若干问题的规定》第十一条、《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第二百一十三条的规定，裁定如下：",
    "本案按撤诉处理。",
  ].join("\n");
}
