import { Gauge, type Registry } from "prom-client";

/** Figures for /metrics: what each says, and all of them at this moment. */
export interface GaugeSource {
  readonly help: Readonly<Record<string, string>>;
  measure(): Promise<readonly Sample[]>;
}
export interface Sample {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Figures that are looked up when /metrics is asked, once for all of them. Where they cannot be had, none are given. */
export function registerGauges(registry: Registry, { help, measure }: GaugeSource): void {
  let samples: Promise<readonly Sample[]> | null = null;
  const once = () => {
    samples ??= measure()
      .catch(() => [])
      .finally(() => setImmediate(() => (samples = null)));
    return samples;
  };
  for (const [name, text] of Object.entries(help)) {
    new Gauge({
      name,
      help: text,
      labelNames: ["process", "gateway", "disk", "alarm", "event"],
      registers: [registry],
      async collect() {
        const found = await once();
        this.reset();
        for (const sample of found) if (sample.name === name) this.set({ ...sample.labels }, sample.value);
      },
    });
  }
}
