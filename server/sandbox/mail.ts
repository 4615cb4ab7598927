import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Faults } from "./faults.ts";
import type { PhoneBook } from "./sms-phone.ts";

const MAX_BYTES = 512 * 1024;

/** A mail server on loopback: EHLO, MAIL, RCPT, DATA, RSET, NOOP, QUIT. It takes every mail and shows it with the phones. */
export async function startMail({ port = 0, phones, faults, now }: MailOptions) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    converse(socket).catch(() => socket.destroy());
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };

  async function converse(socket: Socket): Promise<void> {
    const say = (line: string) => socket.write(`${line}\r\n`);
    let [to, data, held] = ["", null as string[] | null, ""];
    say("220 sandbox ESMTP");
    for await (const piece of socket as AsyncIterable<Buffer>) {
      held += piece.toString("utf8");
      if (held.length > MAX_BYTES) return void socket.destroy();
      for (let end = held.indexOf("\r\n"); end >= 0; end = held.indexOf("\r\n")) {
        const line = held.slice(0, end);
        held = held.slice(end + 2);
        if (data) {
          if (line !== ".") {
            data.push(line.replace(/^\.\./, "."));
            continue;
          }
          const fault = faults.due("mail");
          if (fault?.delayMs) await sleep(fault.delayMs);
          if (fault?.lose === "before") return void socket.destroy();
          if (fault?.status) {
            data = null;
            say("451 4.3.0 try again later");
            continue;
          }
          const number = take(to, data);
          data = null;
          if (fault?.lose === "after") return void socket.destroy();
          say(`250 2.0.0 ${number} accepted`);
          continue;
        }
        const verb = line.slice(0, 4).toUpperCase();
        if (verb === "EHLO") say("250-sandbox\r\n250 8BITMIME");
        else if (verb === "HELO" || verb === "MAIL" || verb === "RSET" || verb === "NOOP") say("250 ok");
        else if (verb === "RCPT") {
          to = /<([^>]*)>/.exec(line)?.[1] ?? "";
          say(to.includes("@") ? "250 ok" : "550 5.1.1 no such mailbox");
        } else if (verb === "DATA") {
          data = [];
          say("354 go on");
        } else if (verb === "QUIT") {
          say("221 bye");
          return void socket.end();
        } else say("502 5.5.1 not here");
      }
    }
  }

  function take(to: string, lines: readonly string[]): string {
    const blank = lines.indexOf("");
    const headers = lines
      .slice(0, blank)
      .join("\n")
      .replace(/\n[ \t]+/g, " ");
    const of = (name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(headers)?.[1] ?? "";
    const reference = of("Message-ID").replace(/^<|@.*$/g, "");
    const encoding = of("Content-Transfer-Encoding").toLowerCase();
    const body = lines.slice(blank + 1);
    const text =
      encoding === "base64"
        ? Buffer.from(body.join(""), "base64").toString("utf8")
        : encoding === "quoted-printable"
          ? quoted(body.join("\n").replace(/=\n/g, ""))
          : body.join("\n");
    const number = `mail-${now()}-${Math.floor(Math.random() * 1e6)}`;
    phones.reach({ channel: "email", provider: "smtp", to, text: text.trim(), reference, number, at: now() });
    return number;
  }
}

interface MailOptions {
  readonly port?: number;
  readonly phones: PhoneBook;
  readonly faults: Faults;
  readonly now: () => number;
}

function quoted(text: string): string {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const hex = text[at] === "=" ? /^[0-9A-F]{2}/i.exec(text.slice(at + 1, at + 3)) : null;
    if (hex) {
      bytes.push(Number.parseInt(hex[0], 16));
      at += 2;
    } else bytes.push(...Buffer.from(text[at] as string));
  }
  return Buffer.from(bytes).toString("utf8");
}
