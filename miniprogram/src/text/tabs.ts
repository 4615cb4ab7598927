import { say } from "./index";

/** The words below the pictures of the tabs. Pages without tabs refuse them, which does not matter. */
export function nameTabs(): void {
  for (const [index, key] of (["tab.home", "tab.filings", "tab.messages", "tab.me"] as const).entries())
    uni.setTabBarItem({ index, text: say(key), fail: () => {} });
}
