import type { Work } from "#core/work.ts";
import type { Room } from "#modules/hearing/index.ts";
import type { Means } from "#modules/module.ts";
import { Questioning } from "./model.ts";
import { problem } from "./problems.ts";
import { type Before, RIGHTS, requirementsOf } from "./requirements.ts";
import { openPart } from "./store.ts";
import { timeOf } from "./words.ts";

const CHECKED_IN: readonly string[] = ["waiting", "in"];

/** Throws `questioning.not_ready`, and says what is still missing. */
export async function mayOpen(work: Work, { hearing, seats, people }: Room): Promise<void> {
  const row = await Questioning.findOne({ where: { hearingId: hearing.id }, transaction: work.tx });
  if (!row) throw problem("questioning.not_found");
  const here = new Set(
    people
      .filter(({ state }) => CHECKED_IN.includes(state))
      .flatMap(({ seatId }) => seats.find(({ id }) => id === seatId)?.role ?? []),
  );
  const missing = requirementsOf(beforeOf(row, here)).filter(({ met }) => !met);
  if (missing.length > 0)
    throw problem("questioning.not_ready", {
      detail: `还差：${missing.map(({ text, source }) => `${text}（${source}）`).join("；")}。`,
    });
}

export const beforeOf = (row: Questioning, here: ReadonlySet<string>): Before => ({
  confirmed: row.state !== "asked" && row.state !== "declined",
  identified: row.identifiedAt !== null,
  rightsTold: row.rightsAt !== null,
  minor: row.minor,
  language: row.language,
  here,
});

/** 提讯笔录 begins with what was seen to: who was checked by whom, and which rights were told when. */
export async function notesOf({ database, vault }: Means, hearingId: string): Promise<string[]> {
  const row = await Questioning.findOne({ where: { hearingId } });
  if (!row) return [];
  const [place] = await database.read<{ name: string }>("SELECT name FROM custody_place WHERE id = ?", [row.placeId]);
  const officer = openPart(vault, row, "officer", row.officerName);
  const notes = [`提讯地点：${place?.name ?? ""}${row.placeRoom}。`];
  if (row.identifiedAt)
    notes.push(
      `身份核对：${timeOf(row.identifiedAt)}，羁押场所民警${officer}按证件号码核对，系${openPart(vault, row, "name", row.name)}本人。`,
    );
  if (row.rightsAt) {
    const { text, source } = RIGHTS[row.nature];
    notes.push(
      `权利义务告知：${timeOf(row.rightsAt)}告知，本人确认已经听清并理解：${text.map((line, n) => `${n + 1}. ${line}`).join("")}（${source}）`,
    );
  }
  return notes;
}
