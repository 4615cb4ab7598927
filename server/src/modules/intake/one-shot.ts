import { isDeepStrictEqual } from "node:util";
import { SYSTEM } from "#core/actor.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import {
  type Defect,
  type FilingContent,
  findFilingRow,
  flatten,
  type Held,
  labelOf,
  listCorrections,
  listSubmissions,
} from "#modules/filing/index.ts";
import { listMaterials } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";

/** A defect with whether the court could have named it a round ago. */
export interface Told extends Defect {
  readonly visibleBefore: boolean;
  /** Where, in words. */
  readonly label: string;
}

/** Which papers a code looks at; a code that is not named here looks at all of them. */
const PAPERS: Readonly<Record<string, readonly string[]>> = {
  identity_paper_unclear: ["identity", "business_license", "legal_rep_certificate"],
  identity_paper_missing: ["identity", "business_license", "legal_rep_certificate"],
  evidence_missing: ["evidence"],
  evidence_unreadable: ["evidence"],
  authorisation_missing: ["power_of_attorney", "firm_letter", "license", "kinship", "employment", "recommendation"],
};

/**
 * 一次性告知 (登记立案规定§7, 行诉法§51): of the defects of a second round, those that are new although the place they name
 * has not changed since the round before: they could have been told then. A defect that was told before and is still there
 * is none of them. In the first round nothing was visible before.
 */
export async function compareWithBefore(
  work: Work,
  means: Means,
  { filing }: Pick<Held, "filing">,
  defects: readonly Defect[],
): Promise<Told[]> {
  const inside = { ...means, database: within(work, means.database) };
  const [now, before] = await listSubmissions(inside.database, means.vault, filing);
  const plain = (defect: Defect, content: FilingContent | undefined): Told => ({
    ...defect,
    visibleBefore: false,
    label: content ? labelOf(content, defect.pointer) : "",
  });
  if (!now || !before || filing.round === 1) return defects.map((defect) => plain(defect, now?.content));
  const told = (await listCorrections(inside, await findFilingRow(inside.database, SYSTEM, filing.id))).flatMap(
    (correction) => correction.defects,
  );
  const materials = await listMaterials(
    { ...inside, work },
    "filing",
    filing.id,
    { editable: false, role: "system" },
    {
      removedToo: true,
    },
  );
  const kinds = new Map(materials.map(({ id, kind }) => [id, kind as string]));
  return defects.map((defect) => {
    const wasTold = told.some(({ code, pointer }) => code === defect.code && overlaps(pointer, defect.pointer));
    const unchanged = defect.pointer.startsWith("/materials")
      ? samePapers(defect, before.materialIds, now.materialIds, kinds)
      : samePlace(defect.pointer, before.content, now.content);
    return { ...plain(defect, now.content), visibleBefore: !wasTold && unchanged };
  });
}

function samePapers(
  { code, pointer }: Defect,
  before: readonly string[],
  now: readonly string[],
  kinds: ReadonlyMap<string, string>,
): boolean {
  const one = /^\/materials\/(\d+)$/.exec(pointer)?.[1];
  if (one) return before.includes(one) && now.includes(one);
  const looksAt = PAPERS[code];
  const of = (ids: readonly string[]) => ids.filter((id) => !looksAt || looksAt.includes(kinds.get(id) ?? "")).sort();
  return isDeepStrictEqual(of(before), of(now));
}

function samePlace(pointer: string, before: FilingContent, now: FilingContent): boolean {
  const below = (content: FilingContent) =>
    [...flatten(content)].filter(([path]) => pointer === "" || path === pointer || path.startsWith(`${pointer}/`));
  return isDeepStrictEqual(below(before), below(now));
}

const overlaps = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);

/** The defects that could have been told before, for a refusal that names them. */
export function namesOf(told: readonly Told[]): { detail: string; visibleBefore: object[] } {
  const seen = told.filter(({ visibleBefore }) => visibleBefore);
  return {
    detail:
      seen.length === 0
        ? ""
        : `其中${seen.map(({ title, label }) => `“${title}”${label ? `（${label}）` : ""}`).join("、")}自上一轮提交以来没有变化，上一轮即可发现。`,
    visibleBefore: seen.map(({ code, title, pointer, label }) => ({ code, title, pointer, label })),
  };
}
