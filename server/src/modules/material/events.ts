interface MaterialFacts {
  readonly materialId: string;
  readonly ownerKind: string;
  readonly ownerId: string;
}

declare module "#core/outbox.ts" {
  interface EventMap {
    "material.added": MaterialFacts;
    /** The bytes are here, whole and as announced: they wait to be looked into. */
    "material.uploaded": MaterialFacts;
    "material.ready": MaterialFacts & { readonly sha256: string };
    "material.refused": MaterialFacts & { readonly reason: string };
    "material.changed": MaterialFacts;
    "material.removed": MaterialFacts;
    /** A timer: the bytes of a removed material are no longer needed, if the court never saw them. */
    "material.erasure_due": MaterialFacts;
    /** The content was opened by somebody. */
    "material.read": MaterialFacts & { readonly variant: "view" | "original" | "reading" | "crop" };
    /** Somebody asked what is written on a picture; it was read, or could not be. */
    "material.reading_asked": MaterialFacts;
    "material.reading_settled": MaterialFacts & { readonly kind: string };
  }
}

export const factsOf = (material: { id: string; ownerKind: string; ownerId: string; courtCode: string }) => ({
  about: `material:${material.id}`,
  courtCode: material.courtCode,
  materialId: String(material.id),
  ownerKind: material.ownerKind,
  ownerId: String(material.ownerId),
});
