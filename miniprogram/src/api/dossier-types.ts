import type { Move, Coded as State } from "./types";

export interface DossierItem {
  id: string;
  section: string;
  title: string;
  formedOn: string;
  from: string;
  media: "pdf" | "picture" | "none";
  pages: number | null;
  addedAt: string;
  readAt: string | null;
  isNew: boolean;
  open: boolean;
  moves: Move[];
}
export interface DossierRequest {
  id: string;
  caseId: string;
  state: State;
  moves: Move[];
  reader: string;
  purpose: string;
  note: string;
  askedAt: string;
  dueAt: string;
  decidedAt: string | null;
  until: string | null;
}
export interface Dossier {
  caseId: string;
  caseNumber: string;
  pages: number;
  newItems: number;
  lastReadAt: string | null;
  needsApproval: boolean;
  request: DossierRequest | null;
  moves: Move[];
  sections: { code: string; label: string; items: DossierItem[] }[];
}
export interface DossierHits {
  items: { itemId: string; title: string; page: number; before: string; found: string; after: string }[];
  unread: number;
  more: boolean;
}
export interface DossierReading {
  id: string;
  itemId: string | null;
  title: string;
  reader: string;
  pages: string;
  at: string;
}
