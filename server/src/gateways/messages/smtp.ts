import { Readable } from "node:stream";
import type { Transporter } from "nodemailer";
import { type Clock, circuitBreaker } from "../circuit-breaker.ts";
import { GatewayError, MessageNotSent, type MessageProvider, type MessageWords } from "./port.ts";

export interface SmtpConfig {
  /** `smtps://user:password@host:465`, or `smtp://…:587` with STARTTLS. */
  readonly url: string;
  readonly from: string;
  readonly totalMs?: number;
  /** To a server on this machine; elsewhere nothing is said before TLS is agreed. */
  readonly mayBePlain?: boolean;
}

const NAME = "smtp";
/**
 * E-mail by SMTP. The Message-ID is made of our reference, so a mail that came twice is one for the reader's program; a
 * server cannot be asked what it has taken, so what was not answered is not sent again: the next channel takes over.
 */
export function smtpMail(
  { url, from, totalMs = 6000, mayBePlain = false }: SmtpConfig,
  clock?: Clock,
): MessageProvider & { close(): void } {
  const breaker = circuitBreaker(`messages.${NAME}`, clock);
  let transport: Promise<Transporter> | null = null;
  const open = () => {
    transport ??= import("nodemailer").then(({ createTransport }) =>
      createTransport({
        url,
        requireTLS: !mayBePlain,
        connectionTimeout: 2000,
        greetingTimeout: 3000,
        socketTimeout: totalMs,
        disableFileAccess: true,
        disableUrlAccess: true,
      } as Parameters<typeof createTransport>[0]),
    );
    return transport;
  };
  const domain = from.replace(/^.*@|>.*$/g, "") || "localhost";

  return {
    name: NAME,
    async send({ reference, to, words }) {
      breaker.pass();
      // The server is given the text only when it has agreed to take the mail: until then, nothing is sent.
      let begun = false;
      const text = new Readable({
        read() {
          begun = true;
          this.push(textOf(words));
          this.push(null);
        },
      });
      try {
        const mailer = await open();
        const sent = await mailer.sendMail({
          from,
          to,
          subject: `${words.court}：${words.title}`,
          text,
          messageId: `<${reference}@${domain}>`,
          headers: { "Auto-Submitted": "auto-generated" },
        });
        breaker.succeeded();
        return { receipt: typeof sent.messageId === "string" ? sent.messageId.replace(/^<|>$/g, "") : null };
      } catch (error) {
        throw outcomeOf(error, begun);
      }
    },
    close() {
      void transport?.then((mailer) => mailer.close());
    },
  };

  function outcomeOf(error: unknown, begun: boolean): Error {
    const {
      code = "",
      command = "",
      responseCode,
    } = error as {
      code?: string;
      command?: string;
      responseCode?: number;
    };
    // A refusal for good (5xx) is the server's word; everything else counts as a failure of the server.
    if (responseCode && responseCode >= 500) {
      breaker.succeeded();
      return new MessageNotSent(command === "RCPT TO" ? "address" : "provider", `${NAME} ${responseCode}`);
    }
    breaker.failed();
    const unsent = Boolean(responseCode) || !begun;
    return new GatewayError(`messages.${NAME}`, `${code || "failed"} at ${command || "start"}`, {
      cause: error,
      unsent,
    });
  }
}

const textOf = ({ title, court, link }: MessageWords): string =>
  `${court}：${title}。\n\n请在微信小程序“诉通”中查看，或打开：\n${link}\n\n本邮件只作提示，不是送达；请勿直接回复。\n`;
