/** The code as people read it out: two groups of four. */
export const showHelpCode = (code: string): string => code.replace(/(\d{4})(?=\d)/g, "$1 ");

/** Eight digits out of what was typed, read out or scanned; empty where there are none. */
export function readHelpCode(text: string): string {
  const plain = text.replace(/[０-９]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
  const scanned = /[?&]code=(\d{8})(?!\d)/.exec(plain)?.[1];
  if (scanned) return scanned;
  const digits = plain.replace(/[\s\-－—]/g, "");
  return /^\d{8}$/.test(digits) ? digits : "";
}

/** How long help still runs, in words. */
export function sayLeft(endsAt: number, now: number): string {
  const minutes = Math.floor((endsAt - now) / 60_000);
  if (endsAt <= now) return "时间到了";
  return minutes < 1 ? "不到 1 分钟" : `还剩 ${minutes} 分钟`;
}
