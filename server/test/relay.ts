import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A line between two programs that can be made slow, silent or be cut. */
export class Relay {
  /** Before anything arrives, in either direction. */
  delayMs = 0;
  #silent: { ended: Promise<void>; end: () => void } | null = null;
  #isCut = false;
  readonly #server: Server;
  readonly #wires = new Set<Socket>();

  private constructor(host: string, port: number) {
    this.#server = createServer((near) => {
      if (this.#isCut) return void near.destroy();
      const far = connect(port, host);
      this.#join(near, far);
      this.#join(far, near);
    });
  }
  /** To an address such as `http://127.0.0.1:8080` or `mysql://…@127.0.0.1:3306/…`. */
  static async to(address: string): Promise<Relay> {
    const { hostname, port } = new URL(address);
    const relay = new Relay(hostname, Number(port));
    await once(relay.#server.listen(0, "127.0.0.1"), "listening");
    return relay;
  }
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }
  /** The address again, by way of this relay. */
  instead(address: string): string {
    return Object.assign(new URL(address), { hostname: "127.0.0.1", port: String(this.port) }).href;
  }
  #join(from: Socket, to: Socket): void {
    this.#wires.add(from);
    let before: Promise<unknown> = Promise.resolve();
    from.on("data", (bytes: Buffer) => {
      before = before.then(() => this.#passes()).then(() => to.writable && to.write(bytes));
    });
    from.on("error", () => undefined);
    from.on("close", () => {
      this.#wires.delete(from);
      void before.then(() => to.destroy());
    });
  }
  async #passes(): Promise<void> {
    if (this.delayMs > 0) await sleep(this.delayMs);
    while (this.#silent) await this.#silent.ended;
  }
  /** Whoever speaks hears nothing, and nobody says why. */
  silence(): void {
    let end = () => {};
    const ended = new Promise<void>((done) => {
      end = done;
    });
    this.#silent ??= { ended, end };
  }
  /** What is under way breaks off; what is tried anew may go through. */
  breakOff(): void {
    for (const wire of this.#wires) wire.resetAndDestroy();
  }
  /** Nothing goes through, and whoever tries is told. */
  cut(): void {
    this.#isCut = true;
    for (const wire of this.#wires) wire.destroy();
  }
  mend(): void {
    this.#isCut = false;
    this.delayMs = 0;
    this.#silent?.end();
    this.#silent = null;
  }
  close(): void {
    this.mend();
    this.#server.close();
    for (const wire of this.#wires) wire.destroy();
  }
}
