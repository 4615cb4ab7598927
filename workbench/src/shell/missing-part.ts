import { ElMessage } from "element-plus";

const KEY = "sutong-opened-anew";
const AGAIN_MS = 60_000;
/** As Chromium, Firefox, WebKit and Vite say it. */
const MISSING = /dynamically imported module|importing a module script failed|unable to preload css/i;

/**
 * A page whose part of the program could not be had. Where the court answers, a newer program has been put in its place: the
 * page is opened from there, once. Else there is no network: that is said, and where one is stays as it is.
 */
export async function partMissing(error: unknown, address: string): Promise<void> {
  if (!MISSING.test(String(error))) return;
  const there = await fetch(import.meta.env.BASE_URL, { cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
  const [before = "", at = "0"] = (sessionStorage.getItem(KEY) ?? "").split(" ");
  if (there && (before !== address || Date.now() - Number(at) > AGAIN_MS)) {
    sessionStorage.setItem(KEY, `${address} ${Date.now()}`);
    location.assign(address);
    return;
  }
  ElMessage.error(
    there
      ? "这一页暂时打不开，请过一分钟再试。"
      : "网络连不上，这一页没有打开。请检查网络后再点一次，正在办的内容都还在。",
  );
}
