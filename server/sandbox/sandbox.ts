import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startClamd } from "./clamd.ts";
import { controlPeer } from "./control.ts";
import { courtPeer } from "./court.ts";
import { faults } from "./faults.ts";
import { identityPeer } from "./identity.ts";
import { SANDBOX_KEYS } from "./keys.ts";
import { startMail } from "./mail.ts";
import { ossPeer } from "./oss.ts";
import { type Peer, reply } from "./peer.ts";
import { aliyunSmsPeer } from "./sms-aliyun.ts";
import { phoneBook } from "./sms-phone.ts";
import { receiptPost } from "./sms-receipts.ts";
import { tencentSmsPeer } from "./sms-tencent.ts";
import { subscriptions } from "./subscribe.ts";
import { wechatPeer } from "./wechat.ts";
import { wechatPayPeer } from "./wechat-pay.ts";
import { WECHAT_PAY_KEYS } from "./wechat-pay-keys.ts";

export interface SandboxOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Of the virus scanner; 0 takes a free one. */
  readonly clamdPort?: number;
  /** Of the mail server; 0 takes a free one. */
  readonly smtpPort?: number;
  /** Where SMS providers bring their reports: `…/notices/receipts/{provider}?token=…`. */
  readonly receiptsTo?: string | null;
  /** The chance by which faults with a `rate` are played. */
  readonly random?: () => number;
  /** The peers' clock. */
  readonly now?: () => number;
  /** Of WeChat Pay and of the message providers, where it is to move with an application's time; the peers' clock otherwise. */
  readonly payNow?: () => number;
  /** Where WeChat Pay keeps its orders over a restart; nowhere otherwise. */
  readonly payFile?: string | null;
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/**
 * The outside world on loopback: WeChat at `/wechat`, WeChat Pay at `/wechat-pay`, the court's inner system at `/court`, the register of people at
 * `/identity`, two SMS providers at `/aliyun-sms` and `/tencent-sms` and the phones they reach at `/phone`, the object store at `/<bucket>`, a virus scanner and a mail server on ports of their own, and `/control` to make them fail.
 */
export async function startSandbox({
  port,
  clamdPort = 0,
  smtpPort = 0,
  receiptsTo = null,
  random = Math.random,
  now = Date.now,
  payNow = now,
  payFile = null,
}: SandboxOptions) {
  const folder = mkdtempSync(join(tmpdir(), "sutong-sandbox-"));
  const unruly = faults(random);
  const phones = phoneBook();
  const receipts = receiptPost();
  receipts.enter(receiptsTo);
  const agreed = subscriptions(Object.values(SANDBOX_KEYS.subscriptions), phones, payNow);
  const wechat = wechatPeer(SANDBOX_KEYS.wechat, now, agreed);
  const aliyunSms = aliyunSmsPeer(SANDBOX_KEYS.aliyunSms, phones, receipts, payNow);
  const tencentSms = tencentSmsPeer(SANDBOX_KEYS.tencentSms, phones, receipts, payNow);
  const wechatPay = wechatPayPeer(WECHAT_PAY_KEYS, payNow, { file: payFile });
  const court = courtPeer(SANDBOX_KEYS.court, now);
  const oss = ossPeer(SANDBOX_KEYS.oss, folder, now);
  const peers = new Map<string, Peer>([
    ["wechat", wechat.peer],
    ["wechat-pay", wechatPay.peer],
    ["court", court.peer],
    ["identity", identityPeer(SANDBOX_KEYS.identity, now).peer],
    [SANDBOX_KEYS.oss.bucket, oss.peer],
    ["aliyun-sms", aliyunSms.peer],
    ["tencent-sms", tencentSms.peer],
    ["phone", phones.peer],
    ["control", controlPeer(unruly, wechat, wechatPay, court)],
  ]);

  const server = createServer((request, response) => {
    dispatch(request, response).catch(() => {
      // A caller who left in the middle; or a mistake of ours, which must look like one.
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { "content-length": 0, connection: "close" }).end();
    });
  });
  server.listen(port, "127.0.0.1");
  const [clamd, mail] = await Promise.all([
    startClamd({ port: clamdPort }),
    startMail({ port: smtpPort, phones, faults: unruly, now: payNow }),
    once(server, "listening"),
  ]);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    /** `host:port` of the virus scanner. */
    clamd: `${clamd.host}:${clamd.port}`,
    /** Of the mail server. */
    smtp: `smtp://127.0.0.1:${mail.port}`,
    keys: SANDBOX_KEYS,
    phones,
    receipts,
    faults: unruly,
    wechat,
    wechatPay,
    court,
    oss,
    async stop(): Promise<void> {
      wechatPay.stop();
      receipts.stop();
      server.close();
      server.closeAllConnections();
      await Promise.all([once(server, "close"), clamd.stop(), mail.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };

  async function dispatch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? "/";
    if (!URL.canParse(target, "http://sandbox")) return reply(response, 400, {});
    const address = new URL(target, "http://sandbox");
    const [, first = "", rest = ""] = /^\/([^/]*)(.*)$/s.exec(address.pathname) ?? [];
    if (first === "healthz") return reply(response, 200, { ok: true });
    // WeChat Pay's own address has nothing before `/v3`, and a client that signs its whole path comes that way.
    const isPay = first === "v3";
    const peer = isPay ? wechatPay.peer : peers.get(first);
    if (!peer) return reply(response, 404, {});
    const call = { request, response, path: isPay ? address.pathname : rest, url: address };
    const name = isPay ? "wechat-pay" : first === SANDBOX_KEYS.oss.bucket ? "oss" : first;
    if (await unruly.play(name, call)) return;
    await peer.handle(call);
  }
}
