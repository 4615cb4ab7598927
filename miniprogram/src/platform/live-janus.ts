import type { Live, LiveOptions, TicketOf } from "./live";

interface Feed {
  handle: number;
  pc: RTCPeerConnection;
  stream: MediaStream;
}
interface Said {
  janus?: string;
  sender?: number;
  jsep?: RTCSessionDescriptionInit;
  candidate?: RTCIceCandidateInit & { completed?: boolean };
  plugindata?: { data: Record<string, unknown> };
}
class Gone extends Error {}

const PAUSE_MS = 1_500;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One session with the court's own media server, through the court's own address. */
export function openJanus(options: LiveOptions<TicketOf<"janus">>): Live {
  let stopped = false;
  let pass = "";
  let base = "";
  let own = 0;
  let privateId = 0;
  let me = "";
  let publisher: RTCPeerConnection | null = null;
  let feeds = new Map<string, Feed>();
  let early: { pc: RTCPeerConnection; candidate: RTCIceCandidateInit }[] = [];
  /** Ends the present session where picture and sound no longer get through. */
  let broken = new AbortController();
  let relays: RTCIceServer[] = [];
  let screenTrack: MediaStreamTrack | null = null;

  async function ask<T>(path: string, body: object | null, key: string, signal: AbortSignal | null = null): Promise<T> {
    const response = await fetch(base + path, {
      method: body === null ? "GET" : "POST",
      signal,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    });
    if (response.status === 410 || response.status === 403) throw new Gone();
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()) as T;
  }
  const message = (handle: number, body: object, jsep?: RTCSessionDescriptionInit | null) =>
    ask("/message", { handle, body, ...(jsep ? { jsep: { type: jsep.type, sdp: jsep.sdp } } : {}) }, pass);
  const attach = async () => (await ask<{ handle: number }>("/attach", {}, pass)).handle;

  function connection(handle: number): RTCPeerConnection {
    const pc = new RTCPeerConnection({ iceServers: relays });
    pc.onicecandidate = ({ candidate }) =>
      void ask("/trickle", { handle, candidate: candidate ? candidate.toJSON() : { completed: true } }, pass).catch(
        () => undefined,
      );
    const session = broken;
    pc.onconnectionstatechange = () => pc.connectionState === "failed" && session.abort();
    return pc;
  }

  async function enter(): Promise<void> {
    options.state("connecting");
    broken = new AbortController();
    const { path, ticket, role, personId, iceServers } = await options.ticket();
    base = location.origin + path;
    me = personId;
    relays = iceServers;
    pass = (await ask<{ pass: string }>("/session", {}, ticket)).pass;
    own = await attach();
    await message(own, { request: "join", ptype: "publisher" });
    await listen(role !== "spectator" && options.stream !== null);
  }

  async function publish(): Promise<void> {
    publisher = connection(own);
    for (const track of options.stream?.getTracks() ?? [])
      publisher.addTransceiver(track, { direction: "sendonly", streams: [options.stream as MediaStream] });
    const offer = await publisher.createOffer();
    await publisher.setLocalDescription(offer);
    await message(own, { request: "publish" }, offer);
    if (screenTrack) await replace(screenTrack);
  }

  async function subscribe(person: string): Promise<void> {
    if (feeds.has(person) || person === me) return;
    const handle = await attach();
    const pc = connection(handle);
    const stream = new MediaStream();
    pc.ontrack = ({ track }) => {
      stream.addTrack(track);
      tell();
    };
    feeds.set(person, { handle, pc, stream });
    await message(handle, {
      request: "join",
      ptype: "subscriber",
      private_id: privateId,
      streams: [{ feed: Number(person) }],
    });
    tell();
  }

  function drop(person: string): void {
    const feed = feeds.get(person);
    if (!feed) return;
    feed.pc.close();
    feeds.delete(person);
    void ask("/detach", { handle: feed.handle }, pass).catch(() => undefined);
    tell();
  }
  const tell = () => options.changed([...feeds.keys()]);

  /** Hears what the media server says until the session is over. */
  async function listen(sends: boolean): Promise<void> {
    for (let misses = 0; !stopped; ) {
      let events: Said[];
      try {
        events = (await ask<{ events: Said[] }>("/events", null, pass, broken.signal)).events;
        if (misses > 0) options.state("in");
        misses = 0;
      } catch (error) {
        misses += 1;
        if (error instanceof Gone || broken.signal.aborted || misses > 3) throw new Gone();
        options.state("lost");
        await wait(PAUSE_MS);
        continue;
      }
      for (const event of events) if (!stopped) await heard(event, sends);
    }
  }

  async function heard(event: Said, sends: boolean): Promise<void> {
    const data = event.plugindata?.data ?? {};
    if (event.janus === "trickle" && event.candidate) return candidate(event);
    if (event.sender === own) {
      if (data.videoroom === "joined") {
        privateId = Number(data.private_id);
        options.state("in");
        if (sends) await publish();
      }
      if (data.error_code !== undefined && data.videoroom === "event") throw new Gone();
      if (event.jsep && publisher) await describe(publisher, event.jsep);
      for (const { id } of (data.publishers as { id: number }[] | undefined) ?? []) await subscribe(String(id));
      const gone = data.unpublished ?? data.leaving ?? data.kicked;
      if (gone === "ok" && data.reason === "kicked") return out();
      if (typeof gone === "number") drop(String(gone));
      return;
    }
    const [person, feed] = [...feeds].find(([, { handle }]) => handle === event.sender) ?? [];
    // Gone again before they could be seen.
    if (person !== undefined && data.error_code !== undefined) return drop(person);
    if (!feed || event.jsep?.type !== "offer") return;
    await describe(feed.pc, event.jsep);
    const answer = await feed.pc.createAnswer();
    await feed.pc.setLocalDescription(answer);
    await message(feed.handle, { request: "start" }, answer);
  }

  async function candidate({ sender, candidate: found }: Said): Promise<void> {
    const pc = sender === own ? publisher : ([...feeds.values()].find(({ handle }) => handle === sender)?.pc ?? null);
    if (!pc || !found?.candidate) return;
    if (pc.remoteDescription) await pc.addIceCandidate(found).catch(() => undefined);
    else early.push({ pc, candidate: found });
  }
  /** Candidates may come before the description they belong to. */
  async function describe(pc: RTCPeerConnection, jsep: RTCSessionDescriptionInit): Promise<void> {
    await pc.setRemoteDescription(jsep);
    for (const one of early) if (one.pc === pc) await pc.addIceCandidate(one.candidate).catch(() => undefined);
    early = early.filter((one) => one.pc !== pc);
  }

  function out(): void {
    close();
    stopped = true;
    options.state("out");
  }
  function close(): void {
    publisher?.close();
    publisher = null;
    for (const { pc } of feeds.values()) pc.close();
    feeds = new Map();
    early = [];
    tell();
    if (pass) void ask("/end", {}, pass).catch(() => undefined);
    pass = "";
  }
  const replace = async (track: MediaStreamTrack | null) => {
    const sender = publisher?.getSenders().find((one) => one.track?.kind === "video");
    await sender?.replaceTrack(track ?? options.stream?.getVideoTracks()[0] ?? null);
  };

  void (async () => {
    while (!stopped) {
      try {
        await enter();
      } catch {
        if (stopped) return;
        close();
        options.state("lost");
        await wait(PAUSE_MS * 2);
      }
    }
  })();

  return {
    streamOf: (person) => (person === me ? options.stream : (feeds.get(person)?.stream ?? null)),
    mute(kind, off) {
      for (const track of options.stream?.getTracks() ?? []) if (track.kind === kind) track.enabled = !off;
    },
    async show(screen) {
      screenTrack = screen?.getVideoTracks()[0] ?? null;
      await replace(screenTrack);
    },
    stop() {
      stopped = true;
      close();
      for (const track of options.stream?.getTracks() ?? []) track.stop();
    },
  };
}
