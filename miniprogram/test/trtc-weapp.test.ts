import { describe, expect, it } from "vitest";
import { broken, heard, OUTSIDE, pusherUrl, type TrtcRoom } from "../src/hearing/trtc-weapp";

const say = (code: number, userlist: object[] = [], room: TrtcRoom = OUTSIDE) =>
  heard(room, code, JSON.stringify({ userlist }));
const inside = say(1018);

describe("Tencent's room within WeChat", () => {
  it("is entered by an address that carries what the court signed", () => {
    const url = pusherUrl({
      driver: "trtc",
      role: "party",
      personId: "34",
      sdkAppId: 14,
      userId: "h12-p34",
      userSig: "a*-_",
      room: "hearing-12",
      privateMapKey: "m*-_",
    });
    expect(url).toBe(
      "room://cloud.tencent.com/rtc?sdkappid=14&strroomid=hearing-12&userid=h12-p34&usersig=a*-_&appscene=videocall&encsmall=0&cloudenv=PRO&privatemapkey=m*-_&recvmode=1",
    );
  });

  it("shows who is seen or heard, until they are neither", () => {
    const seen = say(1033, [{ userid: "h12-p7", streamtype: "main", hasvideo: true, playurl: "room://seven" }], inside);
    expect(seen.players).toEqual([{ id: "h12-p7_main", person: "7", src: "room://seven", seen: true, heard: false }]);
    const both = say(1034, [{ userid: "h12-p7", hasaudio: true, playurl: "room://other" }], seen);
    expect(both.players).toEqual([expect.objectContaining({ src: "room://seven", seen: true, heard: true })]);
    const dark = say(1033, [{ userid: "h12-p7", streamtype: "main", hasvideo: false }], both);
    expect(dark.players).toEqual([expect.objectContaining({ seen: false, heard: true })]);
    expect(say(1034, [{ userid: "h12-p7", hasaudio: false }], dark).players).toEqual([]);
    expect(say(1032, [{ userid: "h12-p7" }], both).players).toEqual([]);
    expect(heard(both, 1033, "not JSON")).toEqual(both);
  });

  it("is entered anew where the way broke, three times at most; then the person is told", () => {
    const first = say(-1307, [], inside);
    expect(first).toMatchObject({ line: "lost", again: true, failures: 1, players: [] });
    const second = broken(first);
    expect(second).toMatchObject({ again: true, failures: 2 });
    expect(say(-3301, [], second)).toMatchObject({ line: "out", refused: "room", again: false });
    expect(say(1018, [], second)).toMatchObject({ line: "in", failures: 0 });
    expect(say(1021, [], inside)).toMatchObject({ line: "lost", again: true });
  });

  it("knows being sent out from leaving, and a phone that lends no camera", () => {
    expect(heard(inside, 1019, "exit room reason[1]")).toMatchObject({ line: "out", refused: "" });
    expect(heard(inside, 1019, "exit room reason[0]")).toEqual(inside);
    for (const code of [10001, 10002, -1301, -1302])
      expect(say(code)).toMatchObject({ line: "out", refused: "devices" });
    expect(say(1007, [], inside)).toEqual(inside);
  });
});
