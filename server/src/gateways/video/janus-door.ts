import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { GatewayError } from "../gateway-error.ts";
import { type Clock, type OutboundAnswer, outbound } from "../outbound.ts";
import { openPass, type Pass, signPass } from "./janus-pass.ts";
import { type JanusConfig, tokenOf, VIDEOROOM } from "./janus-rooms.ts";
import { admissible, candidateOf, sessionDescription } from "./janus-words.ts";
import type { VideoDoor } from "./port.ts";

const MAX_BODY_BYTES = 65_536;
/** Longer than any day in court. */
const SESSION_MS = 14 * 3_600_000;
/** Janus answers a waiting page after 30 s at the latest. */
const WAIT_MS = 40_000;
const NO_SUCH = new Set([458, 459]);

const REFUSALS = {
  "room.ticket": [403, "进入庭审的凭证已失效，请返回后重新进入"],
  "room.said": [400, "该操作不能进行，请返回后重新进入"],
  "room.gone": [410, "连接已断开，正在重新进入"],
  "room.video_away": [503, "视频服务暂时没有应答，正在重新连接"],
} as const;
type Refusal = keyof typeof REFUSALS;

class Refused extends Error {
  readonly code: Refusal;
  constructor(code: Refusal) {
    super(code);
    this.code = code;
  }
}

/**
 * The one way from a page to Janus: a ticket begins a session, whose pass is asked for with everything that follows. Every
 * message is read and written anew (`janus-words.ts`), so what a page could ask Janus itself does not matter.
 */
export function janusDoor(config: JanusConfig, clock?: Clock): VideoDoor {
  const { baseUrl, apiSecret } = config;
  const call = outbound("video.janus.page", { baseUrl, totalMs: 5000, attempts: 1 }, clock);
  const wait = outbound("video.janus.wait", { baseUrl, totalMs: WAIT_MS, attempts: 1 }, clock);

  async function say(path: string, body: Record<string, unknown>): Promise<Record<string, unknown>> {
    const transaction = randomBytes(9).toString("base64url");
    return told(
      await call({ method: "POST", path, body: { ...body, transaction, apisecret: apiSecret }, repeatable: false }),
    );
  }

  async function answer(request: IncomingMessage): Promise<unknown> {
    const pass = passOf(request, apiSecret);
    const path = new URL(request.url ?? "", "http://door").pathname.replace(/^\/video/, "");
    if (request.method === "POST" && path === "/session") {
      if (pass.session !== undefined) throw new Refused("room.ticket");
      const { data } = await say("", { janus: "create" });
      const session = (data as { id: number }).id;
      return { pass: signPass(apiSecret, { ...pass, until: Date.now() + SESSION_MS, session }) };
    }
    if (pass.session === undefined) throw new Refused("room.ticket");
    const session = `/${pass.session}`;
    if (request.method === "GET" && path === "/events") {
      const query = { maxev: "10", apisecret: apiSecret, rid: String(Date.now()) };
      const { json, status } = await wait({ method: "GET", path: session, query, repeatable: false });
      if (!Array.isArray(json)) told({ json, status } as OutboundAnswer);
      return { events: Array.isArray(json) ? json : [] };
    }
    if (request.method !== "POST") throw new Refused("room.said");
    return speak(pass, path, session, await bodyOf(request));
  }

  async function speak(pass: Pass, path: string, session: string, body: Record<string, unknown>): Promise<unknown> {
    const handle = Number(body["handle"]);
    const place = `${session}/${handle}`;
    if (path === "/attach") {
      const { data } = await say(session, { janus: "attach", plugin: VIDEOROOM });
      return { handle: (data as { id: number }).id };
    }
    if (path === "/end") {
      await say(session, { janus: "destroy" });
      return {};
    }
    if (!Number.isSafeInteger(handle) || handle <= 0) throw new Refused("room.said");
    if (path === "/message") {
      const words = admissible(body["body"], pass, tokenOf(config, pass));
      const jsep = body["jsep"] === undefined ? null : sessionDescription(body["jsep"]);
      // A picture comes in no other way than with an offer: who only watches makes none.
      const publishes = jsep?.type === "offer";
      if (!words || (publishes && pass.role === "spectator")) throw new Refused("room.said");
      await say(place, { janus: "message", body: words, ...(jsep ? { jsep } : {}) });
      return {};
    }
    if (path === "/trickle") {
      const candidate = candidateOf(body["candidate"]);
      if (!candidate) throw new Refused("room.said");
      await say(place, { janus: "trickle", candidate });
      return {};
    }
    if (path === "/detach") {
      await say(place, { janus: "detach" });
      return {};
    }
    throw new Refused("room.said");
  }

  return {
    async handle(request, response) {
      try {
        send(response, 200, await answer(request));
      } catch (error) {
        if (response.headersSent || response.destroyed) return void response.destroy();
        const away = error instanceof GatewayError ? "room.video_away" : null;
        const code = error instanceof Refused ? error.code : away;
        refuse(response, code ?? "room.video_away");
        if (code === null) throw error;
      }
    },
  };
}

/** What Janus said, where it is no refusal. */
function told({ json, status }: Pick<OutboundAnswer, "json" | "status">): Record<string, unknown> {
  const answer = (json ?? {}) as { janus?: string; error?: { code?: number } };
  if (answer.janus !== undefined && answer.janus !== "error") return answer as Record<string, unknown>;
  if (NO_SUCH.has(answer.error?.code ?? 0)) throw new Refused("room.gone");
  throw new GatewayError("janus", `answered ${status} ${answer.error?.code ?? ""}`);
}

function passOf(request: IncomingMessage, secret: string): Pass {
  const [, text = ""] = /^Bearer ([\w.-]{20,600})$/.exec(request.headers.authorization ?? "") ?? [];
  const pass = openPass(secret, text, Date.now());
  if (!pass) throw new Refused("room.ticket");
  return pass;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) throw new Refused("room.said");
    parts.push(part);
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(parts).toString("utf8") || "{}");
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    // Told below, as anything else that is not understood.
  }
  throw new Refused("room.said");
}

function refuse(response: ServerResponse, code: Refusal): void {
  const [status, title] = REFUSALS[code];
  response.setHeader("content-type", "application/problem+json; charset=utf-8");
  if (status === 503) response.setHeader("retry-after", "5");
  send(response, status, { type: "about:blank", title, status, detail: title, code, errors: [] });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  if (!response.hasHeader("content-type")) response.setHeader("content-type", "application/json; charset=utf-8");
  response.writeHead(status, {
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(text);
}
