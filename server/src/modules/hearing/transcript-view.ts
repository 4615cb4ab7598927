import type { Means } from "#modules/module.ts";
import { problem } from "./room-problems.ts";
import type { Room } from "./room-store.ts";
import { listPeople, mayReadTranscript } from "./room-view.ts";
import { isSigner, signersHere, unsignedBy } from "./transcript-sign.ts";
import {
  findTranscript,
  listCorrections,
  listPages,
  listSignatures,
  openText,
  TRANSCRIPT_STATES,
  type TranscriptState,
} from "./transcript-store.ts";

const OUTCOMES = { done: "已补正", kept: "未改动" } as const;

/** The record as it stands, for whoever may read it. Throws `hearing.not_found` for everybody else. */
export async function presentTranscript(means: Means, room: Room) {
  if (!mayReadTranscript(room)) throw problem("hearing.not_found");
  const { database, vault } = means;
  const { hearing, own, people } = room;
  const row = await findTranscript(database, hearing.id);
  if (!row)
    return {
      state: { code: "typing", label: "尚未开始" },
      moves: room.standing === "bench" && room.state !== "closed" ? [{ action: "write", label: "记录" }] : [],
      version: 0,
      next: "书记员还没有开始记录。",
      pages: [],
      here: [],
      signers: [],
    };
  const [pages, signatures, corrections, everybody] = [
    await listPages(database, hearing.id),
    await listSignatures(database, hearing.id),
    await listCorrections(database, hearing.id),
    await listPeople(means, room),
  ];
  const named = (id: string) => everybody.find((one) => one.id === id);
  const left = unsignedBy(people, pages, signatures);
  const mine = own !== null && isSigner(own);
  const here = signersHere(room);
  const isUnsigned = left.some(({ id }) => here.some((one) => one.id === id));
  const isBench = room.standing === "bench";
  const settled = corrections.every(({ outcome }) => outcome !== null);
  return {
    state: { code: row.state, label: TRANSCRIPT_STATES[row.state] },
    version: row.version,
    next: nextWords(row.state, { isUnsigned, isBench, ready: left.length === 0 && settled, settled }),
    moves: movesOf(row.state, { isBench, isUnsigned, mine, ready: left.length === 0 && settled && pages.length > 0 }),
    pages: pages.map(({ page, body, sha256, version, changedAt }) => ({
      page,
      sha256,
      version,
      text: openText(vault, row, `page ${page}`, body),
      changedAt: changedAt.toISOString(),
      mine: !mine
        ? ("none" as const)
        : signatures.some((one) => one.page === page && one.presenceId === own.id)
          ? ("signed" as const)
          : ("unsigned" as const),
      signatures: signatures
        .filter((one) => one.page === page)
        .map(({ presenceId, at, refused }) => ({
          personId: presenceId,
          name: named(presenceId)?.name ?? "",
          roleLabel: named(presenceId)?.roleLabel ?? "",
          at: at.toISOString(),
          refused: refused === null ? null : openText(vault, row, `refusal ${page} ${presenceId}`, refused),
        })),
      corrections: corrections
        .filter((one) => one.page === page)
        .map(({ id, presenceId, wish, at, outcome, answer }) => ({
          id,
          name: named(presenceId)?.name ?? "",
          mine: presenceId === own?.id,
          text: openText(vault, row, `wish ${page}`, wish),
          at: at.toISOString(),
          outcome: outcome === null ? null : { code: outcome, label: OUTCOMES[outcome] },
          note: answer === null ? "" : openText(vault, row, `answer ${page}`, answer),
        })),
    })),
    here: here.map(({ id }) => ({
      personId: id,
      name: named(id)?.name ?? "",
      roleLabel: named(id)?.roleLabel ?? "",
    })),
    signers: people.filter(isSigner).map((person) => {
      const own = signatures.filter(({ presenceId }) => presenceId === person.id);
      const isLeft = left.some(({ id }) => id === person.id);
      return {
        personId: person.id,
        name: named(person.id)?.name ?? "",
        roleLabel: named(person.id)?.roleLabel ?? "",
        signed: own.filter(({ refused }) => refused === null).length,
        refused: own.some(({ refused }) => refused !== null),
        moves:
          isBench && isLeft && row.state === "offered" && person.role !== "bench"
            ? [{ action: "refuse", label: "记明拒绝签名" }]
            : [],
      };
    }),
  };
}

interface Stand {
  readonly isBench: boolean;
  readonly isUnsigned: boolean;
  readonly ready: boolean;
}
function movesOf(state: TranscriptState, { isBench, isUnsigned, mine, ready }: Stand & { mine: boolean }) {
  if (state === "closed") return [];
  const moves = [];
  if (isBench) moves.push({ action: "write", label: "记录" });
  if (isBench && state === "typing") moves.push({ action: "offer", label: "交各方核对签名" });
  if (state === "offered") {
    if (isUnsigned) moves.push({ action: "sign", label: "签名" });
    if (mine && !isBench) moves.push({ action: "correct", label: "申请补正" });
    if (isBench && ready) moves.push({ action: "close", label: "完成笔录" });
  }
  return moves;
}

function nextWords(
  state: TranscriptState,
  { isBench, isUnsigned, ready, settled }: Stand & { settled: boolean },
): string {
  if (state === "closed") return "笔录已经完成。";
  if (state === "typing") return isBench ? "记录完成后，交各方核对签名。" : "书记员正在记录，内容实时更新。";
  if (isUnsigned && !isBench) return "请逐页核对。与自己所说不符的，申请补正；无误的，逐页签名。";
  if (!isBench) return "您已签完全部页，等待其他人员签名。";
  if (!settled) return "有补正请求等待处理。";
  if (isUnsigned) return "请审判人员、书记员逐页签名。";
  return ready ? "各方均已签名，可以完成笔录。" : "等待各方逐页签名。";
}
