import { type ClamdConfig, clamdAntivirus } from "./antivirus/clamd.ts";
import { noAntivirus } from "./antivirus/none.ts";
import type { Antivirus } from "./antivirus/port.ts";
import { type IntranetCourtConfig, intranetCourt } from "./court/intranet.ts";
import { localCourt } from "./court/local.ts";
import type { CourtSystem } from "./court/port.ts";
import { type DiskFilesConfig, diskFiles } from "./files/disk.ts";
import { type OssFilesConfig, ossFiles } from "./files/oss.ts";
import { ossOrigin } from "./files/oss-bucket.ts";
import type { Files, StoreDoor } from "./files/port.ts";
import { type GatewayHealth, gatewayHealth } from "./health.ts";
import { type HttpIdentityConfig, httpIdentity } from "./identity/http.ts";
import { noIdentity } from "./identity/none.ts";
import type { IdentityCheck } from "./identity/port.ts";
import type { Login } from "./login/port.ts";
import { type WechatLoginConfig, wechatLogin } from "./login/wechat.ts";
import { noMessages } from "./messages/none.ts";
import { type MessagesConfig, openMessages } from "./messages/open.ts";
import type { Messages } from "./messages/port.ts";
import { noOcr } from "./ocr/none.ts";
import type { Ocr } from "./ocr/port.ts";
import { type TesseractConfig, tesseractOcr } from "./ocr/tesseract.ts";
import { noPayments } from "./payments/none.ts";
import type { Payments } from "./payments/port.ts";
import { type WechatPaymentsConfig, wechatPayments } from "./payments/wechat.ts";
import { type JanusConfig, janusVideo } from "./video/janus.ts";
import { noVideo } from "./video/none.ts";
import type { Video, VideoDoor } from "./video/port.ts";
import { type TrtcConfig, trtcVideo } from "./video/trtc.ts";
import { type EspeakConfig, espeakVoice } from "./voice/espeak.ts";
import { noVoice } from "./voice/none.ts";
import type { Voice } from "./voice/port.ts";
import type { Webhooks } from "./webhooks/port.ts";
import { outsideWebhooks, type WebhooksConfig } from "./webhooks/post.ts";

/** Every door to the outside. A module is handed the ones it asks for, by name. */
export interface Gateways {
  readonly login: Login;
  readonly files: Files;
  /** What the app mounts to serve the folder store; `null` where files are elsewhere. */
  readonly store: StoreDoor | null;
  /** Where signed addresses of an outside store lead; `null` where they lead to ourselves. */
  readonly filesOrigin: string | null;
  readonly court: CourtSystem;
  readonly identity: IdentityCheck;
  readonly antivirus: Antivirus;
  readonly payments: Payments;
  readonly messages: Messages;
  readonly ocr: Ocr;
  readonly voice: Voice;
  readonly webhooks: Webhooks;
  readonly video: Video;
  /** What the app mounts for pages to speak to our own media server; `null` where there is none. */
  readonly videoDoor: VideoDoor | null;
  /** How the calls to each peer have gone, as this process knows it. */
  health(): readonly GatewayHealth[];
}

/** `none` for antivirus calls everything clean: production must refuse it. Every other `none` fails closed. */
export interface GatewaysConfig {
  readonly login: { readonly driver: "wechat" } & WechatLoginConfig;
  readonly files: ({ readonly driver: "disk" } & DiskFilesConfig) | ({ readonly driver: "oss" } & OssFilesConfig);
  readonly court: { readonly driver: "local" } | ({ readonly driver: "intranet" } & IntranetCourtConfig);
  readonly identity: { readonly driver: "none" } | ({ readonly driver: "http" } & HttpIdentityConfig);
  readonly antivirus: { readonly driver: "none" } | ({ readonly driver: "clamd" } & ClamdConfig);
  readonly payments?: { readonly driver: "none" } | ({ readonly driver: "wechat" } & WechatPaymentsConfig);
  readonly messages?: { readonly driver: "none" } | ({ readonly driver: "providers" } & MessagesConfig);
  readonly ocr?: { readonly driver: "none" } | ({ readonly driver: "tesseract" } & TesseractConfig);
  readonly voice?: { readonly driver: "none" } | ({ readonly driver: "espeak" } & EspeakConfig);
  /** Without it nothing inside our own network is called. */
  readonly webhooks?: WebhooksConfig;
  readonly video?:
    | { readonly driver: "none" }
    | ({ readonly driver: "janus" } & JanusConfig)
    | ({ readonly driver: "trtc" } & TrtcConfig);
}

/** `close` ends what drivers do by themselves. */
export function openGateways(config: GatewaysConfig): Gateways & { close(): void } {
  const ocr = config.ocr?.driver === "tesseract" ? tesseractOcr(config.ocr) : null;
  const messages = config.messages?.driver === "providers" ? openMessages(config.messages) : noMessages();
  const payments = config.payments?.driver === "wechat" ? wechatPayments(config.payments) : null;
  return {
    login: wechatLogin(config.login),
    ...openFiles(config.files),
    court: config.court.driver === "local" ? localCourt() : intranetCourt(config.court),
    identity: config.identity.driver === "none" ? noIdentity() : httpIdentity(config.identity),
    antivirus: config.antivirus.driver === "none" ? noAntivirus() : clamdAntivirus(config.antivirus),
    payments: payments ?? noPayments(),
    messages,
    ocr: ocr ?? noOcr(),
    voice: config.voice?.driver === "espeak" ? espeakVoice(config.voice) : noVoice(),
    webhooks: outsideWebhooks(config.webhooks ?? { loopback: false }),
    ...openVideo(config.video),
    health: gatewayHealth,
    close() {
      ocr?.stop();
      payments?.stop();
      messages.close();
    },
  };
}

function openVideo(config: GatewaysConfig["video"]): { video: Video; videoDoor: VideoDoor | null } {
  if (config?.driver === "trtc") return { video: trtcVideo(config), videoDoor: null };
  if (config?.driver !== "janus") return { video: noVideo(), videoDoor: null };
  const { video, door } = janusVideo(config);
  return { video, videoDoor: door };
}

function openFiles(config: GatewaysConfig["files"]): Pick<Gateways, "files" | "store" | "filesOrigin"> {
  if (config.driver === "oss") return { files: ossFiles(config), store: null, filesOrigin: ossOrigin(config) };
  const { files, door } = diskFiles(config);
  return { files, store: door, filesOrigin: null };
}
