import { afterAll, expect, test } from "vitest";
import { tesseractOcr } from "#gateways/ocr/tesseract.ts";
import { inventedBack, inventedFront, inventedLicence, inventedNote } from "#test/invented-papers.ts";
import { businessLicence, identityBack, identityFront, loanPaper } from "#test/paper-pictures.ts";
import { conditionsOf, dice, photograph } from "#test/photographs.ts";
import { type ReadingKind, understand } from "./reading-kind.ts";
import { yuanOf } from "./reading-money.ts";
import { rowsOf, textOf } from "./reading-text.ts";

/**
 * What the reader makes of seeded photographs of printed papers (handwriting is not read). READ_CARDS, READ_LICENCES and
 * READ_NOTES widen the measurement (30, 15 and 15 with two typefaces: 328 of 375 right, 23 wrong without a mark); READ_TYPEFACE names a typeface of the machine for every second paper.
 */
const seed = Number(process.env["READ_SEED"] ?? 20261122);
const count = (name: string, few: number) => Number(process.env[name] ?? few);
const [cards, licences, notes] = [count("READ_CARDS", 3), count("READ_LICENCES", 1), count("READ_NOTES", 1)];
const ocr = tesseractOcr();
afterAll(() => ocr.stop());

interface Case {
  readonly kind: ReadingKind;
  readonly paper: Buffer;
  readonly truth: Readonly<Record<string, string>>;
}

test(`reads printed papers from photographs, seed ${seed}`, { timeout: 3_600_000 }, async () => {
  const random = dice(seed);
  const tally = new Map<string, { right: number; all: number; silent: number }>();
  const wrong: string[] = [];
  for await (const { kind, paper, truth } of papers(random)) {
    const page = await ocr.read(await photograph(paper, conditionsOf(random), random));
    const read = understand(page);
    if (process.env["READ_SHOW"])
      console.log(
        rowsOf(page)
          .map(({ run, again }) => textOf(run) + (again ? ` ⟲${textOf(again)}` : ""))
          .join("\n"),
      );
    for (const [name, expected] of Object.entries({ kind, ...truth })) {
      const field = read.fields.find((one) => one.name === name);
      const got = name === "kind" ? read.kind : field?.value;
      const row = tally.get(`${kind}.${name}`) ?? { right: 0, all: 0, silent: 0 };
      const right = got === expected;
      // Wrong, and nothing tells the person to look: the worst that can happen.
      const silent = !right && field !== undefined && field.doubt === null && field.confidence >= 0.85;
      tally.set(`${kind}.${name}`, {
        right: row.right + Number(right),
        all: row.all + 1,
        silent: row.silent + Number(silent),
      });
      if (!right) wrong.push(`${kind}.${name}: ${expected} → ${got ?? "—"} (${field?.confidence ?? ""})`);
    }
  }
  const sum = { right: 0, all: 0, silent: 0 };
  for (const row of tally.values()) {
    sum.right += row.right;
    sum.all += row.all;
    sum.silent += row.silent;
  }
  const shown = [...tally].map(([name, row]) => `${name} ${row.right}/${row.all}`).join("\n");
  console.log(`${shown}\nall ${sum.right}/${sum.all}, wrong and not marked ${sum.silent}\n${wrong.join("\n")}`);
  expect(sum.right / sum.all, `seed ${seed}\n${wrong.join("\n")}`).toBeGreaterThanOrEqual(0.75);
});

async function* papers(random: () => number): AsyncGenerator<Case> {
  const typeface = process.env["READ_TYPEFACE"];
  const look = (index: number) => (typeface && index % 2 === 1 ? { typeface } : {});
  for (let index = 0; index < cards; index += 1) {
    // Every third card is shown from behind.
    if (index % 3 === 2) {
      const back = inventedBack(random);
      const { issuer, from: validFrom, until: validUntil } = back;
      const truth = { issuer, validFrom, validUntil };
      yield { kind: "identity_back", paper: await identityBack(back, look(index)), truth };
    } else {
      const front = inventedFront(random);
      yield { kind: "identity_front", paper: await identityFront(front, look(index)), truth: { ...front } };
    }
  }
  for (let index = 0; index < licences; index += 1) {
    const licence = inventedLicence(random);
    const { uscc, name, type, representative: legalRepresentative, address } = licence;
    const truth = { uscc, name, type, legalRepresentative, address };
    yield { kind: "business_license", paper: await businessLicence(licence, look(index)), truth };
  }
  for (let index = 0; index < notes; index += 1) {
    const { note, truth } = inventedNote(random);
    const amount = yuanOf(Number(truth["amount"]));
    yield { kind: "loan_note", paper: await loanPaper(note, look(index)), truth: { ...truth, amount } };
  }
}
