import { PUBLIC_ROLES } from "#core/actor.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type AnyRoute, created, ok, type Policy, route } from "#http/route.ts";
import { caseIdsAtBench, findCaseRow, listCaseParties, SIDES } from "#modules/case/index.ts";
import { answerPaper, DOCX, PDF, renderDocx, renderPdf } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { answerFormOf } from "./answer-form.ts";
import { APPLICATIONS } from "./applications.ts";
import { checkSubmission } from "./check.ts";
import { barredFrom, openSubmission, replaceContent } from "./draft.ts";
import { moveSubmission } from "./move.ts";
import { paperOf, type SubmissionPaper } from "./papers.ts";
import { presentDetail, presentKinds, presentSubmissions } from "./present.ts";
import { problem } from "./problems.ts";
import {
  answerFormView,
  deskQuery,
  idParams,
  kindsView,
  listView,
  moving,
  opening,
  precheckView,
  replacement,
  submissionDetail,
} from "./schema.ts";
import { findSubmission, listAtDesk, listOfCase, partiesOf } from "./store.ts";

const TAG = "submission";
const COURT = ["clerk", "supervisor", "judge", "court_clerk"] as const;
const BENCH = ["supervisor", "judge", "court_clerk"] as const;
const READERS = [...PUBLIC_ROLES, ...COURT] as const;

export const submissionPolicy: Policy = {
  "GET /cases/:id/submission-kinds": PUBLIC_ROLES,
  "GET /cases/:id/answer-form": READERS,
  "POST /cases/:id/submissions": PUBLIC_ROLES,
  "GET /cases/:id/submissions": READERS,
  "GET /submissions": BENCH,
  "GET /submissions/:id": READERS,
  "PUT /submissions/:id": PUBLIC_ROLES,
  "POST /submissions/:id/precheck": PUBLIC_ROLES,
  "POST /submissions/:id/moves": [...PUBLIC_ROLES, ...BENCH],
  "GET /submissions/:id/paper.pdf": READERS,
  "GET /submissions/:id/paper.docx": READERS,
};

