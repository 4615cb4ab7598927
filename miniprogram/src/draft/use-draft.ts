import { onHide, onLoad } from "@dcloudio/uni-app";
import { computed, shallowRef } from "vue";
import { useSayings } from "@/aloud/sayings";
import { person } from "@/stores/session";
import type { Draft } from "./draft";
import { openDraft, startDraft } from "./drafts";
import { STEPS, stepUrl } from "./steps";

/**
 * The draft a wizard page works on, by `?id=` (not `?draft=`: on the web a page's query falls through to its root component
 * as attributes, and WizardFrame has a prop of that name); `?field=` is the place to show first, and with `?mend=1` the page was
 * opened to change one thing and goes back when that is done.
 */
export function useDraft(stepId: string | null, begin = false) {
  useSayings();
  const draft = shallowRef<Draft | null>(null);
  const field = shallowRef("");
  const mending = shallowRef(false);
  const query = shallowRef<Record<string, string>>({});

  onLoad((given) => {
    query.value = Object.fromEntries(Object.entries(given ?? {}).map(([name, value]) => [name, decode(String(value))]));
    field.value = query.value.field ?? "";
    mending.value = query.value.mend === "1";
    draft.value = query.value.id ? openDraft(query.value.id) : null;
    if (!draft.value && begin && person.value) draft.value = startDraft(person.value.id);
    if (!draft.value) void uni.switchTab({ url: "/pages/filings/index" });
  });
  // Leaving the app is the moment the network may go: what is written sets out now.
  onHide(() => void draft.value?.flush());

  const view = computed(() => draft.value?.view ?? null);
  const content = computed(() => draft.value?.view.content ?? null);
  const at = STEPS.findIndex((each) => each.id === stepId);

  return {
    draft,
    view,
    content,
    field,
    mending,
    query,
    edit: (path: string, value: unknown) => draft.value?.edit(path, value),
    mayEdit: (path: string) => draft.value?.mayEdit(path) ?? false,
    mayRemove: (path: string) => draft.value?.mayRemove(path) ?? false,
    /** The person fills in for somebody else. */
    helping: computed(() => view.value?.helping ?? false),
    refusedAt: (path: string) => view.value?.rejected[path]?.message ?? null,
    next: () => {
      void draft.value?.flush();
      if (mending.value) return void uni.navigateBack();
      const step = STEPS[at + 1];
      if (draft.value && step) void uni.redirectTo({ url: stepUrl(step.id, draft.value.id) });
    },
    back: () => {
      void draft.value?.flush();
      const step = STEPS[at - 1];
      if (draft.value && step) void uni.redirectTo({ url: stepUrl(step.id, draft.value.id) });
      else void uni.navigateBack({ fail: () => void uni.switchTab({ url: "/pages/home/index" }) });
    },
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
