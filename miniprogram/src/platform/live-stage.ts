import type { LiveSource, LiveStage } from "./port";

const MEDIA = {
  audio: { echoCancellation: true, noiseSuppression: true },
  video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 15, max: 20 } },
};
const asStream = (source: LiveSource) => source as MediaStream;

/** Picture and sound in a browser; what travels over the network is loaded when somebody enters a hearing. */
export const liveStage: LiveStage = {
  async camera() {
    if (!navigator.mediaDevices?.getUserMedia) throw new Error("这个浏览器不能使用摄像头，请换用系统自带的浏览器打开");
    return navigator.mediaDevices.getUserMedia(MEDIA);
  },
  place(elementId, source, muted) {
    const host = document.getElementById(elementId);
    if (!host) return;
    let video = host.querySelector("video");
    if (!source) return video?.remove();
    if (!video) {
      video = document.createElement("video");
      video.autoplay = true;
      video.playsInline = true;
      video.disablePictureInPicture = true;
      video.style.cssText = "width:100%;height:100%;object-fit:cover;display:block;background:#0d1722";
      host.prepend(video);
    }
    video.muted = muted;
    if (video.srcObject !== source) video.srcObject = asStream(source);
    void video.play().catch(() => undefined);
  },
  loudness(source, heard) {
    const sound = new AudioContext();
    const meter = sound.createAnalyser();
    meter.fftSize = 512;
    sound.createMediaStreamSource(asStream(source)).connect(meter);
    const samples = new Uint8Array(meter.fftSize);
    const timer = setInterval(() => {
      meter.getByteTimeDomainData(samples);
      heard(Math.min(1, Math.max(...samples.map((sample) => Math.abs(sample - 128))) / 64));
    }, 200);
    return () => {
      clearInterval(timer);
      void sound.close();
    };
  },
  async enter({ driver, ticket, source, changed, state }) {
    const { openLive } = await import("./live");
    const live = await openLive(driver, { ticket, stream: source as MediaStream | null, changed, state });
    return {
      sourceOf: (person) => live.streamOf(person),
      mute: live.mute,
      show: (screen) => live.show(screen as MediaStream | null),
      stop: live.stop,
    };
  },
  get screen() {
    const media = navigator.mediaDevices;
    return media && "getDisplayMedia" in media ? () => media.getDisplayMedia({ video: true }) : null;
  },
};
