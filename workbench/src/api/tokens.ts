export interface Tokens {
  accessToken: string;
  refreshToken: string;
  expiresAt: number;
}
export interface TokenBox {
  read(): Tokens | null;
  write(tokens: Tokens): void;
  clear(): void;
}

/** Tokens shared by the tabs of one browser: a refresh token works once, so every tab must see the newest. */
export function storedTokens(storage: Storage, name = "sutong.workbench.tokens"): TokenBox {
  return {
    read() {
      const text = storage.getItem(name);
      if (!text) return null;
      try {
        return JSON.parse(text) as Tokens;
      } catch {
        return null;
      }
    },
    write: (tokens) => storage.setItem(name, JSON.stringify(tokens)),
    clear: () => storage.removeItem(name),
  };
}

/** For tests and for browsers without storage. */
export function heldTokens(held: Tokens | null = null): TokenBox {
  return {
    read: () => held,
    write: (tokens) => {
      held = tokens;
    },
    clear: () => {
      held = null;
    },
  };
}
