/**
 * Who may do what to whose: one line for each route and kind of object, one column for each persona. It is written from
 * the rules, not from the code: the code's own tables (policies, access conditions) are what is tested against it.
 *
 * The object belongs to `owner` and, once handed in, to the court of `clerk`, `supervisor`, `judge`, `courtClerk`, `admin`
 * and `auditor`; `stranger` and `lawyer` have filings of their own; `farClerk` works in another court.
 * 401: not signed in. 403: a role that never may. 404: for this reader it does not exist.
 */
export const PERSONAS = [
  "anonymous",
  "owner",
  "stranger",
  "lawyer",
  "clerk",
  "farClerk",
  "supervisor",
  "judge",
  "courtClerk",
  "admin",
  "auditor",
] as const;
export type Persona = (typeof PERSONAS)[number];

// route                               | object            | anon owner strng lawyr clerk farCl super judge cClrk admin audit
const TABLE = `
POST /sessions/wechat                  | -                 | 200  200   200   200   200   200   200   200   200   200   200
POST /sessions/staff                   | -                 | 200  200   200   200   200   200   200   200   200   200   200
POST /sessions/refresh                 | -                 | 200  200   200   200   200   200   200   200   200   200   200
DELETE /sessions/current               | -                 | 401  204   204   204   204   204   204   204   204   204   204
GET /sessions                          | -                 | 401  200   200   200   200   200   200   200   200   200   200
DELETE /sessions/:id                   | session           | 401  204   404   404   404   404   404   404   404   404   404
GET /client-config                     | -                 | 200  200   200   200   200   200   200   200   200   200   200
GET /me                                | -                 | 401  200   200   200   200   200   200   200   200   200   200
PUT /me/identity                       | -                 | 401  200   200   200   403   403   403   403   403   403   403
POST /me/identity/review               | -                 | 401  200   200   200   403   403   403   403   403   403   403
POST /me/phone                         | -                 | 401  200   200   200   403   403   403   403   403   403   403
PUT /me/practice                       | -                 | 401  200   200   200   403   403   403   403   403   403   403
PUT /me/language                       | -                 | 401  200   200   200   403   403   403   403   403   403   403
PUT /me/password                       | -                 | 401  403   403   403   204   204   204   204   204   204   204
GET /me/tokens                         | -                 | 401  200   200   200   403   403   403   403   403   403   403
POST /me/tokens                        | -                 | 401  201   201   201   403   403   403   403   403   403   403
DELETE /me/tokens/:id                  | token             | 401  204   404   404   403   403   403   403   403   403   403
GET /identity-reviews                  | -                 | 401  403   403   403   200   200   200   403   403   200   403
POST /identity-reviews/:id/moves       | review            | 401  403   403   403   200   404   200   403   403   200   403
POST /identity-reviews/:id/reveal      | review            | 401  403   403   403   200   404   200   403   403   200   403
GET /practices                         | -                 | 401  403   403   403   403   403   403   403   403   200   403
POST /practices/:id/moves              | practice          | 401  403   403   403   403   403   403   403   403   200   403
POST /practices/:id/reveal             | practice          | 401  403   403   403   403   403   403   403   403   200   403
GET /court-staff/absences              | -                 | 401  403   403   403   200   200   200   200   200   200   403
POST /court-staff/absences             | -                 | 401  403   403   403   201   201   201   201   201   201   403
DELETE /court-staff/absences/:id       | absence           | 401  403   403   403   204   404   204   404   404   204   403
GET /staff                             | -                 | 401  403   403   403   403   403   403   403   403   200   403
POST /staff                            | -                 | 401  403   403   403   403   403   403   403   403   201   403
PUT /staff/:id                         | colleague         | 401  403   403   403   403   403   403   403   403   200   403
PUT /staff/:id                         | farColleague      | 401  403   403   403   403   403   403   403   403   404   403
PUT /staff/:id/role                    | colleague         | 401  403   403   403   403   403   403   403   403   200   403
PUT /staff/:id/role                    | farColleague      | 401  403   403   403   403   403   403   403   403   404   403
PUT /staff/:id/role                    | litigant          | 401  403   403   403   403   403   403   403   403   404   403
POST /staff/:id/moves                  | colleague         | 401  403   403   403   403   403   403   403   403   200   403
POST /staff/:id/moves                  | farColleague      | 401  403   403   403   403   403   403   403   403   404   403
POST /staff/:id/credentials            | colleague         | 401  403   403   403   403   403   403   403   403   200   403
POST /staff/:id/credentials            | farColleague      | 401  403   403   403   403   403   403   403   403   404   403
GET /audit                             | -                 | 401  403   403   403   403   403   403   403   403   403   200
GET /operations                        | -                 | 401  403   403   403   403   403   403   403   403   200   200
POST /audit/verify                     | -                 | 401  403   403   403   403   403   403   403   403   403   200
GET /courts                            | -                 | 200  200   200   200   200   200   200   200   200   200   200
GET /courts/:code                      | court             | 200  200   200   200   200   200   200   200   200   200   200
GET /courts/:code/parameters           | court             | 401  403   403   403   403   403   403   403   403   200   403
GET /courts/:code/parameters           | farCourt          | 401  403   403   403   403   403   403   403   403   403   403
PUT /courts/:code/parameters           | court             | 401  403   403   403   403   403   403   403   403   200   403
PUT /courts/:code/parameters           | farCourt          | 401  403   403   403   403   403   403   403   403   403   403
GET /causes                            | -                 | 200  200   200   200   200   200   200   200   200   200   200
GET /forms                             | -                 | 200  200   200   200   200   200   200   200   200   200   200
GET /forms/:id                         | -                 | 200  200   200   200   200   200   200   200   200   200   200
GET /case-types                        | -                 | 200  200   200   200   200   200   200   200   200   200   200
GET /court-days                        | -                 | 200  200   200   200   200   200   200   200   200   200   200
POST /fees/quote                       | -                 | 200  200   200   200   200   200   200   200   200   200   200
POST /deadlines/compute                | -                 | 200  200   200   200   200   200   200   200   200   200   200
POST /service-effects/compute          | -                 | 200  200   200   200   200   200   200   200   200   200   200
POST /case-numbers/parse               | -                 | 200  200   200   200   200   200   200   200   200   200   200
POST /identity-numbers/check           | -                 | 200  200   200   200   200   200   200   200   200   200   200
POST /jurisdiction/advise              | -                 | 200  200   200   200   200   200   200   200   200   200   200
POST /speech                           | -                 | 409  409   409   409   409   409   409   409   409   409   409
POST /filings                          | -                 | 401  201   201   201   403   403   403   403   403   403   403
GET /filings                           | -                 | 401  200   200   200   200   200   200   200   200   403   403
GET /filings/:id                       | draft             | 401  200   404   404   404   404   404   404   404   403   403
GET /filings/:id                       | submitted         | 401  200   404   404   200   404   200   200   200   403   403
GET /filings/:id                       | correction        | 401  200   404   404   200   404   200   200   200   403   403
GET /filings/:id                       | accepted          | 401  200   404   404   200   404   200   200   200   403   403
PUT /filings/:id                       | draft             | 401  200   404   404   403   403   403   403   403   403   403
PUT /filings/:id                       | submitted         | 401  409   404   404   403   403   403   403   403   403   403
POST /filings/:id/edits                | draft             | 401  200   404   404   403   403   403   403   403   403   403
POST /filings/:id/edits                | submitted         | 401  409   404   404   403   403   403   403   403   403   403
POST /filings/:id/precheck             | draft             | 401  200   404   404   404   404   404   403   403   403   403
POST /filings/:id/precheck             | submitted         | 401  200   404   404   200   404   200   403   403   403   403
POST /filings/:id/moves                | draft             | 401  200   404   404   403   403   403   403   403   403   403
POST /filings/:id/moves                | accepted          | 401  409   404   404   403   403   403   403   403   403   403
GET /filings/:id/clock                 | draft             | 401  200   404   404   404   404   404   404   404   403   403
GET /filings/:id/clock                 | submitted         | 401  200   404   404   200   404   200   200   200   403   403
GET /filings/:id/steps                 | draft             | 401  200   404   404   404   404   404   404   404   403   403
GET /filings/:id/steps                 | submitted         | 401  200   404   404   200   404   200   200   200   403   403
GET /filings/:id/corrections           | correction        | 401  200   404   404   200   404   200   200   200   403   403
GET /filings/:id/documents             | accepted          | 401  200   404   404   200   404   200   200   200   403   403
GET /filings/:id/documents/:documentId.pdf | accepted          | 401  200   404   404   200   404   200   200   200   403   403
POST /filings/:id/sources              | draft             | 401  422   404   404   403   403   403   403   403   403   403
GET /filings/:id/sources               | draft             | 401  200   404   404   404   404   404   404   404   403   403
GET /filings/:id/sources               | submitted         | 401  200   404   404   200   404   200   200   200   403   403
GET /filings/:id/receipt.pdf           | draft             | 401  409   404   404   404   404   404   404   404   403   403
GET /filings/:id/receipt.pdf           | submitted         | 401  200   404   404   200   404   200   200   200   403   403
GET /filings/:id/complaint.pdf         | draft             | 401  200   404   404   404   404   404   404   404   403   403
GET /filings/:id/complaint.pdf         | submitted         | 401  200   404   404   200   404   200   200   200   403   403
GET /filings/:id/complaint.docx        | draft             | 401  200   404   404   404   404   404   404   404   403   403
GET /filings/:id/complaint.docx        | submitted         | 401  200   404   404   200   404   200   200   200   403   403
GET /filings/:id/bundle.pdf            | draft             | 401  200   404   404   404   404   404   404   404   403   403
GET /filings/:id/bundle.pdf            | submitted         | 401  200   404   404   200   404   200   200   200   403   403
POST /filings/:id/helpers              | draft             | 401  201   404   404   403   403   403   403   403   403   403
POST /filings/:id/helpers              | submitted         | 401  409   404   404   403   403   403   403   403   403   403
POST /helpers/join                     | -                 | 401  200   200   200   403   403   403   403   403   403   403
GET /filings/:id/helpers               | draft             | 401  200   404   404   403   403   403   403   403   403   403
GET /filings/:id/helper-edits          | draft             | 401  200   404   404   403   403   403   403   403   403   403
POST /filings/:id/helpers/:helperId/moves | help              | 401  200   404   404   403   403   403   403   403   403   403
GET /agent-papers                      | -                 | 200  200   200   200   200   200   200   200   200   200   200
GET /filings/:id/own-details           | draft             | 401  200   404   404   403   403   403   403   403   403   403
POST /filings/:id/confirmations        | draft             | 401  201   404   404   403   403   403   403   403   403   403
POST /filings/:id/confirmations        | submitted         | 401  409   404   404   403   403   403   403   403   403   403
GET /filings/:id/confirmations         | draft             | 401  200   404   404   404   404   404   404   404   403   403
GET /filings/:id/confirmations         | submitted         | 401  200   404   404   200   404   200   200   200   403   403
GET /filings/:id/confirmations/:confirmationId/mandate.pdf | mandate | 401 200 404 404 404 404   404   404   404   403   403
POST /confirmations/lookup             | link              | 401  200   404   404   403   403   403   403   403   403   403
POST /confirmations/:id/moves          | confirmation      | 401  200   404   404   403   403   403   403   403   403   403
POST /filings/:id/reveal               | draft             | 401  403   403   403   404   404   404   403   403   403   403
GET /forms/:id/bulk-template.xlsx      | form              | 200  200   200   200   200   200   200   200   200   200   200
POST /filings/bulk                     | -                 | 401  201   201   201   403   403   403   403   403   403   403
GET /jobs                              | -                 | 401  200   200   200   403   403   403   403   403   403   403
GET /jobs/:id                          | job               | 401  200   404   404   403   403   403   403   403   403   403
GET /jobs/:id/rows                     | job               | 401  200   404   404   403   403   403   403   403   403   403
GET /jobs/:id/result.xlsx              | job               | 401  200   404   404   403   403   403   403   403   403   403
POST /jobs/:id/moves                   | job               | 401  200   404   404   403   403   403   403   403   403   403
POST /jobs/:id/signature               | job               | 401  201   404   404   403   403   403   403   403   403   403
POST /filings/:id/reveal               | submitted         | 401  403   403   403   200   404   200   403   403   403   403
POST /filings/:id/materials            | draft             | 401  201   404   404   403   403   403   403   403   403   403
POST /filings/:id/materials            | submitted         | 401  409   404   404   403   403   403   403   403   403   403
POST /filings/:id/materials/combine    | draft             | 401  201   404   404   403   403   403   403   403   403   403
PUT /filings/:id/materials/order       | draft             | 401  200   404   404   403   403   403   403   403   403   403
POST /materials/:id/upload             | announcedMaterial | 401  200   404   404   403   403   403   403   403   403   403
POST /materials/:id/complete           | draftMaterial     | 401  200   404   404   403   403   403   403   403   403   403
GET /materials/:id                     | draftMaterial     | 401  200   404   404   404   404   404   404   404   404   404
GET /materials/:id                     | filedMaterial     | 401  200   404   404   200   404   200   200   200   404   404
PUT /materials/:id                     | draftMaterial     | 401  200   404   404   403   403   403   403   403   403   403
PUT /materials/:id                     | filedMaterial     | 401  409   404   404   403   403   403   403   403   403   403
DELETE /materials/:id                  | announcedMaterial | 401  204   404   404   403   403   403   403   403   403   403
DELETE /materials/:id                  | filedMaterial     | 401  409   404   404   403   403   403   403   403   403   403
GET /materials/:id/content             | draftMaterial     | 401  302   404   404   404   404   404   404   404   404   404
GET /materials/:id/content             | filedMaterial     | 401  302   404   404   302   404   302   302   302   404   404
POST /materials/:id/ocr                | draftMaterial     | 401  202   404   404   404   404   404   404   404   404   404
POST /materials/:id/ocr                | filedMaterial     | 401  202   404   404   202   404   202   202   202   404   404
GET /materials/:id/reading             | draftMaterial     | 401  200   404   404   404   404   404   404   404   404   404
GET /materials/:id/reading             | filedMaterial     | 401  200   404   404   200   404   200   200   200   404   404
GET /materials/:id/reading/:field/crop.png | filedMaterial     | 401  404   404   404   404   404   404   404   404   404   404
GET /intake/queues                     | -                 | 401  403   403   403   200   200   200   403   403   200   403
GET /intake/items                      | -                 | 401  403   403   403   200   200   200   403   403   403   403
GET /intake/items/:id                  | item              | 401  403   403   403   200   404   200   403   403   403   403
POST /intake/queues/:id/next           | queue             | 401  403   403   403   200   404   200   403   403   403   403
POST /intake/items/:id/moves           | item              | 401  403   403   403   200   404   200   403   403   403   403
POST /intake/items/:id/moves           | assignableItem    | 401  403   403   403   403   404   200   403   403   403   403
POST /intake/items/:id/moves           | claimedItem       | 401  403   403   403   200   404   409   403   403   403   403
POST /intake/items/:id/preview         | item              | 401  403   403   403   200   404   200   403   403   403   403
GET /intake/items/:id/difference       | item              | 401  403   403   403   200   404   200   403   403   403   403
GET /intake/items/:id/duplicates       | item              | 401  403   403   403   200   404   200   403   403   403   403
GET /intake/series                     | -                 | 401  403   403   403   200   200   200   403   403   403   403
GET /intake/series/:id                 | series            | 401  403   403   403   200   404   200   403   403   403   403
POST /intake/series/:id/moves          | series            | 401  403   403   403   200   404   200   403   403   403   403
GET /intake/defects                    | -                 | 401  403   403   403   200   200   200   403   403   403   403
GET /intake/grounds                    | -                 | 401  403   403   403   200   200   200   403   403   403   403
GET /intake/staff                      | -                 | 401  403   403   403   200   200   200   403   403   403   403
GET /intake/statistics                 | -                 | 401  403   403   403   403   403   200   403   403   403   403
GET /intake/forecast                   | -                 | 401  403   403   403   403   403   200   403   403   403   403
GET /intake/statistics/court           | -                 | 401  403   403   403   403   403   200   403   403   403   403
GET /intake/statistics/consistency     | -                 | 401  403   403   403   403   403   200   403   403   403   403
GET /intake/statistics/export.xlsx     | -                 | 401  403   403   403   403   403   200   403   403   403   403
GET /intake/mediations                 | -                 | 401  403   403   403   200   200   200   403   403   403   403
POST /intake/mediations/:id/moves      | mediation         | 401  403   403   403   200   404   200   403   403   403   403
POST /intake/paper-filings             | -                 | 401  403   403   403   201   201   201   403   403   403   403
POST /intake/paper-filings/:id/materials | paperFiling     | 401  403   403   403   201   404   201   403   403   403   403
POST /intake/paper-filings/:id/materials | submitted       | 401  403   403   403   409   404   409   403   403   403   403
POST /intake/paper-materials/:id/complete | filedMaterial  | 401  403   403   403   200   404   200   403   403   403   403
GET /intake/templates                  | -                 | 401  403   403   403   200   200   200   403   403   403   403
POST /intake/templates                 | -                 | 401  403   403   403   403   403   201   403   403   403   403
PUT /intake/templates/:id              | template          | 401  403   403   403   403   403   200   403   403   403   403
PUT /intake/templates/:id              | farTemplate       | 401  403   403   403   403   403   404   403   403   403   403
DELETE /intake/templates/:id           | template          | 401  403   403   403   403   403   204   403   403   403   403
GET /intake/rules                      | -                 | 401  403   403   403   403   403   200   403   403   200   403
POST /intake/rules                     | -                 | 401  403   403   403   403   403   403   403   403   201   403
PUT /intake/rules/:id                  | rule              | 401  403   403   403   403   403   403   403   403   200   403
DELETE /intake/rules/:id               | rule              | 401  403   403   403   403   403   403   403   403   204   403
POST /intake/queues                    | -                 | 401  403   403   403   403   403   403   403   403   201   403
PUT /intake/queues/:id                 | ownQueue          | 401  403   403   403   403   403   403   403   403   200   403
DELETE /intake/queues/:id              | ownQueue          | 401  403   403   403   403   403   403   403   403   204   403
GET /intake/routing-rules              | -                 | 401  403   403   403   403   403   200   403   403   200   403
GET /cases                             | -                 | 401  200   200   200   200   200   200   200   200   403   403
GET /cases/:id                         | case              | 401  200   404   404   200   404   200   200   200   403   403
GET /inner-events                      | -                 | 401  403   403   403   403   403   200   403   403   200   403
POST /inner-events/replay              | -                 | 401  403   403   403   403   403   403   403   403   200   403
GET /cases/:id/time-limit              | case              | 401  200   404   404   200   404   200   200   200   403   403
POST /cases/:id/time-limit/moves       | case              | 401  403   403   403   403   403   200   200   200   403   403
GET /cases/:id/timeline                | case              | 401  200   404   404   200   404   200   200   200   403   403
POST /cases/join                       | -                 | 401  200   422   422   403   403   403   403   403   403   403
POST /cases/agents                     | -                 | 401  201   201   201   403   403   403   403   403   403   403
GET /case-staff                        | -                 | 401  403   403   403   200   200   200   200   200   403   403
GET /case-agencies                     | -                 | 401  200   200   200   403   403   403   403   403   403   403
GET /cases/:id/participants            | case              | 401  200   404   404   200   404   200   200   200   403   403
POST /cases/:id/participants/:participantId/moves | agency | 401  200   404   404   200   404   200   200   200   403   403
GET /cases/:id/languages               | case              | 401  200   404   404   200   404   200   200   200   403   403
PUT /cases/:id/languages               | case              | 401  200   404   404   200   404   200   200   200   403   403
POST /cases/:id/languages/moves        | case              | 401  403   403   403   200   404   200   200   200   403   403
GET /interpreter-needs                 | -                 | 401  403   403   403   200   200   200   200   200   403   403
GET /cases/:id/access-codes            | case              | 401  403   403   403   200   404   200   200   200   403   403
POST /cases/:id/access-codes           | case              | 401  403   403   403   200   404   200   200   200   403   403
POST /cases/:id/moves                  | case              | 401  403   403   403   200   404   200   200   200   403   403
GET /cases/:id/submission-kinds        | case              | 401  200   404   404   403   403   403   403   403   403   403
GET /cases/:id/answer-form             | case              | 401  200   404   404   200   404   200   200   200   403   403
POST /cases/:id/submissions            | case              | 401  201   404   404   403   403   403   403   403   403   403
GET /cases/:id/submissions             | case              | 401  200   404   404   200   404   200   200   200   403   403
GET /submissions                       | -                 | 401  403   403   403   403   403   200   200   200   403   403
GET /submissions/:id                   | draftSubmission   | 401  200   404   404   404   404   404   404   404   403   403
GET /submissions/:id                   | handedSubmission  | 401  200   404   404   200   404   200   200   200   403   403
PUT /submissions/:id                   | draftSubmission   | 401  200   404   404   403   403   403   403   403   403   403
PUT /submissions/:id                   | handedSubmission  | 401  409   404   404   403   403   403   403   403   403   403
POST /submissions/:id/materials        | draftSubmission   | 401  201   404   404   403   403   403   403   403   403   403
POST /submissions/:id/precheck         | draftSubmission   | 401  200   404   404   403   403   403   403   403   403   403
POST /submissions/:id/moves            | handedSubmission  | 401  200   404   404   403   403   200   200   200   403   403
GET /submissions/:id/paper.pdf         | handedSubmission  | 401  200   404   404   200   404   200   200   200   403   403
GET /submissions/:id/paper.docx        | handedSubmission  | 401  200   404   404   200   404   200   200   200   403   403
GET /cases/:id/dossier                 | case              | 401  200   404   404   200   404   200   200   200   403   403
GET /cases/:id/dossier.pdf             | case              | 401  200   404   404   200   404   200   200   200   403   403
GET /cases/:id/dossier/search          | case              | 401  200   404   404   200   404   200   200   200   403   403
GET /cases/:id/dossier/readings        | case              | 401  200   404   404   200   404   200   200   200   403   403
POST /cases/:id/dossier-items          | case              | 401  403   403   403   403   403   403   201   201   403   403
POST /cases/:id/dossier-scans          | case              | 401  403   403   403   403   403   403   201   201   403   403
POST /cases/:id/inner-dossier-scans    | case              | 401  403   403   403   403   403   403   201   201   403   403
POST /dossier-scans/:id/complete       | dossierScan       | 401  403   403   403   403   403   403   200   200   403   403
PUT /dossier-items/:id/place           | dossierItem       | 401  403   403   403   403   403   403   204   204   403   403
GET /cases/:id/dossier/completeness    | case              | 401  403   403   403   200   404   200   200   200   403   403
GET /dossier-items/:id/content         | dossierItem       | 401  200   404   404   200   404   200   200   200   403   403
POST /cases/:id/dossier-requests       | case              | 401  201   404   404   403   403   403   403   403   403   403
GET /cases/:id/dossier-requests        | case              | 401  200   404   404   200   404   200   200   200   403   403
GET /dossier-requests                  | -                 | 401  403   403   403   403   403   200   200   200   403   403
POST /dossier-requests/:id/moves       | dossierRequest    | 401  200   404   404   403   403   200   200   200   403   403
GET /cases/:id/inner-dossier           | case              | 401  403   403   403   403   403   403   200   200   403   403
POST /cases/:id/inner-dossier          | case              | 401  403   403   403   403   403   403   201   201   403   403
PUT /inner-dossier-items/:id/place     | innerItem         | 401  403   403   403   403   403   403   204   204   403   403
GET /inner-dossier-items/:id/content   | innerItem         | 401  403   403   403   403   403   403   200   200   403   403
GET /delegations                       | -                 | 401  200   200   200   403   403   403   403   403   403   403
POST /delegations                      | -                 | 401  403   403   201   403   403   403   403   403   403   403
POST /delegations/lookup               | -                 | 401  200   200   200   403   403   403   403   403   403   403
POST /delegations/decide               | -                 | 401  200   200   200   403   403   403   403   403   403   403
POST /delegations/:id/moves            | delegation        | 401  200   404   404   403   403   403   403   403   403   403
GET /me/webhooks                       | -                 | 401  200   200   200   403   403   403   403   403   403   403
POST /me/webhooks                      | -                 | 401  201   201   201   403   403   403   403   403   403   403
DELETE /me/webhooks/:id                | webhook           | 401  204   404   404   403   403   403   403   403   403   403
POST /me/webhooks/:id/moves            | webhook           | 401  200   404   404   403   403   403   403   403   403   403
POST /me/webhooks/:id/secret           | webhook           | 401  200   404   404   403   403   403   403   403   403   403
GET /me/webhooks/:id/deliveries        | webhook           | 401  200   404   404   403   403   403   403   403   403   403
GET /changes                           | -                 | 401  200   200   200   403   403   403   403   403   403   403
POST /changes/acknowledge              | -                 | 401  200   200   200   403   403   403   403   403   403   403
GET /obligations                       | -                 | 401  200   200   200   200   200   200   200   200   403   403
POST /obligations/:id/moves            | duty              | 401  200   404   404   403   403   403   403   403   403   403
GET /cases/:id/periods                 | case              | 401  200   404   404   200   404   200   200   200   403   403
PUT /cases/:id/periods                 | case              | 401  403   403   403   403   403   200   200   200   403   403
GET /services                          | -                 | 401  200   200   200   200   200   200   200   200   403   403
GET /services/:id                      | service           | 401  200   404   404   200   404   200   200   200   403   403
POST /cases/:id/services               | case              | 401  403   403   403   201   404   201   201   201   403   403
POST /services/:id/moves               | service           | 401  200   404   404   200   404   200   200   200   403   403
PUT /services/:id/translations         | service           | 401  403   403   403   200   404   200   200   200   403   403
GET /services/:id/document.pdf         | service           | 401  200   404   404   200   404   200   200   200   403   403
GET /services/:id/certificate.pdf      | service           | 401  200   404   404   200   404   200   200   200   403   403
GET /service-certificates/key          | -                 | 200  200   200   200   200   200   200   200   200   200   200
GET /cases/:id/service-address         | case              | 401  200   404   404   200   404   200   200   200   403   403
PUT /cases/:id/service-address         | case              | 401  200   404   404   403   403   403   403   403   403   403
GET /hearings                          | -                 | 401  200   200   200   200   200   200   200   200   403   403
GET /hearings/:id                      | hearing           | 401  200   404   404   200   404   200   200   200   403   403
POST /cases/:id/hearings               | case              | 401  403   403   403   403   403   201   201   201   403   403
POST /hearings/:id/responses           | hearing           | 401  200   404   404   403   403   403   403   403   403   403
POST /hearings/:id/moves               | hearing           | 401  403   403   403   403   403   200   200   200   403   403
GET /me/calendar                       | -                 | 401  200   200   200   200   200   200   200   200   403   403
POST /me/calendar                      | -                 | 401  201   201   201   201   201   201   201   201   403   403
DELETE /me/calendar                    | -                 | 401  204   204   204   204   204   204   204   204   403   403
GET /calendar/:token.ics               | calendar          | 200  200   200   200   200   200   200   200   200   200   200
GET /announcements/hearings            | -                 | 200  200   200   200   200   200   200   200   200   200   200
GET /hearings/:id/room                 | hearing           | 401  200   404   404   403   403   200   200   200   403   403
POST /hearings/:id/room/presence       | hearing           | 401  200   404   404   403   403   200   200   200   403   403
POST /hearings/:id/room/moves          | hearing           | 401  403   404   404   403   403   403   200   200   403   403
POST /hearings/:id/ticket              | hearing           | 401  409   404   404   403   403   403   409   409   403   403
POST /hearings/:id/recordings/:ordinal/film | hearing      | 401  403   403   403   403   403   200   200   200   403   403
GET /hearings/:id/transcript           | hearing           | 401  200   404   404   403   403   200   200   200   403   403
GET /hearings/:id/transcript.pdf       | hearing           | 401  200   404   404   403   403   200   200   200   403   403
PUT /hearings/:id/transcript           | hearing           | 401  403   403   403   403   403   403   200   200   403   403
POST /hearings/:id/transcript/moves    | hearing           | 401  403   404   404   403   403   403   200   200   403   403
GET /reception-options                 | -                 | 200  200   200   200   200   200   200   200   200   200   200
GET /receptions                        | -                 | 401  200   200   200   200   200   200   200   200   403   403
POST /receptions                       | -                 | 401  201   201   201   403   403   403   403   403   403   403
GET /receptions/day                    | -                 | 401  403   403   403   200   200   200   200   200   403   403
GET /receptions/:id                    | bookedReception   | 401  200   404   404   200   404   200   200   200   403   403
GET /receptions/:id/choices            | bookedReception   | 401  403   403   403   200   404   200   403   403   403   403
GET /receptions/:id/answer.pdf         | answeredReception | 401  200   404   404   200   404   200   200   200   403   403
POST /receptions/:id/materials         | askedReception    | 401  201   404   404   403   403   403   403   403   403   403
POST /receptions/:id/moves             | bookedReception   | 401  200   404   404   200   404   200   200   200   403   403
GET /custody-places                    | -                 | 401  403   403   403   403   403   200   200   200   200   403
POST /custody-places                   | -                 | 401  403   403   403   403   403   201   403   403   201   403
PUT /custody-places/:id                | custodyPlace      | 401  403   403   403   403   403   200   403   403   200   403
GET /cases/:id/questioning-choices     | case              | 401  403   403   403   403   403   200   200   200   403   403
POST /cases/:id/questionings           | case              | 401  403   403   403   403   403   201   201   201   403   403
GET /questionings                      | -                 | 401  200   200   200   403   403   200   200   200   403   403
GET /questionings/day                  | -                 | 401  403   403   403   403   403   200   200   200   403   403
GET /questionings/:id                  | questioning       | 401  404   404   404   403   403   200   200   200   403   403
POST /questionings/:id/moves           | questioning       | 401  403   403   403   403   403   200   200   200   403   403
POST /questionings/:id/links           | questioning       | 401  403   403   403   403   403   201   201   201   403   403
POST /questioning-links/open           | -                 | 200  200   200   200   200   200   200   200   200   200   200
GET /hearings/slots                    | -                 | 401  403   403   403   403   403   200   200   200   403   403
POST /hearings/plan                    | -                 | 401  403   403   403   403   403   200   200   200   403   403
POST /hearings/reschedule              | -                 | 401  403   403   403   403   403   200   403   403   403   403
GET /hearing-resources                 | -                 | 401  403   403   403   200   200   200   200   200   200   403
POST /hearing-resources                | -                 | 401  403   403   403   403   403   201   403   403   201   403
PUT /hearing-resources/:id             | room              | 401  403   403   403   403   403   200   403   403   200   403
GET /hearing-resources/:id/calendar.ics | room              | 401  403   403   403   403   403   200   200   200   200   403
POST /hearing-resources/:id/calendar   | room              | 401  403   403   403   403   403   200   403   403   200   403
POST /hearing-resources/:id/calendar   | judgeTime         | 401  403   403   403   403   403   200   200   403   200   403
POST /hearing-resources/:id/calendar   | recordTime        | 401  403   403   403   403   403   200   403   200   200   403
GET /hearing-absences                  | -                 | 401  200   200   200   403   403   200   200   200   200   403
POST /hearing-absences                 | -                 | 401  201   201   201   403   403   201   201   201   201   403
DELETE /hearing-absences/:id           | absence           | 401  204   404   404   403   403   404   404   404   404   403
GET /threads                           | -                 | 401  200   200   200   200   200   200   200   200   403   403
POST /threads                          | -                 | 401  201   201   201   403   403   403   403   403   403   403
POST /cases/:id/threads                | case              | 401  201   404   404   403   403   403   403   403   403   403
GET /threads/:id                       | thread            | 401  200   404   404   200   404   200   200   200   403   403
GET /threads/:id                       | question          | 401  200   404   404   200   404   200   200   200   403   403
POST /threads/:id/messages             | thread            | 401  201   404   404   409   404   201   201   201   403   403
POST /threads/:id/messages             | question          | 401  201   404   404   201   404   201   409   409   403   403
POST /threads/:id/moves                | thread            | 401  200   404   404   200   404   200   200   200   403   403
POST /threads/:id/materials            | thread            | 401  201   404   404   403   403   403   403   403   403   403
GET /threads/:id/notes                 | thread            | 401  403   403   403   200   404   200   200   200   403   403
POST /threads/:id/notes                | thread            | 401  403   403   403   201   404   201   201   201   403   403
GET /contact-templates                 | -                 | 401  403   403   403   200   200   200   200   200   403   403
POST /contact-templates                | -                 | 401  403   403   403   403   403   201   403   403   403   403
DELETE /contact-templates/:id          | contactTemplate   | 401  403   403   403   403   403   204   403   403   403   403
GET /contact-duty                      | -                 | 401  403   403   403   200   200   200   200   200   403   403
PUT /contact-duty                      | -                 | 401  403   403   403   403   403   200   403   403   403   403
GET /fee-notices                       | -                 | 401  200   200   200   200   200   200   200   200   403   403
GET /fee-notices/:id                   | feeNotice         | 401  200   404   404   200   404   200   200   200   403   403
POST /fee-notices/lookup               | -                 | 401  200   200   200   200   200   200   200   200   200   200
POST /fee-notices/:id/moves            | feeNotice         | 401  403   403   403   200   404   200   200   200   403   403
POST /fee-notices/:id/materials        | feeNotice         | 401  201   404   404   403   403   403   403   403   403   403
GET /fee-notices/:id/documents         | feeNotice         | 401  200   404   404   200   404   200   200   200   403   403
GET /fee-notices/:id/documents/:documentId.pdf | feeNotice | 401  200   404   404   200   404   200   200   200   403   403
POST /fee-notices/:id/preview          | feeNotice         | 401  403   403   403   403   403   409   409   403   403   403
GET /fee-notices/:id/notice.pdf        | feeNotice         | 401  200   404   404   200   404   200   200   200   403   403
GET /fee-notices/:id/bill.pdf          | feeNotice         | 401  409   404   404   409   404   409   409   409   403   403
POST /cases/:id/fee-notices            | case              | 401  403   403   403   201   404   201   201   201   403   403
POST /fee-notices/:id/relief           | feeNotice         | 401  201   404   404   403   403   403   403   403   403   403
GET /fee-reliefs                       | -                 | 401  200   200   200   200   200   200   200   200   403   403
GET /fee-reliefs/:id                   | relief            | 401  200   404   404   200   404   200   200   200   403   403
POST /fee-reliefs/:id/moves            | relief            | 401  200   404   404   403   403   200   200   403   403   403
POST /fee-reliefs/:id/preview          | relief            | 401  403   403   403   403   403   200   200   403   403   403
GET /relief-grounds                    | -                 | 200  200   200   200   200   200   200   200   200   200   200
POST /fee-notices/:id/payments         | feeNotice         | 401  201   404   404   201   404   201   403   201   403   403
GET /fee-notices/:id/payments          | feeNotice         | 401  200   404   404   200   404   200   200   200   403   403
GET /payments                          | -                 | 401  403   403   403   200   200   200   200   200   403   403
GET /payments/:id                      | payment           | 401  200   404   404   200   404   200   200   200   403   403
POST /payments/:id/moves               | payment           | 401  200   404   404   200   404   200   403   200   403   403
POST /payments/wechat/notify           | -                 | 204  204   204   204   204   204   204   204   204   204   204
POST /payments/:id/refunds             | paidPayment       | 401  403   403   403   201   404   201   201   201   403   403
GET /refunds                           | -                 | 401  403   403   403   200   200   200   200   200   403   403
GET /refunds/:id                       | refund            | 401  200   404   404   200   404   200   200   200   403   403
POST /refunds/:id/moves                | refund            | 401  403   403   403   403   403   200   403   403   403   403
GET /receipts/:number                  | receipt           | 200  200   200   200   200   200   200   200   200   200   200
POST /reconciliations                  | -                 | 401  403   403   403   403   403   200   403   403   403   403
GET /reconciliations                   | -                 | 401  403   403   403   403   403   200   403   403   403   403
GET /reconciliations/:day              | reconciliation    | 401  403   403   403   403   403   200   403   403   403   403
POST /reconciliation-differences/:id/moves | difference        | 401  403   403   403   403   403   200   403   403   403   403
GET /payment-alarms                    | -                 | 401  403   403   403   403   403   200   403   403   403   403
POST /payment-alarms/:id/moves         | alarm             | 401  403   403   403   403   403   200   403   403   403   403
POST /payment-alarms/:id/moves         | farAlarm          | 401  403   403   403   403   403   404   403   403   403   403
GET /messages                          | -                 | 401  200   200   200   200   200   200   200   200   200   200
POST /messages/:id/read                | message           | 401  204   404   404   404   404   404   404   404   404   404
POST /messages/read-all                | -                 | 401  204   204   204   204   204   204   204   204   204   204
GET /me/notices                        | -                 | 401  200   200   200   403   403   403   403   403   403   403
PUT /me/notices                        | -                 | 401  200   200   200   403   403   403   403   403   403   403
POST /me/notices/subscriptions         | -                 | 401  200   200   200   403   403   403   403   403   403   403
GET /notices                           | -                 | 401  403   403   403   200   200   200   200   200   403   403
POST /notices/receipts/:provider       | provider          | 200  200   200   200   200   200   200   200   200   200   200
`;

export interface TableRow {
  readonly route: string;
  readonly object: string;
  readonly expected: Readonly<Record<Persona, number>>;
}

export const rows: readonly TableRow[] = TABLE.trim()
  .split("\n")
  .map((line) => {
    const [route = "", object = "", statuses = ""] = line.split("|").map((part) => part.trim());
    const cells = statuses.split(/\s+/).map(Number);
    if (cells.length !== PERSONAS.length) throw new Error(`${route}: ${cells.length} cells`);
    const expected = Object.fromEntries(PERSONAS.map((persona, at) => [persona, cells[at]])) as Record<Persona, number>;
    return { route, object, expected };
  });
