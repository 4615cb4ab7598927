import { shallowReactive } from "vue";
import type { Material } from "@/api/types";
import type { Upload } from "@/draft/upload";
import { uploadMeans } from "@/draft/upload-means";
import { UploadQueue } from "@/draft/upload-queue";
import type { KeptFile } from "@/platform";
import { newIdempotencyKey, newKey } from "@/values/keys";

export interface ReliefPapers {
  readonly view: { uploads: Upload[] };
  add(file: KeptFile): void;
  retry(id: string): void;
  cancel(id: string): void;
  /** What a restart of the app interrupted goes on. */
  run(): void;
}

// One queue per notice for the whole app, so that leaving the page and coming back does not send a file twice.
const queues = new Map<string, { papers: ReliefPapers; arrived: (material: Material) => void }>();

/** The papers for an application, on their way to the court as evidence of a filing is: stored, resumed, never twice. */
export function reliefPapers(noticeId: string, arrived: (material: Material) => void): ReliefPapers {
  const known = queues.get(noticeId);
  if (known) {
    known.arrived = arrived;
    return known.papers;
  }
  const draftId = `fee-${noticeId}`;
  const view = shallowReactive<{ uploads: Upload[] }>({ uploads: [] });
  const publish = () => {
    // The queue reports once while it is being built.
    if (queue) view.uploads = queue.uploads.map((upload) => ({ ...upload }));
  };
  let queue: UploadQueue | null = null;
  const made = new UploadQueue(
    draftId,
    uploadMeans("fee-notices", () => Promise.resolve(noticeId)),
    publish,
    (_upload, material) => queues.get(noticeId)?.arrived(material),
  );
  queue = made;
  const papers: ReliefPapers = {
    view,
    add: (file) => made.add(blank(draftId, file)),
    retry: (id) => made.retry(id),
    cancel: (id) => void made.cancel(id),
    run: () => void made.run(),
  };
  publish();
  queues.set(noticeId, { papers, arrived });
  return papers;
}

function blank(draftId: string, file: KeptFile): Upload {
  return {
    id: newKey("u"),
    draftId,
    file,
    kind: "other",
    purpose: "司法救助证明材料",
    key: newIdempotencyKey(),
    sha256: null,
    materialId: null,
    state: "queued",
    sent: 0,
    problem: "",
  };
}
