import { ref } from "vue";
import { type LiveDriver, type LiveRoom, type LiveSource, type LiveState, type LiveTicket, platform } from "@/platform";

export interface Devices {
  camera: boolean;
  microphone: boolean;
  speaker: boolean | null;
  rttMs: number | null;
}
export type UseLive = ReturnType<typeof useLive>;

/** The own camera and microphone, and the room while one is in it. */
export function useLive(ticket: () => Promise<LiveTicket>) {
  const source = ref<LiveSource | null>(null);
  const devices = ref<Devices | null>(null);
  const state = ref<LiveState | "idle">("idle");
  const people = ref<string[]>([]);
  const muted = ref(false);
  const dark = ref(false);
  const showing = ref(false);
  const failure = ref("");
  let room: LiveRoom | null = null;
  let entering = false;

  async function open(): Promise<LiveSource> {
    source.value ??= await (platform.live as NonNullable<typeof platform.live>).camera();
    return source.value;
  }

  async function enter(driver: LiveDriver, speaks: boolean): Promise<void> {
    if (room || entering || !platform.live) return;
    entering = true;
    failure.value = "";
    try {
      const own = speaks ? await open() : null;
      room = await platform.live.enter({
        driver,
        ticket,
        source: own,
        changed: (now) => {
          people.value = [...now];
          place(null);
        },
        state: (now) => {
          state.value = now;
        },
      });
    } catch {
      failure.value = "摄像头或者麦克风没有打开。请在浏览器的设置中允许使用，再刷新页面。";
    } finally {
      entering = false;
    }
  }

  /** Every picture in its own frame; frames appear a moment after their people. */
  function place(own: string | null): void {
    void own;
    setTimeout(() => {
      for (const person of people.value) platform.live?.place(`tile-${person}`, room?.sourceOf(person) ?? null, false);
      if (source.value && room) platform.live?.place("tile-own", source.value, true);
    }, 30);
  }

  function mute(kind: "audio" | "video"): void {
    const off = kind === "audio" ? muted : dark;
    off.value = !off.value;
    room?.mute(kind, off.value);
  }

  async function screen(): Promise<void> {
    try {
      if (showing.value) await room?.show(null);
      else if (platform.live?.screen) await room?.show(await platform.live.screen());
      showing.value = !showing.value;
    } catch {
      failure.value = "没有选择要展示的屏幕。";
    }
  }

  function leave(): void {
    room?.stop();
    room = null;
    source.value = null;
    people.value = [];
    state.value = "idle";
  }
  return { source, devices, state, people, muted, dark, showing, failure, open, enter, place, mute, screen, leave };
}
