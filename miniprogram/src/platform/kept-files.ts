import { newKey } from "@/values/keys";

const DATABASE = "sutong";
const STORE = "files";

// Where the browser keeps no database (private windows) the files live as long as the page.
const memory = new Map<string, Blob>();
let opened: Promise<IDBDatabase | null> | null = null;

/** Keeps a file across reloads until it is uploaded; answers the name to ask for it. */
export async function keepBlob(blob: Blob): Promise<string> {
  const ref = newKey("f");
  const database = await open();
  if (
    !database ||
    !(await run(database, "readwrite", (store) => store.put(blob, ref)).then(
      () => true,
      () => false,
    ))
  ) {
    memory.set(ref, blob);
  }
  return ref;
}

export async function keptBlob(ref: string): Promise<Blob | null> {
  const inMemory = memory.get(ref);
  if (inMemory) return inMemory;
  const database = await open();
  if (!database) return null;
  return ((await run(database, "readonly", (store) => store.get(ref))) as Blob | undefined) ?? null;
}

export async function dropBlob(ref: string): Promise<void> {
  memory.delete(ref);
  const database = await open();
  if (database) await run(database, "readwrite", (store) => store.delete(ref));
}

function open(): Promise<IDBDatabase | null> {
  opened ??= new Promise((resolve) => {
    if (typeof indexedDB === "undefined") return resolve(null);
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
  return opened;
}

function run(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = ask(database.transaction(STORE, mode).objectStore(STORE));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
