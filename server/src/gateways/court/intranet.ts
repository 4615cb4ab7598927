import { GatewayError } from "../gateway-error.ts";
import { messageSigner, type SigningKey } from "../message-signature.ts";
import { type OutboundConfig, outbound } from "../outbound.ts";
import { type CourtSystem, type InnerEvent, type RegisteredCase, RegistrationRefused } from "./port.ts";

export interface IntranetCourtConfig extends OutboundConfig {
  readonly key: SigningKey;
}

const NAME = "court";
const REFUSALS = { "case.changed": "changed", "case.number_taken": "number_taken", "case.invalid": "invalid" } as const;

/** The court's inner system, across the gateway between the internet and the court's network. Every call is signed. */
export function intranetCourt({ key, ...limits }: IntranetCourtConfig): CourtSystem {
  const call = outbound(NAME, limits);
  const sign = messageSigner(key);

  return {
    async registerCase({ reference, acceptedAt, ...rest }) {
      const answer = await call({
        method: "PUT",
        path: `/cases/${encodeURIComponent(reference)}`,
        body: { ...rest, acceptedAt: acceptedAt.toISOString() },
        sign,
        repeatable: true,
      });
      if (answer.status === 409 || answer.status === 422) {
        const code = isRecord(answer.json) ? answer.json["code"] : undefined;
        throw new RegistrationRefused(REFUSALS[code as keyof typeof REFUSALS] ?? "invalid");
      }
      if (answer.status !== 200 && answer.status !== 201) throw new GatewayError(NAME, `answered ${answer.status}`);
      return registered(answer.json);
    },

    async findRegistration(reference) {
      const path = `/cases/${encodeURIComponent(reference)}`;
      const answer = await call({ method: "GET", path, sign, repeatable: true });
      if (answer.status === 404) return null;
      if (answer.status !== 200) throw new GatewayError(NAME, `answered ${answer.status}`);
      return registered(answer.json);
    },

    async listEvents(after, limit) {
      const query = new URLSearchParams({ ...(after === null ? {} : { after }), limit: String(limit) });
      const answer = await call({ method: "GET", path: `/events?${query}`, sign, repeatable: true });
      if (answer.status !== 200) throw new GatewayError(NAME, `answered ${answer.status}`);
      const items = isRecord(answer.json) ? answer.json["items"] : undefined;
      if (!Array.isArray(items)) throw new GatewayError(NAME, "answered without items");
      return items.map(innerEvent);
    },
  };
}

function innerEvent(json: unknown): InnerEvent {
  const { cursor, id, caseNumber, sequence, kind, at, facts } = isRecord(json) ? json : {};
  const moment = new Date(typeof at === "string" ? at : Number.NaN);
  const isSound =
    [cursor, id, kind].every((one) => typeof one === "string" && /^[\x21-\x7e]{1,64}$/.test(one)) &&
    typeof caseNumber === "string" &&
    caseNumber !== "" &&
    caseNumber.length <= 64 &&
    Number.isSafeInteger(sequence) &&
    Number(sequence) >= 1 &&
    !Number.isNaN(moment.getTime()) &&
    isRecord(facts);
  if (!isSound) throw new GatewayError(NAME, "answered with an event that cannot be read");
  return { cursor, id, caseNumber, sequence, kind, at: moment, facts } as InnerEvent;
}

function registered(json: unknown): RegisteredCase {
  const { innerId, registeredAt } = isRecord(json) ? json : {};
  const at = new Date(typeof registeredAt === "string" ? registeredAt : Number.NaN);
  if (typeof innerId !== "string" || innerId === "" || Number.isNaN(at.getTime())) {
    throw new GatewayError(NAME, "answered without an id");
  }
  return { innerId, registeredAt: at };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
