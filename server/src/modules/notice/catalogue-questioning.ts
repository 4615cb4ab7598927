import type { Template } from "./catalogue.ts";

/** What is told of questionings; nobody's name is said. */
export const questioningTexts = {
  "questioning.confirmed": {
    title: "远程提讯时间已确定",
    body: ({ courtName, hearingTime, matter }) =>
      `${courtName}的远程提讯（${matter}）定于 ${hearingTime}，开始前两小时可以进入提讯室签到。`,
  },
  "questioning.declined": {
    title: "羁押场所不能安排提讯",
    body: ({ hearingTime, matter }) => `${matter}：羁押场所不能安排 ${hearingTime} 的提讯，理由请点开查看，另约时间。`,
  },
  "questioning.called_off": {
    title: "原定的远程提讯不再进行",
    body: ({ courtName, hearingTime, matter }) =>
      `${courtName}原定的远程提讯（${matter}，${hearingTime}）不再进行。另约时间的，确定以后再通知您。`,
  },
} as const satisfies Record<string, Template>;
