import { readData } from "./read-data.ts";

export const RELIEF_KINDS = { defer: "缓交", reduce: "减交", exempt: "免交" } as const;
export type ReliefKind = keyof typeof RELIEF_KINDS;

/** 司法救助: why somebody may pay later, less or nothing (诉讼费用交纳办法§45–§47). */
export interface ReliefGround {
  readonly code: string;
  readonly kind: ReliefKind;
  readonly article: string;
  readonly title: string;
  /** What papers to bring, in plain words (§48). */
  readonly papers: string;
}

const grounds = readData<{ grounds: ReliefGround[] }>("relief-grounds").grounds;
const byCode = new Map(grounds.map((ground) => [ground.code, ground]));

export const listReliefGrounds = (): readonly ReliefGround[] => grounds;
export const reliefGround = (code: string): ReliefGround | undefined => byCode.get(code);
