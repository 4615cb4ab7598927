import { shallowRef, watch } from "vue";
import { api } from "@/api/index.ts";

/** Where a field of the filing was taken from: a part of a photograph, and what was read there. */
export interface FieldSource {
  pointer: string;
  materialId: string;
  materialName: string;
  kind: { code: string; label: string };
  turn: number;
  read: {
    name: string;
    label: string;
    value: string;
    doubtful: boolean;
    doubt: string | null;
    page: number;
    box: Box;
  };
  /** Whether what is written is what was read; null where nothing is written. */
  agrees: boolean | null;
}
/** Shares of the picture's width and height. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The sources of a filing by the field they belong to. Without them the review goes on as before. */
export function useSources(filingId: () => string) {
  const byPointer = shallowRef<ReadonlyMap<string, FieldSource>>(new Map());
  watch(
    filingId,
    async (id) => {
      byPointer.value = new Map();
      const found = await api.get<{ items: FieldSource[] }>(`/filings/${id}/sources`).catch(() => ({ items: [] }));
      if (id === filingId()) byPointer.value = new Map(found.items.map((each) => [each.pointer, each]));
    },
    { immediate: true },
  );
  return byPointer;
}
