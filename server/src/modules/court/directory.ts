import type { Clock } from "#core/clock.ts";
import type { Database } from "#core/database.ts";
import { LETTERS } from "./data.ts";
import { type Readings, readingsOf } from "./pinyin-match.ts";
import { problem } from "./problems.ts";
import { asCourt, type Court, SELECT_COURTS, SELECT_PARAMETERS, type StoredParameter } from "./store.ts";

/** A court with what is needed to find it. */
export interface Entry {
  readonly court: Court;
  /** Province first, then the digits: the order of lists. */
  readonly order: string;
  readonly nameReadings: Readings;
  readonly codeReadings: Readings;
}

export interface Directory {
  readonly byCode: ReadonlyMap<string, Court>;
  /** In order; without the retired. */
  readonly entries: readonly Entry[];
  readonly parameters: ReadonlyMap<string, readonly StoredParameter[]>;
}

const FRESH_MS = 60_000;

let source: { database: Database; clock: Clock } | null = null;
let kept: { directory: Directory; at: number } | null = null;
let loading: Promise<Directory> | null = null;

/** Tells the directory which database it reads. Called once, when the application is made. */
export function openDirectory(database: Database, clock: Clock): void {
  source = { database, clock };
  forgetDirectory();
}

/** The next question reads the database again; called after a change on this node. */
export function forgetDirectory(): void {
  kept = null;
  loading = null;
}

/** This node's copy, at most 60 s old; an older one only while the database cannot be asked. */
export async function directory(): Promise<Directory> {
  if (kept && performance.now() - kept.at < FRESH_MS) return kept.directory;
  if (!loading) {
    // A copy that began before a change must not be kept after it.
    const mine = load().then((loaded) => {
      // An empty directory is one that was not seeded yet: it is asked again.
      if (loading === mine) {
        kept = loaded.byCode.size === 0 ? null : { directory: loaded, at: performance.now() };
        loading = null;
      }
      return loaded;
    });
    loading = mine;
    mine.catch(() => {
      if (loading === mine) loading = null;
    });
  }
  const old = kept?.directory;
  return old ? loading.catch(() => old) : loading;
}

/** The court of a code, also a retired one; throws `court.not_found`. */
export async function findCourt(code: string): Promise<Court> {
  const court = (await directory()).byCode.get(code);
  if (!court) throw problem("court.not_found");
  return court;
}

/** The court's name; the code itself where nobody knows it, since an old case must still be shown. */
export async function nameOfCourt(code: string): Promise<string> {
  return (await directory()).byCode.get(code)?.name ?? code;
}

/** The court above, and those below: the ones that may take part in what a court does. */
export async function listNeighbours(code: string): Promise<Court[]> {
  const { parentCode } = await findCourt(code);
  const { entries } = await directory();
  return entries.map(({ court }) => court).filter((court) => court.code === parentCode || court.parentCode === code);
}

/** The ordinary courts of a division (2, 4 or 6 digits): 370102 → 历下区人民法院; more than one where a city without districts has several. */
export async function listCourtsByDivision(divisionCode: string): Promise<Court[]> {
  const whole = divisionCode.padEnd(6, "0");
  return (await directory()).entries.filter(({ court }) => court.divisionCode === whole).map(({ court }) => court);
}

/** The agreed idea of now on this node, for what applies today. */
export function nowOfDirectory(): Date {
  return source?.clock.now() ?? new Date();
}

async function load(): Promise<Directory> {
  if (!source) throw new Error("the court directory was not opened");
  const { database } = source;
  const [courts, parameters] = await Promise.all([
    database.read<Court>(SELECT_COURTS),
    database.read<StoredParameter>(`${SELECT_PARAMETERS} ORDER BY valid_from`),
  ]);
  const all = courts.map(asCourt);
  const entries = all
    .filter((court) => court.retiredAt === null)
    .map((court) => ({
      court,
      order: orderOf(court.code),
      nameReadings: readingsOf(court.name),
      codeReadings: readingsOf(court.code),
    }))
    .sort((a, b) => (a.order < b.order ? -1 : 1));
  const byCourt = new Map<string, StoredParameter[]>();
  for (const parameter of parameters)
    byCourt.set(parameter.courtCode, [...(byCourt.get(parameter.courtCode) ?? []), parameter]);
  return { byCode: new Map(all.map((court) => [court.code, court])), entries, parameters: byCourt };
}

const orderOf = (code: string): string =>
  code === "最高法" ? "00" : `${LETTERS[code.slice(0, 1)] ?? "97"}${code.slice(1)}`;
