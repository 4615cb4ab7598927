import { momentAt } from "@/hearing/week.ts";
import type { QuestioningDetail } from "./contract.ts";

/** Somebody who is no party of the case. */
export const OTHER = "other";

/** What is asked for when somebody is to be questioned; empty is what was not chosen. */
export const blankOrder = () => ({
  nature: "",
  partyKey: "",
  name: "",
  idNumber: "",
  minor: false,
  language: "",
  matter: "",
  keptIn: "main",
  placeId: "",
  placeRoom: "",
  day: "",
  time: "",
  minutes: 30,
  judgeId: "",
  clerkId: "",
  assistId: "",
  counselIds: [] as string[],
  roomId: "",
});
export type Order = ReturnType<typeof blankOrder>;

/** What has to be filled in first, in the order of the form; empty where nothing is missing. */
export function missingOf(order: Order, isAnew: boolean): string {
  const isOther = order.partyKey === OTHER;
  const asked: [boolean, string][] = [
    [!isAnew && !order.partyKey, "请选择被提讯人"],
    [!isAnew && isOther && !order.name.trim(), "请填写被提讯人姓名"],
    [!isAnew && isOther && !order.idNumber.trim(), "请填写被提讯人证件号码"],
    [!isAnew && !order.nature, "请选择程序"],
    [!isAnew && order.matter.trim().length < 2, "请填写提讯事由"],
    [!order.placeId || !order.placeRoom, "请选择羁押场所和提讯室"],
    [!order.day || !order.time, "请选择日期和时间"],
    [!order.judgeId || !order.clerkId, "请选择审判人员和书记员"],
  ];
  return asked.find(([isMissing]) => isMissing)?.[1] ?? "";
}

const filled = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));

const whenOf = ({ day, time, minutes, placeId, placeRoom, judgeId, clerkId, assistId, counselIds, roomId }: Order) => ({
  placeId,
  placeRoom,
  startsAt: momentAt(day, time),
  minutes,
  counselIds,
  ...filled({ judgeId, clerkId, assistId, roomId }),
});
export const rebookBody = (order: Order) => ({ action: "rebook", ...whenOf(order) });

export function askBody(order: Order) {
  const { nature, partyKey, name, idNumber, minor, language, matter, keptIn } = order;
  const isOther = partyKey === OTHER;
  const who = filled({
    partyKey: isOther ? "" : partyKey,
    name: isOther ? name.trim() : "",
    idNumber: idNumber.trim().toUpperCase(),
  });
  return { nature, ...who, minor, language: language.trim(), matter: matter.trim(), keptIn, ...whenOf(order) };
}

/** Another time for the same people at the same place. */
export const orderOf = (found: QuestioningDetail, placeId: string): Order => ({
  ...blankOrder(),
  placeId,
  placeRoom: found.place.room,
  minutes: found.minutes,
  judgeId: found.judge.id,
  clerkId: found.clerk.id,
  assistId: found.assist?.id ?? "",
  counselIds: found.counsel.map(({ id }) => id),
});
