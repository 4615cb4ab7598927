import type { Material } from "@/api/contract.ts";

export interface SourcePage {
  materialId: string;
  name: string;
  kindLabel: string;
  contentType: string;
  page: number;
  total: number;
  ready: boolean;
}

/** Every page of every material in the catalogue's order. A PDF whose length nobody counted yet is one page until it is opened. */
export function pagesOf(materials: Material[], counted: ReadonlyMap<string, number>): SourcePage[] {
  return [...materials]
    .sort((a, b) => a.position - b.position)
    .flatMap((material) => {
      const total = Math.max(1, counted.get(material.id) ?? material.pages ?? 1);
      return Array.from({ length: total }, (_, index) => ({
        materialId: material.id,
        name: material.name,
        kindLabel: material.kindLabel,
        contentType: material.contentType,
        page: index + 1,
        total,
        ready: material.state.code === "ready",
      }));
    });
}

export const isPdf = (contentType: string): boolean => contentType.toLowerCase().startsWith("application/pdf");
export const isImage = (contentType: string): boolean => contentType.toLowerCase().startsWith("image/");
