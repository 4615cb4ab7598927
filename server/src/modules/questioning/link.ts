import { randomBytes } from "node:crypto";
import type { Work } from "#core/work.ts";
import { clearAttempts, revokeSessions, type SignedIn, signInOfficer, takeAttempt } from "#modules/account/index.ts";
import { giveSeat } from "#modules/hearing/index.ts";
import type { Means } from "#modules/module.ts";
import { Questioning } from "./model.ts";
import { problem } from "./problems.ts";
import { aboutQuestioning, holdQuestioning, openPart, sealPart, writeStep } from "./store.ts";
import { LINKED } from "./workflow.ts";

const HOUR_MS = 3_600_000;
/** So long after the hour a link, and whoever it let in, may still have the record signed. */
const AFTER_MS = 12 * HOUR_MS;
const indexOf = (vault: Means["vault"], word: string): string => vault.index("questioning link", word);

/**
 * A link for one officer of the custody place, good once and with their badge number only. An earlier one, and whoever it let in,
 * is out. Throws `questioning.not_found`, 409 where nothing is to be done there any more.
 */
export async function makeLink(
  work: Work,
  { vault }: Means,
  id: string,
  { name, badge }: { readonly name: string; readonly badge: string },
): Promise<string> {
  const row = await holdQuestioning(work, id);
  if (work.actor.courtCode !== row.courtCode) throw problem("questioning.not_your_court");
  if (!mayLink(row, work.at)) throw problem("questioning.over");
  const word = randomBytes(32).toString("base64url");
  const same =
    openPart(vault, row, "badge", row.officerBadge) === badge &&
    openPart(vault, row, "officer", row.officerName) === name;
  if (row.officerId !== null) await revokeSessions(work, String(row.officerId));
  await row.update(
    {
      linkIndex: indexOf(vault, word),
      officerName: sealPart(vault, row, "officer", name),
      officerBadge: sealPart(vault, row, "badge", badge),
      // The same officer again keeps their place in the room.
      officerId: same ? row.officerId : null,
      version: row.version + 1,
    },
    { transaction: work.tx },
  );
  await writeStep(work, row, "link");
  await work.emit({ name: "questioning.linked", ...aboutQuestioning(row), opened: false });
  return `/#/pages/questioning/officer?word=${word}`;
}

export const mayLink = ({ state, endsAt }: Questioning, now: Date): boolean =>
  LINKED.includes(state) && endsAt.getTime() + AFTER_MS >= now.getTime();

interface Opening {
  readonly word: string;
  readonly badge: string;
  readonly device: string;
}
type Transacting = <T>(body: (work: Work) => Promise<T>) => Promise<T>;

/**
 * 民警进入: the link and the badge number that the court wrote down. Each try is counted in a work of its own, so that a refusal
 * leaves its count behind. Throws `questioning.link`, `badge`, `badge_tries`.
 */
export async function openLink(
  { vault, clock }: Means,
  transact: Transacting,
  { word, badge, device }: Opening,
): Promise<{ questioningId: string; signedIn: SignedIn }> {
  const linkIndex = indexOf(vault, word);
  const found = await Questioning.findOne({ where: { linkIndex } });
  if (!found || !mayLink(found, clock.now())) throw problem("questioning.link");
  const attempts = vault.index("questioning badge", found.id);
  const wait = await transact((work) => takeAttempt(work, attempts));
  if (wait > 0) throw problem("questioning.badge_tries", { retryAfter: wait });
  if (openPart(vault, found, "badge", found.officerBadge) !== badge) throw problem("questioning.badge");
  return transact(async (work) => {
    const row = await Questioning.findOne({ where: { linkIndex }, transaction: work.tx, lock: work.tx.LOCK.UPDATE });
    if (!row) throw problem("questioning.link");
    const name = openPart(vault, row, "officer", row.officerName);
    const signedIn = await signInOfficer(work, { accountId: row.officerId, name, device });
    const officerId = String(signedIn.account.id);
    await row.update({ linkIndex: null, officerId, version: row.version + 1 }, { transaction: work.tx });
    await giveSeat(work, String(row.hearingId), "officer", officerId);
    await clearAttempts(work, attempts);
    await writeStep(work, row, "enter", officerId);
    await work.emit({ name: "questioning.linked", ...aboutQuestioning(row), opened: true });
    return { questioningId: String(row.id), signedIn };
  });
}
