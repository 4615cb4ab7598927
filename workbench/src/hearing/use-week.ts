import { computed, ref, shallowRef, watch } from "vue";
import type { Page } from "@/api/contract.ts";
import { api } from "@/api/index.ts";
import { sayProblem } from "@/api/problem.ts";
import { hasRole } from "@/session/session.ts";
import type { Absence, CourtDay, Hearing, Resource } from "./contract.ts";
import { addDays, courtDayOf, weekOf } from "./week.ts";

/** Whose week is looked at: everybody's, one's own, a judge's or a room's. */
export interface View {
  kind: "court" | "mine" | "staff" | "room";
  id: string;
}
export const viewOf = (text: string): View => {
  const [kind, id = ""] = text.split(":");
  return { kind: kind === "mine" || kind === "staff" || kind === "room" ? kind : "court", id };
};
const queryOf = ({ kind, id }: View): Record<string, string> =>
  kind === "mine" ? { mine: "true" } : kind === "staff" ? { staffId: id } : kind === "room" ? { courtroomId: id } : {};

/** Leave is kept for those who settle dates. */
export const seesAbsences = (): boolean => hasRole("supervisor", "judge", "court_clerk", "admin");
export const isRoom = ({ kind }: Pick<Resource, "kind">): boolean =>
  kind.code === "courtroom" || kind.code === "online_room";
/** Rooms, and the people of the court, as they can be booked; what is closed is left out. */
export const listOpen = async (): Promise<Resource[]> =>
  (await api.get<{ items: Resource[] }>("/hearing-resources")).items.filter(({ closed }) => !closed);

const PAGE = 100;
const MOST_PAGES = 10;

/** What lies in the week of a day: hearings, absences, and which days the court works. */
export function useWeek(day: () => string, view: () => View) {
  const hearings = shallowRef<Hearing[]>([]);
  const absences = shallowRef<Absence[]>([]);
  const courtDays = shallowRef<CourtDay[]>([]);
  const loading = ref(false);
  const problem = ref("");
  const cut = ref(false);
  const days = computed(() => weekOf(day()));
  let running: AbortController | null = null;

  async function load(): Promise<void> {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    loading.value = true;
    problem.value = "";
    const span = { from: days.value[0] ?? "", to: days.value[6] ?? "" };
    try {
      const [found, away, known] = await Promise.all([
        hearingsOf({ ...queryOf(view()), ...span }, mine.signal),
        seesAbsences() ? api.get<{ items: Absence[] }>("/hearing-absences", span, mine.signal) : { items: [] },
        api.get<{ items: CourtDay[] }>("/court-days", span, mine.signal),
      ]);
      if (running !== mine) return;
      hearings.value = found.items;
      cut.value = found.cut;
      absences.value = away.items;
      courtDays.value = known.items;
    } catch (error) {
      if (running === mine) problem.value = sayProblem(error);
    } finally {
      if (running === mine) loading.value = false;
    }
  }
  watch([() => days.value[0], () => JSON.stringify(view())], load, { immediate: true });
  return { days, hearings, absences, courtDays, loading, problem, cut, load };
}

/** All pages of a week; a court with more than a thousand sittings in it is told that some are left out. */
export async function hearingsOf(
  query: Record<string, string>,
  signal?: AbortSignal,
): Promise<{ items: Hearing[]; cut: boolean }> {
  const items: Hearing[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer: Page<Hearing> = await api.get<Page<Hearing>>("/hearings", { ...query, cursor, limit: PAGE }, signal);
    items.push(...answer.items);
    cursor = answer.nextCursor;
    if (!cursor) return { items, cut: false };
  }
  return { items, cut: true };
}

export const today = (): string => courtDayOf(api.serverNow());
export const shift = (day: string, weeks: number): string => addDays(day, weeks * 7);
