import type { Actor } from "#core/actor.ts";
import { Problem } from "#core/problem.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { problem } from "./problems.ts";

/** What the thing a material belongs to says of itself to this reader. */
export interface OwnerFacts {
  /** Whether this reader may add, change and remove materials now. */
  readonly editable: boolean;
  readonly courtCode: string;
  /** Who handed it in. */
  readonly accountId: string;
  /** The round that what is added now will be handed in with: 1 in a draft, 2 during the first correction. */
  readonly round: number;
  /** What was sent and can no longer be changed or taken off, by id. */
  readonly kept?: ReadonlySet<string>;
  /** What somebody has put in and not handed over yet: nobody else finds it. */
  readonly hides?: (material: { readonly id: string; readonly accountId: string }) => boolean;
  /** Sound and video are taken up to this size; elsewhere as every other file. */
  readonly mediaBytes?: number;
  /**
   * Set where the reader only helps the one it belongs to: they add, and change or take off what they added themselves; a
   * signature is not theirs to give.
   */
  readonly helping?: Helping;
}

export interface Helping {
  /** Told of a material that came, changed or went by the helper's hand, in the same work; null where there is none. */
  noted(
    work: Work,
    vault: Vault,
    change: { readonly id: string; readonly before: string | null; readonly after: string | null },
  ): Promise<void>;
}

export interface Owner {
  /** Throws a problem with status 404 for whoever may not see it. With `work`, its row is held until the work is done. */
  find(actor: Actor, ownerId: string, work?: Work): Promise<OwnerFacts>;
  /** A file named .zip is taken as a bag of files, to be handed on one by one. */
  readonly archives?: true;
}

// Modules further up own materials; they are not imported here, they come and say so at start.
const owners = new Map<string, Owner>();

/** Says who answers for the materials of one kind of owner, such as `filing`. */
export function registerOwner(kind: string, owner: Owner): void {
  owners.set(kind, owner);
}

/** Whether a material of this owner is a bag of files. */
export const isArchive = ({ ownerKind, name }: { ownerKind: string; name: string }): boolean =>
  owners.get(ownerKind)?.archives === true && /\.zip$/i.test(name);

/** Throws the owner's own 404. */
export function findOwner(kind: string, ownerId: string, actor: Actor, work?: Work): Promise<OwnerFacts> {
  const owner = owners.get(kind);
  if (!owner) throw new Error(`nobody answers for materials of "${kind}"`);
  return owner.find(actor, ownerId, work);
}

/** The same for one material: whose owner is hidden from the reader, is not there (reliability rule 25). */
export async function findOwnerOf(
  material: { id: string; accountId: string; ownerKind: string; ownerId: string },
  actor: Actor,
  work?: Work,
): Promise<OwnerFacts> {
  try {
    const owner = await findOwner(material.ownerKind, material.ownerId, actor, work);
    if (owner.hides?.({ id: String(material.id), accountId: String(material.accountId) }))
      throw problem("material.not_found");
    return owner;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) throw problem("material.not_found");
    throw error;
  }
}

export function mustBeEditable(owner: OwnerFacts): void {
  if (!owner.editable) throw problem("material.not_editable");
}

/** The same for one material: whoever helps leaves alone what others put in. */
export function mustBeChangeable(owner: OwnerFacts, actor: Actor, material: { readonly accountId: string }): void {
  mustBeEditable(owner);
  if (owner.helping && String(material.accountId) !== actor.accountId) throw problem("material.not_editable");
}

/** What concerns the materials as a whole is not a helper's to do. */
export function mustBeOwners(owner: OwnerFacts): void {
  mustBeEditable(owner);
  if (owner.helping) throw problem("material.not_editable");
}
