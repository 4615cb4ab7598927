import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { FeeDocument, type FeeNotice } from "./model.ts";
import { openWord } from "./store.ts";

export interface Rehearsed {
  readonly title: string;
  readonly text: string;
}

/** Takes the transaction back with what was read from it. */
class Curtain extends Error {
  readonly rehearsed: Rehearsed;
  constructor(rehearsed: Rehearsed) {
    super("rehearsed");
    this.rehearsed = rehearsed;
  }
}

/**
 * What a decision would write: the decision itself is made, its paper is read, and everything is taken back. So the preview
 * cannot say anything but what will be sent; what the decision throws is thrown here too.
 */
export async function rehearse(
  { vault }: Pick<Means, "vault">,
  transaction: <T>(body: (work: Work) => Promise<T>) => Promise<T>,
  decide: (work: Work) => Promise<FeeNotice>,
): Promise<Rehearsed> {
  try {
    return await transaction(async (work): Promise<never> => {
      const notice = await decide(work);
      const paper = await FeeDocument.findOne({
        where: { noticeId: notice.id },
        order: [["id", "DESC"]],
        rejectOnEmpty: true,
        transaction: work.tx,
      });
      throw new Curtain({ title: paper.title, text: openWord(vault, notice, "document", paper.body) });
    });
  } catch (error) {
    if (error instanceof Curtain) return error.rehearsed;
    throw error;
  }
}
