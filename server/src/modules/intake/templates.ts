import { isDuplicate } from "#core/database.ts";
import { readableYuan } from "#core/money.ts";
import type { Work } from "#core/work.ts";
import { defectKind, type Held } from "#modules/filing/index.ts";
import { refusalGround } from "./grounds.ts";
import { problem } from "./problems.ts";

export const TEMPLATE_KINDS = { defect: "补正事项", ground: "不予受理理由", note: "附言" } as const;
export type TemplateKind = keyof typeof TEMPLATE_KINDS;

export interface Template {
  readonly id: string;
  readonly kind: TemplateKind;
  readonly code: string;
  readonly title: string;
  readonly body: string;
  readonly version: number;
}
export type TemplateInput = Omit<Template, "id" | "version">;

type Facts = Held["facts"];
/** What may stand in braces, and what is put there. */
const PLACEHOLDERS: Readonly<Record<string, (facts: Facts) => string>> = {
  原告: ({ plaintiffs }) => plaintiffs.join("、"),
  被告: ({ defendants }) => defendants.join("、"),
  案由: ({ causeName }) => causeName,
  标的额: ({ amountFen }) => (amountFen === null ? "" : readableYuan(amountFen)),
  法院: ({ courtName }) => courtName,
  收件编号: ({ receiptNumber }) => receiptNumber,
  收件日期: ({ receivedOn }) => receivedOn,
  今天: ({ today }) => today,
};
export const placeholders = Object.keys(PLACEHOLDERS);

/** The text with the facts of a filing in the place of what stands in braces. */
export const fillTemplate = (body: string, facts: Facts): string =>
  body.replace(/\{([^{}]+)\}/g, (whole, name: string) => PLACEHOLDERS[name]?.(facts) ?? whole);

function check({ kind, code, body }: TemplateInput): void {
  const unknown = [...body.matchAll(/\{([^{}]*)\}/g)]
    .map(([, name = ""]) => name)
    .find((name) => !(name in PLACEHOLDERS));
  if (unknown !== undefined)
    throw problem("intake.template_placeholder", {
      detail: `没有“{${unknown}}”这一项，可以使用：${placeholders.map((name) => `{${name}}`).join("")}。`,
      errors: [{ pointer: "/body", code: "placeholder", message: `没有“{${unknown}}”这一项` }],
    });
  const known = kind === "defect" ? defectKind(code) : kind === "ground" ? refusalGround(code) : code === "";
  if (code !== "" && !known)
    throw problem("intake.template_code", {
      errors: [{ pointer: "/code", code: "unknown", message: "目录中没有这一项" }],
    });
}

/** Adds a text of the court's own. Throws `intake.template_placeholder`, `intake.template_code`, `intake.template_taken`. */
export async function addTemplate(work: Work, input: TemplateInput): Promise<string> {
  check(input);
  await unique(() =>
    work.change(
      "INSERT INTO intake_template (court_code, kind, code, title, body, changed_by, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
      [work.actor.courtCode, input.kind, input.code, input.title, input.body, work.actor.accountId, work.at],
    ),
  );
  const [row] = await work.query<{ id: string }>("SELECT LAST_INSERT_ID() AS id");
  await tellOf(work, String(row?.id), "added");
  return String(row?.id);
}

export async function changeTemplate(work: Work, id: string, version: number, input: TemplateInput): Promise<void> {
  check(input);
  await demand(work, id, version);
  await unique(() =>
    work.change(
      "UPDATE intake_template SET kind = ?, code = ?, title = ?, body = ?, version = version + 1, changed_by = ?, changed_at = ? WHERE id = ?",
      [input.kind, input.code, input.title, input.body, work.actor.accountId, work.at, id],
    ),
  );
  await tellOf(work, id, "changed");
}

export async function removeTemplate(work: Work, id: string): Promise<void> {
  await demand(work, id, null);
  await work.change("DELETE FROM intake_template WHERE id = ?", [id]);
  await tellOf(work, id, "removed");
}

async function demand(work: Work, id: string, version: number | null): Promise<void> {
  const [row] = await work.query<{ version: number }>(
    "SELECT version FROM intake_template WHERE id = ? AND court_code = ? FOR UPDATE",
    [id, work.actor.courtCode],
  );
  if (!row) throw problem("intake.not_found");
  if (version !== null && row.version !== version) throw problem("intake.stale_version");
}

async function unique(write: () => Promise<number>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (isDuplicate(error))
      throw problem("intake.template_taken", {
        errors: [{ pointer: "/title", code: "taken", message: "已有同名模板" }],
      });
    throw error;
  }
}

const tellOf = (work: Work, id: string, what: "added" | "changed" | "removed"): Promise<void> =>
  work.emit({ name: "intake.template_changed", about: `intake_template:${id}`, courtCode: work.actor.courtCode, what });
