import TRTC from "trtc-sdk-v5";
import type { Live, LiveOptions, TicketOf } from "./live";

/** Nothing is written to the console, and nothing sent to Tencent for its own purposes. */
const SILENT = 5;
const PAUSE_MS = 3_000;
/** The program tries by itself to come back; after this long it begins anew, with a ticket that is good again. */
const PATIENCE_MS = 15_000;
const PICTURE = { width: 640, height: 480, frameRate: 15, bitrate: 600 };

interface Seen {
  heard: boolean;
  stream: MediaStream | null;
}

/** One person's way into the room at Tencent's cloud. */
export function openTrtc(options: LiveOptions<TicketOf<"trtc">>): Live {
  TRTC.setLogLevel(SILENT, false);
  const people = new Map<string, Seen>();
  let stopped = false;
  let room: TRTC | null = null;
  let me = "";
  let inside = false;
  let screen: MediaStreamTrack | null = null;
  let giveUp: ReturnType<typeof setTimeout> | undefined;

  async function enter(): Promise<void> {
    options.state("connecting");
    const { role, personId, sdkAppId, userId, userSig, room: strRoomId, privateMapKey } = await options.ticket();
    if (stopped) return;
    me = personId;
    const entered = TRTC.create();
    room = entered;
    listen(entered);
    await entered.enterRoom({ sdkAppId, userId, userSig, strRoomId, privateMapKey, scene: TRTC.TYPE.SCENE_RTC });
    if (role !== "spectator" && options.stream) await publish(entered, options.stream);
    if (room !== entered) return;
    inside = true;
    options.state("in");
  }

  async function publish(entered: TRTC, stream: MediaStream): Promise<void> {
    const [sound] = stream.getAudioTracks();
    const [camera] = stream.getVideoTracks();
    if (sound) await entered.startLocalAudio({ option: { audioTrack: sound } });
    const picture = screen ?? camera;
    if (picture) await entered.startLocalVideo({ option: { videoTrack: picture, profile: PICTURE } });
  }

  function listen(entered: TRTC): void {
    const { EVENT } = TRTC;
    entered.on(EVENT.KICKED_OUT, () => void out());
    entered.on(EVENT.CONNECTION_STATE_CHANGED, ({ state }) => {
      if (!inside || room !== entered) return;
      clearTimeout(giveUp);
      if (["CONNECTED", "RECONNECTED"].includes(state)) return options.state("in");
      options.state("lost");
      giveUp = setTimeout(() => void again(), PATIENCE_MS);
    });
    entered.on(EVENT.REMOTE_AUDIO_AVAILABLE, ({ userId }) => note(userId, { heard: true }));
    entered.on(EVENT.REMOTE_AUDIO_UNAVAILABLE, ({ userId }) => note(userId, { heard: false }));
    entered.on(EVENT.REMOTE_VIDEO_UNAVAILABLE, ({ userId }) => note(userId, { stream: null }));
    entered.on(EVENT.REMOTE_USER_EXIT, ({ userId }) => note(userId, { heard: false, stream: null }));
    entered.on(EVENT.REMOTE_VIDEO_AVAILABLE, async ({ userId, streamType }) => {
      try {
        await entered.startRemoteVideo({ userId, streamType });
      } catch {
        // Gone again before they could be seen.
        return;
      }
      const track = entered.getVideoTrack({ userId, streamType });
      if (track && room === entered) note(userId, { stream: new MediaStream([track]) });
    });
  }

  /** The sound is played by the program; whoever is heard without a picture keeps the place in the room. */
  function note(userId: string, change: Partial<Seen>): void {
    const person = personOf(userId);
    const seen = { heard: false, stream: null, ...people.get(person), ...change };
    if (seen.heard || seen.stream) people.set(person, seen);
    else people.delete(person);
    options.changed([...people.keys()]);
  }

  async function leave(): Promise<void> {
    clearTimeout(giveUp);
    const left = room;
    room = null;
    inside = false;
    people.clear();
    options.changed([]);
    await left?.exitRoom().catch(() => undefined);
    left?.destroy();
  }
  async function again(): Promise<void> {
    await leave();
    while (!stopped) {
      try {
        return await enter();
      } catch {
        await leave();
        if (stopped) return;
        options.state("lost");
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  }
  async function out(): Promise<void> {
    stopped = true;
    await leave();
    options.state("out");
  }
  void again();

  return {
    streamOf: (person) => (person === me ? options.stream : (people.get(person)?.stream ?? null)),
    mute(kind, off) {
      for (const track of options.stream?.getTracks() ?? []) if (track.kind === kind) track.enabled = !off;
    },
    async show(shown) {
      screen = shown?.getVideoTracks()[0] ?? null;
      const videoTrack = screen ?? options.stream?.getVideoTracks()[0];
      if (videoTrack) await room?.updateLocalVideo({ option: { videoTrack } });
    },
    stop() {
      stopped = true;
      void leave();
      for (const track of options.stream?.getTracks() ?? []) track.stop();
    },
  };
}

/** The court names a person there by hearing and number: `h12-p34`. */
const personOf = (userId: string): string => userId.slice(userId.indexOf("-p") + 2);
