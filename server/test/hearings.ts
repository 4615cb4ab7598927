import { createHash } from "node:crypto";
import type { RowDataPacket } from "mysql2/promise";
import type { TestApp } from "./app.ts";
import { withOwner } from "./reliability/crowd.ts";

/** A case as it is when its first sitting is to be planned. */
export interface LaidCase {
  readonly id: string;
  readonly courtCode: string;
  readonly judgeId: string;
  readonly clerkId: string;
  readonly procedure: "ordinary" | "summary" | "small";
  /** 立案之日. */
  readonly acceptedOn: string;
  /** Accounts; null: a natural person who has not come here yet. */
  readonly plaintiff: string | null;
  readonly defendant: string | null;
  readonly counsel: Readonly<Partial<Record<"p1" | "d1", string>>>;
  /** Who confirmed an electronic address. */
  readonly electronic: readonly ("p1" | "d1")[];
}

/** Many cases like one that was made through HTTP, laid down by SQL: what differs is who takes part, and before whom. */
export async function layCases(app: TestApp, templateId: string, cases: readonly LaidCase[]): Promise<void> {
  await withOwner(app, async (owner) => {
    const rowsOf = async (table: string, key: string) =>
      (await owner.query<RowDataPacket[]>(`SELECT * FROM ${table} WHERE ${key} = ?`, [templateId]))[0];
    const insert = async (table: string, rows: readonly Record<string, unknown>[]) => {
      for (let at = 0; at < rows.length; at += 500) {
        const some = rows.slice(at, at + 500);
        const columns = Object.keys(some[0] ?? {});
        if (columns.length === 0) continue;
        await owner.query(`INSERT INTO ${table} (${columns.map((name) => `\`${name}\``).join(", ")}) VALUES ?`, [
          some.map((row) => columns.map((name) => row[name] ?? null)),
        ]);
      }
    };
    const [template] = await rowsOf("court_case", "id");
    const parties = await rowsOf("case_party", "case_id");
    if (!template || parties.length !== 2) throw new Error("the template is not a case with two parties");
    const byKey = new Map(parties.map((party) => [String(party["party_key"]), party]));
    const [filing] = (
      await owner.query<RowDataPacket[]>("SELECT * FROM filing WHERE id = ?", [template["filing_id"]])
    )[0];
    const now = new Date();
    // What was filed is asked for what the plaintiff agreed to.
    await insert(
      "filing",
      cases.map(({ id }) => ({ ...filing, id, case_id: id, receipt_number: `复制-${id}` })),
    );
    await insert(
      "court_case",
      cases.map((one) => ({
        ...template,
        id: one.id,
        filing_id: one.id,
        serial: one.id,
        number: `${template["number"]}·${one.id}`,
        court_code: one.courtCode,
        judge_id: one.judgeId,
        court_clerk_id: one.clerkId,
        panel_ids: "",
        trial_procedure: one.procedure,
        accepted_on: one.acceptedOn,
        filed_on: one.acceptedOn,
        state: "accepted",
      })),
    );
    await insert(
      "case_party",
      cases.flatMap((one) =>
        (["p1", "d1"] as const).map((key) => ({
          ...(byKey.get(key) ?? parties[0]),
          case_id: one.id,
          party_key: key,
          id_index: createHash("sha256").update(`${one.id} ${key}`).digest("hex"),
        })),
      ),
    );
    const participant = (
      one: LaidCase,
      key: "p1" | "d1",
      capacity: string,
      accountId: string,
      slot: number | null,
    ) => ({
      seal_ref: createHash("md5").update(`${one.id} ${key} ${capacity}`).digest("hex"),
      case_id: one.id,
      account_id: accountId,
      party_key: key,
      capacity,
      powers: capacity === "agent" ? "special" : "own",
      via: "court",
      state: "active",
      slot,
      live: 1,
      asked_at: now,
      since: now,
    });
    await insert(
      "case_participant",
      cases.flatMap((one) => [
        ...(one.plaintiff ? [participant(one, "p1", "party", one.plaintiff, null)] : []),
        ...(one.defendant ? [participant(one, "d1", "party", one.defendant, null)] : []),
        ...(["p1", "d1"] as const).flatMap((key) => {
          const counsel = one.counsel[key];
          return counsel ? [participant(one, key, "agent", counsel, 1)] : [];
        }),
      ]),
    );
    await insert(
      "service_address",
      cases.flatMap((one) =>
        one.electronic.map((key) => ({
          seal_ref: createHash("md5").update(`${one.id} ${key} address`).digest("hex"),
          case_id: one.id,
          party_key: key,
          version: 1,
          content: Buffer.from("laid by a test"),
          electronic: 1,
          judgments: 1,
          confirmed_at: now,
          confirmed_by: 1,
        })),
      ),
    );
  });
}

export interface Sitting {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}
/** Who sits when, read from the sittings and their seats themselves, not from the table that keeps the bookings. */
export async function sittingsByResource(app: TestApp): Promise<Map<string, Sitting[]>> {
  const rows = await app.database.read<{ resource: string; id: string; startsAt: Date; endsAt: Date }>(
    `SELECT CONCAT('seat ', s.resource_id) AS resource, h.id, h.starts_at AS startsAt, h.ends_at AS endsAt
     FROM hearing h JOIN hearing_seat s ON s.hearing_id = h.id AND s.booked = 1 WHERE h.state IN ('fixed', 'notified')
     UNION SELECT CONCAT('room ', h.room_id), h.id, h.starts_at, h.ends_at FROM hearing h
     WHERE h.room_id IS NOT NULL AND h.state IN ('fixed', 'notified')`,
  );
  const found = new Map<string, Sitting[]>();
  for (const { resource, id, startsAt, endsAt } of rows)
    found.set(resource, [
      ...(found.get(resource) ?? []),
      { id: String(id), from: startsAt.getTime(), to: endsAt.getTime() },
    ]);
  return found;
}

/** One line for each pair of sittings that somebody would have to attend at once. */
export function overlaps(sittings: ReadonlyMap<string, readonly Sitting[]>): string[] {
  return [...sittings].flatMap(([resource, list]) => {
    const sorted = [...list].sort((one, other) => one.from - other.from);
    return sorted.flatMap((one, n) => {
      const before = sorted[n - 1];
      return before && before.to > one.from ? [`${resource}: hearings ${before.id} and ${one.id}`] : [];
    });
  });
}
