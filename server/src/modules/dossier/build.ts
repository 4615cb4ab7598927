import { SYSTEM } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { findCaseRow, listCaseParties, participantsOf } from "#modules/case/index.ts";
import {
  findNoticeRow,
  listFeeDocuments,
  printBill,
  printFeeDocument,
  printNotice,
  receiptsOf,
} from "#modules/fee/index.ts";
import { filedPapers } from "#modules/filing/index.ts";
import type { Means } from "#modules/module.ts";
import { servedPapers } from "#modules/service/index.ts";
import { filedSubmission } from "#modules/submission/index.ts";
import { type Entry, enterItems } from "./enter.ts";
import type { Paper } from "./papers.ts";
import { PLACE_OF, type Section } from "./sections.ts";

const FILED_PLACE = {
  complaint: { section: "complaint", paper: "complaint" },
  receipt: { section: "filing", paper: null },
  mandate: { section: "identity", paper: "mandate" },
  document: { section: "filing", paper: null },
} as const;

/** 立案材料: what the filing brought, when its case opens. */
export async function enterFiling(means: Means, caseId: string, filingId: string): Promise<void> {
  const { courtCode } = await findCaseRow(means.database, SYSTEM, caseId);
  const { papers, files, filedOn } = await filedPapers(means, filingId);
  const head = { caseId, courtCode, origin: `filing:${filingId}`, side: "plaintiff", partyKey: null };
  await enterItems(means, [
    ...papers.map(
      ({ part, kind, title, formedOn, print }): Entry => ({
        ...head,
        part,
        ...FILED_PLACE[kind],
        title,
        formedOn,
        open: true,
        from: { print },
      }),
    ),
    ...files.map((file): Entry => ({ ...head, ...placed(file), formedOn: filedOn, from: { file } })),
  ]);
}

const placed = (file: { id: string; kind: keyof typeof PLACE_OF; name: string }) => ({
  part: `material:${file.id}`,
  title: file.name,
  paper: null,
  ...PLACE_OF[file.kind],
});

const SUBMITTED_PLACE: Readonly<Record<string, { readonly section: Section; readonly paper: Paper | null }>> = {
  answer: { section: "answer", paper: "answer" },
  counterclaim: { section: "answer", paper: null },
  evidence: { section: "evidence", paper: "evidence" },
  opinion: { section: "opinion", paper: null },
  application: { section: "application", paper: null },
};

/** What was handed in while the case runs; `once` tells one handing in from another. */
export async function enterSubmission(means: Means, submissionId: string, once: string): Promise<void> {
  const { caseId, partyKey, kind, title, formedOn, files, print, state, open } = await filedSubmission(
    means,
    submissionId,
  );
  if (state === "draft" || state === "withdrawn" || state === "returned") return;
  const courtCase = await findCaseRow(means.database, SYSTEM, caseId);
  const parties = await listCaseParties(means.database, means.vault, courtCase);
  const party = parties.find(({ key }) => key === partyKey);
  const own = SUBMITTED_PLACE[kind] ?? { section: "other", paper: null };
  const head = {
    caseId,
    courtCode: courtCase.courtCode,
    origin: `submission:${submissionId}`,
    side: party?.side ?? null,
    partyKey,
    formedOn,
  };
  await enterItems(means, [
    ...(print
      ? [{ ...head, part: `paper:${once}`, ...own, title: `${title}（${party?.name ?? ""}）`, open, from: { print } }]
      : []),
    ...files.map((file): Entry => {
      const place = placed(file);
      // A piece of evidence goes with its kind, whatever it was handed in with.
      const section = file.kind === "evidence" && kind !== "evidence" ? own.section : place.section;
      return { ...head, ...place, section, open: open && place.open, from: { file } };
    }),
  ]);
}

/** 诉讼费用: notice, receipt and decisions on relief stay with whoever pays and the court; a ruling is everybody's. */
export async function enterFee(
  means: Means,
  noticeId: string,
  what: "notice" | "bill" | "documents",
  once: string,
): Promise<void> {
  const notice = await findNoticeRow(means.database, SYSTEM, noticeId);
  const payer = (await participantsOf(means.database, String(notice.caseId))).find(
    ({ accountId }) => accountId === String(notice.accountId),
  );
  const head = {
    caseId: String(notice.caseId),
    courtCode: notice.courtCode,
    origin: `fee:${noticeId}`,
    side: payer?.side ?? "plaintiff",
    partyKey: payer?.partyKey ?? null,
    section: "fee" as Section,
    paper: null,
    open: false,
  };
  if (what === "notice") {
    const formedOn = courtDayOf(notice.issuedAt);
    const print = () => printNotice(means, notice);
    return enterItems(means, [{ ...head, part: "notice", title: "交费通知书", formedOn, from: { print } }]);
  }
  if (what === "bill") {
    // What relief or a change brought to nothing is paid without money, and has no receipt.
    if ((await receiptsOf(means, noticeId)).length === 0) return;
    const formedOn = courtDayOf(notice.paidAt ?? notice.issuedAt);
    const print = () => printBill(means, notice);
    return enterItems(means, [
      { ...head, part: `bill:${once}`, paper: "receipt", title: "诉讼费收款凭证", formedOn, from: { print } },
    ]);
  }
  const documents = (await listFeeDocuments(means, notice)).filter(({ kind }) => kind !== "fee_notice");
  await enterItems(
    means,
    documents.map(({ id, kind, title, at }): Entry => {
      const isRuling = kind === "deemed_withdrawn";
      return {
        ...head,
        ...(isRuling ? { section: "judgment" as Section, paper: "judgment" as Paper, open: true } : {}),
        part: `document:${id}`,
        title,
        formedOn: courtDayOf(new Date(at)),
        from: { print: async () => (await printFeeDocument(means, notice, id)).bytes },
      };
    }),
  );
}

/**
 * 送达: what was served and the certificate of it. A judgment goes in once, whoever was served first, and is every party's; what
 * was written to one party (a notice with their access code, a certificate with their address) stays with them and the court.
 */
export async function enterServed(means: Means, serviceId: string, once: string): Promise<void> {
  const served = await servedPapers(means, serviceId);
  const courtCase = await findCaseRow(means.database, SYSTEM, served.caseId);
  const parties = await listCaseParties(means.database, means.vault, courtCase);
  const party = parties.find(({ key }) => key === served.partyKey);
  const head = {
    caseId: served.caseId,
    courtCode: served.courtCode,
    formedOn: served.effectiveOn ?? courtDayOf(means.clock.now()),
  };
  const theirs = { side: party?.side ?? null, partyKey: served.partyKey, open: false };
  await enterItems(means, [
    ...served.documents.map(
      ({ title, sha256, read }): Entry => ({
        ...head,
        ...(served.isJudgment && !served.quiet ? { side: null, partyKey: null, open: true } : theirs),
        origin: served.quiet ? `served:${served.partyKey}` : "served",
        part: sha256,
        ...(served.isJudgment
          ? ({ section: "judgment", paper: "judgment" } as const)
          : ({ section: "service", paper: null } as const)),
        title,
        from: { print: read },
      }),
    ),
    {
      ...head,
      ...theirs,
      origin: `service:${serviceId}`,
      part: `certificate:${once}`,
      section: "service",
      paper: "service",
      title: `送达回证 ${served.number}（${party?.name ?? ""}）`,
      from: { print: () => served.certificate() },
    },
  ]);
}
