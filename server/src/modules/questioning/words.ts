import type { Questioning } from "./model.ts";

export const STANDS = { expected: "未签到", waiting: "已签到，等候", in: "提讯中", over: "已结束" } as const;

/** `2026年3月5日 09:00`, in the court's time. */
export function timeOf(at: Date): string {
  const local = new Date(at.getTime() + 8 * 3_600_000).toISOString();
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(\d\d:\d\d)/.exec(local) ?? [];
  return `${year}年${Number(month)}月${Number(day)}日 ${time}`;
}

interface Looking {
  readonly row: Questioning;
  readonly isOfficer: boolean;
  readonly isCourt: boolean;
  readonly hasLink: boolean;
  readonly now: Date;
}
/** 下一步: one sentence for whoever looks at the page. */
export function nextWords({ row, isOfficer, isCourt, hasLink, now }: Looking): string {
  switch (row.state) {
    case "asked":
      if (isOfficer) return "请核对时间和提讯室，能够安排的请确认。";
      if (!isCourt) return "等待羁押场所确认时间。";
      return hasLink ? "链接已经发出，等待羁押场所确认。" : "请发出链接，请羁押场所确认时间和提讯室。";
    case "confirmed":
      if (isOfficer) return officerWords(row);
      if (row.startsAt <= now) return isCourt ? "到时间请进入提讯室。" : "请进入提讯室。";
      return isCourt
        ? "羁押场所已经确认。提讯前请再发一次链接，值班民警凭链接和警号进入。"
        : "时间已经确定，开始前两小时可以进入提讯室签到。";
    case "declined":
      return isCourt ? "羁押场所不能安排，请另约时间。" : "羁押场所不能安排，等待法院另约时间。";
    case "missed":
      return isCourt ? "被提讯人没有带到，请另约时间。" : "这次没有提讯，等待法院另约时间。";
    case "held":
      return isCourt ? "请完成笔录：各方逐页签名，拒绝签名的记明情况。" : "请核对笔录，逐页签名。";
    case "filed":
      return "笔录已经完成。";
    case "cancelled":
      return "已经取消。";
  }
}

function officerWords({ identifiedAt, rightsAt }: Questioning): string {
  if (identifiedAt === null) return "时间已经确认。被提讯人带到提讯室后，请核对身份。";
  if (rightsAt === null) return "请把下面的权利义务给被提讯人看或者读给他听，本人确认后点“已告知”。";
  return "请进入提讯室签到，等待法院开始。";
}
