// The web page without a network: its own files are kept when they were loaded once, so that a page opened in a dead valley
// opens, and the next step of a form begun online can be opened too. What the court answers is never kept here.
const VERSION = "%VERSION%";
const FILES = new Set(%FILES%);
const PAGE = new URL("./", self.location.href).href;
const PATIENCE_MS = 4000;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(clear()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  url.search = url.hash = "";
  if (event.request.method !== "GET") return;
  if (url.href === PAGE) event.respondWith(page(event.request));
  else if (FILES.has(url.href.slice(PAGE.length))) event.respondWith(file(event.request));
});

/** One after the other: on a thin line nothing else is held up. A cut goes on where it stopped. */
async function fill() {
  const cache = await caches.open(VERSION);
  for (const name of ["", ...FILES]) {
    const address = PAGE + name;
    if (await cache.match(address)) continue;
    const answer = await fetch(address, { cache: name === "" ? "no-cache" : "default" });
    if (!answer.ok) throw new Error(`${name} answered ${answer.status}`);
    await cache.put(address, answer);
  }
}

/** Runs once no window of the version before is open any more. */
async function clear() {
  for (const name of await caches.keys()) if (name !== VERSION) await caches.delete(name);
  await self.clients.claim();
}

/** The court's newest page where it can be had soon; else the one that is here. */
async function page(request) {
  const kept = await caches.match(PAGE, { ignoreSearch: true });
  const fresh = fetch(request);
  if (!kept) return fresh;
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  return Promise.race([fresh.then((answer) => (answer.ok ? answer : kept)), late]).catch(() => kept);
}

/** A file whose name tells its content never changes. */
async function file(request) {
  return (await caches.match(request, { ignoreSearch: true, ignoreVary: true })) ?? fetch(request);
}
