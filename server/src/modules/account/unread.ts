let counted = "0";

/** `notice`, which stands above this module, says here how the unread messages of an account are counted: as SQL, over its row `a`. */
export function countUnreadBy(sql: string): void {
  counted = sql;
}

/** None where nobody keeps messages. */
export const unreadSql = (): string => counted;
