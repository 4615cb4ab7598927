import { readFileSync } from "node:fs";

/** A file of server/data, the same from `src` and from `dist`. Read once, when the module that needs it is loaded. */
export function readData<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../data/${name}.json`, import.meta.url), "utf8")) as T;
}
