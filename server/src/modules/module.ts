import type { Logger } from "pino";
import type { Sequelize } from "sequelize";
import type { Actor } from "#core/actor.ts";
import type { Clock } from "#core/clock.ts";
import type { Database } from "#core/database.ts";
import type { ListenerToAll, Subscribers } from "#core/outbox.ts";
import type { Vault } from "#core/sealed.ts";
import type { Transact } from "#core/work.ts";
import type { Gateways } from "#gateways/index.ts";
import type { GaugeSource } from "#http/gauges.ts";
import type { AnyRoute, Policy } from "#http/route.ts";

/** What a module may ask of the application. */
export interface Means {
  readonly database: Database;
  readonly transact: Transact;
  readonly gateways: Gateways;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly logger: Logger;
  readonly settings: ModuleSettings;
  readonly node: NodeIdentity;
}

/** Which process this is among all that serve together. */
export interface NodeIdentity {
  readonly id: string;
  readonly process: "api" | "worker";
  readonly version: string;
}

/** The settings that modules read. */
export interface ModuleSettings {
  readonly demonstration: boolean;
  readonly tokenSecret: string;
  readonly auditSecret: string;
  /** 32 bytes, Base64: what certificates of service are signed with. */
  readonly certificateSeed: string;
  readonly publicUrl: string;
  /** What the addresses given to SMS providers carry; without it no receipt is taken. */
  readonly receiptToken: string | null;
  /** `22:00-08:00`, Shanghai time: when nobody is disturbed for what can wait. */
  readonly quietHours: string;
  /** What this machine writes lies below it. */
  readonly dataDir: string;
}

/** A job the worker runs by itself. */
export interface Job {
  readonly name: string;
  readonly everySeconds: number;
  /** The API's processes run it as well: it tells of the process, not of the court's work. */
  readonly everywhere?: true;
  run(): Promise<void>;
  /** When the process ends in good order. */
  end?(): Promise<void>;
}

/** What a module gives to the application. */
export interface Module {
  readonly name: string;
  define?(database: Sequelize): void;
  routes?(means: Means): readonly AnyRoute[];
  readonly policy?: Policy;
  subscribers?(means: Means): Subscribers;
  /** Told of everything that happens. */
  listener?(means: Means): ListenerToAll;
  jobs?(means: Means): readonly Job[];
  /** Figures for /metrics. */
  gauges?(means: Means): GaugeSource;
  /** Who stands behind an Authorization header (`account` alone gives this). */
  identify?(means: Means): (authorization: string) => Promise<Actor | null>;
}
