const shanghai = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "long",
  day: "numeric",
  weekday: "long",
});
const clock = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** 2026年3月5日星期四 09:00—10:30 */
export const inWords = (startsAt: Date, endsAt: Date): string =>
  `${shanghai.format(startsAt)} ${clock.format(startsAt)}—${clock.format(endsAt)}`;
