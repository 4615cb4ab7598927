/** A place that may found jurisdiction; `id` is its name in POST /jurisdiction/advise. */
export interface PlaceQuestion {
  id: string;
  title: string;
  short: string;
  placeholder: string;
  /** The API takes a list. */
  several?: boolean;
  /** Asked of everybody; the others are added when they matter. */
  always?: boolean;
}

export const PLACE_QUESTIONS: readonly PlaceQuestion[] = [
  {
    id: "defendantCourts",
    title: "对方住在（单位在）哪个县、区？",
    short: "对方住地",
    placeholder: "县、区或市名",
    several: true,
    always: true,
  },
  {
    id: "plaintiffCourt",
    title: "您住在哪个县、区？",
    short: "我的住地",
    placeholder: "县、区或市名",
    always: true,
  },
  { id: "performanceCourt", title: "合同说好在哪里履行？", short: "合同履行地", placeholder: "例如交货、干活的地方" },
  { id: "accidentCourt", title: "事故在哪里发生？", short: "事故发生地", placeholder: "县、区或市名" },
  {
    id: "tortCourts",
    title: "侵害在哪里发生？",
    short: "侵权发生地",
    placeholder: "县、区或市名",
    several: true,
  },
  { id: "realEstateCourt", title: "房子或土地在哪里？", short: "房屋土地所在地", placeholder: "县、区或市名" },
  { id: "workCourt", title: "在哪里上班？", short: "工作地点", placeholder: "县、区或市名" },
  { id: "leasedItemCourt", title: "租的东西在哪里用？", short: "租赁物使用地", placeholder: "县、区或市名" },
  { id: "receivingCourt", title: "网购在哪里收货？", short: "收货地", placeholder: "县、区或市名" },
  { id: "deathCourt", title: "去世的人生前住在哪里？", short: "被继承人住地", placeholder: "县、区或市名" },
  { id: "companyCourt", title: "公司登记在哪里？", short: "公司所在地", placeholder: "县、区或市名" },
];
