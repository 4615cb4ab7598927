/** Puts words where another app can take them. */
export function copyText(text: string): void {
  uni.setClipboardData({ data: text });
}
