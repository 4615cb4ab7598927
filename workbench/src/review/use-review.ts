import { computed, ref, shallowRef } from "vue";
import type { Defect, ElementForm, Ground, IntakeItem, ReviewItem } from "@/api/contract.ts";
import { api, newKey } from "@/api/index.ts";
import { sayProblem } from "@/api/problem.ts";
import { steady } from "@/api/settle.ts";
import { rowAt } from "./pointers.ts";
import { answeredOnly, filingSections } from "./sections.ts";
import { partLabels } from "./words.ts";

const forms = new Map<string, ElementForm>();
let catalogue: Promise<{ defects: Defect[]; grounds: Ground[] }> | null = null;

/** Coded defects and grounds, fetched once a session. */
export function decisionCatalogue(): Promise<{ defects: Defect[]; grounds: Ground[] }> {
  catalogue ??= Promise.all([
    api.get<{ items: Defect[] }>("/intake/defects"),
    api.get<{ items: Ground[] }>("/intake/grounds"),
  ]).then(([defects, grounds]) => ({ defects: defects.items, grounds: grounds.items }));
  catalogue.catch(() => {
    catalogue = null;
  });
  return catalogue;
}

const periods = new Map<string, Promise<number | undefined>>();

/** The days this court gives for correction, as its administrator has set them. */
export function correctionDaysOf(courtCode: string): Promise<number | undefined> {
  let found = periods.get(courtCode);
  if (!found) {
    found = api
      .getOpen<{ parameters?: { correctionDays?: number } }>(`/courts/${encodeURIComponent(courtCode)}`)
      .then((court) => court.parameters?.correctionDays)
      .catch(() => undefined);
    periods.set(courtCode, found);
  }
  return found;
}

/** The item under review: loaded whole, kept fresh after every move. */
export function useReview() {
  const item = shallowRef<ReviewItem | null>(null);
  const form = shallowRef<ElementForm | null>(null);
  const problem = ref("");
  const loading = ref(false);
  let wanted = "";

  async function load(id: string): Promise<void> {
    wanted = id;
    loading.value = item.value?.id !== id;
    if (loading.value) showsEmpty.value = false;
    problem.value = "";
    try {
      const loaded = await api.get<ReviewItem>(`/intake/items/${id}`);
      const loadedForm = await formOf(loaded.filing.formId);
      if (wanted !== id) return;
      form.value = loadedForm;
      item.value = loaded;
    } catch (error) {
      if (wanted !== id) return;
      item.value = null;
      problem.value = sayProblem(error);
    } finally {
      if (wanted === id) loading.value = false;
    }
  }

  /** A move that is not a decision: claim, extend, release, skip, assign. */
  async function move(action: string, extra: Record<string, unknown> = {}): Promise<void> {
    const current = item.value;
    if (!current) return;
    const key = newKey();
    const moved = await steady(() =>
      api.post<IntakeItem>(`/intake/items/${current.id}/moves`, { action, ...extra }, key),
    );
    if (item.value?.id === current.id) take(moved);
  }

  /** The moved item's standing, without fetching the filing again. */
  function take(moved: IntakeItem): void {
    const current = item.value;
    if (!current) return;
    const { lease, moves, state, decision, dueOn, daysLeft, overdue } = moved;
    item.value = { ...current, lease, moves, state, decision, dueOn, daysLeft, overdue };
  }

  const showsEmpty = ref(false);
  const allSections = computed(() => (item.value ? filingSections(item.value.filing, form.value) : []));
  const kept = computed(
    () => new Set((item.value?.findings ?? []).map((finding) => rowAt(allSections.value, finding.pointer) ?? "")),
  );
  const answered = computed(() => answeredOnly(allSections.value, kept.value));
  const sections = computed(() => (showsEmpty.value ? allSections.value : answered.value.sections));
  const hidden = computed(() => (showsEmpty.value ? new Map<string, number>() : answered.value.hidden));
  const rows = computed(() =>
    sections.value.flatMap((section) => section.rows.filter((row) => row.kind !== "heading")),
  );
  const labels = computed(() => {
    const found = new Map<string, string>();
    for (const section of allSections.value)
      for (const row of section.rows) found.set(row.pointer, `${section.title.split(" · ")[0]} ${row.label}`);
    for (const material of item.value?.filing.materials ?? []) found.set(`/materials/${material.id}`, material.name);
    return found;
  });
  const labelOf = (pointer: string): string => {
    const [base, page] = pointer.split("#page=");
    const section = allSections.value.find((each) => each.rows.some((row) => row.pointer.startsWith(`${base}/`)));
    const whole = base!.split("/").length > 2 ? section?.title.split(" · ")[0] : undefined;
    const name = labels.value.get(base!) ?? whole ?? partLabels[`/${base!.split("/")[1]}`] ?? pointer;
    return page ? `${name} 第 ${page} 页` : name;
  };

  return { item, form, problem, loading, allSections, sections, hidden, showsEmpty, rows, labelOf, load, move, take };
}

async function formOf(id: string | null): Promise<ElementForm | null> {
  if (!id) return null;
  const known = forms.get(id);
  if (known) return known;
  // Without the form the answers are still shown by their ids; a missing catalogue must not stop a review.
  const form = await api.get<ElementForm>(`/forms/${encodeURIComponent(id)}`).catch(() => null);
  if (form) forms.set(id, form);
  return form;
}
