import { type Actor, SYSTEM } from "#core/actor.ts";
import { readableYuan } from "#core/money.ts";
import { type CaseRow, findCaseRow, listCaseParties, SIDES } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { AnswerPaper, PetitionPaper } from "#modules/document/index.ts";
import { maskContent } from "#modules/filing/index.ts";
import { findReleased, listReleased, type ReleasedFile } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { answerFormOf } from "./answer-form.ts";
import { applicationOf, labelOf } from "./applications.ts";
import { problem } from "./problems.ts";
import type { Contents } from "./schema.ts";
import { openContent, type SubmissionRow } from "./store.ts";

export type SubmissionPaper =
  | { readonly template: "answer-paper"; readonly data: AnswerPaper; readonly name: string }
  | { readonly template: "petition-paper"; readonly data: PetitionPaper; readonly name: string };

/** The paper of a submission. The other side and the court see the personal fields of the parties masked. Throws `submission.no_paper`. */
export async function paperOf(means: Means, actor: Actor, row: SubmissionRow, mine: boolean): Promise<SubmissionPaper> {
  const courtCase = await findCaseRow(means.database, actor, row.caseId);
  const files = await listReleased(means, "submission", row.id);
  if (row.kind === "answer") return answerOf(means, courtCase, row, files, mine);
  if (row.kind === "counterclaim" || row.kind === "application") return petitionOf(means, courtCase, row, files);
  throw problem("submission.no_paper");
}

const signatureOf = async (files: readonly ReleasedFile[], { signature }: Pick<Contents["answer"], "signature">) => {
  const file = files.find(({ id, family }) => id === signature.materialId && family === "picture");
  return { picture: (await file?.read()) ?? null, signedOn: signature.signedOn };
};
const evidenceOf = (files: readonly ReleasedFile[]) =>
  files.filter(({ kind }) => kind !== "signature").map(({ name, purpose }) => ({ name, purpose }));

async function headOf(means: Means, courtCase: CaseRow, row: SubmissionRow) {
  const parties = await listCaseParties(means.database, means.vault, courtCase);
  const own = parties.find(({ key }) => key === row.partyKey);
  return {
    courtName: await nameOfCourt(courtCase.courtCode),
    caseNumber: courtCase.number,
    isDraft: row.submittedAt === null,
    party: { key: row.partyKey, sideLabel: SIDES[own?.side ?? ""] ?? "", name: own?.name ?? "" },
    opposite: parties.filter(({ side }) => side !== own?.side).map(({ side, name }) => `${SIDES[side] ?? ""}${name}`),
  };
}

async function answerOf(
  means: Means,
  courtCase: CaseRow,
  row: SubmissionRow,
  files: readonly ReleasedFile[],
  mine: boolean,
): Promise<SubmissionPaper> {
  const head = await headOf(means, courtCase, row);
  const form = await answerFormOf(means, courtCase, head.party);
  const content = openContent<Contents["answer"]>(means.vault, row);
  const given = new Map(content.items.map((item) => [item.key, item]));
  const shown = form.content && (mine ? form.content : maskContent(form.content));
  const person = shown?.parties.find(({ key }) => key === row.partyKey) ?? null;
  return {
    template: "answer-paper",
    name: `答辩状 ${head.party.name}`,
    data: {
      ...head,
      causeName: form.subtitle ?? "",
      person,
      sections: form.sections.map(({ title, items }) => ({
        title,
        items: items.map(({ key, label, theirs }) => ({
          label,
          theirs,
          objection: given.get(key)?.objection ?? null,
          reason: given.get(key)?.reason ?? "",
        })),
      })),
      statement: content.statement,
      mediation: content.mediation,
      evidence: evidenceOf(files),
      signature: await signatureOf(files, content),
    },
  };
}

async function petitionOf(
  means: Means,
  courtCase: CaseRow,
  row: SubmissionRow,
  files: readonly ReleasedFile[],
): Promise<SubmissionPaper> {
  const head = await headOf(means, courtCase, row);
  const title = row.application ? `${applicationOf(row.application).label}申请书` : "民事反诉状";
  const content = openContent<Contents["counterclaim"] | Contents["application"]>(means.vault, row);
  const requests =
    "claims" in content
      ? content.claims.map(({ text, amountFen }) =>
          amountFen === null ? text : `${text}（${readableYuan(amountFen)}）`,
        )
      : content.request.split("\n");
  return {
    template: "petition-paper",
    name: labelOf(row.kind, row.application),
    data: {
      ...head,
      title,
      basis: row.application ? applicationOf(row.application).basis : "",
      signer: row.application ? "申请人" : "反诉人",
      requests: requests.filter((text) => text.trim() !== ""),
      facts: content.facts,
      evidence: evidenceOf(files),
      signature: await signatureOf(files, content),
    },
  };
}

const VERDICTS = { yes: "认可", no: "不认可" } as const;

/** 质证意见 on paper: for each piece of evidence what is said of its authenticity, legality and relevance. */
export async function opinionPaper(means: Means, row: SubmissionRow): Promise<SubmissionPaper> {
  const courtCase = await findCaseRow(means.database, SYSTEM, row.caseId);
  const { items } = openContent<Contents["opinion"]>(means.vault, row);
  const word = (verdict: "yes" | "no" | null): string => (verdict === null ? "未表示意见" : VERDICTS[verdict]);
  const lines = await Promise.all(
    items.map(async ({ materialId, authenticity, legality, relevance, note }) => {
      const name = (await findReleased(means, materialId))?.name ?? "证据";
      return `${name}：真实性${word(authenticity)}，合法性${word(legality)}，关联性${word(relevance)}。${note}`;
    }),
  );
  return {
    template: "petition-paper",
    name: "质证意见",
    data: {
      ...(await headOf(means, courtCase, row)),
      title: "质证意见",
      basis: "",
      signer: "质证人",
      requests: lines,
      facts: "无",
      evidence: [],
      signature: { picture: null, signedOn: null },
    },
  };
}
