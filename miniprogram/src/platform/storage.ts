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
};
export type Storage = typeof storage;
