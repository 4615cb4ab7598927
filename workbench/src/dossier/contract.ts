import type { Coded, Move } from "@/api/contract.ts";

export interface DossierItem {
  id: string;
  title: string;
  formedOn: string;
  from: string;
  media: "pdf" | "picture" | "none";
  pages: number | null;
  readAt: string | null;
  isNew: boolean;
  moves: Move[];
}
export interface DossierSection {
  code: string;
  label: string;
  items: DossierItem[];
}
export interface Dossier {
  caseNumber: string;
  pages: number;
  newItems: number;
  moves: Move[];
  sections: DossierSection[];
}
export interface InnerItem {
  id: string;
  section: Coded;
  title: string;
  formedOn: string;
  madeBy: string;
}
/** The paper that is open, and where it stands. */
export interface Chosen {
  id: string;
  title: string;
  inner: boolean;
  section: string;
  start: number;
}
/** 归档清单. */
export interface Completeness {
  items: {
    code: string;
    label: string;
    sections: string[];
    state: Coded;
    why: string;
    items: { id: string; title: string }[];
  }[];
  missing: number;
}
export interface DossierHits {
  items: { itemId: string; title: string; page: number; before: string; found: string; after: string }[];
  unread: number;
  more: boolean;
}
export interface DossierRequest {
  id: string;
  state: Coded;
  moves: Move[];
  reader: string;
  purpose: string;
  dueAt: string;
  until: string | null;
}
export interface DossierReading {
  id: string;
  title: string;
  reader: string;
  pages: string;
  at: string;
}
