import { posix } from "node:path";
import { type ArchivedFile, MATERIAL_TYPES, type MaterialFacts } from "#modules/material/index.ts";
import type { WantedFile } from "./read-row.ts";
import type { RowCells } from "./row-cells.ts";

const MOST_FILES = 50;
const ENDINGS: ReadonlySet<string> = new Set(Object.values(MATERIAL_TYPES).flatMap(({ endings }) => [...endings]));

/** A file that a row will hand in: which one of the archive, as what. */
export interface PlannedFile extends WantedFile {
  /** Its place among the files of the archive. */
  readonly index: number;
}

/** Names as people type them: composed, without regard to upper and lower case, slashes of either kind. */
const alike = (name: string): string =>
  name
    .normalize("NFC")
    .replaceAll("\\", "/")
    .replace(/^\.?\//, "")
    .toLowerCase();

/** The files of an archive by whole path, and by name alone. */
export class FileIndex {
  readonly #byPath = new Map<string, number>();
  readonly #byName = new Map<string, number[]>();

  constructor(files: readonly ArchivedFile[]) {
    for (const [index, file] of files.entries()) {
      const path = alike(file.name);
      this.#byPath.set(path, index);
      const name = posix.basename(path);
      this.#byName.set(name, [...(this.#byName.get(name) ?? []), index]);
    }
  }

  /** Whole path; the same inside the one folder that was packed; or the bare name. */
  find(name: string): readonly number[] {
    const path = alike(name);
    const whole = this.#byPath.get(path);
    if (whole !== undefined) return [whole];
    const below = [...this.#byPath].filter(([known]) => known.endsWith(`/${path}`)).map(([, index]) => index);
    return below.length > 0 ? below : (this.#byName.get(path) ?? []);
  }
}

/** Finds a row's files in the archive; what is not there, not clear or of a kind never taken is noted at its cell. */
export function planFiles(wanted: readonly WantedFile[], index: FileIndex, cells: RowCells): PlannedFile[] {
  if (wanted.length > MOST_FILES) {
    const key = `files.${wanted[0]?.kind}`;
    cells.note(key, `这一行有 ${wanted.length} 个文件，最多 ${MOST_FILES} 个`, "请把零散的图片合并成 PDF");
    return [];
  }
  return wanted.flatMap((file) => {
    const key = `files.${file.kind}`;
    const found = index.find(file.name);
    if (found.length === 0) {
      cells.note(
        key,
        `压缩包里没有“${file.name}”`,
        "请核对文件名（包括扩展名），或把文件放进压缩包后重新上传",
        "error",
        "file.absent",
      );
      return [];
    }
    if (found.length > 1) {
      cells.note(
        key,
        `压缩包里有 ${found.length} 个“${file.name}”`,
        "请写明所在的文件夹，例如 证据/0001/合同.pdf",
        "error",
        "file.unclear",
      );
      return [];
    }
    const ending = /\.([A-Za-z0-9]{1,8})$/.exec(file.name)?.[1]?.toLowerCase() ?? "";
    if (!ENDINGS.has(ending)) {
      cells.note(
        key,
        `“${file.name}”不是可以提交的文件类型`,
        "请换成 JPG、PNG、PDF、Word（docx）、Excel（xlsx）、MP3 或 MP4",
        "error",
        "file.type",
      );
      return [];
    }
    return [{ ...file, index: found[0] as number }];
  });
}

/** The materials a filing of this row would have, all of them found to be in order: what the rule pack looks at. */
export function plannedFacts(files: readonly PlannedFile[]): MaterialFacts {
  const byKind: Record<string, number> = {};
  for (const { kind } of files) byKind[kind] = (byKind[kind] ?? 0) + 1;
  const ready = files.length;
  return { total: ready, ready, scanning: 0, awaited: 0, refused: 0, byKind, readyIds: [], pages: 0 };
}
