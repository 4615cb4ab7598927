/** `about` of both is `court:` and the code percent-encoded, since it is kept in ASCII. */
export interface CourtParameterChanged {
  readonly validFrom: string;
  /** What applied on that day before, and what applies now, as stored. */
  readonly changes: readonly { readonly name: string; readonly before: string | null; readonly after: string }[];
}

export interface CourtsImported {
  readonly source: string;
  readonly version: string;
  readonly added: number;
  readonly changed: number;
  readonly confirmed: number;
  readonly kept: number;
  readonly retired: number;
}

declare module "#core/outbox.ts" {
  interface EventMap {
    "court.parameter_changed": CourtParameterChanged;
    "court.directory_imported": CourtsImported;
  }
}

export const aboutCourt = (code: string): string => `court:${encodeURIComponent(code)}`;
