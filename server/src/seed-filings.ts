import type { Actor } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { type DecisionInput, decideFiling } from "#modules/intake/index.ts";
import { suggestForm } from "#modules/reference/index.ts";
import type { App } from "./app.ts";
import { type Callers, type List, once } from "./seed-callers.ts";
import { careForFee } from "./seed-fees.ts";
import { bornAs, idNumberOf, phoneOf } from "./seed-people.ts";
import { bankRecord, identityCard, loanNote, signature } from "./seed-pictures.ts";
import type { Ending, Story } from "./seed-stories.ts";

const DAY_MS = 86_400_000;

/** Where and by whom stories are told. */
export interface Stage {
  readonly app: App;
  readonly callers: Callers;
  readonly staff: ReadonlyMap<string, Actor>;
  readonly sandboxUrl: string;
}

/** One filing, from the first line to the court's decision, while the clock stands where it happened. */
export async function tell(stage: Stage, story: Story): Promise<void> {
  const { app, callers } = stage;
  const { clock } = app.means;
  clock.shiftMs = -story.daysAgo * DAY_MS;
  const litigant = await callers.person(story.plaintiff);
  // A start that was broken off goes on where it stood.
  if ((await litigant<List>("GET", "/filings")).items.length > 0) return;
  const opened = { courtCode: story.courtCode, causeCode: story.cause };
  const { id, version } = await litigant<{ id: string; version: number }>("POST", "/filings", opened);
  const number = Number(id);
  const file = (kind: string, name: string, bytes: Buffer, contentType: string, purpose = "") =>
    callers.upload(litigant, `/filings/${id}`, { kind, name, bytes, contentType, purpose, source: "原告提供" });
  await file("identity", "身份证正面.jpg", await identityCard(number), "image/jpeg");
  await file("evidence", "借条或合同.jpg", await loanNote(number), "image/jpeg", "证明双方的约定");
  await file("evidence", "转账记录.pdf", await bankRecord(story.amountFen ?? 0), "application/pdf", "证明款项已经交付");
  const materialId = await file("signature", "签名.jpg", await signature(number), "image/jpeg");
  await callers.settle();
  const content = contentOf(story, materialId, courtDayOf(clock.now()));
  await litigant("PUT", `/filings/${id}`, { content }, { "if-match": `"${version}"` });
  if (story.ending === "draft") return;
  await litigant("POST", `/filings/${id}/moves`, { action: "submit" }, once(id, "1"));
  await callers.settle();
  if (story.ending === "withdrawn")
    await litigant("POST", `/filings/${id}/moves`, { action: "withdraw", note: "双方已自行和解" }, once(id, "w"));
  else await decide(stage, story, id);
}

const RETURNED: DecisionInput = {
  action: "return",
  defects: [
    { code: "evidence_unreadable", pointer: "/materials", note: "借条右下角被遮住，看不清签名" },
    { code: "claim_unclear", pointer: "/claims", note: "请写明利息从哪天起、按什么标准计算" },
  ],
  dueDays: 7,
};
/** What the clerk decides; null where one only looks into it. */
const DECISIONS: Partial<Record<Ending, (story: Story) => DecisionInput | null>> = {
  under_review: () => null,
  correction_required: () => RETURNED,
  resubmitted: () => RETURNED,
  lapsed: () => RETURNED,
  accepted: ({ cause }) => ({ action: "accept", causeCode: cause, caseTypeCode: "0301" }),
  refused: () => ({
    action: "refuse",
    groundCode: "arbitration",
    note: "双方在借款合同中约定由仲裁机构解决争议，应当依约申请仲裁。",
  }),
  transferred: () => ({ action: "transfer", courtCode: "鲁0103", note: "被告住所地和合同履行地均在市中区。" }),
  in_mediation: () => ({ action: "mediate", note: "由区人民调解委员会主持。" }),
};

/** What the clerk does a day later, and what follows. */
async function decide({ app: { means }, callers, staff, sandboxUrl }: Stage, story: Story, id: string): Promise<void> {
  const clerk = [...staff.values()].find(({ role, courtCode }) => role === "clerk" && courtCode === story.courtCode);
  const decision = DECISIONS[story.ending]?.(story);
  if (!clerk || decision === undefined) return;
  const { clock } = means;
  clock.shiftMs += Math.min(1, story.daysAgo) * DAY_MS;
  await means.transact(clerk, (work) => decideFiling(work, means, id, decision));
  await callers.settle();
  if (story.ending === "accepted" && story.fee) {
    // WeChat does not open orders of yesterday.
    clock.shiftMs = story.fee === "paid" ? 0 : clock.shiftMs + DAY_MS;
    await careForFee(await callers.person(story.plaintiff), story.fee, sandboxUrl);
    await callers.settle();
  }
  if (story.ending === "resubmitted") {
    clock.shiftMs += 2 * DAY_MS;
    const litigant = await callers.person(story.plaintiff);
    const value = `${story.claim}，利息自起诉之日起按一年期贷款市场报价利率计算至付清之日`;
    const edits = [{ path: "/claims/c1/text", value, baseVersion: 1_000_000 }];
    await litigant("POST", `/filings/${id}/edits`, { edits });
    await litigant("POST", `/filings/${id}/moves`, { action: "submit" }, once(id, "2"));
    await callers.settle();
  }
}

function contentOf(
  { plaintiff, defendant, cause, claim, facts, amountFen, ending }: Story,
  materialId: string,
  signedOn: string,
) {
  const province = "山东省济南市历下区";
  return {
    causeCode: cause,
    formId: suggestForm(cause),
    parties: [
      {
        key: "p1",
        side: "plaintiff",
        kind: "natural",
        name: plaintiff,
        idType: "resident_id",
        idNumber: idNumberOf(plaintiff),
        ...bornAs(idNumberOf(plaintiff)),
        ethnicity: "汉族",
        phone: phoneOf(plaintiff),
        address: `${province}文化东路${plaintiff.length + 20}号`,
      },
      {
        key: "d1",
        side: "defendant",
        kind: "natural",
        name: defendant,
        address: `${province}解放路${defendant.length + 30}号`,
        phone: phoneOf(defendant),
      },
    ],
    claims: [
      { key: "c1", text: claim, amountFen },
      { key: "c2", text: "本案诉讼费用由被告承担", amountFen: null },
    ],
    amountFen,
    facts,
    service: {
      recipient: plaintiff,
      phone: phoneOf(plaintiff),
      address: `${province}文化东路${plaintiff.length + 20}号`,
      electronic: true,
      channels: ["platform", "sms"],
      judgments: true,
      stages: ["first"],
      confirmed: true,
    },
    consents: {
      filing: "agree",
      mediation: ending === "in_mediation" ? "agree" : "refuse",
      evidence: "agree",
      inquiry: "agree",
      hearing: "agree",
      service: "agree",
      signature: "agree",
    },
    mediation: {
      understood: true,
      benefits: ["quick", "cheap", "another_try", "private", "binding"],
      wish: ending === "in_mediation" ? "yes" : "no",
    },
    signature: { materialId, signedOn },
  };
}
