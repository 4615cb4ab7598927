/** Facts of a span; no personal data, no statement's values. */
export type Attributes = Readonly<Record<string, string | number>>;
export type Tracer = <T>(name: string, attributes: Attributes, run: () => Promise<T>) => Promise<T>;

let tracer: Tracer | null = null;

/** From here on work is traced; only a process that is told where to send traces calls this. */
export function traceBy(given: Tracer | null): void {
  tracer = given;
}

/** Does the work; where somebody wants to know, it is a span below the one that is under way. */
export const traced = <T>(name: string, attributes: () => Attributes, run: () => Promise<T>): Promise<T> =>
  tracer ? tracer(name, attributes(), run) : run();
