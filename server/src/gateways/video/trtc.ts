import { Api } from "tls-sig-api-v2";
import { type Clock, outbound } from "../outbound.ts";
import { signTencent } from "../tencent-signature.ts";
import { GatewayError, type Seat, type Video, type VideoRole } from "./port.ts";
import { problem } from "./problems.ts";

export interface TrtcConfig {
  readonly sdkAppId: number;
  /** 密钥 of the application: signs what lets a person in. */
  readonly secretKey: string;
  /** Credentials of the cloud interface, which takes people out of rooms; without it nobody can be taken out. */
  readonly cloud: { readonly baseUrl: string; readonly secretId: string; readonly secretKey: string } | null;
  readonly now: () => number;
}

const VERSION = "2019-07-22";
/** Join 2, hear 8, see 32, see a shared screen 128; besides: make the room 1, speak 4, be seen 16, share a screen 64. */
const WATCH = 2 + 8 + 32 + 128;
const PRIVILEGES: Readonly<Record<VideoRole, number>> = {
  bench: 255,
  party: WATCH + 1 + 4 + 16 + 64,
  witness: WATCH + 1 + 4 + 16,
  spectator: WATCH,
};
/**
 * Where trtc-sdk-v5 finds its way and speaks to the room, of the names in Tencent's list for firewalls; what only takes reports
 * (yun.tim.qq.com, *.my-imcloud.com) is left out. Sound and picture travel as WebRTC, which this does not limit.
 */
const ORIGINS = ["rtc.qq.com", "rtc.qcloud.com", "cloud-rtc.com", "cloud-rtc.net", "rtc-web.com", "rtc-web.io"].flatMap(
  (name) => [`https://*.${name}`, `wss://*.${name}`],
);
/** Somebody who is not there, and a room that nobody is in, are what was asked for. */
const GONE = new Set(["FailedOperation.RoomNotExist", "FailedOperation.UserNotExist", "ResourceNotFound"]);

/**
 * 腾讯云实时音视频: sound and picture travel through Tencent's cloud; we sign who may enter which room (UserSig and
 * PrivateMapKey) and take people out through its cloud interface. Nothing is recorded here.
 */
export function trtcVideo(config: TrtcConfig, clock?: Clock): Video {
  const { sdkAppId, secretKey, cloud, now } = config;
  const signer = new Api(sdkAppId, secretKey);
  const call = cloud && outbound("video.trtc", { baseUrl: cloud.baseUrl, totalMs: 5000 }, clock);

  async function ask(action: string, body: object): Promise<void> {
    if (!call || !cloud) return;
    const { secretId } = cloud;
    const signing = { secretId, secretKey: cloud.secretKey, service: "trtc", action, version: VERSION };
    const answer = await call({
      method: "POST",
      path: "/",
      body: { SdkAppId: sdkAppId, ...body },
      repeatable: true,
      sign: (message) => signTencent(message, { ...signing, region: "ap-guangzhou", at: new Date(now()) }),
    });
    const { Response: response } = (answer.json ?? {}) as { Response?: { Error?: { Code?: string } } };
    const code = response?.Error?.Code;
    if (!response || (code !== undefined && !GONE.has(code)))
      throw new GatewayError("trtc", `${action} answered ${code ?? answer.status}`);
  }

  return {
    driver: "trtc",
    origins: ORIGINS,
    // The cloud makes a room when the first person enters it; only who was admitted is given a ticket.
    open: async () => undefined,
    admit: async () => undefined,
    sendOut: (seat) => ask("RemoveUserByStrRoomId", { RoomId: roomOf(seat.hearingId), UserIds: [userOf(seat)] }),
    ticket(seat, until) {
      const seconds = Math.max(60, Math.round((until.getTime() - now()) / 1000));
      const [userId, room] = [userOf(seat), roomOf(seat.hearingId)];
      return {
        driver: "trtc",
        sdkAppId,
        userId,
        room,
        userSig: signer.genUserSig(userId, seconds),
        privateMapKey: signer.genPrivateMapKeyWithStringRoomID(userId, seconds, room, PRIVILEGES[seat.role]),
      };
    },
    record() {
      throw problem("room.no_recording", { retryAfter: 3600 });
    },
    recordings: async () => ({ files: [], pending: 0 }),
    film: null,
    close: (hearingId) => ask("DismissRoomByStrRoomId", { RoomId: roomOf(hearingId) }),
  };
}

const roomOf = (hearingId: string): string => `hearing-${hearingId}`;
const userOf = ({ hearingId, personId }: Seat): string => `h${hearingId}-p${personId}`;
