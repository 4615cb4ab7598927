import type { Cause } from "@/api/types";
import { storage } from "@/platform/storage";

/** What a person has said in the walk before signing in. Only codes, names of courts and an amount: nothing about anybody. */
export interface Walk {
  at: number;
  cause: Cause | null;
  defendant: { code: string; name: string } | null;
  mine: { code: string; name: string } | null;
  amount: string;
  who: "" | "person" | "company" | "helper";
}

export const emptyWalk = (): Walk => ({ at: 0, cause: null, defendant: null, mine: null, amount: "", who: "" });

const KEY = "walk";
/** Kept on this phone at every step: signing in, a call or a closed page lose nothing. */
export const readWalk = (): Walk => ({ ...emptyWalk(), ...storage.read<Partial<Walk>>(KEY) });
export const keepWalk = (walk: Walk): void => storage.write(KEY, walk);
export const forgetWalk = (): void => storage.remove(KEY);

/** Where the dispute's place decides, it is asked for in the place of one's own home. */
export function placeOf(cause: Cause | null): { id: string; title: string; several: boolean } {
  const path = cause?.path.join(" ") ?? "";
  if (/交通事故/.test(path)) return { id: "accidentCourt", title: "事故在哪个县、区发生？", several: false };
  if (/侵权责任|人格权/.test(path)) return { id: "tortCourts", title: "事情在哪个县、区发生？", several: true };
  if (/房屋租赁|建设工程|相邻|不动产|建筑物|宅基地|拆迁|征收|强制拆除/.test(path))
    return { id: "realEstateCourt", title: "房子（工程、土地）在哪个县、区？", several: false };
  if (/继承/.test(path)) return { id: "deathCourt", title: "去世的人生前住在哪个县、区？", several: false };
  if (/劳动争议|用工/.test(path)) return { id: "employerCourt", title: "单位在哪个县、区？", several: false };
  return { id: "plaintiffCourt", title: "您住在哪个县、区？", several: false };
}
