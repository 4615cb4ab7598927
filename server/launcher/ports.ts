import { createServer } from "node:net";

/** A TCP port nobody listens on; `wished` when that one is free. */
export async function freePort(wished?: number, host = "127.0.0.1"): Promise<number> {
  if (wished !== undefined && (await isFree(wished, host))) return wished;
  return await listenOnce(0, host);
}

export async function isFree(port: number, host: string): Promise<boolean> {
  try {
    await listenOnce(port, host);
    return true;
  } catch {
    return false;
  }
}

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : port));
    });
  });
}
