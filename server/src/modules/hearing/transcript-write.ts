import { randomUUID } from "node:crypto";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { aboutRoom } from "./presence.ts";
import { problem } from "./room-problems.ts";
import type { Room } from "./room-store.ts";
import { hashOfPage, holdTranscript, type PageRow, sealText, type TranscriptRow } from "./transcript-store.ts";

const MAX_PAGES = 200;

/** What the bench types: one page, new or as it stands. Throws `transcript.changed` where somebody else was first. */
export async function writePage(
  work: Work,
  { vault }: Means,
  room: Room,
  { page, text, version }: { readonly page: number; readonly text: string; readonly version: number },
): Promise<void> {
  mustRun(room);
  const row = await beginTranscript(work, room);
  const { id: hearingId } = room.hearing;
  const [known] = await work.query<{ version: number; sha256: string }>(
    "SELECT version, sha256 FROM transcript_page WHERE hearing_id = ? AND page = ?",
    [hearingId, page],
  );
  if (Number(known?.version ?? 0) !== version) throw problem("transcript.changed");
  const sha256 = hashOfPage(text);
  if (known?.sha256 === sha256) return;
  const body = sealText(vault, row, `page ${page}`, text);
  if (known) {
    await work.change(
      "UPDATE transcript_page SET body = ?, sha256 = ?, version = version + 1, changed_at = ?, changed_by = ? WHERE hearing_id = ? AND page = ?",
      [body, sha256, work.at, work.actor.accountId, hearingId, page],
    );
  } else {
    const [last] = await work.query<{ last: number | null }>(
      "SELECT MAX(page) AS last FROM transcript_page WHERE hearing_id = ?",
      [hearingId],
    );
    if (page !== Number(last?.last ?? 0) + 1) throw problem("transcript.page");
    if (page > MAX_PAGES) throw problem("transcript.full");
    await work.change(
      "INSERT INTO transcript_page (hearing_id, page, body, sha256, changed_at, changed_by) VALUES (?, ?, ?, ?, ?, ?)",
      [hearingId, page, body, sha256, work.at, work.actor.accountId],
    );
  }
  await work.change("UPDATE hearing_transcript SET version = version + 1 WHERE hearing_id = ?", [hearingId]);
}

async function beginTranscript(work: Work, { hearing }: Room): Promise<TranscriptRow> {
  await work.change(
    `INSERT INTO hearing_transcript (hearing_id, seal_ref, state, began_at) VALUES (?, ?, 'typing', ?)
     ON DUPLICATE KEY UPDATE hearing_id = VALUES(hearing_id)`,
    [hearing.id, randomUUID().replaceAll("-", ""), work.at],
  );
  return holdTranscript(work, hearing.id);
}

/** 交阅: those who took part read it and sign; what is changed afterwards is signed anew. */
export async function offerTranscript(work: Work, room: Room, pages: readonly PageRow[]): Promise<void> {
  mustRun(room);
  const { id } = room.hearing;
  const row = await holdTranscript(work, id);
  if (pages.length === 0) throw problem("transcript.none");
  if (row.state === "offered") return;
  await work.change(
    "UPDATE hearing_transcript SET state = 'offered', offered_at = ?, version = version + 1 WHERE hearing_id = ?",
    [work.at, id],
  );
  await work.emit({ name: "transcript.offered", ...aboutRoom(room.hearing), pages: pages.length });
}

/** 申请补正 (民诉法§150第二款): whoever finds an omission or a mistake in their own words may ask for its correction. */
export async function askCorrection(
  work: Work,
  { vault }: Means,
  room: Room,
  pages: readonly PageRow[],
  { page, text }: { readonly page: number; readonly text: string },
): Promise<void> {
  const row = await holdTranscript(work, room.hearing.id);
  if (row.state !== "offered") throw problem("transcript.not_offered");
  if (!pages.some((one) => one.page === page)) throw problem("transcript.page");
  if (!room.own) throw problem("room.not_seated");
  await work.change(
    "INSERT INTO transcript_correction (hearing_id, page, presence_id, wish, at) VALUES (?, ?, ?, ?, ?)",
    [room.hearing.id, page, room.own.id, sealText(vault, row, `wish ${page}`, text), work.at],
  );
  await work.emit({ name: "transcript.corrected", ...aboutRoom(room.hearing), page, outcome: "asked" });
}

/** 补正 or the reason why not; what was asked stays in the file either way. */
export async function settleCorrection(
  work: Work,
  { vault }: Means,
  room: Room,
  {
    correctionId,
    outcome,
    note,
  }: { readonly correctionId: string; readonly outcome: "done" | "kept"; readonly note: string },
): Promise<void> {
  mustRun(room);
  const row = await holdTranscript(work, room.hearing.id);
  const [found] = await work.query<{ page: number; outcome: string | null }>(
    "SELECT page, outcome FROM transcript_correction WHERE id = ? AND hearing_id = ? FOR UPDATE",
    [correctionId, room.hearing.id],
  );
  if (!found || found.outcome !== null) throw problem("transcript.correction");
  const page = Number(found.page);
  await work.change(
    "UPDATE transcript_correction SET outcome = ?, answer = ?, settled_at = ?, settled_by = ? WHERE id = ?",
    [
      outcome,
      note === "" ? null : sealText(vault, row, `answer ${page}`, note),
      work.at,
      work.actor.accountId,
      correctionId,
    ],
  );
  await work.emit({ name: "transcript.corrected", ...aboutRoom(room.hearing), page, outcome });
}

function mustRun({ standing }: Room): void {
  if (standing !== "bench") throw problem("room.not_yours");
}
