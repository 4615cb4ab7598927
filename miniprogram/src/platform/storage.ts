/** What the phone remembers. Writes are synchronous: when `write` returns, a crash or a flat battery loses nothing. */
export const storage = {
  read<T>(key: string): T | null {
    const value: unknown = uni.getStorageSync(key);
    return value === "" || value === undefined || value === null ? null : (value as T);
  },
  write(key: string, value: unknown): void {
    uni.setStorageSync(key, value);
  },
  remove(key: string): void {
    uni.removeStorageSync(key);
  },
  keys(prefix: string): string[] {
    return uni.getStorageInfoSync().keys.filter((key) => key.startsWith(prefix));
  },
  /** Tells when another window of this browser wrote a key with the prefix; in WeChat there is only one. */
  watch(prefix: string, written: (key: string) => void): void {
    if (process.env.UNI_PLATFORM !== "h5") return;
    window.addEventListener("storage", ({ key, newValue }) => {
      if (key?.startsWith(prefix) && newValue !== null) written(key);
    });
  },
};
export type Storage = typeof storage;
