import { createHmac } from "node:crypto";
import { type Clock, outbound } from "../outbound.ts";
import { GatewayError, type Seat } from "./port.ts";
import type { TurnConfig } from "./turn.ts";

export interface JanusConfig {
  /** The HTTP interface of Janus, `http://127.0.0.1:8088/janus`; the pages never reach it themselves. */
  readonly baseUrl: string;
  readonly adminUrl: string;
  readonly apiSecret: string;
  readonly adminSecret: string;
  /** The folder Janus records into, as both see it; empty where it is not within our reach. */
  readonly recordings: string;
  /** The relay for pages whose network does not let them reach Janus. */
  readonly turn: TurnConfig | null;
}

export interface JanusRooms {
  open(hearingId: string): Promise<void>;
  /** Who holds this person's token may join; `null` in the list lets nobody in. */
  allow(seat: Seat): Promise<void>;
  forbid(seat: Seat): Promise<void>;
  record(hearingId: string, on: boolean): Promise<void>;
  close(hearingId: string): Promise<void>;
}

export const VIDEOROOM = "janus.plugin.videoroom";
const NO_SUCH_ROOM = 426;
const ROOM_EXISTS = 427;
const NO_SUCH_PERSON = 428;

/** What only the court does with rooms, through Janus' admin interface: one call each, and every call may be repeated. */
export function janusRooms(config: JanusConfig, clock?: Clock): JanusRooms {
  const { adminUrl, adminSecret, recordings } = config;
  const call = outbound("video.janus", { baseUrl: adminUrl, totalMs: 4000 }, clock);
  const secretOf = (hearingId: string) => hmac(config.apiSecret, `room ${hearingId}`);

  /** Gives the plugin's error code, 0 where there was none. */
  async function ask(request: Record<string, unknown>, tolerated: readonly number[] = []): Promise<number> {
    const answer = await call({
      method: "POST",
      path: "",
      body: {
        janus: "message_plugin",
        transaction: "sutong",
        admin_secret: adminSecret,
        plugin: VIDEOROOM,
        request,
      },
      repeatable: true,
    });
    const { janus, response } = (answer.json ?? {}) as { janus?: string; response?: { error_code?: number } };
    const code = response?.error_code ?? 0;
    if (janus !== "success" || (code !== 0 && !tolerated.includes(code)))
      throw new GatewayError("janus", `${String(request["request"])} answered ${janus ?? answer.status} ${code}`);
    return code;
  }

  async function open(hearingId: string): Promise<void> {
    await ask(
      {
        request: "create",
        admin_key: adminSecret,
        room: Number(hearingId),
        description: `hearing ${hearingId}`,
        secret: secretOf(hearingId),
        permanent: false,
        is_private: true,
        publishers: 40,
        bitrate: 600_000,
        fir_freq: 10,
        audiocodec: "opus",
        videocodec: "vp8,h264",
        // Nobody subscribes without having joined, and nobody joins whose token is not on the list.
        require_pvtid: true,
        allowed: [],
        record: false,
        lock_record: true,
        ...(recordings === "" ? {} : { rec_dir: `${recordings}/${hearingId}` }),
      },
      [ROOM_EXISTS],
    );
  }

  const change = (seat: Seat, action: "add" | "remove") =>
    ask(
      {
        request: "allowed",
        secret: secretOf(seat.hearingId),
        action,
        room: Number(seat.hearingId),
        allowed: [tokenOf(config, seat)],
      },
      [NO_SUCH_ROOM],
    );

  const kick = ({ hearingId, personId }: Seat) =>
    ask({ request: "kick", secret: secretOf(hearingId), room: Number(hearingId), id: Number(personId) }, [
      NO_SUCH_ROOM,
      NO_SUCH_PERSON,
    ]);

  return {
    open,
    async allow(seat) {
      // A media server that was started again knows no rooms any more.
      if ((await change(seat, "add")) === NO_SUCH_ROOM) {
        await open(seat.hearingId);
        await change(seat, "add");
      }
      // A page that vanished without a word would hold the person's place for a minute.
      await kick(seat);
    },
    async forbid(seat) {
      await change(seat, "remove");
      await kick(seat);
    },
    async record(hearingId, record) {
      const request = { request: "enable_recording", room: Number(hearingId), secret: secretOf(hearingId), record };
      const code = await ask(request, [NO_SUCH_ROOM]);
      if (code === NO_SUCH_ROOM && record) {
        await open(hearingId);
        await ask(request);
      }
    },
    async close(hearingId) {
      await ask({ request: "destroy", room: Number(hearingId), secret: secretOf(hearingId) }, [NO_SUCH_ROOM]);
    },
  };
}

/** What Janus keeps on its list for one person in one room; it never leaves the court's side. */
export const tokenOf = ({ apiSecret }: JanusConfig, { hearingId, personId }: Seat): string =>
  hmac(apiSecret, `seat ${hearingId} ${personId}`);

export const hmac = (secret: string, text: string): string =>
  createHmac("sha256", secret).update(text, "utf8").digest("base64url");
