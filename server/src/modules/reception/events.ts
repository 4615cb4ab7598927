interface OfReception {
  readonly receptionId: string;
  readonly accountId: string;
}

declare module "#core/outbox.ts" {
  interface EventMap {
    "reception.asked": OfReception;
    /** `again`: another time than before. */
    "reception.booked": OfReception & { readonly startsAt: string; readonly again: boolean };
    /** The judge of the court above does not come; `bookedBy` had asked them. */
    "reception.declined": OfReception & { readonly bookedBy: string };
    "reception.referred": OfReception & { readonly nextId: string };
    "reception.received": OfReception;
    "reception.missed": OfReception;
    "reception.answered": OfReception;
    "reception.withdrawn": OfReception & { readonly wasBooked: boolean };
    "reception.rated": OfReception & { readonly rating: number };
    /** A timer: so long before the reception; it says nothing where the time has become another one. */
    "reception.reminder": OfReception & { readonly startsAt: string };
    /** A timer: the court's next step is due. */
    "reception.due": OfReception & { readonly dueAt: string };
    "reception.overdue": OfReception;
  }
}

export type { OfReception };
