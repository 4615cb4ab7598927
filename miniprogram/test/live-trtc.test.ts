import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

/** Tencent's program as far as a page of ours touches it: what it is told is kept, what it says the test says. */
class FakeRoom {
  static readonly made: FakeRoom[] = [];
  readonly told: [string, unknown][] = [];
  readonly hears = new Map<string, (event: object) => unknown>();
  constructor() {
    FakeRoom.made.push(this);
  }
  on = (event: string, hear: (said: object) => unknown) => void this.hears.set(event, hear);
  say = async (event: string, said: object = {}) => void (await this.hears.get(event)?.(said));
  /** What it is asked of this name from now on fails. */
  fails = "";
  private ask(name: string) {
    return async (given?: unknown) => {
      this.told.push([name, given]);
      if (this.fails === name) throw new Error(name);
    };
  }
  enterRoom = this.ask("enterRoom");
  exitRoom = this.ask("exitRoom");
  startLocalAudio = this.ask("startLocalAudio");
  startLocalVideo = this.ask("startLocalVideo");
  updateLocalVideo = this.ask("updateLocalVideo");
  startRemoteVideo = this.ask("startRemoteVideo");
  getVideoTrack = ({ userId }: { userId: string }) => trackOf("video", userId);
  destroy = () => void this.told.push(["destroy", undefined]);
  names = () => this.told.map(([name]) => name);
}
const level = vi.fn();
vi.mock("trtc-sdk-v5", () => ({
  default: {
    create: () => new FakeRoom(),
    setLogLevel: level,
    TYPE: { SCENE_RTC: "rtc" },
    EVENT: new Proxy({}, { get: (_, name) => name }),
  },
}));

class FakeStream {
  constructor(readonly tracks: MediaStreamTrack[]) {}
  getTracks = () => this.tracks;
  getAudioTracks = () => this.tracks.filter(({ kind }) => kind === "audio");
  getVideoTracks = () => this.tracks.filter(({ kind }) => kind === "video");
}
const trackOf = (kind: string, id: string) =>
  ({ kind, id, enabled: true, stop: vi.fn() }) as unknown as MediaStreamTrack;

describe("a hearing at Tencent's cloud, as a page takes part in it", () => {
  const camera = trackOf("video", "camera");
  const microphone = trackOf("audio", "microphone");
  let states: string[];
  let people: string[];
  let tickets: number;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("MediaStream", FakeStream);
    [states, people, tickets, FakeRoom.made.length] = [[], [], 0, 0];
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  async function enter(role: "party" | "spectator", own = true) {
    const { openLive } = await import("../src/platform/live");
    const live = await openLive("trtc", {
      ticket: async () => {
        tickets += 1;
        const signed = {
          sdkAppId: 1400000001,
          userId: "h12-p34",
          userSig: `sig${tickets}`,
          room: "hearing-12",
          privateMapKey: "may",
        };
        return { driver: "trtc", role, personId: "34", ...signed };
      },
      stream: own ? (new FakeStream([microphone, camera]) as unknown as MediaStream) : null,
      changed: (now) => {
        people = now;
      },
      state: (now) => void states.push(now),
    });
    await vi.advanceTimersByTimeAsync(1);
    return { live, room: FakeRoom.made.at(-1) as FakeRoom };
  }

  it("enters with what the court signed, and sends the own sound and picture", async () => {
    const { live, room } = await enter("party");
    expect(room.told).toEqual([
      [
        "enterRoom",
        {
          sdkAppId: 1400000001,
          userId: "h12-p34",
          userSig: "sig1",
          strRoomId: "hearing-12",
          privateMapKey: "may",
          scene: "rtc",
        },
      ],
      ["startLocalAudio", { option: { audioTrack: microphone } }],
      ["startLocalVideo", { option: { videoTrack: camera, profile: expect.objectContaining({ width: 640 }) } }],
    ]);
    expect(states).toEqual(["connecting", "in"]);
    expect(level).toHaveBeenCalledWith(5, false);
    live.mute("audio", true);
    expect(microphone.enabled).toBe(false);
    live.mute("audio", false);
    const screen = trackOf("video", "screen");
    await live.show(new FakeStream([screen]) as unknown as MediaStream);
    await live.show(null);
    expect(room.told.slice(3)).toEqual([
      ["updateLocalVideo", { option: { videoTrack: screen } }],
      ["updateLocalVideo", { option: { videoTrack: camera } }],
    ]);
    live.stop();
    await vi.advanceTimersByTimeAsync(1);
    expect(room.names().slice(-2)).toEqual(["exitRoom", "destroy"]);
    expect(camera.stop).toHaveBeenCalled();
  });

  it("who only watches sends nothing, whatever is at hand", async () => {
    const { room } = await enter("spectator");
    expect(room.names()).toEqual(["enterRoom"]);
  });

  it("shows who is seen or heard, by the court's number, and nobody else", async () => {
    const { live, room } = await enter("party");
    await room.say("REMOTE_AUDIO_AVAILABLE", { userId: "h12-p7" });
    expect(people).toEqual(["7"]);
    expect(live.streamOf("7")).toBeNull();
    await room.say("REMOTE_VIDEO_AVAILABLE", { userId: "h12-p7", streamType: "main" });
    await room.say("REMOTE_VIDEO_AVAILABLE", { userId: "h12-p8", streamType: "main" });
    expect(people).toEqual(["7", "8"]);
    expect(live.streamOf("7")?.getTracks()).toMatchObject([{ id: "h12-p7" }]);
    await room.say("REMOTE_VIDEO_UNAVAILABLE", { userId: "h12-p8" });
    await room.say("REMOTE_VIDEO_UNAVAILABLE", { userId: "h12-p7" });
    expect(people).toEqual(["7"]);
    await room.say("REMOTE_USER_EXIT", { userId: "h12-p7" });
    expect(people).toEqual([]);
    room.fails = "startRemoteVideo";
    await room.say("REMOTE_VIDEO_AVAILABLE", { userId: "h12-p9", streamType: "main" });
    expect(people).toEqual([]);
  });

  it("says when the line breaks; comes back by itself, or anew with a ticket that is good again", async () => {
    const { room } = await enter("party");
    await room.say("CONNECTION_STATE_CHANGED", { state: "RECONNECTING" });
    expect(states.at(-1)).toBe("lost");
    await vi.advanceTimersByTimeAsync(14_000);
    await room.say("CONNECTION_STATE_CHANGED", { state: "RECONNECTED" });
    expect(states.at(-1)).toBe("in");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tickets).toBe(1);
    await room.say("CONNECTION_STATE_CHANGED", { state: "DISCONNECTED" });
    await vi.advanceTimersByTimeAsync(15_001);
    expect(room.names().slice(-2)).toEqual(["exitRoom", "destroy"]);
    expect(FakeRoom.made).toHaveLength(2);
    expect(FakeRoom.made[1]?.told[0]).toEqual(["enterRoom", expect.objectContaining({ userSig: "sig2" })]);
    expect(states.at(-1)).toBe("in");
  });

  it("sent out by the court stays out", async () => {
    const { room } = await enter("party");
    await room.say("KICKED_OUT", { reason: "banned" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states.at(-1)).toBe("out");
    expect(FakeRoom.made).toHaveLength(1);
    expect(people).toEqual([]);
  });
});
