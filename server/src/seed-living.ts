import { courtDayOf } from "#core/period.ts";
import type { App } from "./app.ts";
import { type Asking, type Callers, type List, once } from "./seed-callers.ts";
import { signature } from "./seed-pictures.ts";

/** Who speaks in the case. */
export interface Cast {
  readonly plaintiff: Asking;
  readonly defendant: Asking;
  readonly clerk: Asking;
  readonly judge: Asking;
}

/**
 * A case that lives: its defendant is served and joins by the code on the notice, answers, a question is answered by the
 * judge, and minutes lie in the dossier. A start that was broken off goes on where it stood.
 */
export async function live({ means }: App, callers: Callers, cast: Cast, caseId: string): Promise<void> {
  const { plaintiff, defendant, clerk, judge } = cast;
  const today = courtDayOf(means.clock.now());
  const key = (what: string) => once("case", caseId, what);

  const { items: services } = await clerk<List<Stated>>("GET", `/services?caseId=${caseId}`);
  for (const { id, state } of services) {
    if (state.code !== "pending") continue;
    const facts = { trackingNumber: "EMS1234567890CN", tracking: "delivered", signedOn: today, signedBy: "本人" };
    await clerk("POST", `/services/${id}/moves`, { action: "send", channel: "post" }, key(`send-${id}`));
    await clerk("POST", `/services/${id}/moves`, { action: "record", channel: "post", facts }, key(`signed-${id}`));
  }
  if ((await defendant<List>("GET", "/cases")).items.length === 0) {
    const asked = { partyKey: "d1" };
    const { code } = await clerk<{ code: string }>("POST", `/cases/${caseId}/access-codes`, asked, key("code"));
    const { number } = await plaintiff<{ number: string }>("GET", `/cases/${caseId}`);
    await defendant("POST", "/cases/join", { number, accessCode: code }, key("join"));
    await callers.settle();
  }
  await answer(callers, cast, caseId, today);

  const question = { subject: "开庭前的准备", body: "您好，请问开庭时要带哪些材料的原件？" };
  const thread = await plaintiff<{ id: string }>("POST", `/cases/${caseId}/threads`, question, key("question"));
  const reply = { body: "请携带身份证、借条和转账记录的原件，提前十五分钟到庭。" };
  await judge("POST", `/threads/${thread.id}/messages`, reply, key("reply"));
  const minutes = {
    section: "inquiry",
    title: "询问当事人笔录",
    formedOn: today,
    text: "问：借款如何交付？\n原告答：银行转账，当日到账。\n问：双方是否愿意调解？\n原告、被告均答：可以考虑。",
  };
  await judge("POST", `/cases/${caseId}/dossier-items`, minutes, key("minutes"));
  await callers.settle();
}

interface Stated {
  readonly id: string;
  readonly state: { readonly code: string };
}

async function answer(callers: Callers, { defendant, judge }: Cast, caseId: string, signedOn: string): Promise<void> {
  const key = (what: string) => once("answer", caseId, what);
  const at = `/cases/${caseId}/submissions`;
  const [begun] = (await defendant<List<Stated>>("GET", at)).items;
  if (begun && begun.state.code !== "draft") return;
  const { id } = begun ?? (await defendant<{ id: string }>("POST", at, { kind: "answer" }, key("begun")));
  const { version } = await defendant<{ version: number }>("GET", `/submissions/${id}`);
  const bytes = await signature(Number(id));
  const paper = { kind: "signature", name: "签名.jpg", bytes, contentType: "image/jpeg" };
  const materialId = await callers.upload(defendant, `/submissions/${id}`, paper);
  await callers.settle();
  const content = {
    items: [{ key: "facts", objection: "yes", reason: "借款属实，但已经归还一万五千元，有转账记录。" }],
    statement: "请求驳回原告超出剩余本金部分的诉讼请求。",
    signature: { materialId, signedOn },
  };
  await defendant("PUT", `/submissions/${id}`, { kind: "answer", content }, { "if-match": `"${version}"` });
  await defendant("POST", `/submissions/${id}/moves`, { action: "submit" }, key("submitted"));
  await callers.settle();
  await judge("POST", `/submissions/${id}/moves`, { action: "receive" }, key("received"));
}
