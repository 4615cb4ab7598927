import type { Section } from "./sections.ts";

/** The row a pointer of a finding or defect means: the row itself, the nearest row above it, or the first one below it. */
export function rowAt(sections: Section[], pointer: string | null | undefined): string | null {
  const wanted = normal(pointer);
  if (wanted === null) return null;
  const all = sections.flatMap((section) => section.rows.map((row) => row.pointer));
  if (all.includes(wanted)) return wanted;
  const above = all.filter((each) => wanted.startsWith(`${each}/`)).sort((a, b) => b.length - a.length)[0];
  if (above) return above;
  const below = all.find((each) => each.startsWith(`${wanted}/`));
  if (below) return below;
  const parent = wanted.slice(0, wanted.lastIndexOf("/"));
  return parent ? rowAt(sections, parent) : null;
}

/** The material and page a pointer means ("/materials/12", "/materials/12#page=3"), or null. */
export function pageAt(pointer: string | null | undefined): { materialId: string; page: number } | null {
  const match = /^\/materials\/([^/#]+)(?:#page=(\d+))?/.exec(normal(pointer) ?? "");
  return match ? { materialId: match[1]!, page: Number(match[2] ?? 1) } : null;
}

export function pagePointer(materialId: string, page: number, total: number): string {
  return total > 1 ? `/materials/${materialId}#page=${page}` : `/materials/${materialId}`;
}

function normal(pointer: string | null | undefined): string | null {
  if (!pointer) return null;
  const clean = pointer.replace(/^#/, "").replace(/^\/content(?=\/)/, "");
  return clean.startsWith("/") ? clean : `/${clean}`;
}
