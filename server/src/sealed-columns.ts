/**
 * Every column that is sealed with DATA_KEYS, and what its values are bound to, as SQL: `t` is the row, `o` the row it belongs
 * to. A sealed column that is missing here fails server/test/reliability/reseal.test.ts.
 */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The words a value is bound to, `{t.id}` standing for a column. */
  readonly place: string;
  /** How the row it belongs to is found. */
  readonly owner?: string;
}

const of = (table: string, key: string, id = "id"): string => `JOIN ${table} o ON o.${id} = t.${key}`;
const FILING = of("filing", "filing_id");
const CASE = of("court_case", "case_id");
const SERVICE = of("service", "service_id");
const NOTICE = of("fee_notice", "notice_id");
const TRANSCRIPT = of("hearing_transcript", "hearing_id", "hearing_id");

const line = (name: string, place: string, owner = ""): SealedColumn => {
  const [table = "", column = ""] = name.split(".");
  return { table, column, place, owner };
};

export const SEALED_COLUMNS: readonly SealedColumn[] = [
  line("account.openid_sealed", "account:{t.id} openid"),
  line("account.name_sealed", "account:{t.id} name"),
  line("account.phone_sealed", "account:{t.id} phone"),
  line("identity.name_sealed", "identity:{t.account_id} name"),
  line("identity.id_number_sealed", "identity:{t.account_id} number"),
  line("identity_review.note_sealed", "identity-review:{t.account_id}"),
  line("practice.licence_sealed", "practice:{t.account_id} licence"),
  line("staff.totp_sealed", "account:{t.account_id} totp"),
  line("material.label", "material {t.seal_ref} label"),
  line("material_reading.result", "material {o.seal_ref} reading", of("material", "material_id")),
  line("filing.content", "filing {t.seal_ref} content"),
  line("filing.summary", "filing {t.seal_ref} title"),
  line("filing_step.note", "filing {o.seal_ref} text", FILING),
  line("filing_submission.content", "filing {o.seal_ref} text", FILING),
  line("filing_correction.defects", "filing {o.seal_ref} text", FILING),
  line("filing_document.body", "filing {o.seal_ref} text", FILING),
  line("filing_mediation.note", "filing {o.seal_ref} text", FILING),
  line("filing_helper_edit.alteration", "filing {o.seal_ref} text", FILING),
  line("filing_confirmation.snapshot", "confirmation {t.seal_ref} snapshot"),
  line("filing_confirmation.signature", "confirmation {t.seal_ref} signature"),
  line("filing_confirmation.note", "confirmation {t.seal_ref} note"),
  line("bulk_job.archive", "bulk {t.seal_ref} archive"),
  line("bulk_job.fault", "bulk {t.seal_ref} fault"),
  line("bulk_row.cells", "bulk {t.seal_ref} cells"),
  line("bulk_row.content", "bulk {t.seal_ref} content"),
  line("bulk_row.findings", "bulk {t.seal_ref} findings"),
  line("bulk_row.title", "bulk {t.seal_ref} title"),
  line("intake_item.decided_note", "intake_item {t.id} note"),
  line("fee_notice.payer", "fee {t.seal_ref} payer"),
  line("fee_notice.title", "fee {t.seal_ref} title"),
  line("fee_step.note", "fee {o.seal_ref} note", NOTICE),
  line("fee_change.note", "fee {o.seal_ref} note", NOTICE),
  line("fee_document.body", "fee {o.seal_ref} document", NOTICE),
  line("fee_relief.statement", "fee {t.seal_ref} statement"),
  line("fee_relief.reason", "fee {t.seal_ref} reason"),
  line("payment.opening", "payment:{t.order_number} opening"),
  line("court_case.title", "case {t.seal_ref}"),
  line("case_party.name", "case {o.seal_ref}", CASE),
  line("case_event.detail", "case {o.seal_ref}", CASE),
  line("case_access_code.code", "case {o.seal_ref} code {t.party_key}", CASE),
  line("case_participant.name", "case participant {t.seal_ref} name"),
  line("case_participant.licence", "case participant {t.seal_ref} licence"),
  line("case_participant.ended_reason", "case participant {t.seal_ref} reason"),
  line("inner_event.facts", "inner event {t.inner_id}"),
  line("submission.content", "submission {t.seal_ref} content"),
  line("submission.note", "submission {t.seal_ref} note"),
  line("submission_step.note", "submission {o.seal_ref} note", of("submission", "submission_id")),
  line("service.note", "service {t.seal_ref} note"),
  line("service_document.text", "service {o.seal_ref} text", SERVICE),
  line("service_attempt.address", "service {o.seal_ref} address", SERVICE),
  line("service_attempt.facts", "service {o.seal_ref} facts", SERVICE),
  line("service_contest.note", "service {o.seal_ref} contest", SERVICE),
  line("service_contest.reason", "service {o.seal_ref} reason", SERVICE),
  line("service_address.content", "service address {t.seal_ref}"),
  line("hearing.reason", "hearing {t.seal_ref} reason"),
  line("hearing_negotiation.reason", "hearing {o.seal_ref} reason", of("hearing", "hearing_id")),
  line("hearing_consent.reason", "hearing consent {t.seal_ref}"),
  line("hearing_presence.name", "hearing {t.hearing_id} seat {t.seat_id}"),
  line("transcript_page.body", "transcript {o.seal_ref} page {t.page}", TRANSCRIPT),
  line("transcript_signature.picture", "transcript {o.seal_ref} signature {t.page} {t.presence_id}", TRANSCRIPT),
  line("transcript_signature.refused", "transcript {o.seal_ref} refusal {t.page} {t.presence_id}", TRANSCRIPT),
  line("transcript_correction.wish", "transcript {o.seal_ref} wish {t.page}", TRANSCRIPT),
  line("transcript_correction.answer", "transcript {o.seal_ref} answer {t.page}", TRANSCRIPT),
  line("thread.subject", "thread {t.seal_ref} subject"),
  line("thread.rating_words", "thread {t.seal_ref} rating"),
  line("thread_message.body", "thread {o.seal_ref} message {t.n}", of("thread", "thread_id")),
  line("thread_note.body", "thread_note {t.seal_ref}"),
  line("webhook.address", "webhook {t.seal_ref} address"),
  line("webhook.secret", "webhook {t.seal_ref} secret"),
  line("webhook.old_secret", "webhook {t.seal_ref} secret"),
  line("dossier_item.title", "dossier {t.seal_ref} title"),
  line("dossier_inner_item.title", "dossier {t.seal_ref} inner title"),
  line("dossier_inner_item.body", "dossier {t.seal_ref} inner body"),
  line("dossier_request.purpose", "dossier {t.seal_ref} purpose"),
  line("dossier_request.note", "dossier {t.seal_ref} note"),
  line("dossier_text.body", "dossier text {t.item_id}"),
  line("message.body", "message {t.account_id} {t.event_id}"),
  line("notice_delivery.address", "notice_delivery {t.id}"),
  line("reception.matter", "reception {t.seal_ref} matter"),
  line("reception.note", "reception {t.seal_ref} note"),
  line("reception.answer", "reception {t.seal_ref} answer"),
  line("reception.declined", "reception {t.seal_ref} declined"),
  line("reception.rating_words", "reception {t.seal_ref} rating"),
  line("questioning.name", "questioning {t.seal_ref} name"),
  line("questioning.matter", "questioning {t.seal_ref} matter"),
  line("questioning.officer_name", "questioning {t.seal_ref} officer"),
  line("questioning.officer_badge", "questioning {t.seal_ref} badge"),
  line("questioning.note", "questioning {t.seal_ref} note"),
];

/** What is sealed outside of the database, by the column that holds its key in the store. */
export const SEALED_FILES: readonly SealedColumn[] = [
  line("service_document.file_key", "service {o.seal_ref} document", SERVICE),
  line("dossier_item.file_key", "dossier file {t.file_key}"),
  line("dossier_inner_item.file_key", "dossier inner {t.file_key}"),
];

/** The place in SQL. */
export const placeSql = ({ place }: SealedColumn): string =>
  `CONCAT(${place
    .split(/\{([to]\.\w+)\}/)
    .map((part, at) => (at % 2 ? part : `'${part}'`))
    .join(", ")})`;
