import { SYSTEM } from "#core/actor.ts";
import { listCases } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { type HearingTranscriptPaper, renderPdf } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { problem } from "./room-problems.ts";
import { filesOf } from "./room-record.ts";
import { breaksOf, findRoom, recordingsOf } from "./room-store.ts";
import { listPeople } from "./room-view.ts";
import { BREAK_CAUSES, BREAK_SOURCES, STOP_REASONS, spoken } from "./room-words.ts";
import { sessionRules } from "./session-rules.ts";
import { inWords } from "./slots-words.ts";
import { findTranscript, listCorrections, listPages, listSignatures, openText } from "./transcript-store.ts";
import { HEARING_KINDS } from "./workflow.ts";

/** 庭审笔录 as a paper: a draft until it is closed. The same bytes for the same text, signatures and marks. */
export async function printTranscript(means: Means, hearingId: string): Promise<Buffer> {
  const { database, vault } = means;
  const room = await findRoom(database, SYSTEM, hearingId);
  const { hearing } = room;
  const row = await findTranscript(database, hearingId);
  if (!row) throw problem("transcript.none");
  const [pages, signatures, corrections, recordings, breaks, people, cases] = await Promise.all([
    listPages(database, hearingId),
    listSignatures(database, hearingId),
    listCorrections(database, hearingId),
    recordingsOf(database, hearingId),
    breaksOf(database, hearingId),
    listPeople(means, room),
    listCases(database, vault, hearing.caseId === null ? [] : [hearing.caseId]),
  ]);
  const notes = (await sessionRules(hearing.kind)?.notes(means, hearingId)) ?? [];
  const found = cases.get(hearing.caseId ?? "");
  const person = (id: string) => people.find((one) => one.id === id);
  const who = (id: string) => `${person(id)?.roleLabel ?? ""}　${person(id)?.name ?? ""}`;
  const byHand = (id: string) => {
    const witness = person(id)?.beside;
    return witness ? `手写签名，${who(witness)}在场见证` : "手写签名";
  };
  const came = people.filter(({ id }) => room.people.some((one) => one.id === id && one.firstInAt !== null));
  const paper: HearingTranscriptPaper = {
    courtName: await nameOfCourt(hearing.courtCode),
    caseNumber: found?.number ?? "",
    matter: found?.title ?? HEARING_KINDS[hearing.kind],
    kind: HEARING_KINDS[hearing.kind],
    draft: row.state !== "closed",
    time: timesOf(room),
    place: hearing.mode === "mixed" ? "法庭和在线庭审平台" : "在线庭审平台",
    isPublic: hearing.isPublic ? "公开" : "不公开",
    people: came
      .filter(({ role }) => role !== "spectator")
      .map(
        ({ roleLabel, name, checkedInAt, checkedAt }) =>
          `${roleLabel}　${name}（在线，${moment(checkedInAt)}签到${checkedAt ? "，身份已核验" : ""}）`,
      ),
    notes,
    pages: pages.map(({ page, body, sha256 }) => ({
      page,
      sha256,
      text: openText(vault, row, `page ${page}`, body),
      corrections: corrections
        .filter((one) => one.page === page && one.outcome !== null)
        .map(({ presenceId, wish, outcome, answer }) => {
          const why = answer === null ? "" : `（${openText(vault, row, `answer ${page}`, answer)}）`;
          const asked = openText(vault, row, `wish ${page}`, wish);
          return `${who(presenceId)}申请“${asked}”，${outcome === "done" ? "已补正" : "未改动"}${why}`;
        }),
      signatures: signatures
        .filter((one) => one.page === page)
        .map(({ presenceId, at, picture, refused }) => ({
          who: who(presenceId),
          at: moment(at.toISOString()),
          how:
            refused !== null
              ? `未签名：${openText(vault, row, `refusal ${page} ${presenceId}`, refused)}`
              : picture === null
                ? "工作人员账号签名"
                : byHand(presenceId),
        })),
    })),
    signatures: handSigned(signatures).map(({ presenceId, page, picture, at }) => ({
      label: who(presenceId),
      picture: Buffer.from(openText(vault, row, `signature ${page} ${presenceId}`, picture), "base64"),
      // The minute stands in the table of each page.
      date: moment(at.toISOString()).slice(0, -6),
    })),
    recordings: recordings.map(({ ordinal, startedAt, stoppedAt, reason, files, sha256, unfinished }) => ({
      ordinal: String(ordinal),
      from: moment(startedAt.toISOString()),
      to: stoppedAt ? moment(stoppedAt.toISOString()) : "录制中",
      reason: reason === "" ? "" : STOP_REASONS[reason],
      files:
        files === null
          ? "统计中"
          : `${filesOf(files).length} 个${unfinished > 0 ? `（另 ${unfinished} 个未写完）` : ""}`,
      sha256: sha256 ?? "统计中",
    })),
    breaks: breaks.map(({ presenceId, fromAt, toAt, cause, source, note }) => ({
      who: who(presenceId),
      from: moment(fromAt.toISOString()),
      to: toAt ? moment(toAt.toISOString()) : "未恢复",
      cause: `${cause === "" ? "未查明" : BREAK_CAUSES[cause]}${note === "" ? "" : `，${note}`}`,
      source: BREAK_SOURCES[source],
    })),
    closing: row.closedAt ? moment(row.closedAt.toISOString()).slice(0, -6) : "",
  };
  return renderPdf("hearing-transcript", paper, row.closedAt ?? row.beganAt);
}

/** One picture for each person: the hand is the same on every page. */
function handSigned<Row extends { presenceId: string; picture: Buffer | null }>(rows: readonly Row[]) {
  const last = new Map<string, Row & { picture: Buffer }>();
  for (const row of rows) if (row.picture !== null) last.set(row.presenceId, { ...row, picture: row.picture });
  return [...last.values()];
}

function timesOf({ hearing, openedAt, endedAt }: Awaited<ReturnType<typeof findRoom>>): string {
  if (openedAt)
    return spoken(
      hearing.kind,
      `${moment(openedAt.toISOString())} 开庭${endedAt ? `，${moment(endedAt.toISOString())} 闭庭` : ""}`,
    );
  return hearing.startsAt && hearing.endsAt ? inWords(hearing.startsAt, hearing.endsAt) : "";
}

/** `2026年3月5日 09:00`, in the court's time. */
function moment(at: string | null): string {
  if (at === null) return "";
  const local = new Date(new Date(at).getTime() + 8 * 3_600_000).toISOString();
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(\d\d:\d\d)/.exec(local) ?? [];
  return `${year}年${Number(month)}月${Number(day)}日 ${time}`;
}
