import { open } from "node:fs/promises";
import { eachObject } from "./pdf-objects.ts";
import { isDict, isList, nameIn, type PdfDict, type PdfValue, refIn } from "./pdf-syntax.ts";
import type { Warning } from "./present.ts";
import { FileRefused } from "./refusal.ts";

/** The largest page the format itself knows: 200 inches. */
const MAX_PAGE_POINTS = 14_400;
const MAX_PAGES = 5000;
const MAX_KEPT = 60_000;
const MAX_TREE_DEPTH = 64;
const SCRIPTS = new Set(["JavaScript", "Launch", "ImportData", "SubmitForm", "GoToE"]);

interface Page {
  readonly box: PdfValue;
  readonly unit: number;
  /** Null for a leaf. */
  readonly kids: PdfValue | null;
}

/**
 * Counts the pages of a PDF and looks for what cannot be shown or should be known. Throws `FileRefused` for one that is
 * locked, broken, or made to hurt whoever opens it.
 */
export async function inspectPdf(path: string): Promise<{ pages: number; warnings: Warning[] }> {
  const pages = new Map<number, Page>();
  const lists = new Map<number, PdfValue>();
  const catalogs = new Map<number, PdfDict>();
  const warnings = new Set<Warning>();
  const found = { root: null as number | null, isLocked: false };

  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    await eachObject(file, size, (number, value) => {
      if (isDict(value)) warn(value, warnings);
      if (number === null) {
        if (!isDict(value)) return;
        if (value.has("Encrypt")) found.isLocked = true;
        found.root = refIn(value.get("Root")) ?? found.root;
        return;
      }
      keep(number, value);
    });
  } finally {
    await file.close();
  }
  if (found.isLocked) throw new FileRefused("pdf_locked");
  const count = countPages();
  if (count === 0) throw new FileRefused("pdf_broken");
  if (count > MAX_PAGES) throw new FileRefused("pdf_long");
  return { pages: count, warnings: [...warnings] };

  function keep(number: number, value: PdfValue): void {
    pages.delete(number);
    lists.delete(number);
    catalogs.delete(number);
    if (isList(value)) {
      // Kids and boxes may stand as objects of their own.
      if (
        value.length > 0 &&
        value.length <= MAX_PAGES &&
        value.every((item) => typeof item === "number" || refIn(item) !== null)
      )
        lists.set(number, value);
    } else if (isDict(value)) {
      const type = nameIn(value.get("Type"));
      const isTree = type === "Pages" || (type === null && value.has("Kids") && value.has("Count"));
      if (type === "Catalog") catalogs.set(number, value);
      else if (type === "Page" || isTree) pages.set(number, pageOf(value, isTree));
    }
    if (pages.size + lists.size > MAX_KEPT) throw new FileRefused("pdf_long");
  }

  /** Down the tree from the catalogue; where that leads nowhere, every page there is. */
  function countPages(): number {
    const root = (found.root === null ? undefined : catalogs.get(found.root)) ?? [...catalogs.values()].at(-1);
    const top = refIn(root?.get("Pages"));
    const seen = new Set<number>();
    const walked = top === null ? 0 : walk(top, undefined, 0);
    if (walked > 0) return walked;
    const leaves = [...pages.values()].filter((page) => page.kids === null);
    for (const leaf of leaves) checkBox(leaf.box, leaf.unit);
    return leaves.length;

    function walk(number: number, inherited: PdfValue | undefined, depth: number): number {
      const page = pages.get(number);
      if (!page || seen.has(number) || depth > MAX_TREE_DEPTH) return 0;
      seen.add(number);
      const box = page.box ?? inherited;
      if (page.kids === null) {
        checkBox(box ?? null, page.unit);
        return 1;
      }
      return kidsOf(page.kids).reduce((sum, kid) => sum + walk(kid, box, depth + 1), 0);
    }
  }

  function kidsOf(kids: PdfValue): number[] {
    const list = resolve(kids);
    return isList(list) ? list.map(refIn).filter((ref) => ref !== null) : [];
  }

  function checkBox(box: PdfValue, unit: number): void {
    const corners = resolve(box);
    if (!isList(corners)) return;
    const [left = 0, bottom = 0, right = 0, top = 0] = corners.map((corner) =>
      typeof corner === "number" ? corner : 0,
    );
    if (Math.max(Math.abs(right - left), Math.abs(top - bottom)) * unit > MAX_PAGE_POINTS)
      throw new FileRefused("pdf_huge");
  }

  function resolve(value: PdfValue): PdfValue {
    const ref = refIn(value);
    return ref === null ? value : (lists.get(ref) ?? null);
  }
}

function pageOf(value: PdfDict, isTree: boolean): Page {
  const unit = value.get("UserUnit");
  return {
    box: value.get("MediaBox") ?? null,
    unit: typeof unit === "number" ? unit : 1,
    kids: isTree ? (value.get("Kids") ?? null) : null,
  };
}

/** What runs, hides or changes when the file is opened, anywhere in a dictionary. */
function warn(value: PdfDict, warnings: Set<Warning>): void {
  if (value.has("JS") || SCRIPTS.has(nameIn(value.get("S")) ?? "")) warnings.add("pdf_script");
  if (value.has("EmbeddedFiles") || nameIn(value.get("Type")) === "EmbeddedFile") warnings.add("pdf_attachment");
  if (value.has("XFA")) warnings.add("pdf_form");
  for (const inner of value.values()) {
    for (const each of isList(inner) ? inner : [inner]) if (isDict(each)) warn(each, warnings);
  }
}
