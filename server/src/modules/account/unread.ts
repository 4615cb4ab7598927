type CountUnread = (accountId: string) => Promise<number>;

let count: CountUnread | null = null;

/** `notice`, which stands above this module, says here how the unread messages of an account are counted. */
export function countUnreadBy(counter: CountUnread): void {
  count = counter;
}

/** How many messages wait; none where nobody keeps messages. */
export const unreadOf = async (accountId: string): Promise<number> => (count ? count(accountId) : 0);
