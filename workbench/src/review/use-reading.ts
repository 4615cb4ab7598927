import { computed, ref, shallowRef } from "vue";
import type { Difference, Duplicate, ReviewItem } from "@/api/contract.ts";
import { api } from "@/api/index.ts";
import { pageAt, rowAt } from "./pointers.ts";
import type { useReview } from "./use-review.ts";

/** Where the clerk reads: the current field, the open panel, the difference to the last round, filings that look alike. */
export function useReading(review: ReturnType<typeof useReview>, showPage: (materialId: string, page: number) => void) {
  const { item, sections, rows } = review;
  const current = ref("");
  const tab = ref("1");
  const revealAsked = ref(0);
  const difference = shallowRef<Difference | null>(null);
  const duplicates = shallowRef<Duplicate[] | null>(null);
  const changed = computed(
    () =>
      new Set(
        (difference.value?.changes ?? []).map((change) => rowAt(sections.value, change.pointer) ?? change.pointer),
      ),
  );

  function clear(): void {
    difference.value = null;
    duplicates.value = null;
    tab.value = "1";
    current.value = "";
  }

  function begin(loaded: ReviewItem): void {
    current.value = rows.value[0]?.pointer ?? "";
    void readSides(loaded);
  }

  async function readSides(loaded: ReviewItem): Promise<void> {
    const compared =
      loaded.filing.corrections.length > 0 ? api.get<Difference>(`/intake/items/${loaded.id}/difference`) : null;
    const alike = api.get<{ items: Duplicate[] }>(`/intake/items/${loaded.id}/duplicates`);
    const [first, second] = await Promise.all([compared?.catch(() => null) ?? null, alike.catch(() => null)]);
    if (item.value?.id !== loaded.id) return;
    difference.value = first;
    duplicates.value = second?.items ?? [];
    // The clerk of a corrected filing reads the difference first.
    if (first && tab.value === "1" && loaded.findings.length === 0) tab.value = "2";
  }

  function walk(by: number): void {
    const at = rows.value.findIndex((row) => row.pointer === current.value);
    const next = rows.value[Math.min(Math.max(at + by, 0), rows.value.length - 1)];
    if (next) current.value = next.pointer;
  }

  function jump(pointer: string): void {
    const page = pageAt(pointer);
    if (page) {
      showPage(page.materialId, page.page);
      return;
    }
    const row = rowAt(review.allSections.value, pointer);
    if (row && !rows.value.some((each) => each.pointer === row)) review.showsEmpty.value = true;
    if (row) current.value = row;
  }

  return { current, tab, revealAsked, difference, duplicates, changed, clear, begin, walk, jump };
}
