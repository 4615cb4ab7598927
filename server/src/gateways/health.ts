/** How the calls of this process to one peer have gone. */
export interface GatewayHealth {
  readonly name: string;
  readonly lastSuccessAt: Date | null;
  readonly lastFailureAt: Date | null;
  /** Since when nothing has succeeded; null while it works. */
  readonly failingSince: Date | null;
  /** Left alone for a while, after too many failures in a row. */
  readonly open: boolean;
}

const known = new Map<string, GatewayHealth>();

/** Every peer this process has spoken to. */
export const gatewayHealth = (): readonly GatewayHealth[] => [...known.values()];

export function noteSuccess(name: string): void {
  known.set(name, { ...healthOf(name), lastSuccessAt: new Date(), failingSince: null, open: false });
}

export function noteFailure(name: string, open = false): void {
  const now = new Date();
  const before = healthOf(name);
  known.set(name, { ...before, lastFailureAt: now, failingSince: before.failingSince ?? now, open });
}

const healthOf = (name: string): GatewayHealth =>
  known.get(name) ?? { name, lastSuccessAt: null, lastFailureAt: null, failingSince: null, open: false };
