import type { Antivirus } from "./port.ts";

/** Looks at nothing and calls everything clean. The configuration takes it outside production only. */
export function noAntivirus(): Antivirus {
  return {
    async scan(content) {
      for await (const _ of content);
      return { clean: true };
    },
  };
}
