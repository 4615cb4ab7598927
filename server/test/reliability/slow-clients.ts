import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A program: so many clients that send or read a byte now and then; prints a line for each kind at the end. */
const [origin = "", token = "", ...numbers] = process.argv.slice(2);
const [headers = 0, bodies = 0, readers = 0, seconds = 0] = numbers.map(Number);
const { port } = new URL(origin);
const until = performance.now() + seconds * 1000;

interface Kind {
  readonly kind: string;
  readonly count: number;
  /** What is sent at once. */
  readonly first: string;
  /** What dribbles after it. */
  readonly drop: string;
  readonly reads: boolean;
}
const AUTH = `authorization: Bearer ${token}\r\nx-forwarded-for: 10.7.0.1\r\n`;
const KINDS: readonly Kind[] = [
  { kind: "headers", count: headers, first: "GET /api/v1/me HTTP/1.1\r\nhost: x\r\n", drop: "x-a: b\r\n", reads: true },
  {
    kind: "body",
    count: bodies,
    first: `POST /api/v1/filings HTTP/1.1\r\nhost: x\r\n${AUTH}content-type: application/json\r\ncontent-length: 1000\r\n\r\n{`,
    drop: " ",
    reads: true,
  },
  {
    kind: "reader",
    count: readers,
    first: `GET /openapi.json HTTP/1.1\r\nhost: x\r\n${AUTH}\r\n`,
    drop: "",
    reads: false,
  },
];
await Promise.all(KINDS.map(crowd));

async function crowd({ kind, count, first, drop, reads }: Kind): Promise<void> {
  const lives = await Promise.all(Array.from({ length: count }, (_, at) => live(at, first, drop, reads)));
  const cut = lives.filter((ms) => ms !== null);
  console.log(JSON.stringify({ kind, opened: count, cut: cut.length, slowestCutMs: Math.max(0, ...cut) }));
}

/** How long it was suffered, in ms; null where it was to the end. */
async function live(at: number, first: string, drop: string, reads: boolean): Promise<number | null> {
  await sleep(at * 2);
  const begun = performance.now();
  const socket: Socket = connect({ port: Number(port), host: "127.0.0.1" });
  let closed: number | null = null;
  socket.on("error", () => undefined);
  socket.on("close", () => {
    closed = performance.now() - begun;
  });
  if (reads) socket.resume();
  else socket.pause();
  socket.write(first);
  while (closed === null && performance.now() < until) {
    await sleep(1000);
    if (closed === null && drop !== "") socket.write(drop);
    if (!reads) socket.read(1);
  }
  const suffered = closed;
  socket.destroy();
  return suffered;
}
