import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { say } from "./say.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** How the browser is started everywhere: no sandbox of its own as root, and silent towards the network. */
export const CHROMIUM_FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function findChromium(): string | null {
  const given = process.env["CHROMIUM"];
  if (given && existsSync(given)) return given;
  for (const folder of [...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin"]) {
    for (const name of NAMES) if (folder !== "" && existsSync(join(folder, name))) return join(folder, name);
  }
  return existsSync(MAC) ? MAC : null;
}

/** The browser, installed with its Chinese font when we may; null after one line that says what to install. */
export function findOrInstallChromium(): string | null {
  const found = findChromium();
  if (found !== null) return found;
  if (process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    say("正在安装浏览器与中文字体 / installing chromium and a Chinese font (apt-get)");
    const options = { stdio: ["ignore", "ignore", "inherit"] as ("ignore" | "inherit")[], env: aptEnvironment() };
    spawnSync("apt-get", ["-qq", "update"], options);
    spawnSync("apt-get", ["-qq", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"], options);
    const installed = findChromium();
    if (installed !== null) return installed;
  }
  say(
    "端到端测试需要浏览器 / end-to-end tests need a browser: apt-get install chromium fonts-noto-cjk (macOS: Google Chrome)",
  );
  return null;
}

function aptEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" };
}
