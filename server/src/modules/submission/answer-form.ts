import { parseYuan, readableYuan } from "#core/money.ts";
import type { CaseRow } from "#modules/case/index.ts";
import { type FilingContent, listContents } from "#modules/filing/index.ts";
import { listReleased } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { type FormField, findCause, findForm, GENERAL_FORM } from "#modules/reference/index.ts";
import type { AnswerForm } from "./schema.ts";

type Section = AnswerForm["sections"][number];
type Answers = FilingContent["answers"];

/**
 * 答辩状 item by item (法〔2025〕82号): each claim, each element the complaint has answered, the facts and the list of evidence, in
 * the order of the complaint's own form, to be met with 有无异议 and a reason.
 */
export async function answerFormOf(
  means: Means,
  courtCase: CaseRow,
  party: AnswerForm["party"],
): Promise<AnswerForm & { content: FilingContent | null }> {
  const { database, vault } = means;
  const filingId = String(courtCase.filingId);
  const [contents, files] = await Promise.all([
    listContents(database, vault, [filingId]),
    listReleased(means, "filing", filingId),
  ]);
  const content = contents.get(filingId) ?? null;
  const cause = findCause(courtCase.causeCode).name;
  const base = { title: "民事答辩状", subtitle: cause, party };
  if (!content) return { ...base, sections: [], content };
  const form = findForm(content.formId ?? GENERAL_FORM);
  const fields = (id: string): Section["items"] =>
    form.sections
      .filter((section) => section.id === id)
      .flatMap((section) => section.fields)
      .flatMap((field) => itemOf(field, content.answers, id === "claims"));
  const evidence = files
    .filter(({ kind }) => kind === "evidence")
    .map(({ name, purpose }) => (purpose ? `${name}（${purpose}）` : name));
  const sections: Section[] = [
    { id: "claims", title: "对诉讼请求的意见", items: [...claimItems(content), ...fields("claims")] },
    {
      id: "jurisdiction",
      title: "对约定管辖和保全的意见",
      items: [...fields("jurisdiction"), ...fields("preservation")],
    },
    {
      id: "facts",
      title: "对事实和理由的意见",
      items: [
        ...(content.facts === ""
          ? []
          : [{ key: "facts", label: "对原告陈述的事实和理由有无异议", theirs: content.facts, isClaim: false }]),
        ...fields("facts"),
      ],
    },
    {
      id: "evidence",
      title: "对证据的意见",
      items:
        evidence.length === 0
          ? []
          : [
              {
                key: "evidence",
                label: "对原告提交的证据有无异议",
                theirs: evidence.map((one, at) => `${at + 1}. ${one}`).join("\n"),
                isClaim: false,
              },
            ],
    },
  ];
  return { ...base, sections: sections.filter(({ items }) => items.length > 0), content };
}

const claimItems = ({ claims }: FilingContent): Section["items"] =>
  claims
    .filter(({ text }) => text.trim() !== "")
    .map(({ key, text, amountFen }, at) => ({
      key: `claim-${key}`,
      label: `对第${at + 1}项诉讼请求有无异议`,
      theirs: amountFen === null ? text : `${text}（${readableYuan(amountFen)}）`,
      isClaim: true,
    }));

/** An element the complaint left open asks for no answer. */
function itemOf(field: FormField, answers: Answers, isClaim: boolean): Section["items"] {
  const theirs = saidOf(field, answers);
  if (theirs === "") return [];
  const plain = field.label.replace(/^\s*\d+\s*[.．、]\s*/, "").replace(/[:：]\s*$/, "");
  return [{ key: `field-${field.id}`, label: `对“${plain}”有无异议`, theirs, isClaim }];
}

/** What the complaint says on one element, in one text. */
function saidOf(field: FormField, answers: Answers): string {
  const own = wordsOf(field, answers[field.id]);
  const parts = [...(field.fields ?? []), ...(field.then ?? [])]
    .map((part) => ({ label: part.label.replace(/[:：]\s*$/, ""), said: saidOf(part, answers) }))
    .filter(({ said }) => said !== "")
    .map(({ label, said }) => (label === "" ? said : `${label}：${said}`));
  return [own, ...parts].filter(Boolean).join("；");
}

function wordsOf({ type, label, columns = [] }: FormField, answer: Answers[string] | undefined): string {
  if (answer === undefined || answer === null) return "";
  if (typeof answer === "string") {
    const value = answer.trim();
    if (type === "yesno") return value === "" ? "" : yesOrNo(label, value === "yes");
    const fen = type === "money" && value !== "" ? parseYuan(value) : null;
    return fen === null ? value : readableYuan(fen);
  }
  return answer
    .map((item) =>
      typeof item === "string"
        ? item
        : item
            .map((cell, at) => (cell === "" ? "" : `${columns[at] ?? ""}：${cell}`))
            .filter(Boolean)
            .join("，"),
    )
    .filter(Boolean)
    .join("、");
}
const yesOrNo = (label: string, yes: boolean): string =>
  /有无|有没有/.test(label) ? (yes ? "有" : "无") : yes ? "是" : "否";
