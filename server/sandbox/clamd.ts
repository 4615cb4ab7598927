import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

const EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-" + "FILE!$H+H*";

export interface ClamdPeer {
  readonly host: string;
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * A scanner that speaks clamd's protocol (`zPING`, `zVERSION`, `zINSTREAM` with length-prefixed chunks and a size limit)
 * and knows one signature: the EICAR test file. It does not look into archives.
 */
export async function startClamd({ port = 0, maxBytes = 256 * 1024 ** 2 } = {}): Promise<ClamdPeer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    converse(socket, maxBytes).then(
      (answer) => socket.end(`${answer}\0`),
      () => socket.destroy(),
    );
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    host: "127.0.0.1",
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

async function converse(socket: Socket, maxBytes: number): Promise<string> {
  let held = Buffer.alloc(0);
  let command: string | null = null;
  let tail = "";
  let total = 0;
  let found = false;
  for await (const piece of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    held = Buffer.concat([held, piece]);
    if (command === null) {
      const end = held.indexOf(0);
      if (end < 0) continue;
      command = held.subarray(0, end).toString("latin1");
      held = held.subarray(end + 1);
      if (command === "zPING") return "PONG";
      if (command === "zVERSION") return "ClamAV 1.0.0/sandbox";
      if (command !== "zINSTREAM") return "UNKNOWN COMMAND";
    }
    while (held.length >= 4) {
      const length = held.readUInt32BE(0);
      if (length === 0) return found ? "stream: Eicar-Test-Signature FOUND" : "stream: OK";
      total += length;
      if (total > maxBytes) return "INSTREAM size limit exceeded. ERROR";
      if (held.length < 4 + length) {
        total -= length;
        break;
      }
      const text = tail + held.subarray(4, 4 + length).toString("latin1");
      found ||= text.includes(EICAR);
      tail = text.slice(-EICAR.length);
      held = held.subarray(4 + length);
    }
  }
  throw new Error("hung up in the middle");
}
