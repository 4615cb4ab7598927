import type { ReviewItem } from "@/api/contract.ts";
import { filingSections, type Row, type Section } from "@/review/sections.ts";
import { fenText } from "@/style/format.ts";

/** One thing the members say, in the order of the members; what a member does not say is empty. */
export interface Line {
  label: string;
  values: string[];
  /** What most of them say, where most say the same: whoever says otherwise is worth a look. */
  common: string | null;
}
export interface Comparison {
  same: { label: string; value: string }[];
  differs: Line[];
}

/** What the members of a series have in common and where they part, line by line as a clerk reads a filing. */
export function compareMembers(members: ReviewItem[]): Comparison {
  const read = members.map(linesOf);
  const labels = [...new Set(read.flatMap((lines) => [...lines.keys()]))];
  const same: Comparison["same"] = [];
  const differs: Line[] = [];
  for (const label of labels) {
    const values = read.map((lines) => lines.get(label) ?? "");
    if (values.every((value) => value === values[0])) same.push({ label, value: values[0] ?? "" });
    else differs.push({ label, values, common: commonOf(values) });
  }
  return { same, differs };
}

/** A filing as lines of text. The parts have names and no keys: every filing has keys of its own. */
function linesOf({ filing, findings }: ReviewItem): Map<string, string> {
  const lines = new Map<string, string>();
  lines.set("标的额", fenText(filing.amountFen) || "未填");
  for (const section of filingSections(filing, null)) {
    // Without the form's words the answers are bare ids; their sense stands in claims and facts.
    if (section.id.startsWith("answers-")) continue;
    for (const row of section.rows) {
      if (row.kind === "heading" || row.pointer === "/amountFen") continue;
      const label = labelOf(section, row);
      lines.set(label, [lines.get(label), row.value].filter(Boolean).join("；"));
    }
  }
  lines.set("材料", materialsOf(filing.materials));
  const open = findings.filter(({ severity }) => severity !== "hint").map(({ message }) => message);
  lines.set("预检", open.join("；") || "通过");
  return lines;
}

/** Claims are one line, however many; only what belongs to a person or an address needs to say whose it is. */
function labelOf(section: Section, row: Row): string {
  const part = section.title.split(" · ")[0] ?? "";
  if (section.id === "claims") return part;
  if (!section.id.startsWith("party-") && section.id !== "service") return row.label;
  return row.depth > 0 ? `${part} 代理人 ${row.label}` : `${part} ${row.label}`;
}

function materialsOf(materials: ReviewItem["filing"]["materials"]): string {
  const counts = new Map<string, number>();
  for (const { kindLabel } of materials) counts.set(kindLabel, (counts.get(kindLabel) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${kind} ${count} 份`).join("、") || "无";
}

function commonOf(values: string[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most && most[1] * 2 > values.length ? most[0] : null;
}
