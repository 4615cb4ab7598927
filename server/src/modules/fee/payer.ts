import type { Work } from "#core/work.ts";

/** In SQL, of a row with `account_id` and `case_id`: whether that account is not one that took part in the case and has left it. */
type StaysIn = (table: string) => string;

let condition: StaysIn = () => "TRUE";
/** `case` stands above this module and says here who has left a case: what is to be paid in it is none of theirs any more. */
export function payersStayBy(given: StaysIn): void {
  condition = given;
}
export const staysIn: StaysIn = (table) => condition(table);

/** Whoever acted for a party has left: what that party is to pay is from now on shown and told to who acts for it now. */
export function handOnNotices(work: Work, caseId: string, from: string, to: string): Promise<number> {
  return work.change(
    "UPDATE fee_notice SET account_id = ?, version = version + 1, updated_at = ? WHERE case_id = ? AND account_id = ?",
    [to, work.at, caseId, from],
  );
}
