import type { Chance } from "./chance.ts";
import {
  type Complaint,
  complaintOf,
  type Dispute,
  inventCompany,
  inventDispute,
  inventPerson,
  MATTERS,
} from "./disputes.ts";

/** A complaint with what is known of it: which dispute it brings, and which series it belongs to. */
export interface Planted {
  readonly content: Complaint;
  /** Two complaints of one dispute are duplicates. */
  readonly dispute: number;
  readonly series: string | null;
  readonly how: string;
  readonly courtCode?: string;
}

const PRIVATE = ["loan", "sale", "rent", "wages"] as const satisfies readonly Dispute["matter"][];

/** In how many ways people hand in the same thing twice. */
const AGAIN: Readonly<Record<string, (d: Dispute, luck: Chance) => Complaint>> = {
  "as it was": (d) => complaintOf(d),
  "in other words": (d) => complaintOf(d, 1),
  "without the plaintiff's number": (d) => withParty(complaintOf(d), 0, { idNumber: "" }),
  "without the defendant's number": (d) => withParty(complaintOf(d), 1, { idNumber: "" }),
  "with another phone": (d, luck) => withParty(complaintOf(d), 0, { phone: inventPerson(luck).phone }),
  "a claim more": (d) => {
    const content = complaintOf(d);
    return { ...content, claims: [...content.claims, { key: "c9", text: "判令被告承担原告支出的律师费" }] };
  },
  "with interest added to the amount": (d) => {
    const content = complaintOf(d);
    return { ...content, amountFen: d.yuan * 100 + 123_400 };
  },
  "the name mistyped, the phone right": (d) =>
    withParty(complaintOf(d), 1, { name: `${d.defendant.name.slice(0, -1)}庄`, idNumber: "" }),
  "under a broader cause": (d) => {
    const content = complaintOf(d);
    const matter = MATTERS[d.matter] as { orElse?: string };
    return { ...content, causeCode: matter.orElse ?? content.causeCode };
  },
  "facts shortened": (d) => {
    const content = complaintOf(d);
    return { ...content, facts: content.facts.slice(0, Math.floor(content.facts.length * 0.7)) };
  },
};

/** What looks the same and is not. */
const NOT_AGAIN: Readonly<Record<string, (d: Dispute, luck: Chance) => Dispute>> = {
  "another loan between the same people": (d, luck) =>
    inventDispute(luck, d.matter, { plaintiff: d.plaintiff, defendant: d.defendant }),
  "the same amount of another period": (d, luck) =>
    inventDispute(luck, d.matter, { plaintiff: d.plaintiff, defendant: d.defendant, yuan: d.yuan }),
  "people of the same names": (d, luck) =>
    inventDispute(luck, d.matter, {
      plaintiff: { ...inventPerson(luck), name: d.plaintiff.name },
      defendant: { ...inventPerson(luck), name: d.defendant.name },
    }),
  "the other way round": (d, luck) =>
    inventDispute(luck, d.matter, { plaintiff: d.defendant, defendant: d.plaintiff, contract: d.contract }),
  "the same words and amount, other people": (d, luck) =>
    inventDispute(luck, d.matter, { yuan: d.yuan, on: d.on, until: d.until }),
  "the same plaintiff, another defendant, another matter": (d, luck) =>
    inventDispute(luck, d.matter === "sale" ? "rent" : "sale", { plaintiff: d.plaintiff }),
};

/** Complaints in the order in which they arrive, with planted duplicates, near misses and series. */
export function plantAlike(
  luck: Chance,
  {
    singles,
    duplicates,
    misses,
    series,
  }: Record<"singles" | "duplicates" | "misses", number> & { series: readonly number[] },
): Planted[] {
  const planted: Planted[] = [];
  const disputes: Dispute[] = [];
  const add = (d: Dispute, content: Complaint, how: string, more: Partial<Planted> = {}): number => {
    disputes.push(d);
    planted.push({ content, dispute: disputes.length - 1, series: null, how, ...more });
    return disputes.length - 1;
  };
  for (let at = 0; at < singles; at += 1) {
    const d = inventDispute(luck, luck.pick(PRIVATE));
    add(d, complaintOf(d, luck.whole(3)), "single");
  }
  const firsts = luck.shuffle(disputes.map((_, at) => at));
  const again = Object.entries(AGAIN);
  for (let at = 0; at < duplicates; at += 1) {
    const dispute = firsts[at % firsts.length] as number;
    const [how, tell] = again[at % again.length] as (typeof again)[number];
    planted.push({
      content: tell(disputes[dispute] as Dispute, luck),
      dispute,
      series: null,
      how,
      ...(at % 4 === 3 ? { courtCode: "鲁0103" } : {}),
    });
  }
  const near = Object.entries(NOT_AGAIN);
  for (let at = 0; at < misses; at += 1) {
    const [how, change] = near[at % near.length] as (typeof near)[number];
    const d = change(disputes[firsts[(at * 7) % firsts.length] as number] as Dispute, luck);
    add(d, complaintOf(d, 0), how);
  }
  series.forEach((size, at) => {
    const matter = at % 2 === 0 ? ("property" as const) : ("card" as const);
    const plaintiff = inventCompany(
      luck,
      matter === "property" ? `济南安居${at}号物业服务有限公司` : `某某银行股份有限公司济南第${at}支行`,
    );
    const yuan = luck.between(10, 40) * 100;
    const on = `${luck.between(2021, 2023)}年1月1日`;
    for (let member = 0; member < size; member += 1) {
      // Flats of one size owe the same for the same years: only the people differ.
      const same = matter === "property" && member % 3 === 0 ? { yuan, on, until: "2025年12月31日" } : {};
      const d = inventDispute(luck, matter, { plaintiff, ...same });
      add(d, complaintOf(d), `series ${matter}`, { series: `series ${at}` });
    }
  });
  // Duplicates come after what they repeat: only what stands behind is mixed.
  const [before, after] = [planted.slice(0, singles), planted.slice(singles)];
  return [...before, ...luck.shuffle(after)];
}

function withParty(content: Complaint, at: number, change: Record<string, unknown>): Complaint {
  return {
    ...content,
    parties: content.parties.map((party, index) => (index === at ? { ...party, ...change } : party)),
  };
}