export function submissionRoutes(means: Means): readonly AnyRoute[] {
  const { database, vault } = means;
  const presentWritten = async (work: Work, id: string) => {
    const inside = { ...means, database: within(work, database) };
    const { row, mine } = await findSubmission(inside.database, work.actor, id);
    return presentDetail(inside, work.actor, row, mine);
  };
  const printing = (ending: "pdf" | "docx"): AnyRoute =>
    route({
      method: "GET",
      path: `/submissions/:id/paper.${ending}`,
      tag: TAG,
      summary: `答辩状、反诉状、申请书（${ending.toUpperCase()}）`,
      params: idParams,
      limit: "costly",
      answers: { 200: ending === "pdf" ? PDF : DOCX },
      async handle({ actor, params }) {
        const { row, mine } = await findSubmission(database, actor, params.id);
        const paper = await paperOf(
          means,
          actor,
          row,
          mine.some(({ partyKey }) => partyKey === row.partyKey),
        );
        const bytes = ending === "pdf" ? await asPdf(paper, means) : await asDocx(paper);
        return answerPaper(bytes, paper.name, ending === "pdf" ? PDF : DOCX);
      },
    });
  return [
    route({
      method: "GET",
      path: "/cases/:id/submission-kinds",
      tag: TAG,
      summary: "本案中可以提交什么，由谁、何时提交",
      params: idParams,
      answers: { 200: kindsView },
      async handle({ actor, params }) {
        const row = await findCaseRow(database, actor, params.id);
        const mine = await partiesOf(database, actor, row.id);
        return ok(await presentKinds(means, row, mine, barredFrom, Object.keys(APPLICATIONS)));
      },
    }),
    route({
      method: "GET",
      path: "/cases/:id/answer-form",
      tag: TAG,
      summary: "由起诉状逐项生成的答辩表",
      params: idParams,
      answers: { 200: answerFormView },
      async handle({ actor, params }) {
        const row = await findCaseRow(database, actor, params.id);
        const [mine, parties] = await Promise.all([
          partiesOf(database, actor, row.id),
          listCaseParties(database, vault, row),
        ]);
        const own = parties.find(
          ({ key, side }) => side !== "plaintiff" && mine.some(({ partyKey }) => partyKey === key),
        );
        const party = own ?? parties.find(({ side }) => side === "defendant");
        const { content: _, ...form } = await answerFormOf(means, row, {
          key: party?.key ?? "",
          sideLabel: SIDES[party?.side ?? ""] ?? "",
          name: party?.name ?? "",
        });
        return ok(form);
      },
    }),
    route({
      method: "POST",
      path: "/cases/:id/submissions",
      tag: TAG,
      summary: "新建答辩状、反诉、证据、质证意见或者申请（草稿）",
      params: idParams,
      body: opening,
      answers: { 201: submissionDetail },
      async command(work, { params, body }) {
        const made = await openSubmission(work, vault, params.id, body);
        return created(await presentWritten(work, String(made.id)));
      },
    }),
    route({
      method: "GET",
      path: "/cases/:id/submissions",
      tag: TAG,
      summary: "案件中的提交",
      params: idParams,
      answers: { 200: listView },
      async handle({ actor, params }) {
        const courtCase = await findCaseRow(database, actor, params.id);
        const { rows, mine } = await listOfCase(database, actor, courtCase.id);
        return ok({ items: await presentSubmissions(means, actor, rows, () => mine) });
      },
    }),
    route({
      method: "GET",
      path: "/submissions",
      tag: TAG,
      summary: "等待法院处理的提交，先到期的在前",
      query: deskQuery,
      answers: { 200: listView },
      async handle({ actor, query: { state = "submitted", mine, own } }) {
        const caseIds = own ? await caseIdsAtBench(database, actor) : null;
        const rows = await listAtDesk(database, actor, { state, queue: mine ? actor.role : null, caseIds });
        return ok({ items: await presentSubmissions(means, actor, rows, () => []) });
      },
    }),
    route({
      method: "GET",
      path: "/submissions/:id",
      tag: TAG,
      summary: "一份提交的内容和材料",
      params: idParams,
      answers: { 200: submissionDetail },
      async handle({ actor, params }) {
        const { row, mine } = await findSubmission(database, actor, params.id);
        return ok(await presentDetail(means, actor, row, mine));
      },
    }),
    route({
      method: "PUT",
      path: "/submissions/:id",
      tag: TAG,
      summary: "保存内容",
      params: idParams,
      body: replacement,
      ifMatch: true,
      answers: { 200: submissionDetail },
      async command(work, { params, body, ifMatch }) {
        await replaceContent(work, vault, params.id, { ...body, version: ifMatch });
        return ok(await presentWritten(work, params.id));
      },
    }),
    route({
      method: "POST",
      path: "/submissions/:id/precheck",
      tag: TAG,
      summary: "提交前检查",
      params: idParams,
      answers: { 200: precheckView },
      async handle({ actor, params }) {
        const { row, mine } = await findSubmission(database, actor, params.id);
        const one = mine.find(({ partyKey }) => partyKey === row.partyKey);
        if (!one) throw problem("submission.not_for_you");
        return ok({ findings: await checkSubmission(means, actor, row, one) });
      },
    }),
    route({
      method: "POST",
      path: "/submissions/:id/moves",
      tag: TAG,
      summary: "提交、撤回；法院接收、退回、准许或者不准许",
      key: "required",
      params: idParams,
      body: moving,
      answers: { 200: submissionDetail },
      async command(work, { params, body }) {
        await moveSubmission(work, means, params.id, body);
        return ok(await presentWritten(work, params.id));
      },
    }),
    printing("pdf"),
    printing("docx"),
  ];
}

const asPdf = (paper: SubmissionPaper, { clock }: Means): Promise<Buffer> =>
  paper.template === "answer-paper"
    ? renderPdf(paper.template, paper.data, clock.now())
    : renderPdf(paper.template, paper.data, clock.now());
const asDocx = (paper: SubmissionPaper): Promise<Buffer> =>
  paper.template === "answer-paper" ? renderDocx(paper.template, paper.data) : renderDocx(paper.template, paper.data);
