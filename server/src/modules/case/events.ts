import type { Language } from "#core/language.ts";

interface OfParticipant {
  readonly caseId: string;
  readonly participantId: string;
  readonly accountId: string;
  readonly partyKey: string;
}

/** 代管, 律师助理: `accountId` is the lawyer, `delegateId` whom they leave work to. */
interface OfDelegation {
  readonly delegationId: string;
  readonly kind: string;
  readonly accountId: string;
  readonly delegateId: string | null;
}
interface OfDelegatedCase extends OfDelegation {
  readonly caseId: string;
  readonly partyKey: string;
  readonly delegateId: string;
}

interface OfInterpreter {
  readonly caseId: string;
  readonly partyKey: string;
  readonly language: Language;
}

declare module "#core/outbox.ts" {
  interface EventMap {
    "case.opened": { readonly caseId: string; readonly filingId: string; readonly accountId: string };
    /** The court's inner system has taken the case over. */
    "case.registered": { readonly caseId: string };
    /** 按撤诉处理. */
    "case.deemed_withdrawn": { readonly caseId: string };
    /** 审限 was lengthened, or days are not counted. */
    "case.limit_changed": { readonly caseId: string; readonly lastDay: string };
    /** 结案. */
    "case.closed": { readonly caseId: string; readonly outcome: string; readonly closedOn: string };
    /** Judge, court clerk or procedure were settled. */
    "case.assigned": { readonly caseId: string };
    /** Somebody reads the case from now on. */
    "case.participant_joined": OfParticipant & { readonly capacity: string; readonly via: string };
    /** Somebody reads it no more; null: they never came here. */
    "case.participant_ended": Omit<OfParticipant, "accountId"> & { readonly accountId: string | null };
    /** An agent waits for the client's, or the court's, confirmation. */
    "case.agency_asked": OfParticipant;
    "case.agency_refused": OfParticipant;
    /** In which language a party is heard and written to. */
    "case.language_chosen": {
      readonly caseId: string;
      readonly partyKey: string;
      readonly language: string;
      readonly interpreter: boolean;
    };
    /** A party needs an interpreter: the court provides one, and takes nothing for it. */
    "case.interpreter_asked": OfInterpreter;
    /** The court has found one. */
    "case.interpreter_arranged": OfInterpreter;
    /** A timer: the last moment of an agency with an end. */
    "case.participation_due": { readonly caseId: string; readonly participantId: string };
    "delegation.offered": { readonly delegationId: string; readonly kind: string };
    "delegation.accepted": OfDelegation;
    "delegation.declined": OfDelegation;
    "delegation.ended": OfDelegation;
    /** A timer: its last moment. */
    "delegation.due": OfDelegation;
    /** Goes from case to case, so many at a time, from its first moment and after its last. */
    "delegation.spreading": OfDelegation & { readonly after: string };
    /** In this case somebody works for the party's lawyer from now on; no more. */
    "case.delegated": OfDelegatedCase;
    "case.delegation_ended": OfDelegatedCase;
    /** One of the court's people read, or made anew, the code that lets a party in. */
    "case.code_shown": { readonly caseId: string; readonly partyKey: string; readonly renewed: boolean };
  }
}
