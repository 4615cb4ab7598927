import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Readable } from "node:stream";
import { GatewayError } from "../gateway-error.ts";
import { noteFailure, noteSuccess } from "../health.ts";
import type { Antivirus, ScanResult } from "./port.ts";

export interface ClamdConfig {
  /** Where clamd listens: a socket file, or a host and port. */
  readonly socketPath?: string;
  readonly host?: string;
  readonly port?: number;
  readonly connectMs?: number;
  /** For the whole scan. 60 s by default. */
  readonly totalMs?: number;
}

const NAME = "antivirus";
const CHUNK_BYTES = 64 * 1024;
const MAX_ANSWER_BYTES = 4096;

/** ClamAV's daemon, spoken to by INSTREAM. Anything but a plain "OK" or "FOUND" is an outage: the file stays closed. */
export function clamdAntivirus(config: ClamdConfig): Antivirus {
  const { connectMs = 2000, totalMs = 60_000 } = config;
  return {
    async scan(content) {
      const socket = config.socketPath
        ? connect(config.socketPath)
        : connect({ host: config.host ?? "127.0.0.1", port: config.port ?? 3310 });
      const connecting = setTimeout(() => socket.destroy(new Error("took too long to connect")), connectMs);
      const total = setTimeout(() => socket.destroy(new Error("took too long to scan")), totalMs);
      const answer = readAnswer(socket);
      answer.catch(() => {});
      try {
        await once(socket, "connect");
        clearTimeout(connecting);
        // clamd may answer (and hang up) before the end: past its size limit, for one.
        await Promise.race([send(socket, content), answer]);
        const result = judge(await answer);
        noteSuccess(NAME);
        return result;
      } catch (cause) {
        noteFailure(NAME);
        throw cause instanceof GatewayError
          ? cause
          : new GatewayError(NAME, "could not scan", { cause, retryAfter: 30 });
      } finally {
        clearTimeout(connecting);
        clearTimeout(total);
        socket.destroy();
        content.destroy();
      }
    },
  };
}

async function send(socket: Socket, content: Readable): Promise<void> {
  const write = async (bytes: Buffer) => {
    if (!socket.write(bytes)) await once(socket, "drain");
  };
  await write(Buffer.from("zINSTREAM\0"));
  for await (const piece of content as AsyncIterable<Buffer>) {
    for (let from = 0; from < piece.length; from += CHUNK_BYTES) {
      const chunk = piece.subarray(from, from + CHUNK_BYTES);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(chunk.length);
      await write(Buffer.concat([length, chunk]));
    }
  }
  await write(Buffer.alloc(4));
}

async function readAnswer(socket: Socket): Promise<string> {
  let text = "";
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    text += chunk.toString("utf8");
    if (text.includes("\0")) return text.slice(0, text.indexOf("\0"));
    if (text.length > MAX_ANSWER_BYTES) break;
  }
  throw new Error("hung up without an answer");
}

function judge(answer: string): ScanResult {
  if (answer === "stream: OK") return { clean: true };
  const found = /^stream: (.+) FOUND$/.exec(answer);
  if (found?.[1]) return { clean: false, signature: found[1] };
  throw new GatewayError(NAME, `answered ${JSON.stringify(answer.slice(0, 100))}`, { retryAfter: 30 });
}
