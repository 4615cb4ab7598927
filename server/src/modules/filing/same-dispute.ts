import type { FilingContent, PartyContent } from "./content.ts";
import { likenessOf, numbersIn } from "./print.ts";

/** One of two filings that are held side by side. */
export interface Compared {
  readonly content: FilingContent;
  readonly words: Buffer;
}
export interface Verdict {
  /** duplicate: the same dispute handed in twice; related: the same people in another matter. */
  readonly kind: "duplicate" | "related";
  /** 0–1, to put the likeliest first. */
  readonly similarity: number;
  /** In the words of the court. */
  readonly reasons: readonly string[];
}

/** 12(3) is a kind of 12: people choose now the one, now the other. */
export const causeRoot = (code: string | null): string => (code ?? "").replace(/\(.*$/, "");

/**
 * Whether two filings bring the same dispute to court (民诉法解释§247: the same parties, the same subject, the same claim).
 * The same people in the same words may still mean another month's rent: what decides between those is the amount and the
 * dates and numbers that the texts name. Null where they have nothing to do with each other.
 */
export function sameDispute(one: Compared, other: Compared): Verdict | null {
  const sides = [meet(one, other, "plaintiff"), meet(one, other, "defendant")] as const;
  if (sides.includes("none")) return null;
  const near = sides.includes("near");
  const sameCause =
    one.content.causeCode !== null && causeRoot(one.content.causeCode) === causeRoot(other.content.causeCode);
  const [amount, otherAmount] = [one.content.amountFen, other.content.amountFen];
  const sameAmount = amount !== null && amount === otherAmount;
  const noAmounts = amount === null && otherAmount === null;
  const text = likenessOf(one.words, other.words);
  const numbers = overlap(numbersIn(one.content), numbersIn(other.content));
  const byNumber = sides.filter((side) => side === "number").length;

  const duplicate = near
    ? sameCause && sameAmount && text >= 0.6 && (numbers ?? 1) >= 0.6
    : sameCause
      ? sameAmount || noAmounts
        ? (numbers ?? 1) >= 0.34 || text >= 0.97
        : (numbers ?? 0) >= 0.6 || (numbers === null && text >= 0.85)
      : (sameAmount || noAmounts ? text >= 0.5 : text >= 0.9) && (numbers ?? 1) >= 0.6;
  const similarity = Math.min(
    1,
    (near ? 0.25 : 0.4) +
      (byNumber > 0 ? 0.2 : 0) +
      (sameCause ? 0.25 : 0) +
      (sameAmount ? 0.15 : 0) +
      (text >= 0.8 ? 0.15 : 0),
  );
  if (!duplicate && (near || !(sameCause || similarity >= 0.7))) return null;
  return {
    kind: duplicate ? "duplicate" : "related",
    similarity,
    reasons: [
      near ? "当事人信息相近" : "原告、被告姓名相同",
      ...(byNumber > 0 ? [`${byNumber === 2 ? "双方" : "一方"}证件号码相同`] : []),
      ...(sameCause ? ["案由相同"] : []),
      ...(sameAmount ? ["标的额相同"] : []),
      ...(numbers !== null && numbers >= 0.6 ? ["日期和号码相同"] : []),
      ...(text >= 0.8 ? [`文字有 ${Math.round(text * 100)}% 相同`] : []),
    ],
  };
}

type Meeting = "number" | "name" | "near" | "none";
const RANK: readonly Meeting[] = ["number", "name", "near", "none"];

/** How the people of one side meet: the best meeting of any two of them. */
function meet(one: Compared, other: Compared, side: PartyContent["side"]): Meeting {
  const of = ({ content }: Compared) => content.parties.filter((party) => party.side === side && party.name !== "");
  let best: Meeting = "none";
  for (const a of of(one)) {
    for (const b of of(other)) {
      const meeting = samePerson(a, b);
      if (RANK.indexOf(meeting) < RANK.indexOf(best)) best = meeting;
    }
  }
  return best;
}

function samePerson(a: PartyContent, b: PartyContent): Meeting {
  if (a.kind !== b.kind) return "none";
  if (a.idNumber !== "" && b.idNumber !== "" && a.idType === b.idType)
    return a.idNumber === b.idNumber ? "number" : "none";
  const [left, right] = [personName(a.name), personName(b.name)];
  if (left === right) return contradicts(a, b) ? "none" : "name";
  const reach = (a.phone !== "" && a.phone === b.phone) || (a.address.length >= 10 && a.address === b.address);
  return reach && distance(left, right) <= Math.max(1, Math.floor(left.length / 5)) ? "near" : "none";
}

/** People of one name are told apart by phone and home together; one of them alone changes too often. */
const contradicts = (a: PartyContent, b: PartyContent): boolean =>
  a.kind === "natural" &&
  a.phone !== "" &&
  b.phone !== "" &&
  a.phone !== b.phone &&
  a.address !== "" &&
  b.address !== "" &&
  plainPlace(a.address) !== plainPlace(b.address);
const plainPlace = (address: string): string => address.normalize("NFKC").replace(/[\s,，.。-]/g, "");

/** A name as it is compared: brackets, dots and spaces are typed in many ways. */
export const personName = (name: string): string =>
  name
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s·.()（）〔〕]/g, "");

/** The share of dates and numbers that both name; null where one of them names fewer than two. */
function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number | null {
  if (one.size < 2 || other.size < 2) return null;
  const both = [...one].filter((number) => other.has(number)).length;
  return both / Math.min(one.size, other.size);
}

function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const change = (row[j - 1] as number) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, change));
    }
    row = next;
  }
  return row[right.length] as number;
}
