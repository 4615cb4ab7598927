import type { Pass } from "./janus-pass.ts";

type Words = Record<string, unknown>;

/**
 * What a page may say to the VideoRoom plugin, written anew from what it sent: rooms, tokens and ids are ours, nobody
 * moderates, records or destroys from a page, and who only watches is not seen. Null for everything else.
 */
export function admissible(body: unknown, { hearingId, personId, role }: Pass, token: string): Words | null {
  if (typeof body !== "object" || body === null) return null;
  const said = body as Words;
  const room = Number(hearingId);
  switch (said["request"]) {
    case "join":
      if (said["ptype"] === "publisher")
        return { request: "join", ptype: "publisher", room, id: Number(personId), token };
      if (said["ptype"] !== "subscriber" || !isCount(said["private_id"])) return null;
      return {
        request: "join",
        ptype: "subscriber",
        room,
        private_id: said["private_id"],
        use_msid: true,
        streams: streamsOf(said["streams"]),
      };
    case "publish":
      return role === "spectator" ? null : { request: "publish" };
    case "configure":
      // Microphone and camera off and on again, by whoever they belong to.
      if (role === "spectator") return null;
      return { request: "configure", ...flags(said, "audio", "video", "restart") };
    case "subscribe":
    case "unsubscribe":
      return { request: said["request"], streams: streamsOf(said["streams"]) };
    case "start":
    case "unpublish":
    case "leave":
      return { request: said["request"] };
    default:
      return null;
  }
}

function streamsOf(value: unknown): Words[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, 100).flatMap((one) => {
    const { feed, mid } = (one ?? {}) as { feed?: unknown; mid?: unknown };
    if (!isCount(feed)) return [];
    return [{ feed, ...(typeof mid === "string" && mid.length <= 16 ? { mid } : {}) }];
  });
}

const flags = (said: Words, ...names: string[]): Words =>
  Object.fromEntries(names.flatMap((name) => (typeof said[name] === "boolean" ? [[name, said[name]]] : [])));

const isCount = (value: unknown): boolean => typeof value === "number" && Number.isSafeInteger(value) && value > 0;

/** An offer or an answer, and nothing that would ask Janus for more. */
export function sessionDescription(value: unknown): { type: string; sdp: string } | null {
  const { type, sdp } = (value ?? {}) as { type?: unknown; sdp?: unknown };
  if ((type !== "offer" && type !== "answer") || typeof sdp !== "string") return null;
  return { type, sdp };
}

export function candidateOf(value: unknown): Words | null {
  const said = (value ?? {}) as Words;
  if (said["completed"] === true) return { completed: true };
  const { candidate, sdpMid, sdpMLineIndex } = said;
  if (typeof candidate !== "string" || candidate.length > 1000) return null;
  return {
    candidate,
    ...(typeof sdpMid === "string" ? { sdpMid } : {}),
    ...(typeof sdpMLineIndex === "number" ? { sdpMLineIndex } : {}),
  };
}
