import { nextTick, onMounted, onUnmounted, ref, shallowRef } from "vue";
import { api, newKey } from "@/api/index.ts";
import { sayProblem } from "@/api/problem.ts";
import type { Live, LiveDriver, LiveState, LiveTicket } from "./live.ts";
import type { HearingRoom } from "./room-contract.ts";

const BEAT_MS = 3_000;
const NO_CAMERA = "摄像头或者麦克风没有打开，请在浏览器中允许使用后再试。";
const MEDIA = {
  audio: { echoCancellation: true },
  video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 15 } },
};

/** The room of one hearing as the bench has it: who is there, what may be done, and the pictures. */
export function useRoom(id: string) {
  const room = shallowRef<HearingRoom | null>(null);
  const problem = ref("");
  const busy = ref(false);
  const people = ref<string[]>([]);
  const line = ref<LiveState | "idle">("idle");
  const muted = ref(false);
  const showing = ref(false);
  const now = ref("");
  let live: Live | null = null;
  let stream: MediaStream | null = null;
  let entering = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gone = false;
  /** Counts what was done: an answer asked for before it is older than what the page shows. */
  let turn = 0;

  async function beat() {
    now.value = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
    const asked = turn;
    try {
      const body = { connection: line.value === "lost" ? "lost" : "good" };
      const fresh = room.value?.me.personId
        ? await api.post<HearingRoom>(`/hearings/${id}/room/presence`, body, newKey())
        : await api.get<HearingRoom>(`/hearings/${id}/room`);
      if (!room.value) problem.value = "";
      if (asked !== turn) return;
      keep(fresh);
      await follow();
    } catch (error) {
      // Why something could not be done stays until the next thing is tried.
      if (!room.value) problem.value = sayProblem(error);
    } finally {
      if (!gone) timer = setTimeout(() => void beat(), BEAT_MS);
    }
  }
  /** The server gives an invitation's link once: it stays on this page until that is closed. */
  function keep(fresh: HearingRoom) {
    room.value = { ...fresh, invitation: fresh.invitation ?? room.value?.invitation ?? null };
  }
  async function act(body: { action: string } & Record<string, unknown>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    problem.value = "";
    try {
      const fresh = await api.post<HearingRoom>(`/hearings/${id}/room/moves`, body, newKey());
      turn += 1;
      keep(fresh);
      return true;
    } catch (error) {
      problem.value = sayProblem(error);
      return false;
    } finally {
      busy.value = false;
      await follow();
    }
  }
  /** 签到 of the bench: their camera is opened, which is the check of it. */
  async function checkIn() {
    if (busy.value) return;
    busy.value = true;
    try {
      stream ??= await navigator.mediaDevices.getUserMedia(MEDIA);
    } catch {
      problem.value = NO_CAMERA;
      return;
    } finally {
      busy.value = false;
    }
    await act({ action: "check_in", devices: { camera: true, microphone: true, speaker: null, rttMs: null } });
  }
  async function follow() {
    const driver = room.value?.driver ?? "none";
    const inside = room.value?.me.state.code === "in" && room.value.state.code === "open" && driver !== "none";
    if (inside && !live && !entering) await enter(driver);
    if (!inside && live) leave();
    await nextTick();
    place();
  }
  async function enter(driver: LiveDriver) {
    entering = true;
    try {
      stream ??= await navigator.mediaDevices.getUserMedia(MEDIA);
      const { openLive } = await import("./live.ts");
      live = await openLive(driver, {
        ticket: () => api.post<LiveTicket>(`/hearings/${id}/ticket`, undefined, newKey()),
        stream,
        changed(found) {
          people.value = [...found];
          setTimeout(place, 30);
        },
        state(found) {
          line.value = found;
        },
      });
      if (gone) leave();
    } catch {
      problem.value = NO_CAMERA;
    } finally {
      entering = false;
    }
  }
  function place() {
    for (const person of people.value) show(`tile-${person}`, live?.streamOf(person) ?? null, false);
    if (stream) show("tile-own", stream, true);
  }
  function leave() {
    live?.stop();
    live = null;
    stream = null;
    people.value = [];
    line.value = "idle";
  }
  function mute() {
    muted.value = !muted.value;
    live?.mute("audio", muted.value);
  }
  async function screen() {
    try {
      await live?.show(showing.value ? null : await navigator.mediaDevices.getDisplayMedia({ video: true }));
      showing.value = !showing.value;
    } catch {
      problem.value = "没有选择要展示的屏幕。";
    }
  }
  onMounted(beat);
  onUnmounted(() => {
    gone = true;
    clearTimeout(timer);
    leave();
  });
  return { room, problem, busy, people, line, muted, showing, now, act, checkIn, mute, screen };
}

function show(elementId: string, stream: MediaStream | null, muted: boolean) {
  const host = document.getElementById(elementId);
  if (!host || !stream) return;
  let video = host.querySelector("video");
  if (!video) {
    video = document.createElement("video");
    Object.assign(video, { autoplay: true, playsInline: true, disablePictureInPicture: true });
    video.style.cssText = "width:100%;height:100%;object-fit:cover;display:block";
    host.prepend(video);
  }
  video.muted = muted;
  if (video.srcObject !== stream) video.srcObject = stream;
  void video.play().catch(() => undefined);
}
