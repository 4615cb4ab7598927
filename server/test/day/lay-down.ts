import { randomBytes } from "node:crypto";
import { SYSTEM } from "#core/actor.ts";
import type { TestApp } from "#test/app.ts";
import { filingContent } from "../../src/modules/filing/content.ts";
import { keepLikeness } from "../../src/modules/filing/likeness.ts";
import { Filing, FilingClockEvent } from "../../src/modules/filing/model.ts";
import { sealContent, sealTitle } from "../../src/modules/filing/store.ts";
import { COURT } from "../filings.ts";
import type { Planted } from "./alike.ts";

/** Lays a filing down as it stands after it was handed in, without the papers, and brings it into its queue. */
export async function layDown(app: TestApp, planted: Planted, at: number): Promise<string> {
  const content = filingContent.parse(planted.content);
  return app.transact(SYSTEM, async (work) => {
    const sealRef = randomBytes(16).toString("hex");
    const courtCode = planted.courtCode ?? COURT;
    const filing = await Filing.create(
      {
        sealRef,
        accountId: String(1000 + at),
        courtCode,
        state: "submitted",
        causeCode: content.causeCode,
        formId: content.formId,
        amountFen: content.amountFen,
        content: sealContent(app.vault, { sealRef }, { content, versions: {} }),
        summary: sealTitle(app.vault, { sealRef }, `${at} ${planted.how}`),
        receiptNumber: `收${courtCode}-${at}`,
        submittedAt: work.at,
        createdAt: work.at,
        updatedAt: work.at,
      },
      { transaction: work.tx },
    );
    await FilingClockEvent.create(
      {
        filingId: filing.id,
        event: "start",
        onDay: "2026-11-22",
        dueOn: "2026-11-30",
        nominalDueOn: "2026-11-29",
        provisional: false,
        basis: "",
        note: "",
        at: work.at,
      },
      { transaction: work.tx },
    );
    await keepLikeness(work, app, filing, content);
    return String(filing.id);
  });
}
