import { isDeepStrictEqual } from "node:util";
import { asRecord, type Peer, readBody, reply } from "./peer.ts";
import { messageVerifier } from "./verify-message.ts";

interface Entry {
  readonly content: Record<string, unknown>;
  readonly innerId: string;
  readonly registeredAt: string;
}

/** One line of the feed (`GET /events?after=&limit=`). */
export interface Told {
  readonly cursor: string;
  readonly id: string;
  readonly caseNumber: string;
  readonly sequence: number;
  readonly kind: string;
  readonly at: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

const FIELDS = ["courtCode", "caseNumber", "causeCode", "causeName", "acceptedAt", "parties"];
const SIDES = ["plaintiff", "defendant", "third_party"];

/**
 * The court's inner case system: enters a case under our reference (`PUT /cases/{reference}`) and tells what it holds
 * (`GET`); and tells what happened to cases in the court (`GET /events`). Every call must be signed; the same reference with the same content gets the first answer again, with other
 * content it is refused, and so is a number that stands under another reference.
 */
export function courtPeer(key: { keyId: string; secret: string }, now: () => number = Date.now) {
  const cases = new Map<string, Entry>();
  const events: Told[] = [];
  const verify = messageVerifier(new Map([[key.keyId, key.secret]]), now);

  const peer: Peer = {
    async handle({ request, response, path, url }) {
      const body = await readBody(request);
      const wrong = verify(request, url, body);
      if (wrong) return reply(response, 401, { code: wrong });
      if (path === "/events" && request.method === "GET") {
        const after = Number(url.searchParams.get("after") ?? 0);
        const limit = Math.min(Number(url.searchParams.get("limit") ?? 100), 500);
        const items = events.filter(({ cursor }) => Number(cursor) > after).slice(0, limit);
        return reply(response, 200, { items });
      }
      const match = /^\/cases\/([^/]{1,600})$/.exec(path);
      if (!match) return reply(response, 404, { code: "path.unknown" });
      const reference = decodeURIComponent(match[1] ?? "");
      if (request.method === "GET") {
        const entry = cases.get(reference);
        return entry ? reply(response, 200, answerOf(entry)) : reply(response, 404, { code: "case.unknown" });
      }
      if (request.method !== "PUT") return reply(response, 405, { code: "method" });
      const [status, answer] = register(reference, asRecord(body.toString("utf8")));
      return reply(response, status, answer);
    },
  };
  return { peer, cases: cases as ReadonlyMap<string, Entry>, tell };

  /** Something happens to a case in the court; `sequence` and `id` follow by themselves where they are not given. */
  function tell(told: Pick<Told, "caseNumber" | "kind" | "facts"> & Partial<Told>): Told {
    const own = events.filter(({ caseNumber }) => caseNumber === told.caseNumber);
    const event: Told = {
      cursor: String(events.length + 1),
      id: `E${events.length + 1}`,
      sequence: own.reduce((most, { sequence }) => Math.max(most, sequence), 0) + 1,
      at: new Date(now()).toISOString(),
      ...told,
    };
    events.push(event);
    return event;
  }

  function register(reference: string, content: Record<string, unknown>): [status: number, answer: unknown] {
    if (!isAcceptable(content)) return [422, { code: "case.invalid" }];
    const known = cases.get(reference);
    if (known && !isDeepStrictEqual(known.content, content)) return [409, { code: "case.changed" }];
    if (known) return [200, answerOf(known)];
    for (const entry of cases.values()) {
      if (entry.content["caseNumber"] === content["caseNumber"]) return [409, { code: "case.number_taken" }];
    }
    const registeredAt = new Date(now()).toISOString();
    const entry = { content, innerId: `N${String(cases.size + 1).padStart(9, "0")}`, registeredAt };
    cases.set(reference, entry);
    return [201, answerOf(entry)];
  }
}

export type CourtPeer = ReturnType<typeof courtPeer>;

const answerOf = ({ innerId, registeredAt }: Entry) => ({ innerId, registeredAt });

function isAcceptable(content: Record<string, unknown>): boolean {
  const names = Object.keys(content).sort();
  if (!isDeepStrictEqual(names, [...FIELDS].sort())) return false;
  const { parties, ...texts } = content;
  if (Object.values(texts).some((text) => typeof text !== "string" || text === "")) return false;
  if (!/^（\d{4}）\S{2,30}号$/.test(String(content["caseNumber"]))) return false;
  if (Number.isNaN(Date.parse(String(content["acceptedAt"])))) return false;
  return (
    Array.isArray(parties) &&
    parties.length > 0 &&
    parties.every(
      (party: Record<string, unknown>) =>
        SIDES.includes(String(party["side"])) && typeof party["name"] === "string" && party["name"] !== "",
    )
  );
}
