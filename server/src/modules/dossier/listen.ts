import { SYSTEM } from "#core/actor.ts";
import type { Subscribers } from "#core/outbox.ts";
import type { Means } from "#modules/module.ts";
import { enterFee, enterFiling, enterServed, enterSubmission } from "./build.ts";
import { enterFilm, enterTranscript } from "./enter-hearing.ts";
import { requestDue } from "./request.ts";

/** 随案同步生成 (在线诉讼规则§35; 电子卷宗): every paper goes in when it comes to be. Told twice, it goes in once. */
export function dossierSubscribers(means: Means): Subscribers {
  const opened = (submissionId: string) =>
    means.transact(
      SYSTEM,
      (work) =>
        work.change(
          "UPDATE dossier_item SET open_at = ? WHERE origin = ? AND open_at IS NULL AND section <> 'identity' AND withdrawn_at IS NULL",
          [work.at, `submission:${submissionId}`],
        ),
      { repeatable: true },
    );
  const takenBack = (origin: string, part: string) =>
    means.transact(
      SYSTEM,
      async (work) => {
        const gone = await work.query<{ id: string; caseId: string; courtCode: string }>(
          "SELECT id, case_id AS caseId, court_code AS courtCode FROM dossier_item WHERE origin = ? AND part LIKE ? AND withdrawn_at IS NULL FOR UPDATE",
          [origin, part],
        );
        for (const { id, caseId, courtCode } of gone) {
          await work.change("UPDATE dossier_item SET withdrawn_at = ? WHERE id = ?", [work.at, id]);
          await work.emit({
            name: "dossier.item_withdrawn",
            about: `case:${caseId}`,
            courtCode,
            caseId: String(caseId),
            itemId: String(id),
          });
        }
      },
      { repeatable: true },
    );
  return {
    "case.opened": ({ caseId, filingId }) => enterFiling(means, caseId, filingId),
    "submission.submitted": ({ submissionId }, { eventId }) => enterSubmission(means, submissionId, String(eventId)),
    async "submission.received"({ submissionId, opened: isOpen }) {
      if (isOpen) await opened(submissionId);
    },
    async "submission.disclosed"({ submissionId }) {
      await opened(submissionId);
    },
    async "submission.returned"({ submissionId }) {
      await takenBack(`submission:${submissionId}`, "%");
    },
    async "submission.withdrawn"({ submissionId }) {
      await takenBack(`submission:${submissionId}`, "%");
    },
    "service.effective": ({ serviceId }, { eventId }) => enterServed(means, serviceId, String(eventId)),
    async "service.effect_changed"({ serviceId, after }, { eventId }) {
      // The certificate says another day now, or that there was no service: only the last one stands.
      const [known] = await means.database.read("SELECT id FROM dossier_item WHERE origin = ? AND part = ?", [
        `service:${serviceId}`,
        `certificate:${eventId}`,
      ]);
      if (known) return;
      await takenBack(`service:${serviceId}`, "certificate:%");
      if (after !== null) await enterServed(means, serviceId, String(eventId));
    },
    "transcript.closed": ({ hearingId }) => enterTranscript(means, hearingId),
    "room.film_made": (film) => enterFilm(means, film),
    "fee.issued": ({ noticeId }) => enterFee(means, noticeId, "notice", ""),
    "fee.paid": ({ noticeId }, { eventId }) => enterFee(means, noticeId, "bill", String(eventId)),
    "fee.relief_decided": ({ noticeId }) => enterFee(means, noticeId, "documents", ""),
    "fee.deemed_withdrawn": ({ noticeId }) => enterFee(means, noticeId, "documents", ""),
    "dossier.request_due": ({ requestId }) => requestDue(means, requestId),
  };
}
