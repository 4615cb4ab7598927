import { isDuplicate } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { benchOf } from "./owner.ts";
import { problem } from "./problems.ts";

export interface AnswerTemplate {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

/** 答复模板 of a court, by title. */
export async function listTemplates(
  { database }: Pick<Means, "database">,
  courtCode: string,
): Promise<AnswerTemplate[]> {
  const rows = await database.read<AnswerTemplate>(
    "SELECT id, title, body FROM contact_template WHERE court_code = ? ORDER BY title LIMIT 200",
    [courtCode],
  );
  return rows.map((row) => ({ ...row, id: String(row.id) }));
}

/** Throws `contact.template_taken`. */
export async function addTemplate(
  work: Work,
  { title, body }: { title: string; body: string },
): Promise<AnswerTemplate> {
  const { actor, at } = work;
  try {
    await work.change(
      "INSERT INTO contact_template (court_code, title, body, changed_by, changed_at) VALUES (?, ?, ?, ?, ?)",
      [actor.courtCode, title, body, actor.accountId, at],
    );
  } catch (error) {
    if (isDuplicate(error)) throw problem("contact.template_taken");
    throw error;
  }
  const [row] = await work.query<{ id: string }>("SELECT LAST_INSERT_ID() AS id");
  const id = String(row?.id);
  await tellTemplate(work, id);
  return { id, title, body };
}

/** Throws `contact.template_not_found`. */
export async function removeTemplate(work: Work, id: string): Promise<void> {
  const { courtCode } = work.actor;
  const [row] = await work.query("SELECT id FROM contact_template WHERE id = ? AND court_code = ? FOR UPDATE", [
    id,
    courtCode,
  ]);
  if (!row) throw problem("contact.template_not_found");
  await work.change("DELETE FROM contact_template WHERE id = ?", [id]);
  await tellTemplate(work, id);
}

const tellTemplate = (work: Work, templateId: string): Promise<void> =>
  work.emit({
    name: "contact.template_changed",
    about: `contact_template:${templateId}`,
    courtCode: work.actor.courtCode,
    templateId,
  });

/** Who of a court may own threads, in the order of duty; `duty` is null for whoever is not on duty. */
export async function listDuty(work: Work, means: Means, courtCode: string) {
  const bench = await benchOf(work, means, courtCode);
  const rows = await work.query<{ id: string }>(
    "SELECT account_id AS id FROM contact_duty WHERE court_code = ? ORDER BY position, account_id",
    [courtCode],
  );
  const order = rows.map(({ id }) => String(id));
  return bench.staff.map((one) => ({
    ...one,
    duty: order.includes(one.id) ? order.indexOf(one.id) + 1 : null,
    away: !bench.isHere(one.id),
  }));
}

/** Settles who is on duty, in this order. Throws `contact.duty_staff`. */
export async function setDuty(work: Work, means: Means, staffIds: readonly string[]): Promise<void> {
  const courtCode = work.actor.courtCode ?? "";
  const bench = await benchOf(work, means, courtCode);
  const wanted = [...new Set(staffIds)];
  if (!wanted.every((id) => bench.isStaff(id))) throw problem("contact.duty_staff");
  await work.change("DELETE FROM contact_duty WHERE court_code = ?", [courtCode]);
  for (const [position, id] of wanted.entries()) {
    await work.change(
      "INSERT INTO contact_duty (court_code, account_id, position, changed_by, changed_at) VALUES (?, ?, ?, ?, ?)",
      [courtCode, id, position, work.actor.accountId, work.at],
    );
  }
  await work.emit({
    name: "contact.duty_changed",
    about: `contact_duty:${work.actor.accountId}`,
    courtCode,
    staffIds: wanted,
  });
}
