import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { signTencent } from "../tencent-signature.ts";
import { noVideo } from "./none.ts";
import type { Seat } from "./port.ts";
import { trtcVideo } from "./trtc.ts";

const sdkAppId = 1400000001;
const secretKey = "k".repeat(64);
const seat: Seat = { hearingId: "12", personId: "34", role: "party" };

/** UserSig taken apart as Tencent describes it, without the library that made it. */
function opened(sig: string): Record<string, string | number> {
  const packed = Buffer.from(sig.replaceAll("*", "+").replaceAll("-", "/").replaceAll("_", "="), "base64");
  return JSON.parse(inflateSync(packed).toString("utf8"));
}

function macOf(signed: Record<string, string | number>): string {
  const text = [
    `TLS.identifier:${signed["TLS.identifier"]}`,
    `TLS.sdkappid:${signed["TLS.sdkappid"]}`,
    `TLS.time:${signed["TLS.time"]}`,
    `TLS.expire:${signed["TLS.expire"]}`,
    ...(signed["TLS.userbuf"] ? [`TLS.userbuf:${signed["TLS.userbuf"]}`] : []),
  ];
  return createHmac("sha256", secretKey)
    .update(`${text.join("\n")}\n`)
    .digest("base64");
}

describe("tickets of Tencent's rooms", () => {
  const video = trtcVideo({ sdkAppId, secretKey, cloud: null, now: Date.now });
  const ticketOf = (person: Seat) => {
    const ticket = video.ticket(person, new Date(Date.now() + 300_000));
    if (ticket.driver !== "trtc") throw new Error("not Tencent's");
    return ticket;
  };

  it("are signed for this person, for five minutes", () => {
    const ticket = ticketOf(seat);
    const signed = opened(ticket.userSig);
    expect(signed).toMatchObject({
      "TLS.ver": "2.0",
      "TLS.identifier": "h12-p34",
      "TLS.sdkappid": sdkAppId,
      "TLS.expire": 300,
    });
    expect(Math.abs(Number(signed["TLS.time"]) - Date.now() / 1000)).toBeLessThan(5);
    expect(signed["TLS.sig"]).toBe(macOf(signed));
    expect(macOf({ ...signed, "TLS.identifier": "h12-p35" })).not.toBe(signed["TLS.sig"]);
  });

  it("say which room, and that who only watches is neither seen nor heard", () => {
    const privileges = (role: Seat["role"]) => {
      const signed = opened(ticketOf({ ...seat, role }).privateMapKey);
      expect(signed["TLS.sig"]).toBe(macOf(signed));
      const bytes = Buffer.from(String(signed["TLS.userbuf"]), "base64");
      const length = bytes.readUInt16BE(1);
      expect(bytes.subarray(3, 3 + length).toString()).toBe("h12-p34");
      const at = 3 + length;
      expect(bytes.readUInt32BE(at)).toBe(sdkAppId);
      expect(bytes.subarray(at + 22).toString()).toBe("hearing-12");
      return bytes.readUInt32BE(at + 12);
    };
    const [speak, show, join] = [4, 16, 2];
    expect(privileges("spectator") & (speak | show)).toBe(0);
    expect(privileges("spectator") & join).toBe(join);
    for (const role of ["bench", "party", "witness"] as const)
      expect(privileges(role) & (speak | show)).toBe(speak | show);
  });

  it("do not record, and say so", async () => {
    expect(() => video.record("12", true)).toThrow(expect.objectContaining({ code: "room.no_recording", status: 503 }));
  });
});

describe("people are taken out through the cloud's interface", () => {
  it("in a request signed as Tencent wants it; who is gone already is no fault", async () => {
    const seen: { body: string; signed: boolean; action: string }[] = [];
    let answer: object = { Response: { RequestId: "1" } };
    const server = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
      const body = Buffer.concat(parts);
      const { headers } = request;
      const expected = signTencent(
        { method: "POST", url: new URL(`http://${headers.host}/`), headers: {}, body },
        {
          secretId: "id",
          secretKey: "cloud",
          service: "trtc",
          action: String(headers["x-tc-action"]),
          version: "2019-07-22",
          region: "ap-guangzhou",
          at: new Date(Number(headers["x-tc-timestamp"]) * 1000),
        },
      );
      const signed = expected["authorization"] === headers.authorization;
      seen.push({ body: body.toString(), signed, action: String(headers["x-tc-action"]) });
      response.end(JSON.stringify(answer));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const cloud = { baseUrl, secretId: "id", secretKey: "cloud" };
    const video = trtcVideo({ sdkAppId, secretKey, cloud, now: Date.now });
    await video.sendOut(seat);
    expect(seen).toEqual([
      {
        action: "RemoveUserByStrRoomId",
        signed: true,
        body: JSON.stringify({ SdkAppId: sdkAppId, RoomId: "hearing-12", UserIds: ["h12-p34"] }),
      },
    ]);
    answer = { Response: { Error: { Code: "FailedOperation.RoomNotExist" } } };
    await video.close("12");
    answer = { Response: { Error: { Code: "AuthFailure.SignatureFailure" } } };
    await expect(video.sendOut(seat)).rejects.toMatchObject({ code: "service.unavailable" });
    server.close();
  });
});

describe("without a media server", () => {
  it("everybody is told where to go instead", async () => {
    const video = noVideo();
    await expect(video.open("1")).rejects.toMatchObject({ code: "room.no_video", status: 503 });
    expect(() => video.ticket(seat, new Date())).toThrow(/按传票到法庭参加/);
    await video.sendOut(seat);
  });
});
