import type { Actor } from "#core/actor.ts";
import type { Participant } from "#modules/case/index.ts";
import { findCaseRow, hasPower } from "#modules/case/index.ts";
import { type MaterialFacts, materialFacts } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { answerFormOf } from "./answer-form.ts";
import { applicationOf, labelOf } from "./applications.ts";
import type { AnswerForm, Contents, Finding } from "./schema.ts";
import { openContent, type SubmissionRow } from "./store.ts";

type Looked = Pick<SubmissionRow, "id" | "caseId" | "kind" | "application" | "sealRef" | "content">;

/** What must be done before it can be handed in (`block`), and what is worth a second look (`warn`). */
export async function checkSubmission(
  means: Means,
  actor: Actor,
  row: Looked,
  one: Participant | undefined,
): Promise<Finding[]> {
  const facts = await materialFacts(means.database, "submission", row.id);
  const found: Finding[] = [];
  if (facts.scanning + facts.awaited > 0)
    found.push(
      block(
        "materials.waiting",
        "/materials",
        "还有材料没有上传完或者正在检查",
        "请稍等片刻，或者删去没有传完的材料。",
      ),
    );
  if (row.kind === "answer") {
    const courtCase = await findCaseRow(means.database, actor, row.caseId);
    const form = await answerFormOf(means, courtCase, { key: "", sideLabel: "", name: "" });
    found.push(...answerFindings(form, openContent(means.vault, row), one));
  } else {
    found.push(...others(means, row, facts));
  }
  if (row.kind === "answer" || row.kind === "counterclaim" || row.kind === "application") {
    const { signature } = openContent<Contents["answer"]>(means.vault, row);
    if (signature.materialId === null || !facts.readyIds.includes(signature.materialId) || signature.signedOn === null)
      found.push(
        block(
          "signature.missing",
          "/signature",
          `${labelOf(row.kind, row.application)}还没有签名`,
          "请在签名框中手写签名并填写日期。",
        ),
      );
  }
  return found;
}

function answerFindings(
  { sections }: AnswerForm,
  content: Contents["answer"],
  one: Participant | undefined,
): Finding[] {
  const found: Finding[] = [];
  const given = new Map(content.items.map((item) => [item.key, item]));
  const items = sections.flatMap((section) => section.items);
  for (const { key, label, isClaim } of items) {
    const item = given.get(key);
    const at = `/items/${key}`;
    if (item?.objection === "yes" && item.reason.trim() === "")
      found.push(
        block("answer.reason", at, `${label}：选了“有异议”，还没有写事实和理由`, "请写明您认为的事实和理由。"),
      );
    // 承认诉讼请求 is the party's own to make (民诉法§62).
    if (isClaim && item?.objection === "no" && one && !hasPower(one, "admit"))
      found.push({
        ...block(
          "answer.power",
          at,
          `${label}：代理人没有承认诉讼请求的特别授权`,
          "请由当事人本人提交，或者补交写明“代为承认诉讼请求”的授权委托书。",
        ),
        basis: "民事诉讼法第六十二条",
      });
  }
  const open = items.filter(({ key }) => (given.get(key)?.objection ?? null) === null).length;
  if (open > 0)
    found.push({
      ...block(
        "answer.open",
        "/items",
        `还有 ${open} 项没有选择有无异议`,
        "可以不填；没有选择的，法官会在庭审中询问。",
      ),
      severity: "warn",
    });
  return found;
}

function others({ vault }: Means, row: Looked, facts: MaterialFacts): Finding[] {
  switch (row.kind) {
    case "evidence": {
      const ready = facts.byKind["evidence"] ?? 0;
      return ready > 0 ? [] : [block("evidence.none", "/materials", "还没有证据", "请拍照或者上传至少一份证据。")];
    }
    case "opinion": {
      const { items } = openContent<Contents["opinion"]>(vault, row);
      const said = items.filter(
        ({ authenticity, legality, relevance, note }) => authenticity ?? legality ?? relevance ?? (note.trim() || null),
      );
      const bare = items.filter(
        ({ authenticity, legality, relevance, note }) =>
          [authenticity, legality, relevance].includes("no") && note.trim() === "",
      );
      return [
        ...(said.length > 0
          ? []
          : [block("opinion.none", "/items", "还没有质证意见", "请对至少一份证据写明真实性、合法性、关联性的意见。")]),
        ...bare.map(({ materialId }) =>
          block("opinion.reason", `/items/${materialId}`, "不认可的证据还没有写明理由", "请写明不认可的理由。"),
        ),
      ];
    }
    case "counterclaim": {
      const { claims, facts: told } = openContent<Contents["counterclaim"]>(vault, row);
      return [
        ...(claims.some(({ text }) => text.trim() !== "")
          ? []
          : [block("counterclaim.claims", "/claims", "还没有写反诉请求", "请逐项写明反诉请求。")]),
        ...(told.trim() === ""
          ? [block("counterclaim.facts", "/facts", "还没有写事实和理由", "请写明反诉所依据的事实和理由。")]
          : []),
      ];
    }
    case "application": {
      const { request, facts: told } = openContent<Contents["application"]>(vault, row);
      const { ask, basis } = applicationOf(row.application ?? "");
      return [
        ...(request.trim() === ""
          ? [{ ...block("application.request", "/request", "还没有写申请事项", `${ask}。`), basis }]
          : []),
        ...(told.trim() === ""
          ? [{ ...block("application.facts", "/facts", "还没有写事实和理由", "请写明为什么申请。"), basis }]
          : []),
      ];
    }
    default:
      return [];
  }
}

const block = (code: string, pointer: string, message: string, fix: string): Finding => ({
  code,
  severity: "block",
  basis: "",
  pointer,
  message,
  fix,
});
