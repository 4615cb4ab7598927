import type { IntakeItem } from "@/api/contract.ts";

/** One move takes no more: the server's limit. */
export const MOST_ITEMS = 200;

/** Still waits for a decision, on somebody's desk or not. */
export const isOpen = ({ state }: Pick<IntakeItem, "state">): boolean =>
  state.code === "waiting" || state.code === "claimed";

/** What is chosen at first: all that wait, without suspected duplicates; those want a look of their own. */
export const firstChoice = (items: IntakeItem[]): Set<string> =>
  new Set(
    items
      .filter((item) => isOpen(item) && item.duplicates === 0)
      .slice(0, MOST_ITEMS)
      .map(({ id }) => id),
  );
