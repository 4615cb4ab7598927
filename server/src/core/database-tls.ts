import { readFileSync } from "node:fs";

/** TLS to the database: certificates of this one authority (PEM), bearing the name that stands in the database's address. */
export interface DatabaseTls {
  readonly ca: string;
  readonly verifyIdentity: true;
  readonly minVersion: "TLSv1.2";
}

/** `file`: what DATABASE_CA names; without it the line is plain. */
export const databaseTls = (file: string | undefined): { ssl?: DatabaseTls } =>
  file ? { ssl: { ca: readFileSync(file, "utf8"), verifyIdentity: true, minVersion: "TLSv1.2" } } : {};

/** On this machine nobody listens between. */
export const isHere = (address: string): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(address).hostname);
