import sharp from "sharp";
import { isDuplicate } from "#core/database.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { aboutRoom } from "./presence.ts";
import { problem } from "./room-problems.ts";
import type { Presence, Room } from "./room-store.ts";
import {
  holdTranscript,
  listCorrections,
  listPages,
  listSignatures,
  type PageRow,
  type SignatureRow,
  sealText,
} from "./transcript-store.ts";

const PICTURE = { width: 900, height: 420 };

/** A drawn signature, drawn anew by us, so that nothing but strokes is kept. Throws `transcript.signature`. */
export async function redrawn(dataUrl: string): Promise<string> {
  const [, base64 = ""] = /^data:image\/png;base64,([A-Za-z0-9+/=]+)$/.exec(dataUrl) ?? [];
  try {
    const picture = sharp(Buffer.from(base64, "base64"), { limitInputPixels: 4_000_000 });
    const { entropy } = await picture.clone().flatten({ background: "#fff" }).greyscale().stats();
    // An empty box is no signature.
    if (entropy < 0.01) throw problem("transcript.no_signature");
    const drawn = await picture
      .flatten({ background: "#fff" })
      .resize({ ...PICTURE, fit: "inside", withoutEnlargement: true })
      .png({ compressionLevel: 9, palette: true, colours: 16 })
      .toBuffer();
    return drawn.toString("base64");
  } catch (error) {
    if (error instanceof Error && error.name === "Problem") throw error;
    throw problem("transcript.signature");
  }
}

interface Signed {
  readonly page: number;
  readonly sha256: string;
  readonly picture: string | null;
  /** Who signs, where it is not the asker but somebody beside them, before their eyes. */
  readonly personId?: string | undefined;
}

/** Who signs on this reader's device: they themselves, and whoever sits beside them. */
export const signersHere = ({ people, own }: Pick<Room, "people" | "own">): Presence[] =>
  own === null ? [] : people.filter((one) => isSigner(one) && (one.id === own.id || one.beside === own.accountId));

/**
 * 签名 (民诉法§150; 在线诉讼规则§33, §34): over one page, as it stands now. The court's own people sign with their account, whose
 * code they have just given; everybody else with their hand. Throws `transcript.changed`, `transcript.signed`.
 */
export async function signPage(
  work: Work,
  { vault }: Means,
  room: Room,
  pages: readonly PageRow[],
  { page, sha256, picture, personId }: Signed,
): Promise<void> {
  const { hearing } = room;
  const own = personId === undefined ? room.own : (signersHere(room).find(({ id }) => id === personId) ?? null);
  const row = await holdTranscript(work, hearing.id);
  if (row.state !== "offered") throw problem("transcript.not_offered");
  if (!own || !isSigner(own)) throw problem("room.not_seated");
  const found = pages.find((one) => one.page === page);
  if (!found) throw problem("transcript.page");
  if (found.sha256 !== sha256) throw problem("transcript.changed");
  if (own.role !== "bench" && picture === null) throw problem("transcript.no_signature");
  const what = `signature ${page} ${own.id}` as const;
  await insertSignature(work, [
    hearing.id,
    page,
    own.id,
    sha256,
    picture === null ? null : sealText(vault, row, what, picture),
    null,
  ]);
  await work.emit({ name: "transcript.signed", ...aboutRoom(hearing), page, presenceId: own.id });
}

/** 拒绝签名盖章的，记明情况附卷 (民诉法§150第三款): every page that this person has not signed. */
export async function noteRefusal(
  work: Work,
  means: Means,
  room: Room,
  pages: readonly PageRow[],
  { personId, reason }: { readonly personId: string; readonly reason: string },
): Promise<void> {
  const { hearing, people } = room;
  if (room.standing !== "bench") throw problem("room.not_yours");
  const row = await holdTranscript(work, hearing.id);
  if (row.state !== "offered") throw problem("transcript.not_offered");
  const person = people.find(({ id }) => id === personId);
  if (!person || !isSigner(person) || person.role === "bench") throw problem("transcript.nobody");
  const signatures = await listSignatures(within(work, means.database), hearing.id);
  const left = pages.filter(({ page }) => !signatures.some((one) => one.page === page && one.presenceId === personId));
  for (const { page, sha256 } of left) {
    const refused = sealText(means.vault, row, `refusal ${page} ${personId}`, reason);
    await insertSignature(work, [hearing.id, page, personId, sha256, null, refused]);
  }
  if (left.length > 0) await work.emit({ name: "transcript.refused", ...aboutRoom(hearing), presenceId: personId });
}

type Signing = [string, number, string, string, Buffer | null, Buffer | null];
async function insertSignature(work: Work, values: Signing): Promise<void> {
  try {
    await work.change(
      `INSERT INTO transcript_signature (hearing_id, page, presence_id, sha256, picture, refused, account_id, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [...values, work.actor.accountId, work.at],
    );
  } catch (error) {
    if (isDuplicate(error)) throw problem("transcript.signed");
    throw error;
  }
}

/** Who must sign: everybody who was in the room and had a part in it; a witness' part is in the bench's hands. */
export const isSigner = ({ role, firstInAt }: Pick<Presence, "role" | "firstInAt">): boolean =>
  firstInAt !== null && (role === "bench" || role === "party");

/** Who has pages left to sign. */
export function unsignedBy(
  people: readonly Presence[],
  pages: readonly PageRow[],
  signatures: readonly SignatureRow[],
): Presence[] {
  return people.filter(
    (person) =>
      isSigner(person) &&
      pages.some(({ page }) => !signatures.some((one) => one.page === page && one.presenceId === person.id)),
  );
}

/** 完成: once everybody signed or their refusal is noted, and every correction is settled. It goes to the dossier by itself. */
export async function closeTranscript(work: Work, means: Means, room: Room): Promise<void> {
  const { hearing, people } = room;
  if (room.standing !== "bench") throw problem("room.not_yours");
  const row = await holdTranscript(work, hearing.id);
  if (row.state !== "offered") throw problem("transcript.not_offered");
  const database = within(work, means.database);
  const [pages, signatures, corrections] = [
    await listPages(database, hearing.id),
    await listSignatures(database, hearing.id),
    await listCorrections(database, hearing.id),
  ];
  if (corrections.some(({ outcome }) => outcome === null)) throw problem("transcript.corrections_open");
  if (unsignedBy(people, pages, signatures).length > 0) throw problem("transcript.unsigned");
  await work.change(
    "UPDATE hearing_transcript SET state = 'closed', closed_at = ?, closed_by = ?, version = version + 1 WHERE hearing_id = ?",
    [work.at, work.actor.accountId, hearing.id],
  );
  await work.emit({ name: "transcript.closed", ...aboutRoom(hearing), pages: pages.length });
}
