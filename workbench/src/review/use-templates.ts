import { ref, shallowRef } from "vue";
import type { ReasonTemplate } from "@/api/contract.ts";
import { api } from "@/api/index.ts";

const items = shallowRef<ReasonTemplate[]>([]);
const of = ref("");

/** The court's texts with the facts of this item put in. Read once an item; without them one writes by hand. */
export function useTemplates(itemId: string) {
  if (itemId && of.value !== itemId) {
    of.value = itemId;
    items.value = [];
    api.get<{ items: ReasonTemplate[] }>("/intake/templates", { item: itemId }).then(
      (answer) => {
        if (of.value === itemId) items.value = answer.items;
      },
      () => {
        if (of.value === itemId) of.value = "";
      },
    );
  }
  return (kind: string, code: string): ReasonTemplate[] =>
    of.value === itemId ? items.value.filter((each) => each.kind.code === kind && fits(each, code)) : [];
}

/** A text for any code stands everywhere, one for a code only there. */
const fits = (template: ReasonTemplate, code: string) => template.code === "" || template.code === code;

/** What was written stays; the template's text comes below it. */
export const withTemplate = (written: string, text: string): string =>
  written.trim() && !written.includes(text) ? `${written.trimEnd()}\n${text}` : text;
