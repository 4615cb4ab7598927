export interface NoticeFilter {
  name: string;
  label: string;
  query: Record<string, string>;
  empty: string;
}

/** The heaps a clerk works through, in the order of what presses most to what is done. */
export const noticeFilters: NoticeFilter[] = [
  { name: "open", label: "待交", query: { state: "open" }, empty: "没有待交费的通知。" },
  { name: "soon", label: "即将到期", query: { due: "soon" }, empty: "没有即将到期的通知。" },
  { name: "overdue", label: "逾期未交", query: { due: "overdue" }, empty: "没有逾期未交的通知。" },
  { name: "relief", label: "救助审查中", query: { state: "relief_pending" }, empty: "没有正在审查的救助申请。" },
  { name: "paid", label: "已交清", query: { state: "paid" }, empty: "还没有交清的通知。" },
  { name: "all", label: "全部", query: {}, empty: "还没有交费通知。立案时系统自动制作。" },
];
/** Counted on the tabs: what somebody must act on. */
export const countedFilters = noticeFilters.filter((each) => !["paid", "all"].includes(each.name));

/**
 * A case number as a clerk types it, made whole: "12", "民初12" and "民初12号" mean this year's case of this court. What is
 * whole already, or anything else, goes to the server as it stands.
 */
export function wholeCaseNumber(text: string, courtCode: string, year: number): string {
  const typed = text.replace(/\s+/g, "");
  const match = /^(民初|民终|民申|民再|民特|民督|行初|行终|执)?(\d+)号?$/.exec(typed);
  return match ? `（${year}）${courtCode}${match[1] ?? "民初"}${match[2]}号` : typed;
}
